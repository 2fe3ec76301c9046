namespace Clickpath.Reports;

/// <summary>The rows of a SELECT. A cell is null, long, double or string, whatever engine it came from.</summary>
internal sealed record Table(string Name, IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>A column's position; -1 where there is none of that name.</summary>
    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column)
                return i;
        }

        return -1;
    }
}
