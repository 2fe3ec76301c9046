using System.Globalization;
using Clickpath.Engines;
using Clickpath.Sql;
using CsvHelper;
using Dapper;

namespace Clickpath.Tests.Sql;

/// <summary>
/// Unit tests of models that an analyst can write: a folder <c>tests/sql/MODEL/CASE/</c> holds input tables as small CSVs and
/// what must come out as <c>expected.csv</c>. A table that is not given is empty if it is a load table, and made by
/// its own SQL if it is a model; columns that are not given are NULL, or 0 or empty text where the schema wants a value.
/// An empty cell is NULL, <c>''</c> is empty text; of the expected table only the columns that are named count, and the
/// order of its rows does not. A file <c>parameters.csv</c> (name, value) sets parameters.
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
        var parameters = Path.Combine(folder, "parameters.csv");
        var catalog = SqlCatalog.Read(Repository.Sql, engineName, File.Exists(parameters) ? ReadCsv(parameters).Rows.ToDictionary(r => r[0], r => r[1]) : []);
        foreach (var (_, text) in catalog.Schema)
            engine.ExecuteSchema(text);
        var runner = new SqlRunner(engine, catalog);
        var model = catalog.Table(name) ?? catalog.Files.SingleOrDefault(f => f.Name == name) ?? throw new InvalidOperationException($"There is no SQL file called '{name}'.");
        var given = Fill(engine, catalog, folder);
        runner.Assume(given.Concat(given.SelectMany(catalog.Upstream)).Where(m => given.Contains(m) || !Needed(catalog, model, given).Contains(m)));
        foreach (var upstream in catalog.Upstream(model).Append(model).Where(m => m.Folder.IsModel))
            _ = runner.Make(upstream).ToList();

        var (columns, expected) = ReadCsv(Path.Combine(folder, "expected.csv"));
        var table = model.Folder.IsModel ? runner.Rows(model, $"SELECT {string.Join(", ", columns)} FROM {name}") : runner.Rows(model);
        var order = columns.Select(c => table.IndexOf(c)).ToList();
        var actual = table.Rows.Select(row => string.Join(" | ", order.Select(i => Text(row[i]))));

        var difference = Difference(expected.Select(row => string.Join(" | ", row)), actual).ToList();
        if (difference.Count > 0)
            Assert.Fail($"{name} returns other rows (< expected, > returned):\n  {string.Join(" | ", columns)}\n{string.Join('\n', difference)}");
    }

    // The rows that only one of the two has, as diff shows them.
    private static IEnumerable<string> Difference(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var (only, others) = (expected.Order(StringComparer.Ordinal).ToList(), actual.Order(StringComparer.Ordinal).ToList());
        only.RemoveAll(others.Remove);
        return only.Select(row => "< " + row).Concat(others.Select(row => "> " + row));
    }

    private static List<SqlFile> Fill(IEngine engine, SqlCatalog catalog, string folder)
    {
        var given = new List<SqlFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.csv").Where(p => Path.GetFileName(p) is not ("expected.csv" or "parameters.csv")).Order(StringComparer.Ordinal))
        {
            var table = Path.GetFileNameWithoutExtension(path);
            var (columns, rows) = ReadCsv(path);
            var names = columns.ToList();
            if (catalog.Models.FirstOrDefault(m => m.Name == table) is { } model)
            {
                given.Add(model);
                EmptyTable(engine, catalog, model);
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

    // A model's columns are those that its SELECT has; over no rows it is quickly made.
    private static void EmptyTable(IEngine engine, SqlCatalog catalog, SqlFile model)
    {
        using var temp = new TempFolder();
        using IEngine scratch = engine.Name == "sqlite" ? new SqliteEngine(Path.Combine(temp.Path, "db")) : new DuckDbEngine(":memory:");
        foreach (var (_, text) in catalog.Schema)
            scratch.ExecuteSchema(text);
        _ = new SqlRunner(scratch, catalog).Make(model).ToList();
        var columns = scratch.Connection.Query($"PRAGMA table_info('{model.Name}')").Cast<IDictionary<string, object>>()
            .Select(c => $"{c["name"]} {((string)c["type"] is { Length: > 0 } type ? type : "")}");
        engine.Connection.Execute($"CREATE TABLE {model.Name} ({string.Join(", ", columns)})");
    }

    // What has to be made: upstream of a table that is given nothing is.
    private static HashSet<SqlFile> Needed(SqlCatalog catalog, SqlFile model, List<SqlFile> given)
    {
        var needed = new HashSet<SqlFile>();
        var open = new Stack<SqlFile>([model]);
        while (open.TryPop(out var next))
        {
            foreach (var source in catalog.Models.Where(m => next.Sources.Contains(m.Name) && m != next && !given.Contains(m)))
            {
                if (needed.Add(source))
                    open.Push(source);
            }
        }

        return needed;
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
