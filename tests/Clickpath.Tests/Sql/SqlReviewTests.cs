using System.Diagnostics;
using Clickpath.Sql;

namespace Clickpath.Tests.Sql;

/// <summary>Each mistake in a SQL file, and what is said of it.</summary>
public sealed class SqlReviewTests
{
    private const string Report = "-- title: T\n-- description: D\n-- section: S\n";
    private const string Model = "-- description: D\n-- grain: G\n-- key: order_key\n-- export: parquet\n";
    private const string Check = "-- title: T\n-- description: D\n-- severity: warn\n-- message: {observed} of {population}.\n";
    private const string Orders = Model + "SELECT event_id AS order_key, channel, day, revenue_cents FROM raw_orders";
    private const string Measured = "SELECT 'all' AS subject, COUNT(*) AS population, 0 AS observed, 0 AS expected, 1 AS passed FROM orders";

    // Names of tables and columns.
    [TestCase("SELECT day, revenu_cents FROM orders ORDER BY day", "sql/analyze/daily.sql:4:13: no such column 'revenu_cents'. Did you mean 'revenue_cents'?")]
    [TestCase("SELECT o.day,\n    o.chanel FROM orders AS o ORDER BY o.day", "sql/analyze/daily.sql:5:5: no such column 'o.chanel'. Did you mean 'channel'?")]
    [TestCase("SELECT o.xyzzy FROM orders AS o ORDER BY 1", "sql/analyze/daily.sql:4:8: no such column 'o.xyzzy'. orders has channel, day, order_key, revenue_cents.")]
    [TestCase("WITH by_day AS (SELECT day, COUNT(*) AS order_count FROM orders GROUP BY day)\nSELECT day, order_cont FROM by_day ORDER BY day", "sql/analyze/daily.sql:5:13: no such column 'order_cont'. Did you mean 'order_count'?")]
    [TestCase("SELECT day FROM ordres ORDER BY day", "sql/analyze/daily.sql:4:17: no such table 'ordres'. Did you mean 'orders'?")]
    [TestCase("SELECT day FROM xyzzy ORDER BY day", "sql/analyze/daily.sql:4:17: no such table 'xyzzy'. A table is a file under reference/ or transform/, or one of the load tables: raw_orders.")]
    [TestCase("SELECT 'ü' AS a, day, revenu_cents FROM orders ORDER BY day", "sql/analyze/daily.sql:4:23: no such column 'revenu_cents'.")]
    [TestCase("SELECT day AS a, channel AS a FROM orders ORDER BY day", "sql/analyze/daily.sql:4:1: a column is called 'a'. Give every column a name of its own")]
    [TestCase("SELECT COUNT(*) FROM orders", "sql/analyze/daily.sql:4:1: a column is called 'COUNT(*)'.")]
    [TestCase("SELECT a.day FROM orders AS a JOIN orders AS b ON b.order_key = a.order_key WHERE channel = 'x' ORDER BY a.order_key", "sql/analyze/daily.sql:4:83: ambiguous column name: channel.")]

    // Syntax.
    [TestCase("SELECT day,, channel FROM orders", "sql/analyze/daily.sql:4:12: near \",\": syntax error.")]
    [TestCase("SELECT day FROM orders WHERE (day = 'x' ORDER BY day", "sql/analyze/daily.sql:4:41: near \"ORDER\": syntax error.")]
    [TestCase("SELECT day FROM orders UNION ALL SELECT day, channel FROM orders", "SELECTs to the left and right of UNION ALL do not have the same number of result columns.")]
    [TestCase("SELECT SUM(day) AS a FROM orders WHERE SUM(day) > 1", "misuse of aggregate")]
    [TestCase("WITH a AS (SELECT * FROM b), b AS (SELECT * FROM a) SELECT 1 AS x FROM a", "circular reference: ")]

