namespace Clickpath.Sample.Shop;

/// <summary>
/// Who comes when. A client's visits follow from its key alone and lie within <see cref="HorizonDays"/> of its first, so that
/// only visits to come are kept, and that days long before the export, planned and not written, fill its first day with
/// clients who come again.
/// </summary>
internal sealed class Traffic
{
    public const int HorizonDays = 28;
    public const long DayMs = 86_400_000;
    private const long HourMs = 3_600_000;

    /// <summary>Longer than any visit.</summary>
    private const long LeastGapMs = 3 * HourMs;

    /// <summary>Visits by hour, UTC: a European shop's, with a trough at night.</summary>
    private static readonly Weighted<int> Hours = new(
        new[] { 14, 8, 5, 4, 4, 6, 14, 26, 38, 46, 50, 52, 54, 52, 48, 48, 52, 58, 66, 76, 82, 74, 50, 28 }.Select((weight, hour) => (weight, hour)));

    private readonly ulong key;
    private readonly DateOnly first;
    private readonly int days;
    private readonly Dictionary<int, List<PlannedVisit>> planned = [];
    private readonly Dictionary<int, Mood> moods = [];

    public Traffic(SampleOptions options)
    {
        key = SampleRandom.Mix(0xC11C_4BA7, (ulong)(uint)options.Seed);
        first = options.First;
        days = options.Days;
        Rates = new Rates(options, 1);
        Rates = new Rates(options, MeanReadiness());
    }

    public Rates Rates { get; }

    /// <summary>Midnight of the export's first day.</summary>
    public long FirstDayMs => DayStart(0);

    /// <summary>How many visits to come are kept.</summary>
    public int PlannedCount => planned.Values.Sum(visits => visits.Count);

    public long DayStart(int day) => (first.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + day) * DayMs;

    public Mood MoodOf(int day)
    {
        if (!moods.TryGetValue(day, out var mood))
        {
            moods.Remove(day - HorizonDays - 2);
            moods[day] = mood = new Mood(KeyOf(Stream.Mood, day), first.AddDays(day));
        }

        return mood;
    }

    public Mood MoodAt(long ms) => MoodOf((int)Math.Floor((ms - FirstDayMs) / (double)DayMs));

    /// <summary>The visits that begin on a day, by time. To be asked day by day, from <see cref="HorizonDays"/> + 1 days before the first on.</summary>
    /// <param name="day">0 is the export's first.</param>
    public List<PlannedVisit> Day(int day)
    {
        var mood = MoodOf(day);
        var random = new SampleRandom(KeyOf(Stream.Day, day));
        var people = random.Poisson(Rates.NewClients * mood.Visits);
        var bots = random.Poisson(Rates.Bots * mood.Bots);
        for (var i = 0; i < people; i++) PlanClient(SampleRandom.Mix(KeyOf(Stream.Client, day), (ulong)i), day);
        for (var i = 0; i < bots; i++)
        {
            var start = DayStart(day) + (long)(random.Unit() * DayMs);
            Add(day, new PlannedVisit(start, SampleRandom.Mix(KeyOf(Stream.Bot, day), (ulong)i), start, 1, IsBot: true));
        }

        planned.Remove(day, out var visits);
        visits?.Sort();
        return visits ?? [];
    }

    /// <summary>A source of chance for one visit.</summary>
    public SampleRandom RandomOf(PlannedVisit visit) => new(SampleRandom.Mix(SampleRandom.Mix(visit.Client, (ulong)Stream.Visit), (ulong)visit.Number));

    private static long TimeOfDay(SampleRandom random) => (Hours.Pick(random) * HourMs) + (long)(random.Unit() * HourMs);

    private void PlanClient(ulong client, int day)
    {
        var chance = Visitor.DrawKeen(new SampleRandom(client)) ? Rates.KeenReturn : Rates.CasualReturn;
        var random = new SampleRandom(SampleRandom.Mix(client, (ulong)Stream.Returns));
        var born = DayStart(day) + TimeOfDay(random);
        var start = born;
        for (var number = 1; ; number++)
        {
            Add(day, new PlannedVisit(start, client, born, number, IsBot: false));
            if (!random.Chance(chance)) return;

            // A third comes again on the same day, the rest some days later.
            var next = DayStart(day) + TimeOfDay(random);
            var later = random.Chance(0.3) ? 0 : 1 + (int)random.Exponential(2.5);
            if (later == 0 && next < start + LeastGapMs) later = 1;
            next += later * DayMs;
            if (next < start + LeastGapMs) next += DayMs;
            day = (int)((next - FirstDayMs - (((next - FirstDayMs) % DayMs + DayMs) % DayMs)) / DayMs);
            start = next;
            if (start - born > HorizonDays * DayMs) return;
        }
    }

    private void Add(int day, PlannedVisit visit)
    {
        // The evening before the first day reaches into it.
        if (day < -1 || day >= days) return;
        if (!planned.TryGetValue(day, out var visits)) planned[day] = visits = [];
        visits.Add(visit);
    }

    // By trying: the mix of channels, devices and returns has no short formula.
    private double MeanReadiness()
    {
        var mood = MoodOf(0);
        var sum = 0.0;
        var count = 0;
        for (var i = 0; i < 4000; i++)
        {
            var visitor = new Visitor(SampleRandom.Mix(KeyOf(Stream.Calibration, 0), (ulong)i), 0, isBot: false, mood);
            var random = new SampleRandom(SampleRandom.Mix(KeyOf(Stream.Calibration, 1), (ulong)i));
            for (var number = 1; number == 1 || random.Chance(visitor.IsKeen ? Rates.KeenReturn : Rates.CasualReturn); number++, count++)
                sum += visitor.Readiness(visitor.ChannelOf(number, mood, random), number);
        }

        return sum / count;
    }

    private ulong KeyOf(Stream stream, int day) => SampleRandom.Mix(SampleRandom.Mix(key, (ulong)stream), (ulong)(uint)day);

    /// <summary>Each has a sequence of its own, so that one that draws more changes no other.</summary>
    private enum Stream
    {
        Mood,
        Day,
        Client,
        Bot,
        Returns,
        Visit,
        Calibration,
    }
}
