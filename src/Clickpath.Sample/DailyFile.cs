using System.Text;
using Clickpath.Sample.Defects;
using Clickpath.Sample.Shop;

namespace Clickpath.Sample;

/// <summary>A column of the export.</summary>
internal sealed record Column(string Name, Func<SampleEvent, string> Value);

/// <summary>One day's CSV: columns in the order of the real thing, quotes only where they are needed.</summary>
internal static class DailyFile
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("client_id", row => row.ClientId),
        new("page_url", row => row.PageUrl),
        new("referrer", row => row.Referrer),
        new("timestamp", row => row.Timestamp),
        new("event_name", row => row.Name),
        new("event_data", row => row.EventData),
        new("user_agent", row => row.UserAgent),
    ];

    public static void Write(IEnumerable<SampleEvent> rows, IReadOnlyList<DefectOfDay> defects, string path)
    {
        var columns = defects.Aggregate(Columns, (current, defect) => defect.StrikeColumns(current));
        rows = defects.Aggregate(rows, (current, defect) => defect.StrikeRows(current));
        var lines = defects.Aggregate(Lines(rows, columns), (current, defect) => defect.StrikeLines(current));

        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', columns.Select(column => column.Name)));
        foreach (var line in lines) writer.WriteLine(line);
    }

    private static IEnumerable<string> Lines(IEnumerable<SampleEvent> rows, IReadOnlyList<Column> columns)
    {
        var line = new StringBuilder();
        foreach (var row in rows)
        {
            line.Clear();
            for (var i = 0; i < columns.Count; i++)
            {
                if (i > 0) line.Append(',');
                Append(line, columns[i].Value(row));
            }

            yield return line.ToString();
        }
    }

    private static void Append(StringBuilder line, string value)
    {
        if (value.AsSpan().IndexOfAny(",\"\r\n") < 0) line.Append(value);
        else line.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