    // What is not the same on every engine.
    [TestCase("SELECT STRFTIME('%m', day) AS month FROM orders ORDER BY order_key", "sql/analyze/daily.sql:4:8: STRFTIME is not the same on every engine. Days are counted and named through 'calendar'")]
    [TestCase("SELECT day, AVG(revenue_cents) AS mean FROM orders GROUP BY day ORDER BY day", "sql/analyze/daily.sql:4:13: AVG is not the same on every engine. Write CAST(SUM(x) AS DOUBLE PRECISION) / COUNT(x).")]
    [TestCase("SELECT ROUND(revenue_cents) AS a FROM orders ORDER BY order_key", "ROUND is not the same on every engine. Write no rounding: the header's 'format' says the decimals.")]
    [TestCase("SELECT IFNULL(day, '') AS a FROM orders ORDER BY order_key", "IFNULL is not the same on every engine. Write COALESCE(x, y).")]
    [TestCase("SELECT JSON_EXTRACT(day, '$.a') AS a FROM orders ORDER BY order_key", "JSON_EXTRACT is not the same on every engine. The loader takes payloads apart")]
    [TestCase("SELECT COUNTT(day) AS a FROM orders", "sql/analyze/daily.sql:4:8: no such function 'COUNTT'. Did you mean 'count'?")]
    [TestCase("SELECT day FROM orders WHERE channel LIKE 'paid%' ORDER BY order_key", "sql/analyze/daily.sql:4:38: LIKE ignores case on SQLite alone. Write LOWER(x) LIKE 'y%'.")]
    [TestCase("SELECT day FROM orders WHERE channel = \"paid\" ORDER BY order_key", "sql/analyze/daily.sql:4:40: \"paid\" in double quotes is a name on one engine and text on another.")]
    [TestCase("SELECT MAX(order_key, revenue_cents) AS a FROM orders ORDER BY order_key", "MAX of several values is GREATEST or LEAST elsewhere.")]
    [TestCase("SELECT day FROM orders WHERE day == 'x' ORDER BY order_key", "sql/analyze/daily.sql:4:34: == is not SQL everywhere. Write =.")]
    [TestCase("SELECT `day` FROM orders ORDER BY order_key", "` quotes names on one engine only.")]

    // The order of rows.
    [TestCase("SELECT channel, COUNT(*) AS orders FROM orders GROUP BY channel", "sql/analyze/daily.sql:4:1: there is no ORDER BY")]
    [TestCase("SELECT channel, COUNT(*) AS order_count FROM orders GROUP BY channel ORDER BY order_count DESC", "sql/analyze/daily.sql:4:79: ORDER BY does not decide: rows with the same order_count, COUNT(*) come in any order. End it with channel.")]

    // More than reading.
    [TestCase("SELECT load_extension('x') AS a", "it does more than read. A file is one SELECT over the tables.")]
    [TestCase("SELECT * FROM pragma_journal_mode('off')", "it does more than read.")]
    [TestCase("SELECT name FROM sqlite_master", "it does more than read.")]
    public void A_mistake_in_a_SELECT_is_named_with_its_place_and_the_remedy(string select, string message) =>
        Assert.That(Problems(("analyze/daily.sql", Report + select)), Has.Some.Contains(message));

