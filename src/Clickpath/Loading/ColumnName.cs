namespace Clickpath.Loading;

/// <summary>A canonical column, in the order that <see cref="HeaderMap"/> finds them by.</summary>
internal enum Column
{
    ClientId,
    PageUrl,
    Referrer,
    Timestamp,
    EventName,
    EventData,
    UserAgent,
}

/// <summary>Column names, compared without case and punctuation.</summary>
internal static class ColumnName
{
    private static readonly string[] Canonical = ["client_id", "page_url", "referrer", "timestamp", "event_name", "event_data", "user_agent"];

    /// <summary>How many canonical columns there are.</summary>
    public static int Count => Canonical.Length;

    public static string Of(Column column) => Canonical[(int)column];

    /// <returns>Null for a column that Clickpath does not know.</returns>
    public static Column? Find(string rawName)
    {
        var index = Array.FindIndex(Canonical, name => Normalized(name) == Normalized(rawName));
        return index < 0 ? null : (Column)index;
    }

    /// <summary>Lower case, letters and digits only: clientId, Client ID and client_id are one.</summary>
    public static string Normalized(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}

/// <summary>Which of a file's columns stands for which canonical one.</summary>
internal sealed class HeaderMap
{
    private readonly int[] _positions = [.. Enumerable.Repeat(-1, ColumnName.Count)];

    public HeaderMap(long fileId, IReadOnlyList<string> names)
    {
        var rows = new List<ColumnRow>(names.Count);
        for (var i = 0; i < names.Count; i++)
        {
            var column = ColumnName.Find(names[i]);
            var isUsed = column is { } known && _positions[(int)known] < 0;
            if (isUsed)
                _positions[(int)column!.Value] = i;
            // A NUL in the header of a damaged file is no text to the engines.
            rows.Add(new ColumnRow(fileId, i + 1, names[i].Replace("\0", "", StringComparison.Ordinal), column is { } canonical ? ColumnName.Of(canonical) : null, isUsed));
        }

        Rows = rows;
    }

    /// <summary>The header as it goes into input_columns.</summary>
    public IReadOnlyList<ColumnRow> Rows { get; }

    /// <returns>The field's index; -1 where the file has no such column.</returns>
    public int this[Column column] => _positions[(int)column];
}
