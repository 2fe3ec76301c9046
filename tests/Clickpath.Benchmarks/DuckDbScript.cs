using DuckDB.NET.Data;

namespace Clickpath.Benchmarks;

/// <summary>The other side: a script that a user who knows DuckDB would write, <c>tests/oracle/oracle.duckdb.sql</c>, run by DuckDB with its default settings.</summary>
internal static class DuckDbScript
{
    /// <summary>Reads, cleans, makes sessions, attributes, and writes Parquet files to the output folder.</summary>
    public static void Run(string script, string events, string output)
    {
        Directory.CreateDirectory(output);
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        Execute(connection, $"SET VARIABLE events = {Literal(Path.Combine(events, "*.csv*"))}; SET VARIABLE zone = 'UTC'; SET VARIABLE out = {Literal(output)}");
        var parts = File.ReadAllText(script).Split("\n-- part: ");
        Execute(connection, string.Join("\n-- part: ", parts.Where(part => !part.StartsWith("figures", StringComparison.Ordinal))));
    }

    /// <summary>What both sides must agree on: sessions, orders, revenue, and both by first and last click, in cents.</summary>
    /// <param name="folder">The Parquet files of either side.</param>
    /// <param name="clicks">The file with the clicks of each order.</param>
    /// <param name="firstClick">Its column of the first click; <paramref name="lastClick"/> likewise.</param>
    /// <param name="lastClick">Its column of the last click.</param>
    /// <param name="cents">The revenue in cents, from its columns.</param>
    public static IReadOnlyList<string> Figures(string folder, string clicks, string firstClick, string lastClick, string cents)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT 'sessions ' || count(*) FROM {Parquet(folder, "sessions")}
            UNION ALL SELECT 'orders ' || count(*) || ' ' || coalesce(sum({cents}), 0)::BIGINT FROM {Parquet(folder, clicks)}
            UNION ALL SELECT 'first ' || {firstClick} || ' ' || count(*) || ' ' || coalesce(sum({cents}), 0)::BIGINT FROM {Parquet(folder, clicks)} GROUP BY {firstClick}
            UNION ALL SELECT 'last ' || {lastClick} || ' ' || count(*) || ' ' || coalesce(sum({cents}), 0)::BIGINT FROM {Parquet(folder, clicks)} GROUP BY {lastClick}
            ORDER BY 1
            """;
        using var reader = command.ExecuteReader();
        var figures = new List<string>();
        while (reader.Read())
            figures.Add(reader.GetString(0));
        return figures;
    }

    // A large table is a folder of files.
    private static string Parquet(string folder, string name) =>
        $"read_parquet({Literal(Directory.Exists(Path.Combine(folder, name)) ? Path.Combine(folder, name, "*", "*.parquet") : Path.Combine(folder, name + ".parquet"))})";

    private static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
