
namespace Clickpath.Tests.Stages;

/// <summary>What a person is told of one order, and of what advertising cost.</summary>
public sealed class ExplainTests
{
    private const string Events = """
        client_id,page_url,referrer,timestamp,event_name,event_data,user_agent
        c1,https://shop.example/?gclid=x,,2025-03-03T10:00:00Z,page_viewed,,Mozilla/5.0 (iPhone)
        c1,https://shop.example/a?utm_source=news&utm_medium=email,,2025-03-05T10:00:00Z,page_viewed,,Mozilla/5.0 (iPhone)
        c1,https://shop.example/thanks,,2025-03-05T10:10:00Z,checkout_completed,"{""transaction_id"":""O'1"",""revenue"":99.5,""items"":[{""item_id"":""P"",""item_price"":99.5,""quantity"":1}]}",Mozilla/5.0 (iPhone)
        c1,https://shop.example/thanks,,2025-03-05T10:10:00Z,checkout_completed,"{""transaction_id"":""O'1"",""revenue"":99.5,""items"":[{""item_id"":""P"",""item_price"":99.5,""quantity"":1}]}",Mozilla/5.0 (iPhone)

        """;

    private TempFolder _temp = null!;

    private PipelineOptions Options => new() { Events = Path.Combine(_temp.Path, "export"), Artifacts = Path.Combine(_temp.Path, "artifacts"), Sql = Repository.Sql, FailOn = FailOn.None };

    [SetUp]
    public void Make()
    {
        _temp = new TempFolder();
        _temp.Write("export/events_20250303.csv", Events);
    }

    [TearDown]
    public void Remove() => _temp.Dispose();

    [Test]
    public void An_order_is_explained_with_its_lines_session_touches_and_credit()
    {
        Run();
        var text = new List<string>();
        using (var pipeline = new Pipeline(Options with { Print = text.Add }))
            pipeline.Explain("O'1");

        var all = string.Join('\n', text.SelectMany(t => t.Split('\n')).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        Assert.Multiple(() =>
        {
            Assert.That(all, Does.Contain("events_20250303.csv:4 2025-03-05 10:10:00.000Z checkout_completed c1 99.50"));
            Assert.That(all, Does.Contain("events_20250303.csv:5").And.Contain("left out: repeats an earlier record"));
            Assert.That(all, Does.Contain("O'1 channel_group 1 1 2025-03-03 10:00:00.000Z Paid Search gclid click id: paid"));
            Assert.That(all, Does.Contain("O'1 channel_group 2 2 2025-03-05 10:00:00.000Z Email news / email rule 15: medium e-mail"));
            Assert.That(all, Does.Contain("O'1 utm_source 1 2 2025-03-05 10:00:00.000Z news utm_source in /a the utm_source itself; as a group: Email"));
            Assert.That(all, Does.Match("O'1 channel_group linear (Email|Paid Search) 50(.0)?% 49.75"));
            Assert.That(all, Does.Contain("O'1 1 P – 1 99.50 99.50 priced"));
        });
    }

    [Test]
    public void An_order_that_is_not_there_is_an_error_that_says_where_ids_are()
    {
        Run();
        using var pipeline = new Pipeline(Options);

        Assert.That(() => pipeline.Explain("O-2"), Throws.TypeOf<ClickpathException>().With.Message.StartsWith("no order 'O-2' in the last run."));
    }

    [Test]
    public void Spend_beside_the_events_gives_the_return_on_it_and_is_no_export()
    {
        _temp.Write("export/Spend.csv", "\uFEFFChannel,Date,Amount\nPaid Search,2025-03-03,10\n\"Paid Search\",2025-03-05,9.9\nEmail,2025-03-05,1\n");
        Run();

        Assert.That(Rows("SELECT model || ' ' || channel || ' ' || spend_cents || ' ' || COALESCE(cost_per_order, 'none') || ' ' || return_on_spend FROM return_on_spend WHERE model IN ('linear', 'first_click') ORDER BY 1"), Is.EqualTo(new[]
        {
            "first_click Email 100 none 0.0", "first_click Paid Search 1990 19.9 5.0", "linear Email 100 2.0 49.75", "linear Paid Search 1990 39.8 2.5",
        }));
    }

    [TestCase("date,channel,amount\n2025-03-03,fb,1\n03/04/2025,fb,1\n", "spend.csv:3: '03/04/2025' is no date.")]
    [TestCase("date,channel,amount\n2025-03-03,fb,\"1,000\"\n", "spend.csv:2: '1,000' is no amount.")]
    [TestCase("date,channel\n", "spend.csv:1: no column 'amount'.")]
    [TestCase("date,channel,amount\n2025-03-03,fb\n", "spend.csv:2: 2 fields, 3 expected.")]
    [TestCase("date,channel,amount\n2025-03-03,,5\n", "spend.csv:2: the channel is empty.")]
    public void A_wrong_line_of_spend_is_an_error_that_names_it(string spend, string message)
    {
        _temp.Write("export/spend.csv", spend);

        Assert.That(Run, Throws.TypeOf<ClickpathException>().With.Message.StartsWith(message));
        Assert.That(Directory.Exists(Options.Artifacts), Is.False);
    }

    [Test]
    public void A_changed_spend_is_a_changed_run()
    {
        _temp.Write("export/spend.csv", "date,channel,amount\n2025-03-03,Paid Search,10\n");
        Run();
        _temp.Write("export/spend.csv", "date,channel,amount\n2025-03-03,Paid Search,20\n");
        Run();
        Assert.That(Rows("SELECT DISTINCT spend_cents FROM return_on_spend"), Is.EqualTo(new[] { "2000" }));

        File.Delete(Path.Combine(_temp.Path, "export", "spend.csv"));
        Run();
        Assert.That(Rows("SELECT COUNT(*) FROM return_on_spend"), Is.EqualTo(new[] { "0" }));
    }

    private void Run()
    {
        using var pipeline = new Pipeline(Options);
        pipeline.DataQuality();
        pipeline.Transform();
        pipeline.Publish();
    }

    private string[] Rows(string sql)
    {
        using var engine = new Clickpath.Engines.SqliteEngine(Path.Combine(Options.Artifacts, "clickpath.db"), readOnly: true);
        return Loading.LoadedExport.Rows(engine, sql);
    }
}
