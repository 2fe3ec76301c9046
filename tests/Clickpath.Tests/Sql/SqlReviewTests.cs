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

    [TestCase("SELECT day, FROM orders", "sql/analyze/daily.sql:4:13: near \"FROM\": syntax error. There is a comma too many before it.")]
    [TestCase("SELECT COUNT(*) AS n, SUM(revenue_cents AS s FROM orders", "sql/analyze/daily.sql:4:41: near \"AS\": syntax error. The parenthesis at 4:26 is not closed.")]
    [TestCase("SELECT COUNT(*) AS n FROM orders)", "sql/analyze/daily.sql:4:33: near \")\": syntax error. There is a ) too many.")]
    [TestCase("SELECT CASE WHEN day = 'x' THEN 'a' ELSE 'b' AS x FROM orders", "sql/analyze/daily.sql:4:46: near \"AS\": syntax error. The CASE at 4:8 is not closed with END.")]
    [TestCase("SELECT COUNT(*) AS n FROM orders GROUP BY", "sql/analyze/daily.sql:4:42: the SELECT ends too early.")]
    [TestCase("SELECT 'abc AS x\nFROM orders", "sql/analyze/daily.sql:4:8: the quote that opens here is not closed.")]
    [TestCase("SELECT 1 AS x /* open\nFROM orders", "sql/analyze/daily.sql:4:15: the comment that opens here is not closed.")]
    [TestCase("SELECT ‘paid’ AS x FROM orders", "sql/analyze/daily.sql:4:8: ‘ (U+2018) is no sign of SQL. Write text in straight quotes: 'text'.")]
    [TestCase("SELECT\u00a0day FROM orders", "sql/analyze/daily.sql:4:7: a blank that is none (U+00A0), as web pages have it.")]
    [TestCase("WITH a AS (SELECT 1 AS x) b AS (SELECT 2 AS x) SELECT x FROM a", "sql/analyze/daily.sql:4:27: near \"b\": syntax error. A comma is missing before it.")]
    [TestCase("WITH a AS (SELECT day FROM orders), orders AS (SELECT day FROM a) SELECT DISTINCT day FROM orders ORDER BY day", "sql/analyze/daily.sql:4:28: orders is read before WITH gives the name to a part of this SELECT: SQLite takes the part, other engines the table.")]
    [TestCase("WITH a AS (SELECT 1 AS x), SELECT x FROM a", "sql/analyze/daily.sql:4:28: near \"SELECT\": syntax error. There is a comma too many before it.")]
    [TestCase("SELECT day, revenue_cents FORM orders", "near \"orders\": syntax error. Did you mean FROM for FORM?")]
    [TestCase("SELECT day FROM orders WHRE day = 'x'", "near \"day\": syntax error. Did you mean WHERE for WHRE?")]
    [TestCase("SELECT day FROM orders LEFT JION orders AS b ON 1 = 1", "Did you mean JOIN for JION?")]
    [TestCase("SELCT day FROM orders", "sql/analyze/daily.sql:4:1: 'SELCT' is no SELECT. Did you mean 'SELECT'?")]
    [TestCase("SELECT COUNT(*) AS order FROM orders", "sql/analyze/daily.sql:4:20: near \"order\": syntax error. order is a word of SQL and can't be a name.")]
    [TestCase("SELECT COUNT(*) AS nothing FROM orders", "near \"nothing\": syntax error. nothing is a word of SQL and can't be a name.")]
    [TestCase("SELECT 'a' 1 FROM orders", "sql/analyze/daily.sql:4:12: near \"1\": syntax error. Perhaps a comma, or a word of SQL, is missing before it.")]
    [TestCase("SELECT day FROM orders\n-- sample\nSELECT 1 AS a", "sql/analyze/daily.sql:6:1: near \"SELECT\": syntax error. A file holds one SELECT; rows to look at stand in a second one, after a line '-- samples'.")]
    [TestCase("SELECT day FROM {{ ref('orders') }}", "There are no templates: name the table")]
    [TestCase("SELECT day FROM orders WHERE ROW_NUMBER() OVER (ORDER BY day) = 1", "misuse of window function ROW_NUMBER(). Number the rows in a WITH table")]
    [TestCase("SELECT SUM(COUNT(*)) AS n FROM orders GROUP BY day", "a sum of sums needs two steps")]
    [TestCase("SELECT COUNT(DISTINCT day, channel) AS n FROM orders", "Join them: COUNT(DISTINCT a || ' ' || b).")]
    [TestCase("SELECT (SELECT day, channel FROM orders) AS x", "sub-select returns 2 columns - expected 1. A SELECT in the place of a value returns one column.")]
    [TestCase("WITH a (x, y) AS (VALUES (1)) SELECT x, y FROM a", "table a has 1 values for 2 columns. Name as many columns as there are values.")]
    [TestCase("WITH a (x) AS (VALUES (1), (2, 3)) SELECT x FROM a", "Give each row as many values.")]
    [TestCase("SELECT day FROM orders ORDER BY 7", "term out of range - should be between 1 and 1. Name the column.")]
    [TestCase("SELECT LENGTH() AS x FROM orders ORDER BY order_key", "wrong number of arguments to function LENGTH(). Look up what it takes.")]
    [TestCase("SELECT *", "no tables specified. Write FROM and a table.")]
    [TestCase("SELECT day FROM orders HAVING day > 'x'", "HAVING clause on a non-aggregate query. Write WHERE, or GROUP BY what the groups are.")]

    [TestCase("SELECT day, ROW_NUMBER() OVER (PARTITION BY day ORDER order_key) AS n FROM orders", "sql/analyze/daily.sql:4:55: near \"order_key\": syntax error. BY is missing after ORDER.")]
    [TestCase("SELECT day, COUNT(*) AS n FROM orders GROUP day ORDER BY day", "near \"day\": syntax error. BY is missing after GROUP.")]
    [TestCase("SELECT day FROM orders WHERE day BETWEEN 'a' OR 'b' ORDER BY order_key", "The BETWEEN at 4:34 has no AND.")]
    [TestCase("SELECT day FROM orders WHERE order_key IN (SELECT order_key, day FROM orders) ORDER BY order_key", "sql/analyze/daily.sql:4:44: sub-select returns 2 columns - expected 1.")]
    [TestCase("SELECT COUNT(*) AS n FROM orders WHERE day > (SELECT MAX(day) FROM orders) AND order_key IN (SELECT * FROM orders)", "sql/analyze/daily.sql:4:94: sub-select returns 4 columns - expected 1.")]
    [TestCase("SELECT day FROM orders ORDER BY day UNION ALL SELECT day FROM orders", "sql/analyze/daily.sql:4:24: ORDER BY clause should come after UNION ALL not before. It stands once, after the last SELECT.")]
    [TestCase("SELECT day FROM orders LIMIT 5 UNION ALL SELECT day FROM orders", "sql/analyze/daily.sql:4:24: LIMIT clause should come after UNION ALL not before. It stands once, after the last SELECT.")]
    [TestCase("SELECT LAG(day) AS before FROM orders ORDER BY order_key", "sql/analyze/daily.sql:4:8: misuse of window function LAG(). Write OVER (ORDER BY ...) after it.")]
    [TestCase("SELECT day FROM orders WHERE day LIKE %a% ORDER BY order_key", "sql/analyze/daily.sql:4:39: near \"%\": syntax error. Text stands in straight quotes: '%text%'.")]
    [TestCase("SELECT DISTINCT ON (day) day, channel FROM orders ORDER BY day", "near \"ON\": syntax error. DISTINCT ON is of another dialect. Number the rows in a WITH table")]
    [TestCase("SELECT DATE_TRUNC(month, day) AS m FROM orders ORDER BY order_key", "sql/analyze/daily.sql:4:19: no such column 'month'. DATE_TRUNC is not here either. Days are counted and named through 'calendar'")]
    [TestCase("SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY revenue_cents) AS m FROM orders", "WITHIN is of another dialect. Number the sorted rows")]
    [TestCase("SELECT day, COUNT(*) AS n FROM orders GROUP BY ROLLUP(day) ORDER BY day", "no such function 'ROLLUP'. Write the totals as rows of their own, joined with UNION ALL.")]
    [TestCase("WITH r (n, t) AS (VALUES (1, 'a') (2, 'b')) SELECT n, t FROM r ORDER BY n", "sql/analyze/daily.sql:4:35: near \"(\": syntax error. A comma is missing before it.")]

    // Names of tables and columns, again.
    [TestCase("SELECT x.day FROM orders AS o ORDER BY o.order_key", "sql/analyze/daily.sql:4:8: no such column 'x.day'. There is no table or alias 'x' here. Did you mean 'o'?")]
    [TestCase("SELECT revenue FROM orders ORDER BY order_key", "no such column 'revenue'. Did you mean 'revenue_cents'?")]
    [TestCase("SELECT payload FROM orders ORDER BY order_key", "There are channel, day, order_key, revenue_cents.")]
    [TestCase("SELECT a.day FROM orders AS a JOIN orders AS b ON b.order_key = a.order_key WHERE channel = 'x' ORDER BY a.order_key", "Several tables have it: write the table before it")]
    [TestCase("SELECT day revenue_cents FROM orders ORDER BY order_key", "sql/analyze/daily.sql:4:12: revenue_cents is a column, and here names what stands before it. A comma is missing")]
    [TestCase("SELECT revenue_cents AS r FROM orders WHERE r > 5 ORDER BY order_key", "sql/analyze/daily.sql:4:45: r is named by this SELECT, and other engines know no such name in WHERE.")]
    [TestCase("SELECT day, COUNT(*) AS n, channel FROM orders GROUP BY day ORDER BY day", "sql/analyze/daily.sql:4:28: channel is neither grouped by nor added up, which is an error on other engines.")]
    [TestCase("SELECT day, COUNT(*) AS n FROM orders ORDER BY day", "sql/analyze/daily.sql:4:8: day is neither grouped by nor added up")]
    [TestCase("SELECT * FROM orders GROUP BY day ORDER BY day", "sql/analyze/daily.sql:4:8: * returns columns that are not grouped by.")]
    [TestCase("WITH a AS (SELECT day, channel, COUNT(*) AS n FROM orders GROUP BY day) SELECT day, n FROM a ORDER BY day", "sql/analyze/daily.sql:4:24: channel is neither grouped by nor added up")]

    // What is not the same on every engine.
    [TestCase("SELECT day FROM orders WHERE channel = NULL ORDER BY order_key", "sql/analyze/daily.sql:4:38: nothing is equal to NULL, nor unequal. Write IS NULL or IS NOT NULL.")]
    [TestCase("SELECT day FROM orders WHERE channel <> NULL ORDER BY order_key", "nothing is equal to NULL, nor unequal.")]
    [TestCase("SELECT day FROM orders WHERE channel = ? ORDER BY order_key", "sql/analyze/daily.sql:4:40: ? is no parameter here. Write :name")]
    [TestCase("SELECT day FROM orders WHERE channel = @x ORDER BY order_key", "@ is no parameter here.")]
    [TestCase("SELECT day FROM orders WHERE channel = $x ORDER BY order_key", "$ is no parameter here.")]
    [TestCase("SELECT day FROM orders WHERE day > CURRENT_DATE ORDER BY order_key", "sql/analyze/daily.sql:4:36: CURRENT_DATE is the machine's clock")]
    [TestCase("SELECT day FROM orders WHERE revenue_cents = TRUE ORDER BY order_key", "TRUE is no number on other engines.")]
    [TestCase("SELECT rowid FROM orders ORDER BY order_key", "rowid is SQLite's alone.")]
    [TestCase("SELECT SUM(revenue_cents > 1) AS n FROM orders", "a comparison is no number on other engines. Write SUM(CASE WHEN x THEN 1 ELSE 0 END).")]
    [TestCase("SELECT CAST(day AS DATE) AS d FROM orders ORDER BY order_key", "DATE is not the same on every engine. Cast to BIGINT, DOUBLE PRECISION or TEXT")]
    [TestCase("SELECT CAST(revenue_cents AS FLOAT) AS d FROM orders ORDER BY order_key", "FLOAT is not the same on every engine.")]
    [TestCase("SELECT day + 'x' AS d FROM orders ORDER BY order_key", "sql/analyze/daily.sql:4:12: + adds numbers. Write x || 'text'.")]
    [TestCase("SELECT COUNT(DISTINCT day) / COUNT(*) AS rate FROM orders", "sql/analyze/daily.sql:4:28: / between whole numbers drops the fraction here and keeps it elsewhere. Write CAST(a AS DOUBLE PRECISION) / b.")]
    [TestCase("SELECT revenue_cents / 100 AS revenue FROM orders ORDER BY order_key", "/ between whole numbers drops the fraction here")]
    [TestCase("SELECT a.day FROM orders AS a JOIN orders AS b ORDER BY a.order_key", "a JOIN without ON joins each row with all rows.")]
    [TestCase("SELECT day FROM orders ORDER BY order_key LIMIT 5, 10", "LIMIT with two numbers is not SQL everywhere. Write LIMIT n OFFSET m.")]
    [TestCase("SELECT revenue_cents::INT AS x FROM orders ORDER BY order_key", "Write CAST(x AS BIGINT).")]
    [TestCase("SELECT TOP 10 day FROM orders", "TOP is of another dialect. Write LIMIT n at the end.")]
    [TestCase("SELECT day FROM orders WHERE day ILIKE 'x%'", "ILIKE is of another dialect. Write LOWER(x) LIKE 'y%'.")]
    [TestCase("SELECT day FROM orders QUALIFY ROW_NUMBER() OVER (ORDER BY day) = 1", "QUALIFY is of another dialect. Number the rows in a WITH table")]
    [TestCase("SELECT EXTRACT(MONTH FROM day) AS m FROM orders", "EXTRACT is of another dialect. Days are taken apart by 'calendar'")]
    [TestCase("SELECT day FROM orders WHERE day >= DATE '2025-01-01'", "DATE is of another dialect. A day is text: event_date >= '2025-01-31'.")]
    [TestCase("SELECT CONCAT(day, channel) AS d FROM orders ORDER BY order_key", "CONCAT is not the same on every engine. Write x || y.")]
    [TestCase("SELECT LEFT(day, 7) AS m FROM orders ORDER BY order_key", "no such function 'LEFT'. Write SUBSTR(x, 1, length).")]
    [TestCase("SELECT MEDIAN(revenue_cents) AS m FROM orders", "no such function 'MEDIAN'. Write ROW_NUMBER() over the sorted rows")]
    [TestCase("SELECT STRING_AGG(day, ', ') AS days FROM orders", "STRING_AGG puts its values in any order.")]
    [TestCase("SELECT RANDOM() AS r FROM orders ORDER BY order_key", "RANDOM is not the same on every engine. Write nothing: two runs must give the same.")]
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

    [TestCase("SELECT channel, COUNT(*) AS n FROM orders GROUP BY channel HAVING n > 3 ORDER BY channel", "sql/analyze/daily.sql:4:67: n is named by this SELECT, and other engines know no such name in HAVING.")]
    [TestCase("SELECT day, ROW_NUMBER() OVER (PARTITION BY day) AS place FROM orders ORDER BY order_key", "sql/analyze/daily.sql:4:13: ROW_NUMBER takes the rows in any order. Write ORDER BY inside OVER.")]
    [TestCase("SELECT LAG(day) OVER () AS before FROM orders ORDER BY order_key", "sql/analyze/daily.sql:4:8: LAG takes the rows in any order.")]
    [TestCase("SELECT day FROM orders WHERE day >= 2025-01-31 ORDER BY order_key", "sql/analyze/daily.sql:4:37: 2025-01-31 without quotes is a subtraction. Write '2025-01-31'.")]
    [TestCase("SELECT day FROM main.orders ORDER BY order_key", "sql/analyze/daily.sql:4:17: main is a schema of SQLite's. Write the table's name alone.")]
    [TestCase("SELECT day FROM orders WHERE day IN () ORDER BY order_key", "sql/analyze/daily.sql:4:34: IN of nothing is an error on other engines.")]
    [TestCase("SELECT a.day FROM orders AS a NATURAL JOIN raw_orders AS b ORDER BY a.order_key", "sql/analyze/daily.sql:4:31: NATURAL joins by whatever names are the same, also of columns that are added later. Write JOIN ... ON or USING.")]
    [TestCase("SELECT a.day FROM orders AS a, raw_orders AS b ORDER BY a.order_key, b.event_id", "sql/analyze/daily.sql:4:30: a comma in FROM joins each row with all rows. Write JOIN ... ON; or CROSS JOIN, where that is meant.")]

    // The order of rows.
    [TestCase("SELECT channel, COUNT(*) AS orders FROM orders GROUP BY channel", "sql/analyze/daily.sql:4:1: there is no ORDER BY")]
    [TestCase("SELECT channel, COUNT(*) AS order_count FROM orders GROUP BY channel ORDER BY order_count DESC", "sql/analyze/daily.sql:4:79: ORDER BY does not decide: rows with the same order_count come in any order. End it with channel.")]

    [TestCase("SELECT day FROM orders LIMIT 5", "sql/analyze/daily.sql:4:1: LIMIT without ORDER BY takes any rows.")]
    [TestCase("SELECT day FROM orders", "sql/analyze/daily.sql:4:1: there is no ORDER BY")]
    [TestCase("SELECT DISTINCT day FROM orders", "sql/analyze/daily.sql:4:1: there is no ORDER BY")]
    [TestCase("SELECT day FROM orders ORDER BY revenue_cents DESC LIMIT 5", "sql/analyze/daily.sql:4:33: ORDER BY does not decide: rows with the same revenue_cents come in any order. End it with order_key.")]

    // More than reading.
    [TestCase("SELECT READFILE('/etc/passwd') AS a", "no such function 'READFILE'. Write nothing: a file reads tables alone.")]
    [TestCase("SELECT COUNT(*) AS n FROM pragma_journal_mode", "it does more than read.")]
    [TestCase("WITH a AS (SELECT 1 AS x) INSERT INTO orders SELECT x, 'a', 'b', 1 FROM a", "it does more than read.")]
    [TestCase("SELECT load_extension('x') AS a", "it does more than read. A file is one SELECT over the tables.")]
    [TestCase("SELECT * FROM pragma_journal_mode('off')", "it does more than read.")]
    [TestCase("SELECT name FROM sqlite_master", "it does more than read.")]
    public void A_mistake_in_a_SELECT_is_named_with_its_place_and_the_remedy(string select, string message) =>
        Assert.That(Problems(("analyze/daily.sql", Report + select)), Has.Some.Contains(message));

    [TestCase("analyze/daily.sql", "-- titel: T\nSELECT 1 AS a", "sql/analyze/daily.sql:1: unknown key 'titel'. Did you mean 'title'?")]
    [TestCase("analyze/daily.sql", Report + "-- param least: 1\nSELECT 1 AS a", "parameter 'least' is declared and not used.")]
    [TestCase("analyze/daily.sql", Report + "SELECT :least AS a", "sql/analyze/daily.sql:4:8: parameter ':least' is not declared.")]
    [TestCase("analyze/daily.sql", Report + "-- chart: line x=dya y=n\nSELECT day, COUNT(*) AS n FROM orders GROUP BY day ORDER BY day", "sql/analyze/daily.sql:4: chart needs the column 'dya', which the SELECT does not return. Did you mean 'day'?")]
    [TestCase("analyze/daily.sql", Report + "-- chart: lien x=day y=n\nSELECT day, COUNT(*) AS n FROM orders GROUP BY day ORDER BY day", "sql/analyze/daily.sql:4: a chart begins with its type")]
    [TestCase("analyze/daily.sql", Report + "-- format: nn integer\nSELECT day, COUNT(*) AS n FROM orders GROUP BY day ORDER BY day", "sql/analyze/daily.sql:4: format needs the column 'nn'")]
    [TestCase("analyze/daily.sql", Report + "-- order: first\nSELECT COUNT(*) AS n FROM orders", "sql/analyze/daily.sql:4: order can't be 'first'. Write a whole number.")]
    [TestCase("analyze/daily.sql", "-- Title: T\nSELECT 1 AS a", "sql/analyze/daily.sql:1: not a header line: '-- Title: T'. Write '-- key: value', the key in lower case")]
    [TestCase("analyze/daily.sql", "-- title: T\n-- description: D\n\n-- section: S\nSELECT 1 AS a", "sql/analyze/daily.sql:4: the header lacks 'section'. This line comes too late: the header is the lines at the very top")]
    [TestCase("analyze/daily.sql", Report + "-- format: n moneyy\nSELECT COUNT(*) AS n FROM orders", "sql/analyze/daily.sql:4: ")]
    [TestCase("analyze/daily.sql", Report + "SELECT 'a\uFFFDb' AS a", "sql/analyze/daily.sql:4:10: a character that is not UTF-8.")]
    [TestCase("analyze/daily.sql", Report + "SELECT observed FROM alarm\nORDER BY observed", "no such table 'alarm'.")]
    [TestCase("analyze/daily.sql", Report, "sql/analyze/daily.sql: there is no SELECT.")]
    [TestCase("analyze/daily.sql", Report + "SELECT 1 AS a\n-- samples\nSELECT 1 AS b", "sql/analyze/daily.sql: only a check has samples.")]
    [TestCase("analyze/order.sql", Report + "SELECT COUNT(*) AS n FROM orders", "sql/analyze/order.sql: 'order' is a word of SQL and can't be a table's name. Rename the file.")]
    [TestCase("analyze/raw_orders.sql", Report + "SELECT 1 AS a", "sql/analyze/raw_orders.sql: 'raw_orders' is a table that the loader fills. Rename the file.")]
    [TestCase("analyze/orders.sql", Report + "SELECT 1 AS a", "sql/analyze/orders.sql: there is a 'orders' already, in sql/transform/orders.sql.")]
    [TestCase("analyze/Daily.sql", Report + "SELECT 1 AS a", "sql/analyze/Daily.sql: 'Daily' can't be a table's name.")]
    [TestCase("analyze/daily.SQL", Report + "SELECT 1 AS a", "sql/analyze/daily.SQL: the ending is not '.sql'. Rename it.")]
    [TestCase("daily.sql", Report + "SELECT 1 AS a", "sql/daily.sql: it lies in no folder that is read. Move it right into one of reference,")]
    [TestCase("analyze/mine/daily.sql", Report + "SELECT 1 AS a", "sql/analyze/mine/daily.sql: it lies in no folder that is read.")]
    [TestCase("analysis/daily.sql", Report + "SELECT 1 AS a", "sql/analysis: unknown folder.")]
    [TestCase("transform/orders.duckbd.sql", Orders, "sql/transform/orders.duckbd.sql: there is no engine 'duckbd'. Did you mean 'duckdb'?")]
    [TestCase("monitor/alarm.sql", "-- title: T\n-- description: D\n-- severity: high\n-- message: m\n" + Measured, "sql/monitor/alarm.sql:3: severity can't be 'high'. Allowed: critical, warn, info.")]
    [TestCase("monitor/alarm.sql", Check + "-- remedy: Look at {file}.\n" + Measured, "sql/monitor/alarm.sql:5: the remedy needs the column 'file'")]
    [TestCase("explain/answer.sql", "-- title: T\n-- description: D\n-- order: 1\nSELECT chanel FROM orders ORDER BY order_key", "sql/explain/answer.sql:4:8: no such column 'chanel'. Did you mean 'channel'?")]
    [TestCase("repair/row.sql", "-- title: T\n-- description: D\n-- target: t\n-- row: {nme}\n-- effect: e\nSELECT channel AS subject, channel AS name FROM orders ORDER BY order_key", "sql/repair/row.sql:4: the row needs the column 'nme', which the SELECT does not return. Did you mean 'name'?")]
    [TestCase("transform/days.sql", Model + "-- omit: chanel\nSELECT order_key, channel FROM orders", "sql/transform/days.sql:5: omit needs the column 'chanel'")]
    [TestCase("transform/days.sql", Model + "-- partition: dya 500\nSELECT order_key, day FROM orders", "sql/transform/days.sql:5: partition needs the column 'dya'")]
    [TestCase("transform/days.sql", Model + "SELECT order_key FROM orders_twice", "no such table 'orders_twice'.")]
    [TestCase("transform/days.sql", Model + "-- param least: 1\n-- param least: 2\nSELECT order_key, :least AS a FROM orders", "sql/transform/days.sql:6: parameter 'least' is declared twice.")]
    [TestCase("analyze/daily.sql", Report + "-- kind: insight\nSELECT 'good' AS tone, 'x' AS sentense", "an insight needs the column 'sentence', which the SELECT does not return. Did you mean 'sentense'?")]
    [TestCase("monitor/alarm.sql", Check + "SELECT 'all' AS subject, COUNT(*) AS population, 0 AS observed, 1 AS passed FROM orders", "a check needs the column 'expected'")]
    [TestCase("monitor/alarm.sql", "-- title: T\n-- description: D\n-- severity: warn\n-- message: {seen} rows.\n" + Measured, "sql/monitor/alarm.sql:4: the message needs the column 'seen'")]
    [TestCase("data_quality/rows.sql", Check + Measured + "\n-- samples\nSELECT channel AS file_name, 1 AS line_number FROM orders ORDER BY order_key", "the samples needs the column 'reason'")]
    [TestCase("data_quality/rows.sql", Check + Measured + "\n-- samples\nSELECT chanel AS file_name, 1 AS line_number, '' AS reason FROM orders", "sql/data_quality/rows.sql:7:8: no such column 'chanel'.")]
    [TestCase("transform/days.sql", "-- description: D\n-- grain: G\n-- export: parquet\nSELECT 1 AS a", "sql/transform/days.sql:1: the header lacks 'key'.")]
    [TestCase("transform/days.sql", "-- description: D\n-- grain: G\n-- key: dya\n-- export: parquet\nSELECT DISTINCT day FROM orders", "sql/transform/days.sql:3: key needs the column 'dya', which the SELECT does not return. Did you mean 'day'?")]
    [TestCase("transform/days.sql", "-- description: D\n-- grain: G\n-- key: day\nSELECT DISTINCT day FROM orders", "warning: sql/transform/days.sql: no file reads 'days', and it is not exported.")]
    [TestCase("transform/days.sql", Model + "SELECT order_key FROM days", "sql/transform/days.sql:5:23: it reads itself, through days -> days. Break the circle.")]
    [TestCase("transform/weeks.sql", Model + "DELETE FROM orders", "sql/transform/weeks.sql:5:1: 'DELETE' is no SELECT.")]
    [TestCase("transform/weeks.sql", Model + "SELECT order_key FROM orders; DROP TABLE orders", "sql/transform/weeks.sql:5:31: a second statement.")]
    [TestCase("analyze/daily.sql", Report + "-- param maxItems: 4\nSELECT :maxItems AS a", "sql/analyze/daily.sql:4: write '-- param name: default'; a parameter's name is lower-case letters, digits and _.")]
    [TestCase("analyze/daily.sql", Report + "-- param max-items: 4\nSELECT 1 AS a", "sql/analyze/daily.sql:4: write '-- param name: default'; a parameter's name is lower-case letters, digits and _.")]
    [TestCase("analyze/daily.sql", Report + "-- chart: bar x=day y=n\n-- chart: lien x=day y=n name=b\nSELECT day, COUNT(*) AS n FROM orders GROUP BY day ORDER BY day", "sql/analyze/daily.sql:5: a chart begins with its type")]
    [TestCase("analyze/daily.sql", Report + "-- kind: currency\nSELECT 'EUR' AS curency", "sql/analyze/daily.sql:4: a currency needs the column 'currency', which the SELECT does not return. Did you mean 'curency'?")]
    [TestCase("analyze/daily.sql", Report + "-- chart: bar x=day y=n\n-- chart: line x=day y=n\nSELECT day, COUNT(*) AS n FROM orders GROUP BY day ORDER BY day", "sql/analyze/daily.sql:5: there is a chart 'chart_daily' already. Give this one a name of its own: name=...")]
    [TestCase("data_quality/rows.sql", Check + Measured + "\n-- samples:\nSELECT channel AS file_name, 1 AS line_number, '' AS reason FROM orders ORDER BY order_key", "sql/data_quality/rows.sql:6: write '-- samples' with nothing after it.")]
    [TestCase("monitor/alarm.sql", "-- title: T\n-- description: D\n-- severity: warn\n-- message: {observed of {population}.\n" + Measured, "sql/monitor/alarm.sql:4: the message has '{observed of ', which is no {column} and no {column:one|many}.")]
    [TestCase("data_quality/rows.sql", Check + "-- follows: missing_dyas\n" + Measured, "sql/data_quality/rows.sql:5: there is no check 'missing_dyas'.")]
    [TestCase("transform/days.sql", "-- description: D\n-- grain: G\n-- key: order_key\n-- export: xlsx\nSELECT order_key FROM orders", "sql/transform/days.sql:4: export is 'parquet' or 'csv', then a file name")]
    [TestCase("transform/days.sql", "-- description: D\n-- grain: G\n-- key: order_key\n-- export: parquet orders\nSELECT order_key FROM orders", "sql/transform/days.sql:4: sql/transform/orders.sql writes transform/orders.parquet already. Give one of them a file name of its own: '-- export: parquet NAME'.")]
    [TestCase("transform/days.sql", Model + "-- partition: day lots\nSELECT order_key, day FROM orders", "sql/transform/days.sql:5: partition is a column and the number of rows from which on")]
    [TestCase("transform/days.sql", Model + "-- cluster: order_key\n-- incremental: chanel\nSELECT order_key, channel FROM orders", "sql/transform/days.sql:6: incremental needs the column 'chanel', which the SELECT does not return. Did you mean 'channel'?")]
    [TestCase("transform/days.sql", Model + "-- cluster: order_key\n-- incremental: channel, day\nSELECT order_key, channel, day FROM orders", "sql/transform/days.sql:6: 'incremental' names one column")]
    [TestCase("transform/days.sql", Model + "-- incremental: channel\nSELECT order_key, channel FROM orders", "sql/transform/days.sql:5: 'incremental' is for a table whose rows are stored in an order that identifies them. Add '-- cluster:'")]
    [TestCase("transform/days.sql", Model + "-- cluster: order_key\n-- incremental: channel\n-- materialize: view\nSELECT order_key, channel FROM orders", "sql/transform/days.sql:6: 'incremental' is for a table")]
    [TestCase("transform/days.sql", Model + "-- index: order_key\n-- materialize: view\nSELECT order_key FROM orders", "sql/transform/days.sql:5: 'index' is for a table, and this is a view")]
    [TestCase("repair/row.sql", "-- title: T\n-- description: D\n-- target: no_such\n-- row: {subject}\n-- effect: e\nSELECT channel AS subject FROM orders ORDER BY order_key", "sql/repair/row.sql:3: target is the file that gets the row, as reference/event_taxonomy.sql; there is no 'no_such'.")]
    public void A_mistake_in_a_file_is_named_with_its_place_and_the_remedy(string path, string text, string message) =>
        Assert.That(Problems((path, text)), Has.Some.Contains(message));

    [Test]
    public void A_circle_is_shown() => Assert.That(
        Problems(("transform/days.sql", Model + "SELECT order_key FROM weeks"), ("transform/weeks.sql", Model + "SELECT order_key FROM days")),
        Has.Some.Contains("days -> weeks -> days"));

    [Test]
    public void A_model_that_reads_a_report_is_told_where() => Assert.That(
        Problems(("analyze/daily.sql", Report + "SELECT channel FROM orders ORDER BY order_key"), ("transform/weeks.sql", Model + "SELECT order_key FROM orders -- not of daily\nJOIN daily ON 1 = 1")),
        Has.Some.Contains("sql/transform/weeks.sql:6:6: a model can't read the report 'daily', which is made after it."));

    [Test]
    public void All_mistakes_are_said_at_once_and_none_twice()
    {
        var problems = Problems(
            ("transform/days.sql", Model + "SELECT order_ky AS order_key FROM orders"),
            ("analyze/daily.sql", Report + "SELECT order_key FROM days ORDER BY order_key"),
            ("analyze/weekly.sql", "-- titel: T\nSELECT 1 AS a"));

        Assert.That(problems, Has.Count.EqualTo(2), string.Join("\n", problems));
    }

    [TestCase("SELECT SUBSTR(day, 1, 7) AS month, COUNT(*) n FROM orders GROUP BY month ORDER BY month")]
    [TestCase("SELECT SUBSTR(day, 1, 7) || '-01' AS month, MAX(day) AS last_day FROM orders GROUP BY SUBSTR(day, 1, 7) ORDER BY month")]
    [TestCase("SELECT day, channel, ROW_NUMBER() OVER (PARTITION BY day ORDER BY COUNT(*) DESC, channel) AS place FROM orders GROUP BY 1, 2 ORDER BY 1, 2")]
    [TestCase("SELECT CASE WHEN o.day > 'x' THEN 1 ELSE 0 END AS late, COUNT(*) AS n FROM orders AS o GROUP BY CASE WHEN o.day > 'x' THEN 1 ELSE 0 END ORDER BY late")]
    [TestCase("SELECT day, (SELECT MAX(channel) FROM orders) AS channel, COUNT(*) AS n FROM orders GROUP BY day ORDER BY day")]
    [TestCase("SELECT LOWER(channel) AS channel FROM orders WHERE channel <> 'x' ORDER BY order_key")]
    [TestCase("SELECT CAST(COUNT(DISTINCT day) AS DOUBLE PRECISION) / COUNT(*) AS rate, 0.5 * SUM(revenue_cents) / 100 AS half FROM orders")]
    [TestCase("SELECT a.day FROM orders AS a CROSS JOIN orders AS b LEFT JOIN orders AS c USING (order_key) ORDER BY a.order_key, b.order_key")]
    [TestCase("SELECT a.day FROM orders AS a, raw_orders AS b WHERE a.order_key = b.event_id ORDER BY a.order_key")]
    [TestCase("SELECT channel, COUNT(*) AS n FROM orders GROUP BY channel HAVING COUNT(*) > 2025-1 ORDER BY channel;;")]
    [TestCase("SELECT day, '=' || 'it''s /* no comment' AS note FROM orders WHERE channel IS NOT NULL ORDER BY revenue_cents DESC, order_key LIMIT 3")]
    public void A_SELECT_that_says_the_same_everywhere_is_left_alone(string select) =>
        Assert.That(Problems(("analyze/daily.sql", Report + select)), Is.Empty);

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
