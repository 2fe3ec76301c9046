using Clickpath.Engines;
using Clickpath.Sql;
using Dapper;

namespace Clickpath.Tests.Sql;

/// <summary>What only another engine than SQLite has against a file: the check says where, and what to do.</summary>
public sealed class EngineMistakeTests
{
    private const string Cast = "The values are of types that do not go together: convert with CAST(x AS BIGINT), CAST(x AS DOUBLE PRECISION) or CAST(x AS TEXT).";

    [TestCase("SELECT\n    day + 1 AS next FROM orders ORDER BY order_key", "sql/analyze/odd.sql:5:9: Binder Error: No function matches the given name and argument types '+(VARCHAR, INTEGER_LITERAL)'. You might need to add explicit type casts. " + Cast)]
    [TestCase("SELECT SUM(day) AS days FROM orders", "sql/analyze/odd.sql:4:8: Binder Error: No function matches the given name and argument types 'sum(VARCHAR)'.")]
    [TestCase("-- param least: 5\nSELECT 'é' AS mark, order_key FROM orders WHERE revenue_cents >= :least AND 'a long text' <> 'another long text' AND SUBSTR(revenue_cents, 1, 2) = 'x' ORDER BY order_key", "sql/analyze/odd.sql:5:118: Binder Error: No function matches the given name and argument types 'substr(BIGINT, INTEGER_LITERAL, INTEGER_LITERAL)'.")]
    public void DuckDB_says_where_and_what(string select, string message) => Assert.That(Said("duckdb", null, select), Is.EqualTo(message).Or.StartsWith(message).And.Not.Contains("Candidate").And.Not.Contains("LINE"));

    [TestCase("SELECT\n    day + 1 AS next FROM orders ORDER BY order_key", "sql/analyze/odd.sql:5:9: operator does not exist: text + integer. " + Cast)]
    [TestCase("SELECT SUM(day) AS days FROM orders", "sql/analyze/odd.sql:4:8: function sum(text) does not exist. " + Cast)]
    [TestCase("-- param least: 5\nSELECT '\U0001F600' AS mark, order_key FROM orders WHERE 'x' <> day AND revenue_cents >= :least AND COALESCE(revenue_cents, 'none') = 'x' ORDER BY order_key", "sql/analyze/odd.sql:5:117: COALESCE types bigint and text cannot be matched. " + Cast)]
    [TestCase("SELECT day FROM orders WHERE revenue_cents ORDER BY order_key", "sql/analyze/odd.sql:4:30: argument of WHERE must be type boolean, not type bigint. Write a comparison: x > 0.")]
    public void PostgreSQL_says_where_and_what(string select, string message) => Assert.That(Said("postgres", PostgresServer.Connection(), select), Is.EqualTo(message));

    [Test]
    public void A_full_disk_is_told_with_what_lies_on_it()
    {
        using var temp = new TempFolder();
        temp.Write("sql/schema/V001__t.sql", "CREATE TABLE t (a BIGINT)");
        temp.Write("sql/transform/large.sql", "-- description: D\n-- grain: G\n-- key: a\nWITH RECURSIVE n (a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n WHERE a < 100000) SELECT a FROM n");
        using var engine = new SqliteEngine(Path.Combine(temp.Path, "db"));
        engine.Connection.Execute("PRAGMA max_page_count = 20");
        var runner = new SqlRunner(engine, SqlCatalog.Read(Path.Combine(temp.Path, "sql"), "sqlite", new Dictionary<string, string>()));

        Assert.That(() => runner.Make(runner.Catalog.Models[0]).ToList(), Throws.TypeOf<ClickpathException>().With.Message.EqualTo(
            "the disk is full, while sql/transform/large.sql ran. Free space, or give --artifacts a folder on another disk; where it is the disk of the temporary files that sorts write, name a folder on another in the environment variable SQLITE_TMPDIR."));
    }

    private static string Said(string engine, string? connection, string select)
    {
        using var temp = new TempFolder();
        temp.Write("sql/schema/V001__load_tables.sql", "CREATE TABLE raw_orders (event_id BIGINT NOT NULL PRIMARY KEY, day TEXT, revenue_cents BIGINT)");
        temp.Write("sql/transform/orders.sql", "-- description: D\n-- grain: G\n-- key: order_key\n-- export: parquet\nSELECT event_id AS order_key, day, revenue_cents FROM raw_orders");
        temp.Write("sql/analyze/odd.sql", "-- title: T\n-- description: D\n-- section: S\n" + select);
        var printed = new List<string>();
        var workbench = new Workbench(new PipelineOptions { Sql = Path.Combine(temp.Path, "sql"), Engine = engine, Connection = connection, Artifacts = temp.Path, Events = temp.Path, Print = printed.Add });

        Assert.That(workbench.Check, Throws.TypeOf<ClickpathException>().With.Message.StartsWith("1 mistake in 2 SQL files"));
        return printed.Single().TrimEnd('\n');
    }
}
