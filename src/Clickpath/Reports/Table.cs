namespace Clickpath.Reports;

/// <summary>The rows of a report, as the writers of CSV, charts, PDF and HTML take them.</summary>
/// <param name="Name">The report's name, as its SQL file's.</param>
/// <param name="Columns">The columns' names, in order.</param>
/// <param name="Rows">The rows; a value is null, a <see cref="long"/>, a <see cref="double"/> or a <see cref="string"/>.</param>
internal sealed record Table(string Name, IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>The position of a column. Throws <see cref="FormatException"/> where there is none of that name.</summary>
    public int IndexOf(string column)
    {
        var index = TryIndexOf(column);
        return index >= 0
            ? index
            : throw new FormatException($"'{Name}' has no column '{column}'. Its columns: {string.Join(", ", Columns)}");
    }

    /// <summary>The position of a column, or -1.</summary>
    public int TryIndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
            if (string.Equals(Columns[i], column, StringComparison.Ordinal))
                return i;
        return -1;
    }

    /// <summary>Whether it says what another says: the same columns, and the same rows in the same order.</summary>
    public bool HasRowsOf(Table other) =>
        Columns.SequenceEqual(other.Columns) && Rows.Count == other.Rows.Count && Rows.Zip(other.Rows).All(pair => pair.First.SequenceEqual(pair.Second));

    /// <summary>A value as a number; NaN where it is null or no number.</summary>
    public static double Number(object? value) => value switch
    {
        long whole => whole,
        double fraction when double.IsFinite(fraction) => fraction,
        _ => double.NaN,
    };
}
