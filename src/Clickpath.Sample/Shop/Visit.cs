namespace Clickpath.Sample.Shop;

/// <summary>That somebody comes, before it is told what they do.</summary>
/// <param name="StartMs">When, UTC epoch milliseconds.</param>
/// <param name="Client">The key from which all else about the client follows.</param>
/// <param name="BornMs">When the client came for the first time.</param>
/// <param name="Number">The client's first visit is 1.</param>
/// <param name="IsBot">A robot: one page, and never again.</param>
internal readonly record struct PlannedVisit(long StartMs, ulong Client, long BornMs, int Number, bool IsBot) : IComparable<PlannedVisit>
{
    public int CompareTo(PlannedVisit other) => (StartMs, Client).CompareTo((other.StartMs, other.Client));
}

/// <summary>A visit, as defects need to know it.</summary>
internal sealed record Visit(ulong Client, int Number, bool IsBot, Channel Channel, Device Device, string LandingPath);

/// <summary>What stays the same of a client from visit to visit.</summary>
internal sealed class Visitor
{
    private const string Base64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private const string Hex = "0123456789abcdef";

    public Visitor(ulong key, long bornMs, bool isBot, Mood mood)
    {
        var random = new SampleRandom(key);
        IsKeen = DrawKeen(random);
        // The tag draws the id a moment before it sends the first event.
        ClientId = FormattableString.Invariant($"{(bornMs / 1000) - random.Next(4)}-{random.Text(12, Base64Url)}");
        if (isBot)
        {
            Channel = Channels.Direct;
            UserAgent = UserAgents.Bot(random);
            return;
        }

        Channel = mood.Channels.Pick(random);
        Device = UserAgents.DeviceOf(random);
        UserAgent = UserAgents.Of(Device, Channel, random);
        Email = random.Text(64, Hex);
    }

    /// <summary>Keen ones come again more often, and buy more readily.</summary>
    public bool IsKeen { get; }

    public string ClientId { get; }

    /// <summary>Of the first visit.</summary>
    public Channel Channel { get; }

    public Device Device { get; }

    public string UserAgent { get; }

    /// <summary>Hashed, as the shop's tag does: 64 hexadecimal digits.</summary>
    public string Email { get; } = "";

    public bool IsInApp => UserAgent.Contains("Instagram", StringComparison.Ordinal) || UserAgent.Contains("FBAV", StringComparison.Ordinal);

    public static bool DrawKeen(SampleRandom random) => random.Chance(0.2);

    public Channel ChannelOf(int visit, Mood mood, SampleRandom random) =>
        visit == 1 || IsInApp ? Channel
        : random.Next(20) switch
        {
            < 7 => Channels.Direct,
            < 13 => Channel,
            _ => mood.Channels.Pick(random),
        };

    /// <summary>How readily this client buys on a visit, as a factor.</summary>
    public double Readiness(Channel channel, int visit) =>
        channel.Readiness * (IsKeen ? 4 : 1) * (visit > 1 ? 2 : 1) * (IsInApp ? 0.5 : Device == Device.Desktop ? 1.4 : 0.8);
}
