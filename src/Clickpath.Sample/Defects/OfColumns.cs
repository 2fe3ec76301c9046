namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private static IEnumerable<SampleDefect> OfColumns() =>
    [
        .. DailyFile.Columns.Select(column => new SampleDefect($"missing_{column.Name}", $"The file has no column {column.Name}", Later)
        {
            Columns = columns => [.. columns.Where(other => other.Name != column.Name)],
        }),
        new("renamed_column", "The column client_id is spelt clientId", Later) { Columns = columns => Renamed(columns, "client_id", "clientId") },
        new("replaced_client_id", "The column client_id is called visitor", Later) { Columns = columns => Renamed(columns, "client_id", "visitor") },
        new("replaced_user_agent", "The column user_agent is called browser", Later) { Columns = columns => Renamed(columns, "user_agent", "browser") },
        new("added_column", "There is a column more, consent_state", Later)
        {
            Columns = columns => [.. columns, new Column("consent_state", row => row.Visit.Client % 10 < 7 ? "granted" : "denied")],
        },
        new("reordered_columns", "The columns come in another order", Later) { Columns = columns => [.. columns.Skip(3), .. columns.Take(3)] },
    ];

    private static IReadOnlyList<Column> Renamed(IReadOnlyList<Column> columns, string from, string to) =>
        [.. columns.Select(column => column.Name == from ? column with { Name = to } : column)];
}
