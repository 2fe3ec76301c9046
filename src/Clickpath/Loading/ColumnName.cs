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

    /// <summary>Other names as <see cref="HeaderMap"/> wants them: by the normalized name.</summary>
    /// <param name="aliases">Other name and canonical one, as <c>column_aliases</c> has them.</param>
    /// <returns>Those whose canonical name is one.</returns>
    public static IReadOnlyDictionary<string, Column> Aliases(IEnumerable<(string RawName, string CanonicalName)> aliases)
    {
        var columns = new Dictionary<string, Column>(StringComparer.Ordinal);
        foreach (var (rawName, canonicalName) in aliases)
        {
            if (Find(canonicalName) is { } column)
                columns.TryAdd(Normalized(rawName), column);
        }

        return columns;
    }

    /// <summary>Lower case, letters and digits only: clientId, Client ID and client_id are one.</summary>
    public static string Normalized(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}

/// <summary>Which of a file's columns stands for which canonical one.</summary>
internal sealed class HeaderMap
{
    private readonly int[] _positions = [.. Enumerable.Repeat(-1, ColumnName.Count)];

    private readonly bool[] _hasForm;
    private int _formless;

    public HeaderMap(long fileId, IReadOnlyList<string> names, IReadOnlyDictionary<string, Column> aliases)
    {
        _hasForm = new bool[names.Count];
        _formless = names.Count;
        // A column under its own name goes before one under another.
        var own = names.Select(ColumnName.Find).OfType<Column>().ToHashSet();
        var rows = new List<ColumnRow>(names.Count);
        for (var i = 0; i < names.Count; i++)
        {
            var column = ColumnName.Find(names[i]);
            if (column is null && aliases.TryGetValue(ColumnName.Normalized(names[i]), out var alias) && !own.Contains(alias))
                column = alias;
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

    /// <summary>Looks at a record's values for the forms that are not known yet.</summary>
    public void LookAt(CsvReader csv)
    {
        for (var i = 0; _formless > 0 && i < _hasForm.Length; i++)
        {
            if (_hasForm[i] || ValueForm.Of(csv.Field(i)) is not { } form)
                continue;
            Rows[i].ValueForm = form;
            _hasForm[i] = true;
            _formless--;
        }
    }

    /// <returns>The field's index; -1 where the file has no such column.</returns>
    public int this[Column column] => _positions[(int)column];
}