    [TestCase("analyze/daily.sql", "-- titel: T\nSELECT 1 AS a", "sql/analyze/daily.sql:1: unknown key 'titel'. Did you mean 'title'?")]
    [TestCase("analyze/daily.sql", Report + "-- param least: 1\nSELECT 1 AS a", "parameter 'least' is declared and not used.")]
    [TestCase("analyze/daily.sql", Report + "SELECT :least AS a", "sql/analyze/daily.sql:4: parameter ':least' is not declared.")]
    [TestCase("analyze/daily.sql", Report + "-- chart: line x=dya y=n\nSELECT day, COUNT(*) AS n FROM orders GROUP BY day ORDER BY day", "sql/analyze/daily.sql:4: chart needs the column 'dya', which the SELECT does not return. Did you mean 'day'?")]
    [TestCase("analyze/daily.sql", Report + "-- chart: lien x=day y=n\nSELECT day, COUNT(*) AS n FROM orders GROUP BY day ORDER BY day", "sql/analyze/daily.sql:4: a chart begins with its type")]
    [TestCase("analyze/daily.sql", Report + "-- format: nn integer\nSELECT day, COUNT(*) AS n FROM orders GROUP BY day ORDER BY day", "sql/analyze/daily.sql:4: format needs the column 'nn'")]
    [TestCase("analyze/daily.sql", Report + "-- kind: insight\nSELECT 'good' AS tone, 'x' AS sentense", "an insight needs the column 'sentence', which the SELECT does not return. Did you mean 'sentense'?")]
    [TestCase("monitor/alarm.sql", Check + "SELECT 'all' AS subject, COUNT(*) AS population, 0 AS observed, 1 AS passed FROM orders", "a check needs the column 'expected'")]
    [TestCase("monitor/alarm.sql", "-- title: T\n-- description: D\n-- severity: warn\n-- message: {seen} rows.\n" + Measured, "sql/monitor/alarm.sql:4: the message needs the column 'seen'")]
    [TestCase("data_quality/rows.sql", Check + Measured + "\n-- samples\nSELECT channel AS file_name, 1 AS line_number FROM orders ORDER BY order_key", "the samples needs the column 'reason'")]
    [TestCase("data_quality/rows.sql", Check + Measured + "\n-- samples\nSELECT chanel AS file_name, 1 AS line_number, '' AS reason FROM orders", "sql/data_quality/rows.sql:7:8: no such column 'chanel'.")]
    [TestCase("transform/days.sql", "-- description: D\n-- grain: G\n-- export: parquet\nSELECT 1 AS a", "sql/transform/days.sql:1: the header lacks 'key'.")]
    [TestCase("transform/days.sql", "-- description: D\n-- grain: G\n-- key: dya\n-- export: parquet\nSELECT DISTINCT day FROM orders", "sql/transform/days.sql:3: key needs the column 'dya', which the SELECT does not return. Did you mean 'day'?")]
    [TestCase("transform/days.sql", "-- description: D\n-- grain: G\n-- key: day\nSELECT DISTINCT day FROM orders", "warning: sql/transform/days.sql: no file reads 'days', and it is not exported.")]
    [TestCase("transform/days.sql", Model + "SELECT order_key FROM days", "sql/transform/days.sql")]
    [TestCase("transform/weeks.sql", Model + "DELETE FROM orders", "sql/transform/weeks.sql:5: 'DELETE' is no SELECT.")]
    [TestCase("transform/weeks.sql", Model + "SELECT order_key FROM orders; DROP TABLE orders", "sql/transform/weeks.sql:5: a second statement.")]
    public void A_mistake_in_a_file_is_named_with_its_place_and_the_remedy(string path, string text, string message) =>
        Assert.That(Problems((path, text)), Has.Some.Contains(message));

    [Test]
    public void A_circle_is_shown() => Assert.That(
        Problems(("transform/days.sql", Model + "SELECT order_key FROM weeks"), ("transform/weeks.sql", Model + "SELECT order_key FROM days")),
        Has.Some.Contains("days -> weeks -> days"));

    [Test]
    public void All_mistakes_are_said_at_once_and_none_twice()
    {
        var problems = Problems(
            ("transform/days.sql", Model + "SELECT order_ky AS order_key FROM orders"),
            ("analyze/daily.sql", Report + "SELECT order_key FROM days ORDER BY order_key"),
            ("analyze/weekly.sql", "-- titel: T\nSELECT 1 AS a"));

        Assert.That(problems, Has.Count.EqualTo(2), string.Join("\n", problems));
    }

    [Test]
    public void What_is_right_is_left_alone() => Assert.That(
        Problems(("analyze/daily.sql", Report + "-- param least: 1\nSELECT channel, COUNT(*) AS order_count FROM orders WHERE LOWER(channel) LIKE 'p%' GROUP BY channel HAVING COUNT(*) >= :least ORDER BY order_count DESC, channel"), ("monitor/alarm.sql", Check + Measured)),
        Is.Empty);

    [Test]
    public void The_shipped_files_have_no_mistake_and_are_read_within_a_second()
    {
        SqlReview.Of(Repository.Sql, new Dictionary<string, string>(), out _);
        var watch = Stopwatch.StartNew();
        var problems = SqlReview.Of(Repository.Sql, new Dictionary<string, string>(), out var count);

        Assert.Multiple(() =>
        {
            Assert.That(problems.Where(p => p.IsError).Select(p => p.Message), Is.Empty);
            Assert.That(count, Is.GreaterThan(50));
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)), "a second, with room for a busy machine");
        });
    }

    private static List<string> Problems(params (string Path, string Text)[] files)
    {
        using var temp = new TempFolder();
        temp.Write("sql/schema/V001__load_tables.sql", "CREATE TABLE raw_orders (event_id BIGINT NOT NULL PRIMARY KEY, channel TEXT, day TEXT, revenue_cents BIGINT)");
        temp.Write("sql/transform/orders.sql", Orders);
        foreach (var (path, text) in files)
            temp.Write("sql/" + path, text);
        return [.. SqlReview.Of(Path.Combine(temp.Path, "sql"), new Dictionary<string, string>(), out _).Select(p => (p.IsError ? "" : "warning: ") + p.Message)];
    }
}
