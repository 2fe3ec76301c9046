using System.Text.RegularExpressions;

namespace Clickpath.Tests;

/// <summary>What an analyst has at hand, over a run of the sample; and the examples that the documents give.</summary>
public sealed partial class WorkbenchTests
{
    private readonly TempFolder _temp = new();
    private readonly List<string> _printed = [];

    private string Artifacts => Path.Combine(_temp.Path, "artifacts");

    private string Sql => Path.Combine(_temp.Path, "sql");

    /// <summary>Every example of the documents lies where its text says: the run shows that they are right.</summary>
    [OneTimeSetUp]
    public void RunTheSampleWithTheExamples()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Sql, "*.sql", SearchOption.AllDirectories))
            _temp.Write(Path.Combine("sql", Path.GetRelativePath(Repository.Sql, file)), File.ReadAllText(file));
        foreach (var (folder, name, text) in Examples())
            _temp.Write($"sql/{folder}/{name}.sql", text);
        using var pipeline = new Pipeline(Options);
        pipeline.DataQuality();
        pipeline.Transform();
        pipeline.Analyze();
        pipeline.Monitor();
        pipeline.Publish();
    }

    [OneTimeTearDown]
    public void Remove() => _temp.Dispose();

    [SetUp]
    public void Forget() => _printed.Clear();

    private PipelineOptions Options => new() { Events = Repository.Sample, Artifacts = Artifacts, Sql = Sql, Print = _printed.Add };

    [Test]
    public void The_examples_of_the_documents_run_and_show_up_in_the_outputs()
    {
        Assert.That(Examples().Select(e => e.Folder), Is.EquivalentTo(new[] { "analyze", "analyze", "data_quality", "monitor" }));
        Assert.Multiple(() =>
        {
            foreach (var (folder, name, _) in Examples())
            {
                var output = folder switch
                {
                    "analyze" => Path.Combine(Artifacts, "analyze", $"chart_{name}.png"),
                    "data_quality" => Path.Combine(Artifacts, "data_quality", "dq_report.json"),
                    _ => Path.Combine(Artifacts, "monitor", "monitoring_report.json"),
                };
                Assert.That(File.Exists(output), output);
                if (folder != "analyze")
                    Assert.That(File.ReadAllText(output), Does.Contain($"\"{name}\""));
            }
        });
    }

    [Test]
    public void The_examples_of_the_documents_pass_the_check()
    {
        new Workbench(Options).Check();

        Assert.That(_printed[^1], Does.EndWith(" SQL files are in order.\n"));
    }

    [Test]
    public void The_check_asks_the_engine_that_is_chosen_too()
    {
        var sql = Path.Combine(_temp.Path, "odd");
        _temp.Write("odd/schema/V001__t.sql", "CREATE TABLE t (a BIGINT)");
        _temp.Write("odd/analyze/odd.sql", "-- title: T\n-- description: D\n-- section: S\nSELECT SUBSTR(a, 1, 2) AS b FROM t ORDER BY b");

        new Workbench(Options with { Sql = sql }).Check();
        Assert.That(() => new Workbench(Options with { Sql = sql, Engine = "duckdb" }).Check(), Throws.TypeOf<ClickpathException>());
        Assert.That(string.Concat(_printed), Does.Contain("odd/analyze/odd.sql:4:8: Binder Error"));
    }

    [Test]
    public void A_question_is_answered_as_a_table()
    {
        new Workbench(Options).Query("-- how many orders\nSELECT COUNT(*) AS orders, :session_timeout_minutes AS timeout FROM orders;");

        Assert.That(string.Concat(_printed), Does.Match(@"^orders  timeout\n------  -------\n +\d+ +30\n\(1 row\)\n$"));
    }

    [Test]
    public void A_questions_answer_can_be_asked_with_again()
    {
        new Workbench(Options).Query("SELECT 2836564082096607123 AS event_id, 1234567 AS cents, 0.1 + 0.2 AS share, NULL AS nobody");

        Assert.That(string.Concat(_printed), Does.Match(@"\n2836564082096607123 +1234567 +0\.30000000000000004 +–\n"));
    }

    [TestCase("SELECT chanel\nFROM sessions", "query:1:8: no such column 'chanel'. Did you mean 'channel'?")]
    [TestCase("SELECT channel\nFROM sesions", "query:2:6: no such table 'sesions'. Did you mean 'sessions'?")]
    [TestCase("SELECT NOW() AS a", "query:1:8: no such function 'NOW'. Days are counted and named through 'calendar'")]
    [TestCase("SELECT channel FROM sessions WHRE is_bot = 1", "query:1:35: near \"is_bot\": syntax error. Did you mean WHERE for WHRE?")]
    [TestCase("SELECT observed FROM revenue_drop", "query:1:22: no such table 'revenue_drop'. sql/monitor/revenue_drop.sql is a check or an answer, which is no table; what checks found is in check_results.")]
    public void A_mistake_in_a_question_is_named_with_its_place_and_the_remedy(string sql, string message) =>
        Assert.That(() => new Workbench(Options).Query(sql), Throws.TypeOf<ClickpathException>().With.Message.StartsWith(message));

    [Test]
    public void A_mistake_in_a_questions_file_names_the_file() =>
        Assert.That(() => new Workbench(Options).Query("-- title: T\nSELECT chanel FROM sessions", "mine.sql"), Throws.TypeOf<ClickpathException>().With.Message.StartsWith("mine.sql:2:8: no such column 'chanel'."));

    [TestCase("DELETE FROM orders", "query:1:1: 'DELETE' is no SELECT.")]
    [TestCase("WITH x AS (SELECT 1) DELETE FROM orders", "query: it does more than read.")]
    [TestCase("SELECT * FROM pragma_table_info('orders')", "query: it does more than read.")]
    [TestCase("SELECT name FROM sqlite_master", "query: it does more than read.")]
    [TestCase("ATTACH 'x' AS y", "query:1:1: 'ATTACH' is no SELECT.")]
    [TestCase("SELECT :nothing", "query:1:8: parameter ':nothing' is not declared.")]
    public void A_question_only_reads(string sql, string message) =>
        Assert.That(() => new Workbench(Options).Query(sql), Throws.TypeOf<ClickpathException>().With.Message.StartsWith(message));

    [Test]
    public void A_question_without_a_run_says_so() => Assert.That(
        () => new Workbench(Options with { Artifacts = Path.Combine(_temp.Path, "nowhere") }).Query("SELECT 1"),
        Throws.TypeOf<ClickpathException>().With.Message.StartsWith("no database of an earlier run at"));

    [Test]
    public void A_saved_file_is_run_and_what_it_changes_is_shown()
    {
        var sql = Path.Combine(_temp.Path, "watched");
        foreach (var file in Directory.EnumerateFiles(Repository.Sql, "*.sql", SearchOption.AllDirectories))
            _temp.Write(Path.Combine("watched", Path.GetRelativePath(Repository.Sql, file)), File.ReadAllText(file));
        var report = Path.Combine(sql, "analyze", "top_products.sql");
        var lines = new List<string>();
        var step = 0;
        var published = Path.Combine(_temp.Path, "watched-artifacts", "analyze", "top_products.csv");
        var atTheDifference = "";
        var options = Options with { Sql = sql, Artifacts = Path.Combine(_temp.Path, "watched-artifacts"), Print = Printed };
        var deadline = DateTime.UtcNow.AddMinutes(3);

        Assert.That(() => new Workbench(options).Watch(Edit), Throws.TypeOf<OperationCanceledException>());
        Assert.That(string.Concat(lines), Does.Contain("syntax error").And.Contain("- changed: watched/analyze/top_products.sql").And.Match(@"units \d+ → \d+ \(\+"));
        Assert.That(atTheDifference, Is.Not.Empty.And.Not.EqualTo(File.ReadAllText(published)), "the difference is shown before the run is published");

        void Printed(string line)
        {
            lines.Add(line);
            if (line.Contains("- changed: ", StringComparison.Ordinal))
                atTheDifference = File.ReadAllText(published);
        }

        // Called while it waits: a mistake is saved, then a real change; then it ends.
        void Edit()
        {
            if (DateTime.UtcNow > deadline)
                throw new TimeoutException(string.Concat(lines));
            if (lines.Count(line => line.StartsWith("watching", StringComparison.Ordinal)) <= step)
                return;
            var text = File.ReadAllText(report);
            switch (step++)
            {
                case 0: File.WriteAllText(report, text + "\n, ,"); break;
                case 1: File.WriteAllText(report, text.Replace("\n, ,", "", StringComparison.Ordinal).Replace(" AS units", " + 1 AS units", StringComparison.Ordinal)); break;
                default: throw new OperationCanceledException();
            }
        }
    }

    [Test]
    public void A_file_that_is_saved_during_the_first_run_is_seen_after_it()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Sql, "*.sql", SearchOption.AllDirectories))
            _temp.Write(Path.Combine("early", Path.GetRelativePath(Repository.Sql, file)), File.ReadAllText(file));
        var report = Path.Combine(_temp.Path, "early", "analyze", "top_products.sql");
        var (lines, isSaved) = (new List<string>(), false);
        var deadline = DateTime.UtcNow.AddMinutes(1);

        Assert.That(() => new Workbench(Options with { Sql = Path.Combine(_temp.Path, "early"), Artifacts = Path.Combine(_temp.Path, "early-artifacts"), Log = Save, Print = lines.Add }).Watch(Stop), Throws.TypeOf<OperationCanceledException>());
        Assert.That(string.Concat(lines), Does.Contain("- changed: early/analyze/top_products.sql"));

        void Save(string line)
        {
            if (!isSaved)
                File.WriteAllText(report, File.ReadAllText(report).Replace(" AS units", " + 1 AS units", StringComparison.Ordinal));
            isSaved = true;
        }

        void Stop()
        {
            if (lines.Count(line => line.StartsWith("watching", StringComparison.Ordinal)) > 1 || DateTime.UtcNow > deadline)
                throw new OperationCanceledException();
        }
    }

    // ```sql blocks of the READMEs, each under the line that says which file it is.
    private static IEnumerable<(string Folder, string Name, string Text)> Examples()
    {
        foreach (var document in new[] { Path.Combine(Repository.Root, "README.md"), Path.Combine(Repository.Sql, "README.md") })
        {
            foreach (Match match in Example().Matches(File.ReadAllText(document).ReplaceLineEndings("\n")))
                yield return (match.Groups["folder"].Value, match.Groups["name"].Value, match.Groups["text"].Value);
        }
    }

    [GeneratedRegex(@"`(?:sql/)?(?<folder>\w+)/(?<name>\w+)\.sql`[^\n]*\n\n```sql\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
