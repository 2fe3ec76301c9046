using System.Security.Cryptography;
using System.Text.Json;
using Clickpath.Engines;
using Clickpath.Tests.Loading;

namespace Clickpath.Tests.Runs;

/// <summary>A run that builds on the last one ends as a run from the start, in every byte.</summary>
public sealed class IncrementalRunTests
{
    private TempFolder _temp = null!;

    private string Sql => Path.Combine(_temp.Path, "sql");

    // Of the files that ChangingExport can make, one with a purchase that can be read: without, quality is critical and nothing runs.
    private const int AFile = 2;

    [SetUp]
    public void Make()
    {
        _temp = new TempFolder();
        foreach (var file in Directory.EnumerateFiles(Repository.Sql, "*.sql", SearchOption.AllDirectories))
            _temp.Write(Path.Combine("sql", Path.GetRelativePath(Repository.Sql, file)), File.ReadAllText(file));
    }

    [TearDown]
    public void Remove() => _temp.Dispose();

    [Test]
    public void Any_sequence_of_changed_files_and_edited_sql_ends_as_a_run_from_the_start([Range(1, 3)] int seed)
    {
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), seed);
        var edits = new SqlEdits(Sql, seed);
        var random = new Random(seed);
        var history = new List<string>();
        for (var step = 0; step < 6; step++)
        {
            history.Add(step == 0 || random.Next(2) == 0 ? export.Change() : edits.Edit());
            var options = Options(export) with { TimeZone = random.Next(8) == 0 ? "Asia/Kolkata" : "UTC" };
            if (random.Next(3) == 0)
                Run(options, stages: random.Next(1, 4)); // one that stopped early comes between
            var last = Run(options);
            var fresh = Run(options with { Artifacts = Path.Combine(_temp.Path, "fresh"), Force = true });

            Assert.That(last, Is.EqualTo(fresh));
            Assert.That(Contents(options.Artifacts), Is.EqualTo(Contents(Path.Combine(_temp.Path, "fresh"))), $"after {string.Join("; ", history)}: {fresh.Error}");
        }
    }

    // A visit over midnight, half of it in each file: the later file first, then the earlier one, which is corrected; then each goes.
    [Test]
    public void A_visit_over_the_edge_of_two_files_is_one_whichever_comes_first_and_whatever_becomes_of_them()
    {
        const string thanks = "b,https://shop.example/thanks,,{0},checkout_completed,\"{{\"\"transaction_id\"\":\"\"{1}\"\",\"\"revenue\"\":9}}\",Mozilla";
        var evening = $"{LoadedExport.Header}\na,https://shop.example/?utm_source=news,,2025-02-23T23:50:00Z,page_viewed,,Mozilla\na,https://shop.example/x,,2025-02-23T23:58:00Z,page_viewed,,Mozilla\n{string.Format(null, thanks, "2025-02-23T10:00:00Z", "B1")}\n";
        var night = $"{LoadedExport.Header}\na,https://shop.example/y,,2025-02-24T00:05:00Z,page_viewed,,Mozilla\na,https://shop.example/thanks,,2025-02-24T00:10:00Z,checkout_completed,\"{{\"\"transaction_id\"\":\"\"A1\"\",\"\"revenue\"\":5}}\",Mozilla\n{string.Format(null, thanks, "2025-02-24T11:00:00Z", "B2")}\n";
        var events = Path.Combine(Sql, "transform", "events.sql");
        File.WriteAllText(events, File.ReadAllText(events).Replace("event_date 500000", "event_date 4", StringComparison.Ordinal)); // one file, and a folder for each day
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 0);

        export.Write("events_20250224.csv", night);
        Ends("1 2 direct 2025-02-24");
        export.Write("events_20250223.csv", evening);
        Ends("1 4 news 2025-02-23");
        Assert.That(Directory.GetDirectories(Path.Combine(Artifacts, "transform", "cleaned_events")).Select(Path.GetFileName).Order(StringComparer.Ordinal), Is.EqualTo(new[] { "event_date=2025-02-23", "event_date=2025-02-24" }));
        export.Write("events_20250223.csv", evening.Replace("=news", "=mail", StringComparison.Ordinal));
        Ends("1 4 mail 2025-02-23");
        export.Write("events_20250223.csv", evening.Replace("23:58", "23:30", StringComparison.Ordinal).Replace("23:50", "23:20", StringComparison.Ordinal));
        Ends("1 2 news 2025-02-23", "2 2 direct 2025-02-24"); // more than thirty minutes before midnight's first
        export.Remove("events_20250224.csv");
        Ends("1 2 news 2025-02-23");
        export.Write("events_20250224.csv", night);
        export.Remove("events_20250223.csv");
        Ends("1 2 direct 2025-02-24");

        void Ends(params string[] sessions)
        {
            var fresh = Options(export) with { Artifacts = Path.Combine(_temp.Path, "fresh"), Force = true };
            Assert.That(Run(Options(export), stages: 2), Is.EqualTo(Run(fresh, stages: 2)));
            Assert.That(Contents(Artifacts), Is.EqualTo(Contents(fresh.Artifacts)));
            using var engine = new SqliteEngine(Path.Combine(Artifacts, "clickpath.db"), readOnly: true);
            Assert.That(LoadedExport.Rows(engine, "SELECT session_number || ' ' || event_count || ' ' || channel || ' ' || session_date FROM sessions WHERE client_id = 'a' ORDER BY session_number"), Is.EqualTo(sessions));
        }
    }

    [Test]
    public void A_new_day_is_loaded_alone_and_run_json_says_so()
    {
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 0);
        export.Write("events_20250223.csv", AFile);
        export.Write("events_20250225.csv", AFile);
        Run(Options(export));
        export.Write("events_20250224.csv", AFile);
        Run(Options(export));

        Assert.That(Json("inputs").EnumerateArray().Select(file => (file.GetProperty("name").GetString(), file.GetProperty("is_reused").GetBoolean())), Is.EqualTo(new[]
        {
            ("events_20250223.csv", true), ("events_20250224.csv", false), ("events_20250225.csv", true),
        }));
    }

    [Test]
    public void An_edited_report_runs_and_what_reads_it_and_nothing_else()
    {
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 0);
        export.Write("events_20250223.csv", AFile);
        _temp.Write("sql/analyze/pages.sql", "-- title: T\n-- description: D\n-- section: S\nSELECT COUNT(*) AS page_count FROM pages");
        _temp.Write("sql/analyze/pages_twice.sql", "-- title: T\n-- description: D\n-- section: S\nSELECT page_count * 2 AS page_count FROM pages_twice_base, (SELECT 1 AS n) AS one");
        _temp.Write("sql/analyze/pages_twice_base.sql", "-- title: T\n-- description: D\n-- section: S\nSELECT page_count FROM \"pages_count\"");
        File.Move(Path.Combine(Sql, "analyze", "pages.sql"), Path.Combine(Sql, "analyze", "pages_count.sql"));
        Run(Options(export));
        _temp.Write("sql/analyze/pages_count.sql", "-- title: T\n-- description: D\n-- section: S\nSELECT COUNT(*) + 1 AS page_count FROM pages");
        var log = new List<string>();
        Run(Options(export) with { Explain = true, Print = text => log.Add(text.TrimEnd('\n')) });

        Assert.That(log.Where(line => line.Contains("ran, as", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "sql/analyze/pages_count.sql: ran, as its SQL changed",
            "sql/analyze/pages_twice_base.sql: ran, as what it reads changed: pages_count",
            "sql/analyze/pages_twice.sql: ran, as what it reads changed: pages_twice_base",
        }));
        Assert.That(log, Has.Some.EqualTo("sql/transform/sessions.sql: reused"));
    }

    [TestCase("raw_event_name, event_name, event_kind || '' AS event_kind", ExpectedResult = false, Description = "the same rows")]
    [TestCase("raw_event_name, event_name, CASE event_kind WHEN 'lead' THEN 'other' ELSE event_kind END AS event_kind", ExpectedResult = true, Description = "another row")]
    [TestCase("raw_event_name, event_name, event_kind, 1 AS is_known", ExpectedResult = true, Description = "another column")]
    public bool What_reads_a_table_runs_where_its_rows_are_others(string columns)
    {
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 0);
        export.Write("events_20250223.csv", AFile);
        Run(Options(export));
        var taxonomy = Path.Combine(Sql, "reference", "event_taxonomy.sql");
        File.WriteAllText(taxonomy, File.ReadAllText(taxonomy).Replace("SELECT raw_event_name, event_name, event_kind\n", $"SELECT {columns}\n", StringComparison.Ordinal));
        var log = new List<string>();
        Run(Options(export) with { Explain = true, Print = text => log.Add(text.TrimEnd('\n')) });
        var incremental = Contents(Artifacts);
        Run(Options(export) with { Force = true });

        Assert.That(log, Has.Some.EqualTo("sql/reference/event_taxonomy.sql: ran, as its SQL changed"));
        Assert.That(incremental, Is.EqualTo(Contents(Artifacts)));
        return log.Contains("sql/transform/event_order.sql: ran, as what it reads changed: event_taxonomy");
    }

    private const string Head = "-- title: T\n-- description: D\n-- grain: one row per client\n-- key: client_key\n-- cluster: client_key\n-- incremental: client_key\n-- export: csv\n";

    [Test]
    public void Of_a_new_day_models_run_for_those_who_came()
    {
        var log = AfterANewDay("-- key", "-- key");

        Assert.That(log, Has.Some.Match("^sql/transform/sessions.sql: ran, as .*; for 2 values of client_key$"));
        Assert.That(log, Has.Some.Match("^sql/transform/hourly_events.sql: ran, as .*; for 1 value of event_date$"));
        Assert.That(log, Has.Some.Match("^sql/transform/promise.sql: ran, as .*; for 2 values of client_key$"));
    }

    [TestCase("COUNT(*)", "(SELECT COUNT(*) FROM raw_events AS others)", Description = "a total")]
    [TestCase("COUNT(*)", "RANK() OVER (ORDER BY COUNT(*) DESC, client_key)", Description = "a place among all")]
    public void A_model_whose_rows_hang_on_more_than_it_says_is_made_whole(string promised, string done)
    {
        Assert.That(AfterANewDay(promised, done), Has.Some.Match("^sql/transform/promise.sql: ran, as .*; all of it, as its rows hang on more than those of their client_key$"));
    }

    // Who is new is known by the events that came.
    [Test]
    public void A_model_of_texts_alone_follows_those_that_are_new() => Assert.That(
        AfterANewDay("COUNT(*) AS event_count FROM raw_events GROUP BY client_key", "client_id FROM clients"),
        Has.Some.Match("^sql/transform/promise.sql: ran, as .*; for 1 value of client_key$"));

    // Nine who came once, and a day on which one of them comes again, and somebody else; the model promise with another text. Ends as a run from the start does.
    private List<string> AfterANewDay(string text, string otherText, Action? before = null)
    {
        _temp.Write("sql/transform/promise.sql", (Head + "SELECT client_key, COUNT(*) AS event_count FROM raw_events GROUP BY client_key").Replace(text, otherText, StringComparison.Ordinal));
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 0);
        string Visit(string client, string time) => $"{client},https://shop.example/,,{time}Z,page_viewed,,Mozilla\n";
        const string Purchase = "i,https://shop.example/thanks,,{0}Z,checkout_completed,\"{{\"\"transaction_id\"\":\"\"{1}\"\",\"\"revenue\"\":9}}\",Mozilla\n";
        export.Write("events_20250223.csv", $"{LoadedExport.Header}\n{string.Concat("abcdefgh".Select(client => Visit(client.ToString(), "2025-02-23T10:00:00")))}{string.Format(null, Purchase, "2025-02-23T11:00:00", "I1")}");
        export.Write("events_20250224.csv", $"{LoadedExport.Header}\n{Visit("b", "2025-02-24T10:00:00")}{Visit("b", "2025-02-24T10:01:00")}{string.Format(null, Purchase, "2025-02-24T11:00:00", "I2")}");
        Run(Options(export));
        before?.Invoke();
        export.Write("events_20250225.csv", $"{LoadedExport.Header}\n{Visit("a", "2025-02-25T10:00:00")}{string.Format(null, Purchase, "2025-02-25T11:00:00", "I3").Replace("i,https", "z,https", StringComparison.Ordinal)}");
        return EndsAsFromTheStart(export);
    }

    private List<string> EndsAsFromTheStart(ChangingExport export)
    {
        var log = new List<string>();
        Assert.That(Run(Options(export) with { Explain = true, Print = line => log.Add(line.TrimEnd('\n')) }), Is.EqualTo(Run(Options(export) with { Artifacts = Path.Combine(_temp.Path, "fresh"), Force = true })));
        Assert.That(Contents(Artifacts), Is.EqualTo(Contents(Path.Combine(_temp.Path, "fresh"))));
        return log;
    }

    [Test]
    public void A_day_that_nothing_has_touched_keeps_its_file()
    {
        var events = Path.Combine(Sql, "transform", "events.sql");
        File.WriteAllText(events, File.ReadAllText(events).Replace("event_date 500000", "event_date 1", StringComparison.Ordinal));
        var parts = new Dictionary<string, (DateTime, string)>();
        AfterANewDay("-- key", "-- key", () => parts = Parts());
        var now = Parts();

        Assert.That(parts.Keys, Has.Some.EndsWith("event_date=2025-02-23/cleaned_events.parquet").And.Some.EndsWith("event_date=2025-02-24/cleaned_events.parquet"));
        Assert.That(now.Keys.Except(parts.Keys), Has.One.EndsWith("event_date=2025-02-25/cleaned_events.parquet"));
        Assert.That(parts.Where(part => now[part.Key] != part.Value).Select(part => part.Key), Is.Empty); // a copy keeps the time

        Dictionary<string, (DateTime, string)> Parts() => Directory.GetFiles(Path.Combine(Artifacts, "transform", "cleaned_events"), "*", SearchOption.AllDirectories)
            .ToDictionary(part => part.Replace('\\', '/'), part => (File.GetLastWriteTimeUtc(part), Hash(File.ReadAllBytes(part))));
    }

    [Test]
    public void What_reads_a_model_that_is_gone_fails_as_in_a_run_from_the_start([Values("analyze/reads_it.sql", "transform/reads_it.sql")] string reader)
    {
        const string Model = "-- title: T\n-- description: D\n-- grain: one row per client\n-- key: client_key\n-- cluster: client_key\n";
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 0);
        export.Write("events_20250223.csv", AFile);
        export.Write("events_20250224.csv", 5);
        _temp.Write("sql/transform/base_of_it.sql", Model + "SELECT client_key, COUNT(*) AS event_count FROM raw_events GROUP BY client_key");
        _temp.Write("sql/" + reader, (reader.StartsWith("analyze", StringComparison.Ordinal) ? "-- title: T\n-- description: D\n-- section: S\n" : Model + "-- incremental: client_key\n-- export: csv\n") + "SELECT client_key, event_count FROM base_of_it ORDER BY client_key");
        Run(Options(export));
        File.Delete(Path.Combine(Sql, "transform", "base_of_it.sql"));

        Assert.That(Run(Options(export)), Is.EqualTo(Run(Options(export) with { Artifacts = Path.Combine(_temp.Path, "fresh"), Force = true })));
        Assert.That(Run(Options(export)).Error, Does.Contain("no such table 'base_of_it'"));
    }

    [TestCase("totals", Description = "of a part of sessions.sql")]
    [TestCase("changes_of_raw_events")]
    public void A_new_model_may_have_any_name(string name)
    {
        AfterANewDay("-- key", "-- key", () => _temp.Write($"sql/transform/{name}.sql", "-- title: T\n-- description: D\n-- grain: one row\n-- key: client_count\n-- materialize: view\n-- read_by: me\nSELECT COUNT(*) AS client_count FROM promise"));
    }

    [Test]
    public void A_file_of_another_name_is_so_in_the_parts_of_its_day()
    {
        var events = Path.Combine(Sql, "transform", "events.sql");
        File.WriteAllText(events, File.ReadAllText(events).Replace("event_date 500000", "event_date 1", StringComparison.Ordinal));
        var export = Path.Combine(_temp.Path, "export");
        AfterANewDay("-- key", "-- key", () => File.Move(Path.Combine(export, "events_20250224.csv"), Path.Combine(export, "corrected_20250224.csv")));
    }

    // A new visit is to a page of b's: of its second day's, which is the second table's.
    [Test]
    public void What_goes_with_a_row_is_found_by_each_table_that_names_it()
    {
        foreach (var (name, day) in new[] { ("early_uses", "2025-02-23"), ("late_uses", "2025-02-24") })
            _temp.Write($"sql/transform/{name}.sql", $"-- title: T\n-- description: D\n-- grain: one row per event\n-- key: event_id\n-- cluster: event_id\nSELECT event_id, client_key, page_key FROM raw_events WHERE event_date = '{day}'");
        _temp.Write("sql/transform/page_uses.sql", "-- title: T\n-- description: D\n-- grain: one row per page\n-- key: page_key\n-- cluster: page_key\nSELECT page_key, COUNT(*) AS use_count FROM raw_events GROUP BY page_key");
        _temp.Write("sql/transform/promise.sql", Head + "SELECT uses.client_key, CAST(SUM(page_uses.use_count) AS BIGINT) AS use_count FROM (SELECT client_key, page_key FROM early_uses UNION ALL SELECT client_key, page_key FROM late_uses) AS uses JOIN page_uses ON page_uses.page_key = uses.page_key GROUP BY uses.client_key");
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 0);
        string Visit(char client, string page, string time) => $"{client},https://shop.example/{page},,{time}Z,page_viewed,,Mozilla\n";
        string Purchase(string time) => $"i,https://shop.example/thanks,,{time}Z,checkout_completed,\"{{\"\"transaction_id\"\":\"\"{time}\"\",\"\"revenue\"\":9}}\",Mozilla\n";
        export.Write("events_20250223.csv", $"{LoadedExport.Header}\n{string.Concat("abcdefgh".Select(client => Visit(client, $"{client}", "2025-02-23T10:00:00")))}{Purchase("2025-02-23T11:00:00")}");
        export.Write("events_20250224.csv", $"{LoadedExport.Header}\n{Visit('b', "late", "2025-02-24T10:00:00")}");
        Run(Options(export));
        export.Write("events_20250225.csv", $"{LoadedExport.Header}\n{Visit('z', "late", "2025-02-25T10:00:00")}");
        EndsAsFromTheStart(export);
    }

    // Rows of another day that have the same key, which is not of the column for which they are made anew.
    [Test]
    public void A_key_is_that_of_all_rows()
    {
        _temp.Write("sql/transform/promise.sql", "-- title: T\n-- description: D\n-- grain: one row per name\n-- key: event_name\n-- cluster: event_date, event_name\n-- incremental: event_date\n-- export: csv\nSELECT event_date, event_name FROM raw_events GROUP BY event_date, event_name");
        Assert.That(Runs().Last, Is.EqualTo(Runs().Fresh).And.Matches<(int, string?)>(run => run.Item1 == 1));

        ((int, string?) Last, (int, string?) Fresh) Runs()
        {
            var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 0);
            const string Purchase = "i,https://shop.example/thanks,,{0}Z,{1},\"{{\"\"transaction_id\"\":\"\"{1}\"\",\"\"revenue\"\":9}}\",Mozilla\n";
            export.Write("events_20250223.csv", $"{LoadedExport.Header}\n{string.Concat(new[] { "checkout_completed", "a", "b", "c", "d", "e" }.Select(name => string.Format(null, Purchase, "2025-02-23T10:00:00", name)))}");
            export.Write("events_20250224.csv", $"{LoadedExport.Header}\n{string.Format(null, Purchase, "2025-02-24T10:00:00", "purchase")}");
            Run(Options(export));
            export.Write("events_20250225.csv", $"{LoadedExport.Header}\n{string.Format(null, Purchase, "2025-02-25T10:00:00", "a")}");
            return (Run(Options(export)), Run(Options(export) with { Artifacts = Path.Combine(_temp.Path, "fresh"), Force = true }));
        }
    }

    [Test]
    public void A_row_without_a_value_is_not_hidden()
    {
        _temp.Write("sql/transform/nameless.sql", "-- title: T\n-- description: D\n-- grain: one row per client\n-- key: first_id\n-- cluster: first_id\n-- incremental: client_key\n-- export: csv\nSELECT MIN(event_id) AS first_id, CASE WHEN COUNT(*) > 1 THEN client_key END AS client_key FROM raw_events GROUP BY client_key");
        AfterANewDay("-- key", "-- key");
    }

    [Test]
    public void A_number_of_another_type_is_another_for_those_whose_it_is()
    {
        var numbers = Head.Replace("-- incremental: client_key\n", "", StringComparison.Ordinal) + "SELECT client_key, CASE WHEN client_id = 'b' THEN {0} ELSE 1 END AS one FROM clients";
        _temp.Write("sql/transform/numbers.sql", numbers.Replace("{0}", "1", StringComparison.Ordinal));
        _temp.Write("sql/transform/same_numbers.sql", Head + "SELECT client_key, COALESCE(one, 0) AS one FROM numbers");
        _temp.Write("sql/transform/texts.sql", Head + "SELECT client_key, 'one is ' || one AS one FROM same_numbers");
        AfterANewDay("-- key", "-- key", () => _temp.Write("sql/transform/numbers.sql", numbers.Replace("{0}", "1.0", StringComparison.Ordinal)));
    }

    [Test]
    public void The_last_database_is_found_whatever_its_path_and_is_not_written_to([Values("it's a b", "100%25", "a#b", "é", "a?b", "a\\b")] string folder)
    {
        if (OperatingSystem.IsWindows() && folder.AsSpan().ContainsAny('?', '\\'))
            Assert.Ignore("no name of a folder there");
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_temp.Path, folder)).FullName, "clickpath.db");
        using (var last = new SqliteEngine(path))
        {
            last.ExecuteSchema("CREATE TABLE days (n INTEGER); INSERT INTO days VALUES (5);");
            last.Settle();
        }

        using var engine = new SqliteEngine(Path.Combine(_temp.Path, "now.db")).After(path);
        using (engine.OpenEarlier())
        {
            Assert.That(LoadedExport.Rows(engine, "SELECT n FROM earlier.days"), Is.EqualTo(new[] { "5" }));
            Assert.That(() => engine.ExecuteSchema("UPDATE earlier.days SET n = 6"), Throws.Exception.With.Message.Contains("readonly"));
        }

        Assert.That(() => LoadedExport.Rows(engine, "SELECT n FROM days"), Throws.Exception.With.Message.Contains("no such table"));
    }

    // What a column is whose name does not tell follows from its first value, and here the new day has it.
    [Test]
    public void A_day_is_written_anew_where_a_column_has_its_first_value_on_another()
    {
        var events = Path.Combine(Sql, "transform", "events.sql");
        File.WriteAllText(events, File.ReadAllText(events).Replace("event_date 500000", "event_date 1", StringComparison.Ordinal)
            .Replace("    event_stream.event_date,\n", "    event_stream.event_date,\n    CASE WHEN event_stream.event_date = '2025-02-25' THEN 1 END AS score,\n", StringComparison.Ordinal));
        AfterANewDay("-- key", "-- key");
    }

    // While it is compared with the earlier one, a table has another name: none that a file's could have.
    [Test]
    public void A_model_of_any_name_stays_where_another_is_made_anew([Values("new_event_taxonomy", "event_taxonomy_new")] string name)
    {
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 0);
        export.Write("events_20250223.csv", AFile);
        _temp.Write($"sql/transform/{name}.sql", "-- title: T\n-- description: D\n-- grain: one row\n-- key: page_count\nSELECT COUNT(*) AS page_count FROM pages");
        Run(Options(export));
        var taxonomy = Path.Combine(Sql, "reference", "event_taxonomy.sql");
        File.WriteAllText(taxonomy, File.ReadAllText(taxonomy).Replace("SELECT raw_event_name, event_name, event_kind\n", "SELECT raw_event_name, event_name, event_kind, 1 AS is_known\n", StringComparison.Ordinal));
        Run(Options(export));
        var incremental = Contents(Artifacts);
        Run(Options(export) with { Force = true });

        Assert.That(incremental, Is.EqualTo(Contents(Artifacts)));
    }

    [TestCase("analyze", "0 + COUNT(*)", ExpectedResult = false, Description = "the same number")]
    [TestCase("analyze", "1.0 * COUNT(*)", ExpectedResult = true, Description = "equal, but it reads differently in a file")]
    [TestCase("transform", "0 + COUNT(*)", ExpectedResult = false)]
    [TestCase("transform", "1.0 * COUNT(*)", ExpectedResult = true)]
    public bool What_reads_a_number_runs_where_it_is_another_or_of_another_type(string folder, string count)
    {
        var header = "-- title: T\n-- description: D\n" + (folder == "analyze" ? "-- section: S\n" : "-- grain: one row\n-- key: one\n");
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 0);
        export.Write("events_20250223.csv", AFile);
        _temp.Write($"sql/{folder}/page_total.sql", $"{header}SELECT 1 AS one, COUNT(*) AS page_count FROM pages");
        _temp.Write("sql/analyze/page_total_twice.sql", "-- title: T\n-- description: D\n-- section: S\nSELECT page_count * 2 AS page_count FROM page_total");
        Run(Options(export));
        _temp.Write($"sql/{folder}/page_total.sql", $"{header}SELECT 1 AS one, {count} AS page_count FROM pages");
        var log = new List<string>();
        Run(Options(export) with { Explain = true, Print = text => log.Add(text.TrimEnd('\n')) });
        var incremental = Contents(Artifacts);
        Run(Options(export) with { Force = true });

        Assert.That(log, Has.Some.EqualTo($"sql/{folder}/page_total.sql: ran, as its SQL changed"));
        Assert.That(incremental, Is.EqualTo(Contents(Artifacts)));
        return log.Contains("sql/analyze/page_total_twice.sql: ran, as what it reads changed: page_total");
    }

    [Test]
    public void A_comment_or_another_layout_runs_nothing_anew()
    {
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 0);
        export.Write("events_20250223.csv", AFile);
        Run(Options(export));
        var stream = Path.Combine(Sql, "transform", "event_stream.sql");
        File.WriteAllText(stream, File.ReadAllText(stream).Replace("\nFROM ", "\n-- looked at again\n  FROM  ", StringComparison.Ordinal) + "\n-- the end\n");
        var log = new List<string>();
        Run(Options(export) with { Explain = true, Print = text => log.Add(text.TrimEnd('\n')) });

        Assert.That(log, Has.Some.EqualTo("sql/transform/event_stream.sql: reused"));
        Assert.That(log.Where(line => line.Contains("ran, as", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void A_changed_parameter_runs_what_uses_it()
    {
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 0);
        export.Write("events_20250223.csv", AFile);
        export.Write("events_20250224.csv", AFile);
        export.Write("events_20250225.csv", 3);
        Run(Options(export));
        var log = new List<string>();
        Run(Options(export) with { Explain = true, Print = text => log.Add(text.TrimEnd('\n')), Parameters = new Dictionary<string, string> { ["session_timeout_minutes"] = "10000" } });

        Assert.That(log, Has.Some.StartsWith("sql/transform/visit_starts.sql: ran, as its parameters changed from session_timeout_minutes=30 to session_timeout_minutes=10000"));
        Assert.That(log, Has.Some.StartsWith("sql/transform/event_stream.sql: ran, as what it reads changed: visit_starts"));
        Assert.That(log, Has.Some.EqualTo("sql/transform/devices.sql: reused"));
    }

    [Test]
    public void Where_nothing_has_changed_the_artifacts_are_not_touched()
    {
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 0);
        export.Write("events_20250223.csv", AFile);
        var (first, _) = Run(Options(export));
        var written = File.GetLastWriteTimeUtc(Path.Combine(Artifacts, "run.json"));
        var log = new List<string>();

        Assert.That(Run(Options(export) with { Print = text => log.Add(text.TrimEnd('\n')) }).ExitCode, Is.EqualTo(first));
        Assert.That(log, Has.Some.StartsWith("nothing has changed"));
        Assert.That(File.GetLastWriteTimeUtc(Path.Combine(Artifacts, "run.json")), Is.EqualTo(written));
    }

    [TestCase("analyze/daily_revenue.csv")]
    [TestCase("analyze/executive_summary.pdf")]
    [TestCase("transform/sessions.parquet")]
    public void An_output_that_somebody_changed_is_made_again(string path)
    {
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 0);
        export.Write("events_20250223.csv", AFile);
        Run(Options(export));
        var before = File.ReadAllBytes(Path.Combine(Artifacts, path));
        File.WriteAllBytes(Path.Combine(Artifacts, path), [.. before[..^1], (byte)(before[^1] ^ 1)]);
        Run(Options(export));

        Assert.That(File.ReadAllBytes(Path.Combine(Artifacts, path)), Is.EqualTo(before));
    }

    [Test]
    public void A_database_that_somebody_wrote_to_is_not_built_upon()
    {
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 0);
        export.Write("events_20250223.csv", AFile);
        Run(Options(export));
        var before = Contents(Artifacts);
        using (var engine = new SqliteEngine(Path.Combine(Artifacts, "clickpath.db")))
        {
            engine.ExecuteSchema("UPDATE raw_events SET client_key = 7; UPDATE sessions SET revenue_cents = 1;");
            engine.Settle();
        }
        Run(Options(export));

        Assert.That(Contents(Artifacts), Is.EqualTo(before));
    }

    [Test]
    public void A_report_run_alone_over_older_models_is_not_taken_for_one_over_new_ones()
    {
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 0);
        export.Write("events_20250223.csv", AFile);
        Run(Options(export));
        var taxonomy = Path.Combine(Sql, "reference", "event_taxonomy.sql");
        File.WriteAllText(taxonomy, File.ReadAllText(taxonomy).Replace("'checkout_completed'", "'something_else'", StringComparison.Ordinal));
        using (var alone = new Pipeline(Options(export)))
        {
            alone.Analyze();
            alone.Publish();
        }

        var last = Run(Options(export));
        var fresh = Run(Options(export) with { Artifacts = Path.Combine(_temp.Path, "fresh"), Force = true });
        Assert.That(last, Is.EqualTo(fresh));
        Assert.That(Contents(Artifacts), Is.EqualTo(Contents(Path.Combine(_temp.Path, "fresh"))));
    }

    // All but how the rows came about, which hangs on the runs before.
    private const string Results = "path, part, name, statement, parameters, row_count, content";

    private string Artifacts => Path.Combine(_temp.Path, "artifacts");

    private PipelineOptions Options(ChangingExport export) => new() { Events = export.Folder, Artifacts = Artifacts, Sql = Sql, GoesOn = true };

    private static (int ExitCode, string? Error) Run(PipelineOptions options, int stages = 4)
    {
        using var pipeline = new Pipeline(options);
        string? error = null;
        try
        {
            Action[] all = [pipeline.DataQuality, pipeline.Transform, pipeline.Analyze, pipeline.Monitor];
            foreach (var stage in all.Take(stages))
                stage();
        }
        catch (ClickpathException e)
        {
            error = e.Message.Replace(options.Artifacts, "", StringComparison.Ordinal);
            if (pipeline.ExitCode != 2)
                return (1, error);
        }

        pipeline.Publish();
        return (pipeline.ExitCode, error);
    }

    private JsonElement Json(string property) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Artifacts, "run.json"))).RootElement.GetProperty(property);

    /// <summary>Each output's hash, and each table's rows.</summary>
    private static string[] Contents(string artifacts)
    {
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(artifacts))
            return [];
        foreach (var file in Directory.EnumerateFiles(artifacts, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is not ("run.json" or "clickpath.db")))
            contents.Add(Path.GetRelativePath(artifacts, file), Hash(File.ReadAllBytes(file)));
        using var engine = new SqliteEngine(Path.Combine(artifacts, "clickpath.db"), readOnly: true);
        foreach (var name in LoadedExport.Rows(engine, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' AND name <> 'metric_history'")) // which remembers what left the export
            contents.Add(name, Hash(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', LoadedExport.Rows(engine, $"SELECT {(name == "file_results" ? Results : "*")} FROM {name}")))));
        return [.. contents.Select(content => $"{content.Key} {content.Value}")];
    }

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
