using System.Security.Cryptography;
using System.Text.Json;

namespace Clickpath.Tests.Host;

/// <summary>The host as a process of its own: exit codes, what is printed, and what is left on disk.</summary>
public sealed class HostTests
{
    private const string Header = "client_id,page_url,referrer,timestamp,event_name,event_data,user_agent\n";

    private TempFolder _temp = null!;

    private string Artifacts => Path.Combine(_temp.Path, "artifacts");

    [SetUp]
    public void Make() => _temp = new TempFolder();

    [TearDown]
    public void Remove() => _temp.Dispose();

    [Test]
    public void Two_processes_write_the_same_bytes_whatever_the_machines_time_zone_and_language()
    {
        Export();
        var first = Run(new() { ["TZ"] = "UTC", ["LANG"] = "C", ["LC_ALL"] = "C" }, "--events=export", "--artifacts=first");
        var second = Run(new() { ["TZ"] = "Asia/Kolkata", ["LANG"] = "de_DE.UTF-8", ["LC_ALL"] = "de_DE.UTF-8", ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0" }, "--events=export", "--artifacts=second");

        Assert.Multiple(() =>
        {
            Assert.That(first.ExitCode, Is.EqualTo(second.ExitCode), first.Error);
            Assert.That(Hashes("second"), Is.EqualTo(Hashes("first")).And.Not.Empty);
            Assert.That(RunJson("second"), Is.EqualTo(RunJson("first")));
        });
    }

    [Test]
    public void Output_that_is_no_terminal_has_no_escape_codes_and_ends_with_where_to_look()
    {
        Export();
        var run = Run(new() { ["TERM"] = "xterm-256color" }, "--events=export", "--artifacts=artifacts");

        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Not.Contain('\e').And.Not.Contain('\r'));
            Assert.That(run.Output, Does.Contain("Events: 2 records read, 0 rejected"));
            Assert.That(run.Output, Does.Match(@"Data quality: \w+, .* of \d+ checks.*; see .*/artifacts/data_quality/dq_report\.md|Data quality: pass, nothing found in"));
        });
    }

    [TestCase("--events=nowhere", "error: no such folder or file: '")]
    [TestCase("--events=empty", "error: ")]
    [TestCase("--timezone=Europe/Berlinn", "error: no such time zone: 'Europe/Berlinn'. Did you mean 'Europe/Berlin'?")]
    [TestCase("--param=no_such=1", "error: --param no_such: no SQL file declares it.")]
    [TestCase("--evnets=export", "error: unknown option '--evnets'. Did you mean '--events'?")]
    [TestCase("--sql=broken", "error: broken/analyze/daily.sql:1: unknown key 'titel'. Did you mean 'title'?")]
    [TestCase("--exclusive", "error: no database of an earlier run at ")]
    public void A_mistake_is_one_line_and_exit_code_1_and_leaves_the_last_artifacts(string argument, string message)
    {
        Export();
        Directory.CreateDirectory(Path.Combine(_temp.Path, "empty"));
        CopyOfSql("broken");
        _temp.Write("broken/analyze/daily.sql", "-- titel: Daily\nSELECT 1 AS a");
        _temp.Write("artifacts/run.json", "{}");
        var run = Run([], argument.StartsWith("--ev", StringComparison.Ordinal) ? [argument, "--artifacts=artifacts"] : ["--events=export", "--artifacts=artifacts", "--target=Analyze", argument]);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Error, Does.StartWith(message).IgnoreCase);
            Assert.That(run.Error.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(1), run.Error);
            Assert.That(Directory.EnumerateFileSystemEntries(Artifacts).Select(Path.GetFileName), Is.EqualTo(new[] { "run.json" }));
            Assert.That(Directory.EnumerateFileSystemEntries(_temp.Path).Select(Path.GetFileName), Has.None.Contains("scratch"));
        });
    }

    [TestCase("--tree", "Default\n└─Monitor\n   └─Analyze\n      └─Transform\n         └─DataQuality\n")]
    [TestCase("--dryrun", "1. DataQuality\n2. Transform\n3. Analyze\n4. Monitor\n5. Default\n")]
    [TestCase("--description", "Raises alarms on the latest complete day")]
    [TestCase("--help", "--timezone=NAME")]
    public void Cakes_own_options_show_and_run_nothing(string option, string expected)
    {
        var run = Run([], option, "--artifacts=artifacts");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(run.Output, Does.Contain(expected));
            Assert.That(Directory.Exists(Artifacts), Is.False);
        });
    }

    [Test]
    public void The_version_is_this_products_and_Cakes() => Assert.That(Run([], "--version").Output, Does.Match(@"^\d+\.\d+\.\d+ \(Cake \d+\.\d+\.\d+\)\n$"));

    [TestCase("--fail-on=none")]
    [TestCase("--fail-on=critical")]
    public void A_run_that_critical_data_quality_stopped_ends_with_2_whatever_findings_count(string option)
    {
        _temp.Write("export/events_20250303.csv", Header.Replace("client_id", "foo", StringComparison.Ordinal) + "c1,https://shop.example/,,2025-03-03T23:50:00Z,page_viewed,,Mozilla/5.0 (X11)\n");
        var run = Run([], "--events=export", "--artifacts=artifacts", option);

        Assert.That(run.ExitCode, Is.EqualTo(2), run.Error);
        Assert.That(run.Error, Does.StartWith("error: data quality is critical: "));
    }

    [Test]
    public void A_warning_that_sets_the_exit_code_is_no_error()
    {
        var run = Run([], $"--events={Repository.Sample}", "--artifacts=artifacts", "--target=DataQuality", "--fail-on=warn");

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((2, "")));
    }

    [Test]
    public void A_quiet_run_prints_nothing()
    {
        Export();
        var run = Run([], "--events=export", "--artifacts=artifacts", "--target=DataQuality", "--verbosity=quiet");

        Assert.That(run.Output.Trim(), Is.Empty);
    }

    private HostProcess Run(Dictionary<string, string> environment, params IEnumerable<string> arguments) => HostProcess.Run(_temp.Path, environment, arguments);

    private void Export() => _temp.Write("export/events_20250303.csv", Header
        + "c1,https://shop.example/?utm_source=news,https://news.example/,2025-03-03T23:50:00Z,page_viewed,,Mozilla/5.0 (X11)\n"
        + "c1,https://shop.example/done,,2025-03-03T23:59:00Z,checkout_completed,\"{\"\"order_id\"\": \"\"1\"\", \"\"revenue\"\": 12.5}\",Mozilla/5.0 (X11)\n");

    private void CopyOfSql(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Sql, "*.sql", SearchOption.AllDirectories))
            _temp.Write(Path.Combine(folder, Path.GetRelativePath(Repository.Sql, file)), File.ReadAllText(file));
    }

    private SortedDictionary<string, string> Hashes(string artifacts) => new(
        Directory.EnumerateFiles(Path.Combine(_temp.Path, artifacts), "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "run.json")
            .ToDictionary(path => Path.GetRelativePath(Path.Combine(_temp.Path, artifacts), path), path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))),
        StringComparer.Ordinal);

    // The record of the run, without how long it took.
    private string RunJson(string artifacts) => System.Text.RegularExpressions.Regex.Replace(
        JsonDocument.Parse(File.ReadAllText(Path.Combine(_temp.Path, artifacts, "run.json"))).RootElement.GetRawText(), "\"duration_ms\": [0-9.E-]+", "");
}
