namespace Clickpath.Loading;

/// <summary>How often the values of each column of one file are written in which way, by day.</summary>
internal sealed class NotationCounts(long fileId)
{
    // Of a file whose times are on days without end, the first are counted.
    private const int MostCounts = 100_000;

    private readonly Dictionary<(int Day, string Column, string Notation), Count> _counts = [];
    private readonly Dictionary<string, (int Day, string Notation, Count Count)> _latest = [];

    /// <summary>Counts a value.</summary>
    /// <param name="day">On which day.</param>
    /// <param name="line">The line on which its record starts.</param>
    /// <param name="column">As <c>notation_counts.column_name</c> has it.</param>
    /// <param name="notation">How it is written; null: no way that counts.</param>
    public void Add(int day, long line, string column, string? notation)
    {
        if (notation is null)
            return;
        // Values come in runs that are written alike.
        if (_latest.TryGetValue(column, out var latest) && latest.Day == day && ReferenceEquals(latest.Notation, notation))
        {
            latest.Count.Values++;
            return;
        }

        if (!_counts.TryGetValue((day, column, notation), out var count))
        {
            if (_counts.Count == MostCounts)
                return;
            _counts.Add((day, column, notation), count = new Count(line));
        }

        count.Values++;
        _latest[column] = (day, notation, count);
    }

    /// <summary>The rows, in an order that does not hang on hashes.</summary>
    public IEnumerable<NotationRow> Rows() => _counts
        .OrderBy(count => count.Key.Day).ThenBy(count => count.Key.Column, StringComparer.Ordinal).ThenBy(count => count.Key.Notation, StringComparer.Ordinal)
        .Select(count => new NotationRow(fileId, count.Key.Day, count.Key.Column, count.Key.Notation, count.Value.Values, count.Value.FirstLine));

    private sealed class Count(long firstLine)
    {
        public long Values { get; set; }

        public long FirstLine => firstLine;
    }
}
