namespace Clickpath.Loading;

/// <summary>Collects the days that occur, and says which days the calendar has.</summary>
internal sealed class Calendar
{
    // A day further away is a broken clock's: it is in the calendar, the decades up to it are not.
    private const int FarthestDays = 400;

    private readonly Dictionary<int, long> _eventCounts = [];
    private readonly List<int> _fileDays = [];
    private int _latest = Day.None;
    private long _latestCount;

    public void AddFile(int day) => _fileDays.Add(day);

    public void AddEvent(int day)
    {
        if (day != _latest)
        {
            Settle();
            _latest = day;
        }

        _latestCount++;
    }

    /// <summary>
    /// Without a gap from the first to the last of the file days and the event days near them (without file days:
    /// near the median event's day); days farther off stand alone.
    /// </summary>
    public IEnumerable<int> Days()
    {
        Settle();
        if (_fileDays.Count == 0 && _eventCounts.Count == 0)
            return [];
        int from, to;
        if (_fileDays.Count > 0)
            (from, to) = (_fileDays.Min(), _fileDays.Max());
        else
            from = to = Median();
        var near = _eventCounts.Keys.Where(day => day >= from - FarthestDays && day <= to + FarthestDays).ToList();
        if (near.Count > 0)
            (from, to) = (Math.Min(from, near.Min()), Math.Max(to, near.Max()));
        return Enumerable.Range(from, to - from + 1).Union(_eventCounts.Keys).Order();
    }

    private void Settle()
    {
        if (_latestCount > 0)
            _eventCounts[_latest] = _eventCounts.GetValueOrDefault(_latest) + _latestCount;
        _latestCount = 0;
    }

    private int Median()
    {
        var remaining = _eventCounts.Values.Sum() / 2;
        foreach (var (day, count) in _eventCounts.OrderBy(pair => pair.Key))
        {
            if (count > remaining)
                return day;
            remaining -= count;
        }

        return Day.None;
    }
}
