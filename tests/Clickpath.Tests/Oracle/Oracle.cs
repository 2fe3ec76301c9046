using System.Text.Json;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;

// Not Clickpath.Tests.Oracle: a namespace of that name would hide the class from other tests.
namespace Clickpath.Tests;

/// <summary>
/// Clickpath's figures calculated apart from Clickpath: <c>tests/oracle/oracle.duckdb.sql</c>, straight over the raw
/// files. It reads whole records only: a file with broken ones is the loader's own test.
/// </summary>
internal static class Oracle
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The checkout, found upwards from the test assembly.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>A real export, beside the checkout; it is no part of the project and may be missing.</summary>
    public static string RealExport { get; } = Path.GetFullPath(Path.Combine(Repository, "..", "shared", "data", "export"));

    /// <summary>Every figure of a folder of .csv and .csv.gz exports, as {figure: {key: {measure: integer}}}, sorted.</summary>
    /// <param name="folder">The folder; folders within are not read.</param>
    /// <param name="timeZone">The IANA zone of calendar days.</param>
    public static JsonDocument Figures(string folder, string timeZone = "UTC")
    {
        var figures = new JsonObject();
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Execute(connection, $"SET VARIABLE events = {Literal(Path.Combine(folder, "*.csv*"))}");
        Execute(connection, $"SET VARIABLE zone = {Literal(timeZone)}");
        Execute(connection, Script("models", "figures"));

        using var command = connection.CreateCommand();
        command.CommandText = "SELECT figure, key, measure, value FROM figures ORDER BY figure, key, measure";
        using var reader = command.ExecuteReader();
        while (reader.Read())
            Child(Child(figures, reader.GetString(0)), reader.GetString(1))[reader.GetString(2)] = reader.GetInt64(3);
        return JsonDocument.Parse(figures.ToJsonString(Indented));
    }

    /// <summary>The figures as lines such as <c>totals/all/orders = 294</c>, so that a failing comparison names each one that differs.</summary>
    public static IEnumerable<string> Lines(JsonDocument figures) =>
        from figure in figures.RootElement.EnumerateObject()
        from key in figure.Value.EnumerateObject()
        from measure in key.Value.EnumerateObject()
        select $"{figure.Name}/{key.Name}/{measure.Name} = {measure.Value.GetInt64()}";

    /// <summary>The SQL script's beginning and the named parts of it.</summary>
    public static string Script(params string[] parts)
    {
        const string marker = "-- part: ";
        var pieces = File.ReadAllText(Path.Combine(Repository, "tests", "oracle", "oracle.duckdb.sql")).Split("\n" + marker);
        return string.Join("\n" + marker, pieces.Where((piece, index) => index == 0 || parts.Contains(piece[..piece.IndexOf('\n', StringComparison.Ordinal)])));
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject child) return child;
        parent[name] = child = [];
        return child;
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Clickpath.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No Clickpath.slnx above {AppContext.BaseDirectory}.");
    }
}
