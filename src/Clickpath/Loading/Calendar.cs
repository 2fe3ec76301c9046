namespace Clickpath.Loading;

/// <summary>Which days the calendar has.</summary>
internal static class Calendar
{
    // A day further away is a broken clock's: it is in the calendar, the decades up to it are not.
    private const int FarthestDays = 400;

    /// <summary>
    /// Without a gap from the first to the last of the file days and the event days near them (without file days:
    /// near the median event's day); days farther off stand alone.
    /// </summary>
    /// <param name="fileDays">The dates in the files' names.</param>
    /// <param name="eventDays">The days of events, each once, and how many events they have.</param>
    public static IEnumerable<int> Days(IReadOnlyCollection<int> fileDays, IReadOnlyCollection<(int Day, long Count)> eventDays)
    {
        if (fileDays.Count == 0 && eventDays.Count == 0)
            return [];
        int from, to;
        if (fileDays.Count > 0)
            (from, to) = (fileDays.Min(), fileDays.Max());
        else
            from = to = Median(eventDays);
        var near = eventDays.Select(day => day.Day).Where(day => day >= from - FarthestDays && day <= to + FarthestDays).ToList();
        if (near.Count > 0)
            (from, to) = (Math.Min(from, near.Min()), Math.Max(to, near.Max()));
        return Enumerable.Range(from, to - from + 1).Union(eventDays.Select(day => day.Day)).Order();
    }

    private static int Median(IReadOnlyCollection<(int Day, long Count)> eventDays)
    {
        var remaining = eventDays.Sum(day => day.Count) / 2;
        foreach (var (day, count) in eventDays.OrderBy(day => day.Day))
        {
            if (count > remaining)
                return day;
            remaining -= count;
        }

        return Day.None;
    }
}
