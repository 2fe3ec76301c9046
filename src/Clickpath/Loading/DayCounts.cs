namespace Clickpath.Loading;

/// <summary>How many events fall on each day; they come in runs of one day, so the latest has a counter of its own.</summary>
internal sealed class DayCounts
{
    private readonly Dictionary<int, long> _counts = [];
    private int _latest = Day.None;
    private long _latestCount;

    public void Add(int day)
    {
        if (day != _latest)
        {
            Settle();
            _latest = day;
        }

        _latestCount++;
    }

    /// <summary>The days, in order, and their counts.</summary>
    public IEnumerable<(int Day, long Count)> Counts()
    {
        Settle();
        return _counts.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value));
    }

    private void Settle()
    {
        if (_latestCount > 0)
            _counts[_latest] = _counts.GetValueOrDefault(_latest) + _latestCount;
        _latestCount = 0;
    }
}
