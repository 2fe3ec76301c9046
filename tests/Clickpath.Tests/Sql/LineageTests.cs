using Clickpath.Engines;
using Clickpath.Loading;
using Clickpath.Sql;

namespace Clickpath.Tests.Sql;

public sealed class LineageTests
{
    private const string Model = "-- description: D\n-- grain: G\n-- key: k\n-- export: parquet\n";

    [TestCase("SELECT id AS k, a + b AS c FROM t", "k: t.id; c: t.a, t.b", "")]
    [TestCase("SELECT x.id AS k, y.a FROM t AS x JOIN u AS y ON y.id = x.id WHERE x.b > 1", "k: t.id; a: u.a", "t.b, t.id, u.id")]
    [TestCase("WITH w AS (SELECT id, a AS z FROM t WHERE b > 1) SELECT id AS k, z FROM w", "k: t.id; z: t.a", "")]
    [TestCase("WITH w AS (SELECT id, a FROM t), v AS (SELECT w.*, a AS z FROM w) SELECT id AS k, z FROM v", "k: t.id; z: t.a", "")]
    [TestCase("WITH w (k, z) AS (SELECT id, a FROM t) SELECT * FROM w", "k: t.id; z: t.a", "")]
    [TestCase("SELECT id AS k, COUNT(*) AS n FROM t GROUP BY id", "k: t.id; n: t.", "t.id")]
    [TestCase("SELECT id AS k, a FROM t UNION ALL SELECT id, b FROM u", "k: t.id, u.id; a: t.a, u.b", "")]
    [TestCase("SELECT id AS k, ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) AS n FROM t", "k: t.id; n: t.a, t.b", "")]
    [TestCase("SELECT id AS k, (SELECT MAX(u.a) FROM u WHERE u.id = t.id) AS n FROM t", "k: t.id; n: t.id, u.a, u.id", "")]
    [TestCase("WITH RECURSIVE w AS (SELECT id, a FROM t UNION ALL SELECT u.id, w.a FROM w JOIN u ON u.id = w.id) SELECT id AS k, a FROM w", "k: t.id, u.id; a: t.a", "")]
    [TestCase("SELECT 1 AS k, 'x' AS a", "k: ; a: ", "")]
    [TestCase("SELECT id AS k, a -- a comment after the last column\nFROM t", "k: t.id; a: t.a", "")]
    public void The_engine_says_what_a_column_is_made_of(string select, string columns, string rows)
    {
        using var compiler = new SqliteCompiler(["CREATE TABLE t (id BIGINT, a BIGINT, b BIGINT); CREATE TABLE u (id BIGINT, a BIGINT, b BIGINT)"]);
        var lineage = Lineage.Of(SqlFile.Parse(Folder.Transform, "sql/transform/m.sql", Model + select), compiler);

        Assert.That(string.Join("; ", lineage.Columns.Select(c => $"{c.Name}: {Text(c.From)}")), Is.EqualTo(columns));
        if (rows.Length > 0)
            Assert.That(Text(lineage.Rows), Is.EqualTo(rows));
    }

    [Test]
    public void The_order_of_execution_is_what_the_engine_says_is_read()
    {
        var catalog = Shipped();
        var made = Lineage.InOrder(catalog).Select(f => f.Name).ToList();

        Assert.Multiple(() =>
        {
            foreach (var file in Lineage.Of(catalog).Files)
            {
                var read = file.Columns.SelectMany(c => c.From).Concat(file.Rows).Select(r => r.Table).Where(made.Contains).ToHashSet(StringComparer.Ordinal);
                Assert.That(read.Except(file.File.Sources), Is.Empty, file.File.Path);
            }
        });
    }

    [Test]
    public void A_column_is_followed_back_to_the_export_and_on_to_reports()
    {
        var catalog = Shipped();
        var text = string.Join("\n", LineageText.Of(Lineage.Of(catalog), catalog, "orders.revenue_cents"));

        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Contain("raw_orders.revenue_cents <- the export's column event_data"));
            Assert.That(text, Does.Contain("daily_revenue.revenue (sql/analyze/daily_revenue.sql)"));
        });
    }

    [TestCase("sessons.channel", "no such table, report or check: 'sessons'. Did you mean 'sessions'?")]
    [TestCase("sessions.chanel", "'sessions' has no column 'chanel'. Did you mean 'channel'?")]
    public void A_name_that_is_not_there_is_an_error_with_the_nearest(string of, string message)
    {
        var catalog = Shipped();

        Assert.That(() => LineageText.Of(Lineage.Of(catalog), catalog, of).ToList(), Throws.TypeOf<ClickpathException>().With.Message.StartsWith(message));
    }

    [Test]
    public void Every_column_of_the_load_tables_that_is_read_off_the_export_says_from_which_of_its_columns()
    {
        using var compiler = new SqliteCompiler(Shipped().Schema.Select(ddl => ddl.Text));
        string[] ofTheFile = ["spend", "input_files", "input_columns", "rejected_rows", "notation_counts", "check_results", "file_results", "metric_history"];
        var unknown = compiler.Tables().Except(ofTheFile)
            .SelectMany(table => compiler.Columns(table).Select(column => (Table: table, Column: column)))
            .Where(c => Origins.Of(c.Table, c.Column) is null && c.Column is not ("event_id" or "file_id" or "line_number"))
            .Select(c => $"{c.Table}.{c.Column}");

        Assert.That(unknown, Is.Empty);
    }

    private static SqlCatalog Shipped() => SqlCatalog.Read(Repository.Sql, "sqlite", new Dictionary<string, string>());

    private static string Text(IEnumerable<ColumnRead> reads) => string.Join(", ", reads.Select(r => $"{r.Table}.{r.Column}").Order(StringComparer.Ordinal));
}
