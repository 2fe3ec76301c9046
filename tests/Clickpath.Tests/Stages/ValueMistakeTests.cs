using Clickpath.Engines;
using Clickpath.Monitoring;
using Clickpath.Reports;
using Clickpath.Sql;
using Clickpath.Stages;

namespace Clickpath.Tests.Stages;

/// <summary>Values that a file returns and that are none of those it may: only a run sees them, and it names the file.</summary>
public sealed class ValueMistakeTests
{
    private const string Check = "-- title: T\n-- description: D\n-- severity: warn\n-- message: {observed} of {population}.\nSELECT ";
    private const string Figures = "-- title: T\n-- description: D\n-- section: S\n-- kind: figures\nSELECT ";

    [TestCase("data_quality", Check + "'all' AS subject, 'many' AS population, 0 AS observed, 0 AS expected, 0 AS passed", "population is 'many'. It is a whole number.")]
    [TestCase("data_quality", Check + "'all' AS subject, 5 AS population, 1 AS observed, 0 AS expected, 0 AS passed, 'some' AS orders_touched", "orders_touched is 'some'. It is a whole number.")]
    [TestCase("data_quality", Check + "'all' AS subject, 5 AS population, 1 AS observed, 0 AS expected, 0 AS passed, '3 March 10:00Z' AS since", "since is '3 March 10:00Z'. It is a day, 2025-01-31, or a day and a time, 2025-01-31 09:30, with Z where it is in UTC.")]
    [TestCase("data_quality", Check + "'all' AS subject, 5 AS population, 1 AS observed, 0 AS expected, 'no' AS passed", "passed is no. It is 1 or 0, made with CASE")]
    [TestCase("monitor", Check + "'all' AS subject, 'many' AS population, 0 AS observed, 0 AS expected, 0 AS passed", "population is 'many'. It is a whole number.")]
    [TestCase("monitor", Check + "'yesterday' AS event_date, 'all' AS subject, 5 AS population, 1 AS observed, 0 AS expected, 0 AS passed", "event_date is 'yesterday'. It is a day, 2025-01-31.")]
    [TestCase("monitor", Check + "'all' AS subject, 5 AS population, 1 AS observed, 0 AS expected, 0 AS passed, 'high' AS severity", "severity is 'high'. It is critical, warn or info.")]
    [TestCase("analyze", Figures + "'Revenue' AS label, 5 AS value, 'monney' AS unit, 0 AS change, 1 AS is_more_better", "unit is 'monney'. It is a format: money, percent, integer, decimal, date, duration, text; then, where it has any, the decimals.")]
    public void A_value_that_may_not_be_is_named_with_its_file_and_column(string folder, string text, string message) =>
        Assert.That(() => Run(folder, text), Throws.TypeOf<ClickpathException>().With.Message.StartsWith($"sql/{folder}/odd.sql: {message}"));

    [Test]
    public void A_row_that_comes_twice_is_told_and_breaks_nothing()
    {
        const string row = "SELECT '2025-03-01' AS subject, '2025-03-01' AS since, 5 AS population, 1 AS observed, 0 AS expected, 0 AS passed";
        var result = (CheckResult)Run("data_quality", Check[..^"SELECT ".Length] + row + " UNION ALL " + row);

        Assert.That(result.Told.Single().Message, Does.StartWith("1 of 5. The same on 2025-03-01."));
    }

    private static object Run(string folder, string text)
    {
        using var temp = new TempFolder();
        temp.Write("sql/schema/V001__t.sql", "CREATE TABLE t (a BIGINT)");
        temp.Write($"sql/{folder}/odd.sql", text);
        using var engine = new SqliteEngine(Path.Combine(temp.Path, "db"));
        var sql = new SqlRunner(engine, SqlCatalog.Read(Path.Combine(temp.Path, "sql"), "sqlite", new Dictionary<string, string>()));
        var file = sql.Catalog.Files.Single();
        return folder switch
        {
            "data_quality" => CheckResult.Run(sql, file).In(TimeZoneInfo.Utc),
            "monitor" => Alarm.Run(sql, file, "2025-03-01"),
            _ => Summary.Figures(new Report(file, sql.Rows(file), ColumnFormats.None)).ToList(),
        };
    }
}
