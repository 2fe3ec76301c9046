using Clickpath.Engines;
using Clickpath.Sql;
using Dapper;

namespace Clickpath.Tests.Engines;

public sealed class GuardTests
{
    [TestCase("sqlite", "WITH x AS (SELECT 1 AS a) INSERT INTO t SELECT a FROM x")]
    [TestCase("sqlite", "WITH x AS (SELECT 1 AS a) DELETE FROM t")]
    [TestCase("sqlite", "SELECT load_extension('x') AS a")]
    [TestCase("sqlite", "SELECT journal_mode AS a FROM pragma_journal_mode('delete')")]
    [TestCase("sqlite", "SELECT name AS a FROM sqlite_master")]
    [TestCase("sqlite", "SELECT name AS a FROM sqlite_temp_master")]
    [TestCase("duckdb", "WITH x AS (SELECT 1 AS a) INSERT INTO t SELECT a FROM x")]
    [TestCase("duckdb", "WITH x AS (SELECT 1 AS a) DELETE FROM t")]
    public void A_file_that_does_more_than_read_is_refused_and_named(string engineName, string body)
    {
        foreach (var (folder, header) in new[] { ("analyze", "-- title: T\n-- description: D\n-- section: S\n"), ("transform", "-- description: D\n-- grain: G\n-- key: a\n") })
        {
            using var temp = new TempFolder();
            using IEngine engine = engineName == "sqlite" ? new SqliteEngine(Path.Combine(temp.Path, "db")) : new DuckDbEngine(":memory:");
            var runner = Runner(temp, engine, $"{folder}/sly.sql", header + body);

            Assert.That(() => folder == "analyze" ? (object)runner.Rows(runner.Catalog.Reports[0]) : runner.Make(runner.Catalog.Models[0]).ToList(),
                Throws.TypeOf<ClickpathException>().With.Message.StartsWith($"sql/{folder}/sly.sql: it does more than read."), folder);
            Assert.That(engine.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM t"), Is.EqualTo(1), "nothing was written or taken away");
        }
    }

    [TestCase("SELECT COUNT(*) FROM t", "COUNT(*)")]
    [TestCase("SELECT 1 AS b, 2 AS b", "b:1")]
    public void A_report_whose_column_has_no_name_of_its_own_is_told_which(string body, string column)
    {
        using var temp = new TempFolder();
        using var engine = new SqliteEngine(Path.Combine(temp.Path, "db"));
        var runner = Runner(temp, engine, "analyze/daily.sql", "-- title: T\n-- description: D\n-- section: S\n" + body);

        Assert.That(() => runner.MakeReport(runner.Catalog.Reports[0]), Throws.TypeOf<ClickpathException>().With.Message.StartsWith($"sql/analyze/daily.sql: a column is called '{column}'."));
    }

    [TestCase("SELECT * FROM read_csv('/etc/passwd')")]
    [TestCase("SELECT content AS a FROM read_text('/etc/passwd')")]
    [TestCase("SELECT * FROM '/etc/passwd'")]
    [TestCase("SELECT * FROM read_blob('/etc/passwd')")]
    [TestCase("SELECT * FROM read_parquet('https://example.org/x.parquet')")]
    [TestCase("SELECT * FROM read_json_auto('/etc/passwd')")]
    [TestCase("SELECT * FROM sniff_csv('/etc/passwd')")]
    [TestCase("SELECT * FROM glob('/etc/*')")]
    public void DuckDB_reaches_no_file(string body)
    {
        using var temp = new TempFolder();
        using var engine = new DuckDbEngine(":memory:");
        var runner = Runner(temp, engine, "analyze/sly.sql", "-- title: T\n-- description: D\n-- section: S\n" + body);

        Assert.That(() => runner.Rows(runner.Catalog.Reports[0]), Throws.TypeOf<ClickpathException>().With.Message.Matches("^sql/analyze/sly.sql(: it does more than read|:4:1: no such table)"));
    }

    [TestCase("ATTACH 'x' AS y")]
    [TestCase("PRAGMA journal_mode = DELETE")]
    [TestCase("COPY t TO '/tmp/x'")]
    [TestCase("INSTALL httpfs")]
    [TestCase("LOAD httpfs")]
    [TestCase("SET enable_external_access = true")]
    [TestCase("EXPORT DATABASE '/tmp/x'")]
    [TestCase("CALL pragma_version()")]
    [TestCase("VACUUM INTO '/tmp/x'")]
    [TestCase("SELECT 1 AS a; DROP TABLE t")]
    public void What_is_no_SELECT_is_refused_before_an_engine_sees_it(string body)
    {
        using var temp = new TempFolder();
        using var engine = new SqliteEngine(Path.Combine(temp.Path, "db"));

        Assert.That(() => Runner(temp, engine, "analyze/sly.sql", "-- title: T\n-- description: D\n-- section: S\n" + body), Throws.TypeOf<ClickpathException>().With.Message.StartsWith("sql/analyze/sly.sql:4:"));
    }

    [TestCase("SET enable_external_access = true")]
    [TestCase("COPY (SELECT 1) TO '/tmp/clickpath-guard'")]
    [TestCase("INSTALL httpfs")]
    public void What_DuckDB_may_reach_cannot_be_widened_from_SQL(string statement)
    {
        using var engine = new DuckDbEngine(":memory:");

        Assert.That(() => engine.Connection.Execute(statement), Throws.InstanceOf<System.Data.Common.DbException>());
    }

    private static SqlRunner Runner(TempFolder temp, IEngine engine, string path, string text)
    {
        temp.Write("sql/schema/V001__t.sql", "CREATE TABLE t (a BIGINT); INSERT INTO t VALUES (1);");
        temp.Write("sql/" + path, text);
        var catalog = SqlCatalog.Read(Path.Combine(temp.Path, "sql"), engine.Name, new Dictionary<string, string>());
        engine.ExecuteSchema(catalog.Schema[0].Text);
        return new SqlRunner(engine, catalog);
    }
}
