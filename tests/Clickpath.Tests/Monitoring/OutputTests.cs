using System.Xml.Linq;
using Clickpath.Monitoring;
using Clickpath.Sql;

namespace Clickpath.Tests.Monitoring;

/// <summary>What alarms become for machines and people; what a file said must not become markup, a command or a mention.</summary>
public sealed class OutputTests
{
    private const string Hostile = "a\"b\\c\n::error::<script>alert(1)</script>&]]>\u0001%";

    [Test]
    public void OpenMetrics_escapes_labels_and_ends()
    {
        var text = OpenMetrics.Of(Report(Hostile));

        Assert.That(text, Does.EndWith("# EOF\n"));
        Assert.That(text, Does.Contain("""clickpath_observed{check="visits_by_channel",subject="a\"b\\c\n::error::"""));
        Assert.That(text.Split('\n').Where(l => l.Length > 0), Has.All.Match("^(# (TYPE|HELP|EOF)|clickpath_[a-z_]+(\\{.*\\})? -?[0-9])"));
    }

    [Test]
    public void JUnit_is_well_formed_and_counts_failures()
    {
        var suite = XDocument.Parse(JUnit.Of(Report(Hostile))).Root!.Elements("testsuite").Single();

        Assert.That(suite.Attribute("failures")!.Value, Is.EqualTo("1"));
        Assert.That(suite.Element("testcase")!.Element("failure")!.Value, Does.Contain("<script>"));
    }

    [Test]
    public void The_page_has_no_script_of_a_files_and_draws_a_sparkline()
    {
        var page = MonitoringPage.Of(Report(Hostile)).ToString();

        Assert.That(page, Does.Not.Contain("<script>alert"));
        Assert.That(page, Does.Contain("<svg role=\"img\"").And.Contain("&lt;script&gt;"));
    }

    [Test]
    public void GitHub_gets_one_annotation_of_one_line()
    {
        using var output = new StringWriter();
        using var temp = new TempFolder();
        var summary = temp.Write("summary.md", "");
        GitHubOutputs.Write(Report(Hostile), output, name => name switch { "GITHUB_ACTIONS" => "true", "GITHUB_STEP_SUMMARY" => summary, _ => null });

        Assert.That(output.ToString().TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(output.ToString(), Does.StartWith("::warning title=").And.Contain("%0A").And.Contain("%25"));
        Assert.That(File.ReadAllText(summary), Does.StartWith("# Monitoring: PASS"));
    }

    [Test]
    public void Elsewhere_GitHub_gets_nothing()
    {
        using var output = new StringWriter();
        GitHubOutputs.Write(Report(Hostile), output, _ => null);

        Assert.That(output.ToString(), Is.Empty);
    }

    [Test]
    public void The_webhook_mentions_nobody_and_is_silent_of_what_stands()
    {
        Assert.That(Webhook.Text(Report("<!channel>"), new HashSet<string>()), Does.Contain("&lt;!channel&gt;").And.Not.Contain("<!channel>"));
        Assert.That(Webhook.Text(Report("x", raisedBefore: true), new HashSet<string>()), Is.Null);
    }

    [Test]
    public void The_webhook_does_not_say_again_what_the_last_report_of_the_day_said()
    {
        using var temp = new TempFolder();
        var path = Path.Combine(temp.Path, "monitoring_report.json");
        Assert.That(Webhook.Text(Report("a channel"), Webhook.Told(path)), Is.Not.Null);
        Clickpath.Reports.Json.Write(path, Report("a channel").ForMachines());

        Assert.That(Webhook.Text(Report("a channel"), Webhook.Told(path)), Is.Null);
        Assert.That(Webhook.Text(Report("another channel"), Webhook.Told(path)), Is.Not.Null);
        File.WriteAllText(path, "{");
        Assert.That(Webhook.Text(Report("a channel"), Webhook.Told(path)), Is.Not.Null);
    }

    // Ten days of one channel, the last raised.
    private static MonitoringReport Report(string subject, bool raisedBefore = false)
    {
        var file = SqlFile.Parse(Folder.Monitor, "sql/monitor/visits_by_channel.sql", "-- title: Visits by channel\n-- description: D\n-- severity: warn\n-- tier: drift\n-- message: M\nSELECT 1 AS a");
        var days = Enumerable.Range(1, 10).Select(day =>
        {
            var raised = day == 10 || (raisedBefore && day == 9);
            return new DayJudgement($"2025-03-{day:00}", subject, 1, raised ? 10L : 100L, 100.0, !raised, "warn", raised ? "10 visits by " + subject : null) { Low = 70, High = 130, Probability = 1e-5 };
        });
        var alarm = Alarm.Of(file, [.. days]);
        return new MonitoringReport("2025-03-10", [alarm], [alarm.ResultNow("2025-03-10")]);
    }
}
