using Clickpath.Sql;

namespace Clickpath.Tests.Sql;

public sealed class SqlFileTests
{
    private const string Report = "-- title: T\n-- description: D\n-- section: S\n";

    [Test]
    public void A_header_and_a_select_are_read()
    {
        var file = Parse(Report + "-- chart: line x=a y=b\n-- param least: 3\nSELECT a, b FROM orders WHERE a > :least;\n");

        Assert.Multiple(() =>
        {
            Assert.That(file.Name, Is.EqualTo("daily"));
            Assert.That(file["title"], Is.EqualTo("T"));
            Assert.That(file.All("chart"), Is.EqualTo(new[] { "line x=a y=b" }));
            Assert.That(file.Parameters["least"], Is.EqualTo("3"));
            Assert.That(file.Body, Is.EqualTo("SELECT a, b FROM orders WHERE a > :least"));
            Assert.That(file.Sources, Is.EqualTo(new[] { "orders" }));
        });
    }

    [Test]
    public void A_value_goes_on_in_an_indented_line() =>
        Assert.That(Parse("-- title: T\n-- description: one\n--   two\n-- section: S\nSELECT 1 AS a")["description"], Is.EqualTo("one two"));

    [TestCase("-- titel: T\n", "sql/analyze/daily.sql:1: unknown key 'titel'. Did you mean 'title'? Allowed: title, description, section, kind, chart, format, order, param.")]
    [TestCase("-- title: T\n-- kind: insigt\n", "sql/analyze/daily.sql:2: kind can't be 'insigt'. Did you mean 'insight'? Allowed: table, insight, figures, currency.")]
    [TestCase("-- title: T\n-- title: U\n", "sql/analyze/daily.sql:2: 'title' is given twice. Keep one.")]
    [TestCase("-- title:\n", "sql/analyze/daily.sql:1: 'title' has no value.")]
    [TestCase("-- what is this\n", "sql/analyze/daily.sql:1: not a header line")]
    [TestCase("-- title: T\n", "sql/analyze/daily.sql:1: the header lacks 'description' and 'section'.")]
    [TestCase("-- param: 3\n", "sql/analyze/daily.sql:1: write '-- param name: default'")]
    public void A_broken_header_is_named_with_its_line(string header, string message) =>
        Assert.That(() => Parse(header + "SELECT 1 AS a"), Throws.TypeOf<ClickpathException>().With.Message.StartsWith(message));

    [TestCase("SELECT 1 AS a; SELECT 2 AS a", ":4:16: a second statement")]
    [TestCase("DELETE FROM orders", ":4:1: 'DELETE' is no SELECT")]
    [TestCase("", ": there is no SELECT")]
    [TestCase("SELECT :leest AS a", ":4:8: parameter ':leest' is not declared")]
    public void A_broken_body_is_named_with_its_line(string body, string message) =>
        Assert.That(() => Parse(Report + body), Throws.TypeOf<ClickpathException>().With.Message.Contains("sql/analyze/daily.sql" + message));

    [Test]
    public void A_parameter_that_is_not_used_is_an_error() =>
        Assert.That(() => Parse(Report + "-- param least: 3\nSELECT 1 AS a"), Throws.TypeOf<ClickpathException>().With.Message.Contains("'least' is declared and not used"));

    [Test]
    public void What_looks_like_a_name_in_text_or_a_comment_is_left_alone()
    {
        var file = Parse(Report + "SELECT 'it''s; FROM secrets :x' AS a, \"from\" -- FROM comments :y\nFROM /* JOIN hidden */ orders JOIN days ON 1 = 1");

        Assert.That(file.Sources, Is.EqualTo(new[] { "days", "orders" }));
    }

    [TestCase("WITH visits AS (SELECT a FROM sessions), sums (n) AS MATERIALIZED (SELECT a FROM visits) SELECT n FROM sums JOIN orders ON 1 = 1", "orders, sessions", TestName = "{m}")]
    [TestCase("WITH sums AS (SELECT a FROM orders), orders AS (SELECT a FROM sums) SELECT a FROM orders", "orders", TestName = "{m}, unless it is read before")]
    [TestCase("SELECT a, orders AS b FROM orders WINDOW days AS (PARTITION BY a) UNION ALL SELECT a, b FROM days", "days, orders", TestName = "{m}, and no column or window is one")]
    [TestCase("WITH orders AS (SELECT 1 AS x) SELECT COUNT(*) AS n FROM main.orders", "orders", TestName = "{m}, nor is what a schema stands before")]
    [TestCase("WITH RECURSIVE steps AS (SELECT 1 AS n UNION ALL SELECT n FROM steps) SELECT n, (SELECT COUNT(*) FROM orders) AS m FROM steps", "orders", TestName = "{m}, also of itself")]
    public void A_part_of_a_select_is_no_table_that_it_reads(string body, string tables) =>
        Assert.That(Parse(Report + body).Sources, Is.EqualTo(tables.Split(", ")));

    [Test]
    public void Only_lower_case_names_make_tables() =>
        Assert.That(() => SqlFile.Parse(Folder.Analyze, "sql/analyze/Daily Revenue.sql", Report + "SELECT 1 AS a"), Throws.TypeOf<ClickpathException>().With.Message.Contains("can't be a table's name"));

    [TestCase("30", "CAST(30 AS BIGINT)")]
    [TestCase("0.05", "CAST(0.05 AS DOUBLE PRECISION)")]
    [TestCase("'x'); DROP TABLE orders; --'", "'x''); DROP TABLE orders; --'")]
    [TestCase("abc", "'abc'")]
    public void A_parameter_is_a_typed_literal_and_never_pasted_text(string value, string literal) =>
        Assert.That(SqlText.Literal(value), Is.EqualTo(literal));

    [Test]
    public void A_limit_is_a_plain_number_so_that_an_engine_sees_how_few_rows_are_asked_for() =>
        Assert.That(SqlText.Bind("SELECT :n AS n FROM t WHERE a = :n LIMIT :n", _ => "CAST(20 AS BIGINT)"), Is.EqualTo("SELECT CAST(20 AS BIGINT) AS n FROM t WHERE a = CAST(20 AS BIGINT) LIMIT 20"));

    private static SqlFile Parse(string text) => SqlFile.Parse(Folder.Analyze, "sql/analyze/daily.sql", text);
}
