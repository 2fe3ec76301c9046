namespace Clickpath.Sample.Shop;

/// <summary>
/// What is peculiar to one day: real days differ by more than chance (a Poisson's variance is its mean), in visits, in where
/// they come from, and in how many buy.
/// </summary>
internal sealed class Mood
{
    /// <summary>Monday to Sunday.</summary>
    private static readonly double[] Weekdays = [1.08, 1.00, 0.95, 0.94, 0.92, 0.97, 1.14];

    /// <param name="key">The day's own.</param>
    /// <param name="date">For its weekday.</param>
    public Mood(ulong key, DateOnly date)
    {
        var random = new SampleRandom(key);
        Visits = Weekdays[((int)date.DayOfWeek + 6) % 7] * random.Noise(0.06);
        Bots = random.Noise(0.10);
        Conversion = random.Noise(0.08);
        Channels = new(Shop.Channels.All.Select(channel => ((int)(1000 * channel.Weight * random.Noise(0.08)), channel)));
    }

    public double Visits { get; }

    public double Bots { get; }

    public double Conversion { get; }

    public Weighted<Channel> Channels { get; }
}
