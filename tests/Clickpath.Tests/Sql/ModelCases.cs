using System.Globalization;
using Clickpath.Engines;
using Clickpath.Sql;
using CsvHelper;
using Dapper;

namespace Clickpath.Tests.Sql;

/// <summary>
/// Unit tests of models that an analyst can write: a folder <c>tests/sql/MODEL/CASE/</c> holds input tables as small CSVs and
/// what must come out as <c>expected.csv</c>. A table that is not given is empty if it is a load table, and made by
/// its own SQL if it is a model. An empty cell is NULL, <c>''</c> is empty text; of the expected table only the columns
/// that are named count, and the order of its rows does not.
/// </summary>
public sealed class ModelCases
{
    private static readonly string Root = Path.Combine(Repository.Root, "tests", "sql");

    public static IEnumerable<TestCaseData> Cases() =>
        from folder in Directory.EnumerateFiles(Root, "expected.csv", SearchOption.AllDirectories).Select(Path.GetDirectoryName).Order(StringComparer.Ordinal)
        from engine in new[] { "sqlite", "duckdb" }
        select new TestCaseData(Path.GetRelativePath(Root, folder!), engine).SetArgDisplayNames(Path.GetRelativePath(Root, folder!).Replace(Path.DirectorySeparatorChar, '/'), engine);

    [TestCaseSource(nameof(Cases))]
    public void A_model_returns_what_its_case_states(string @case, string engineName)
    {
        var folder = Path.Combine(Root, @case);
        var name = Path.GetFileName(Path.GetDirectoryName(folder))!;
        using var temp = new TempFolder();
        using IEngine engine = engineName == "sqlite" ? new SqliteEngine(Path.Combine(temp.Path, "db")) : new DuckDbEngine(":memory:");
        var catalog = SqlCatalog.Read(Repository.Sql, engineName, new Dictionary<string, string>());
        foreach (var (_, text) in catalog.Schema)
            engine.ExecuteSchema(text);
        var runner = new SqlRunner(engine, catalog);
        var model = catalog.Files.SingleOrDefault(f => f.Name == name) ?? throw new InvalidOperationException($"There is no SQL file called '{name}'.");
        runner.Assume(Fill(engine, catalog, folder));
        foreach (var upstream in catalog.Upstream(model).Where(m => m.Folder.IsModel))
            _ = runner.Make(upstream).ToList();
        if (model.Folder.IsModel)
            _ = runner.Make(model).ToList();

        var (columns, expected) = ReadCsv(Path.Combine(folder, "expected.csv"));
        var table = model.Folder.IsModel ? runner.Rows(model, $"SELECT {string.Join(", ", columns)} FROM {name}") : runner.Rows(model);
        var order = columns.Select(c => table.IndexOf(c)).ToList();
        var actual = table.Rows.Select(row => string.Join(" | ", order.Select(i => Text(row[i]))));

        Assert.That(actual.Order(StringComparer.Ordinal), Is.EqualTo(expected.Select(row => string.Join(" | ", row)).Order(StringComparer.Ordinal)), $"columns: {string.Join(" | ", columns)}");
    }

    private static List<SqlFile> Fill(IEngine engine, SqlCatalog catalog, string folder)
    {
        var given = new List<SqlFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.csv").Where(p => Path.GetFileName(p) != "expected.csv").Order(StringComparer.Ordinal))
        {
            var table = Path.GetFileNameWithoutExtension(path);
            var (columns, rows) = ReadCsv(path);
            var names = columns.ToList();
            if (catalog.Models.FirstOrDefault(m => m.Name == table) is { } model)
            {
                given.Add(model);
                engine.Connection.Execute($"CREATE TABLE {table} ({string.Join(", ", columns.Select((c, i) => $"{c} {(rows.All(r => long.TryParse(r[i], out _) || r[i] == "NULL") ? "BIGINT" : "TEXT")}"))})");
            }

            var fillers = engine.Connection.Query($"PRAGMA table_info('{table}')").Cast<IDictionary<string, object>>()
                .Where(c => Convert.ToInt64(c["notnull"], CultureInfo.InvariantCulture) == 1 && !names.Contains((string)c["name"]))
                .Select(c => ((string)c["name"], ((string)c["type"]).Contains("INT", StringComparison.Ordinal) ? "0" : "''")).ToList();
            foreach (var row in rows)
            {
                var values = row.Select(v => v is "NULL" or "''" || long.TryParse(v, out _) ? v : "'" + v.Replace("'", "''", StringComparison.Ordinal) + "'");
                engine.Connection.Execute($"INSERT INTO {table} ({string.Join(", ", names.Concat(fillers.Select(f => f.Item1)))}) VALUES ({string.Join(", ", values.Concat(fillers.Select(f => f.Item2)))})");
            }
        }

        return given;
    }

    private static (IReadOnlyList<string> Columns, List<string[]> Rows) ReadCsv(string path)
    {
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var columns = csv.HeaderRecord!.Select(h => h.Trim()).ToList();
        var rows = new List<string[]>();
        while (csv.Read())
            rows.Add([.. columns.Select((_, i) => csv.GetField(i)!.Trim() is { Length: > 0 } value ? value : "NULL")]);
        return (columns, rows);
    }

    private static string Text(object? value) => value switch
    {
        null => "NULL",
        "" => "''",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
