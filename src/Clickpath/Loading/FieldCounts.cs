using System.IO.Hashing;
using System.Text;

namespace Clickpath.Loading;

/// <summary>Whether a payload field had something in it; <c>payload_field_counts.state</c> in lower case.</summary>
internal enum FieldState
{
    Value,
    Null,
    Empty,
}

/// <summary>How often each payload field of one file was there, by day and event.</summary>
/// <remarks>An item's fields are <c>items[].name</c>, whatever the list is called. Of a file that invents field names,
/// days or events without end, the first are counted and the rest left out.</remarks>
internal sealed class FieldCounts(long fileId)
{
    private const int MostPaths = 500;
    private const int LongestPath = 80;
    private const int MostCounters = 1 << 21;
    private const int StateCount = 3;
    private const int SlotCount = StateCount + 1; // one for each state, and one for the values that look like e-mail addresses

    private readonly Dictionary<(ulong Hash, bool IsItem), int> _pathIds = [];
    private readonly Dictionary<string, int> _paths = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Day, long EventKey), Cell> _cells = [];
    private int _counterCount;
    private Cell? _current;
    private (int Day, long EventKey) _currentKey;

    /// <summary>Counts what follows for this day and event.</summary>
    public void Begin(int day, ReadOnlySpan<byte> eventName)
    {
        var name = Ascii.Cut(eventName, LongestPath);
        var key = (day, TextKey.Of(name));
        if (_current is not null && key == _currentKey)
            return;
        if (!_cells.TryGetValue(key, out _current) && _counterCount < MostCounters)
            _cells.Add(key, _current = new Cell(day, Encoding.UTF8.GetString(name)));
        _currentKey = key;
    }

    /// <summary>Counts a field; the empty path is the payload itself.</summary>
    public void Count(ReadOnlySpan<byte> path, FieldState state, bool isEmail = false) => Count(path, isItem: false, state, isEmail);

    public void CountItem(FieldState state) => Count("items[]"u8, isItem: false, state, isEmail: false);

    public void CountItemField(ReadOnlySpan<byte> name, FieldState state, bool isEmail = false) => Count(name, isItem: true, state, isEmail);

    /// <summary>The rows, in an order that does not hang on hashes.</summary>
    public IEnumerable<FieldCountRow> Rows()
    {
        var paths = _paths.OrderBy(path => path.Key, StringComparer.Ordinal).ToList();
        foreach (var cell in _cells.Values.OrderBy(cell => cell.Day).ThenBy(cell => cell.EventName, StringComparer.Ordinal))
        {
            foreach (var (path, id) in paths)
            {
                for (var state = 0; state < StateCount; state++)
                {
                    var index = (id * SlotCount) + state;
                    if (index < cell.Counters.Length && cell.Counters[index] > 0)
                    {
                        var emails = state == (int)FieldState.Value ? cell.Counters[(id * SlotCount) + StateCount] : 0;
                        yield return new FieldCountRow(fileId, cell.Day, cell.EventName, path, Names.Of((FieldState)state), cell.Counters[index], emails);
                    }
                }
            }
        }
    }

    private void Count(ReadOnlySpan<byte> name, bool isItem, FieldState state, bool isEmail)
    {
        if (_current is null)
            return;
        var key = (XxHash3.HashToUInt64(name), isItem);
        if (!_pathIds.TryGetValue(key, out var id))
        {
            if (_pathIds.Count == MostPaths)
                return;
            var path = (isItem ? "items[]." : "") + Encoding.UTF8.GetString(Ascii.Cut(name, LongestPath));
            if (!_paths.TryGetValue(path, out id))
                _paths.Add(path, id = _paths.Count);
            _pathIds.Add(key, id);
        }

        var first = id * SlotCount;
        if (first >= _current.Counters.Length && !Grow(_current, first + SlotCount))
            return;
        _current.Counters[first + (int)state]++;
        if (isEmail)
            _current.Counters[first + StateCount]++;
    }

    private bool Grow(Cell cell, int length)
    {
        length = Math.Max(length, 2 * cell.Counters.Length);
        _counterCount += length - cell.Counters.Length;
        if (_counterCount > MostCounters)
            return false;
        Array.Resize(ref cell.Counters, length);
        return true;
    }

    private sealed class Cell(int day, string eventName)
    {
        public long[] Counters = new long[SlotCount];

        public int Day => day;

        public string EventName => eventName;
    }
}
