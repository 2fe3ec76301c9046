namespace Clickpath.Sample.Shop;

/// <summary>The invented shop's events, day by day. What it keeps is a day's visits and the events of those who are there.</summary>
internal sealed class Lumenloft(SampleOptions options)
{
    private readonly Traffic traffic = new(options);
    private readonly PriorityQueue<SampleEvent, (long, long)> toCome = new();
    private Journey? journey;
    private long count;

    /// <summary>How many visits and events are in memory.</summary>
    public int KeptCount => traffic.PlannedCount + toCome.Count;

    /// <summary>One list per day, from the first to the last, to be read in that order, each to its end.</summary>
    public IEnumerable<IEnumerable<SampleEvent>> Days()
    {
        journey = new Journey(options, traffic);
        for (var day = -Traffic.HorizonDays - 1; day < -1; day++) traffic.Day(day);
        foreach (var _ in Day(-1))
        {
            // Not part of the export, but for the visits that go on after midnight.
        }

        for (var day = 0; day < options.Days; day++) yield return Day(day);
    }

    private IEnumerable<SampleEvent> Day(int day)
    {
        foreach (var visit in traffic.Day(day))
        {
            foreach (var row in Until(visit.StartMs)) yield return row;
            foreach (var row in journey!.Of(visit)) toCome.Enqueue(row, (row.TimeMs, count++));
        }

        foreach (var row in Until(traffic.DayStart(day + 1))) yield return row;
    }

    private IEnumerable<SampleEvent> Until(long ms)
    {
        while (toCome.TryPeek(out var row, out _) && row.TimeMs < ms) yield return toCome.Dequeue();
    }
}
