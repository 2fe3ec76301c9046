using Clickpath.Runs;
using Clickpath.Sql;

namespace Clickpath.Tests.Runs;

public sealed class RunDiffTests
{
    private TempFolder _temp = null!;

    [SetUp]
    public void Make()
    {
        _temp = new TempFolder();
        _temp.Write("sql/schema/V001__t.sql", "CREATE TABLE orders (channel TEXT, revenue_cents BIGINT)");
        _temp.Write("sql/analyze/channels.sql", "-- title: Revenue by channel\n-- description: D\n-- section: S\n-- format: revenue money, rate percent 1\n-- param window_days: 7\nSELECT channel, 1 AS purchases, 1 AS revenue, 0.5 AS rate FROM orders WHERE :window_days > 0 ORDER BY channel");
    }

    [TearDown]
    public void Remove() => _temp.Dispose();

    [Test]
    public void Numbers_are_compared_by_what_a_row_is_about_in_words_with_the_change_behind_them()
    {
        Run("before", "aa", "7", "channel,purchases,revenue,rate\nads,10,100.00,0.200\nmail,5,100.00,0.100\nold,1,0.00,0.100\n");
        Run("after", "aa", "14", "channel,purchases,revenue,rate\nmail,8,100.00,0.100\nads,7,300.00,0.150\nnew,1,0.00,0.100\n");

        Assert.That(Diff(), Is.EqualTo("""
            # What has changed in the numbers

            - changed: parameter window_days: 7 → 14
            - in short: ads +25.0 points of revenue; 4 purchases moved

            ## Revenue by channel

            - 4 purchases moved
            - new: new: purchases 1; revenue 0.00; rate 10.0%
            - old: gone: purchases 1; revenue 0.00; rate 10.0%
            - ads: purchases 10 → 7 (-30.0%); revenue 100.00 → 300.00 (+200.0%), share of all +25.0 points; rate 20.0% → 15.0% (-5.0 points)
            - mail: purchases 5 → 8 (+60.0%)

            """));
    }

    [Test]
    public void A_changed_SQL_file_a_new_input_and_a_check_that_fails_now_are_named()
    {
        Run("before", "aa", "7", "channel,purchases\nads,10\n", status: "pass");
        Run("after", "bb", "7", "channel,purchases\nads,11\n", status: "fail", inputs: """, { "name": "b.csv", "sha256": "2" }""");

        Assert.That(Diff(), Does.Contain("- changed: sql/analyze/channels.sql\n- changed: input files: b.csv (new)")
            .And.Contain("- ads: purchases 10 → 11 (+10.0%)\n")
            .And.Contain("## Checks and alarms\n\n- Rows per file: pass → fail"));
    }

    [Test]
    public void The_same_numbers_are_said_to_be_the_same()
    {
        Run("before", "aa", "7", "channel,purchases\nads,10\n");
        Run("after", "aa", "7", "channel,purchases\nads,10\n");

        Assert.That(Diff(), Does.EndWith("- changed: no SQL file, parameter or input file\n\nNo number differs.\n"));
    }

    [Test]
    public void Rows_that_one_column_does_not_tell_apart_are_told_apart_by_more()
    {
        Run("before", "aa", "7", "day,channel,purchases\n1,ads,1\n1,mail,2\n");
        Run("after", "aa", "7", "day,channel,purchases\n1,mail,3\n1,ads,1\n");

        Assert.That(Diff(), Does.Contain("- 1, mail: purchases 2 → 3 (+50.0%)\n").And.Not.Contain("ads"));
    }

    [Test]
    public void A_change_that_this_report_does_not_hang_on_is_not_its_cause()
    {
        _temp.Write("sql/analyze/other.sql", "-- title: Other\n-- description: D\n-- section: S\nSELECT 1 AS a");
        Run("before", "aa", "7", "channel,purchases\nads,10\n", sql: """, { "path": "sql/analyze/other.sql", "sha256": "1" }""");
        Run("after", "bb", "7", "channel,purchases\nads,11\n", sql: """, { "path": "sql/analyze/other.sql", "sha256": "2" }""");

        Assert.That(Diff(), Does.Contain("- changed: sql/analyze/other.sql\n").And.Contain("- ads: purchases 10 → 11 (+10.0%)\n- because of: sql/analyze/channels.sql\n"));
    }

    [Test]
    public void A_name_that_could_be_read_as_a_number_stays_as_it_is()
    {
        Run("before", "aa", "7", "channel,purchases\n33E241,3\n1.50,1\n1.5,1\n007,1\n");
        Run("after", "aa", "14", "channel,purchases\n33E241,4\n1.50,2\n1.5,1\n007,3\n");

        Assert.That(Diff(), Does.Contain("- 33E241: purchases 3 → 4").And.Contain("- 1.50: purchases 1 → 2").And.Contain("- 007: purchases 1 → 3").And.Not.Contain("- 1.5: "));
    }

    [Test]
    public void What_moves_most_of_the_whole_comes_first_and_a_small_change_can_be_seen()
    {
        Run("before", "aa", "7", "channel,purchases,rate\ntiny,2,0.1000\nlarge,1000,0.0090\n");
        Run("after", "aa", "14", "channel,purchases,rate\ntiny,1,0.1000\nlarge,1003,0.0091\n");

        Assert.That(Diff(), Does.Contain("- large: purchases 1,000 → 1,003 (+0.3%); rate 0.9% → 0.9% (+0.01 points)\n- tiny: purchases 2 → 1 (-50.0%)\n"));
    }

    [Test]
    public void One_order_that_moves_is_one_order()
    {
        Run("before", "aa", "7", "channel,orders\nads,2\nmail,1\n");
        Run("after", "aa", "14", "channel,orders\nads,1\nmail,2\n");

        Assert.That(Diff(), Does.Contain("- in short: 1 order moved\n"));
    }

    [Test]
    public void A_folder_without_a_run_is_an_error()
    {
        Run("after", "aa", "7", "channel,purchases\nads,10\n");

        Assert.That(Diff, Throws.TypeOf<ClickpathException>().With.Message.Contains("holds no run of Clickpath's to compare"));
    }

    private void Run(string folder, string sha, string window, string csv, string status = "pass", string inputs = "", string sql = "")
    {
        _temp.Write($"{folder}/analyze/channels.csv", csv);
        _temp.Write($"{folder}/data_quality/dq_report.json", $$"""{ "checks": [ { "name": "rows", "title": "Rows per file", "status": "{{status}}" } ] }""");
        _temp.Write($"{folder}/run.json", $$"""{ "time_zone": "UTC", "parameters": { "window_days": "{{window}}" }, "inputs": [ { "name": "a.csv", "sha256": "1" }{{inputs}} ], "sql": [ { "path": "sql/analyze/channels.sql", "sha256": "{{sha}}" }{{sql}} ] }""");
    }

    private string Diff()
    {
        var catalog = SqlCatalog.Read(Path.Combine(_temp.Path, "sql"), "sqlite", new Dictionary<string, string>());
        return string.Concat(new RunDiff(Path.Combine(_temp.Path, "before"), Path.Combine(_temp.Path, "after"), catalog).Markdown().Select(line => line + "\n"));
    }
}
