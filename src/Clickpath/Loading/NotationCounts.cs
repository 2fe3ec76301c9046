namespace Clickpath.Loading;

/// <summary>Of what it is counted how values are written.</summary>
internal enum Noted
{
    EventName,
    PageUrl,
    PagePath,
    PageQuery,
    Referrer,
    ReferrerQuery,
    UserAgent,
    OrderId,
    ProductId,
    Currency,
}

/// <summary>How often the values of each column of one file are written in which way, by day.</summary>
internal sealed class NotationCounts(long fileId)
{
    // Of a file whose times are on days without end, the first are counted.
    private const int MostCounts = 100_000;

    private readonly Dictionary<(int Day, Noted Column, string Notation), Count> _counts = [];
    private readonly (int Day, string? Notation, Count? Count)[] _latest = new (int, string?, Count?)[Enum.GetValues<Noted>().Length];

    /// <summary>Counts a value.</summary>
    /// <param name="day">On which day.</param>
    /// <param name="line">The line on which its record starts.</param>
    /// <param name="column">Whose value it is.</param>
    /// <param name="notation">How it is written.</param>
    public void Add(int day, long line, Noted column, string notation)
    {
        // Values come in runs that are written alike.
        ref var latest = ref _latest[(int)column];
        if (latest.Day != day || !ReferenceEquals(latest.Notation, notation))
        {
            if (!_counts.TryGetValue((day, column, notation), out var count))
            {
                if (_counts.Count == MostCounts)
                    return;
                _counts.Add((day, column, notation), count = new Count(line));
            }

            latest = (day, notation, count);
        }

        latest.Count!.Values++;
    }

    /// <summary>The rows, in an order that does not hang on hashes.</summary>
    public IEnumerable<NotationRow> Rows() => _counts
        .Select(count => new NotationRow(fileId, count.Key.Day, Names.Of(count.Key.Column), count.Key.Notation, count.Value.Values, count.Value.FirstLine))
        .OrderBy(row => row.Day).ThenBy(row => row.ColumnName, StringComparer.Ordinal).ThenBy(row => row.Notation, StringComparer.Ordinal);

    private sealed class Count(long firstLine)
    {
        public long Values { get; set; }

        public long FirstLine => firstLine;
    }
}
