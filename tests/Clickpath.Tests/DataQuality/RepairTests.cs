using Clickpath.Engines;
using Clickpath.Sample;
using Clickpath.Stages;

namespace Clickpath.Tests.DataQuality;

/// <summary>A repair is proposed with its effect, changes nothing by itself, and mends the run once it is accepted.</summary>
public sealed class RepairTests
{
    private TempFolder _temp = null!;

    private string Sql => Path.Combine(_temp.Path, "sql");

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
    public void A_column_under_another_name_is_known_again_once_its_repair_is_accepted()
    {
        var options = Options("replaced_client_id:6..8");
        Assert.That(Run(options), Is.EqualTo(2), "a required column is gone");

        var proposed = Pipeline.Repair(options, []);
        Assert.That(proposed, Has.Some.Contains("column_alias:visitor").And.Some.Contains("38% without it become 0%").Or.Some.Contains("records regain it"));
        Assert.That(File.ReadAllText(Path.Combine(Sql, "reference", "column_aliases.sql")), Does.Not.Contain("visitor"));
        Assert.That(() => Pipeline.Repair(options, ["column_alias:visiter"]), Throws.TypeOf<ClickpathException>().With.Message.Contains("Did you mean 'column_alias:visitor'?"));

        Pipeline.Repair(options, ["column_alias:visitor"]);
        Assert.That(Run(options), Is.Zero);
        Assert.That(Pipeline.Repair(options, []), Is.EqualTo(new[] { "Nothing to repair." }));
    }

    [Test]
    public void The_first_record_of_a_file_without_a_header_is_nobody_s_name()
    {
        var options = Options("none");
        var file = Directory.EnumerateFiles(options.Events, "*.csv").Order(StringComparer.Ordinal).Last();
        File.WriteAllLines(file, File.ReadAllLines(file).Skip(1));
        Assert.That(Run(options), Is.EqualTo(2));

        Assert.That(Pipeline.Repair(options, []), Is.EqualTo(new[] { "Nothing to repair." }));
    }

    [Test]
    public void An_event_under_another_name_is_taught_by_its_repair()
    {
        var options = Options("renamed_event:7..8");
        Run(options);
        Pipeline.Repair(options, ["event_name:basket_item_added"]);

        Assert.That(File.ReadAllText(Path.Combine(Sql, "reference", "event_taxonomy.sql")), Does.Contain("('basket_item_added', 'product_added_to_cart', 'cart')"));
        Run(options);
        Assert.That(File.ReadAllText(Path.Combine(_temp.Path, "artifacts", "data_quality", "dq_report.md")), Does.Not.Contain("basket_item_added is no known event name"));
    }

    [Test]
    public void Money_in_another_unit_is_counted_in_the_shops_once_its_repair_is_accepted()
    {
        Run(Options("none"));
        var clean = Revenue();
        var options = Options("revenue_in_cents:6..8");
        Run(options);
        Assert.That(Revenue(), Is.GreaterThan(10 * clean));

        Assert.That(Pipeline.Repair(options, []), Has.Some.Contains("money_unit:revenue:2025-03-08").And.Some.Contains("('price', '2025-03-08', '9999-12-31', 1, 100)"));
        Pipeline.Repair(options, ["money_unit:revenue:2025-03-08", "money_unit:price:2025-03-08"]);
        Run(options);
        Assert.That(Revenue(), Is.EqualTo(clean), "to the cent");
        Assert.That(Pipeline.Repair(options, []), Is.EqualTo(new[] { "Nothing to repair." }));
    }

    [Test]
    public void A_hostile_name_becomes_a_literal()
    {
        _temp.Write("sql/reference/x.sql", "WITH names (a) AS (\n    VALUES\n        ('b')\n)\nSELECT a FROM names");
        Repair.Apply(Sql, new Proposal("x", "x", "x", "reference/x.sql", "('it''s')"));

        Assert.That(File.ReadAllText(Path.Combine(Sql, "reference", "x.sql")), Is.EqualTo("WITH names (a) AS (\n    VALUES\n        ('b'),\n        ('it''s')\n)\nSELECT a FROM names"));
    }

    private PipelineOptions Options(string defect)
    {
        var events = Path.Combine(_temp.Path, "events");
        SampleShop.Write(new SampleOptions { Folder = events, Days = 8, EventsPerDay = 300, Defects = defect == "none" ? [] : [defect] });
        return new PipelineOptions { Events = events, Artifacts = Path.Combine(_temp.Path, "artifacts"), Sql = Sql };
    }

    private long Revenue()
    {
        using var engine = new SqliteEngine(Path.Combine(_temp.Path, "artifacts", "clickpath.db"), readOnly: true);
        using var command = engine.Connection.CreateCommand();
        command.CommandText = "SELECT SUM(revenue_cents) FROM purchase_records";
        return (long)command.ExecuteScalar()!;
    }

    private static int Run(PipelineOptions options)
    {
        using var pipeline = new Pipeline(options);
        try
        {
            pipeline.DataQuality();
        }
        catch (ClickpathException) when (pipeline.ExitCode == 2)
        {
            // The report says why.
        }

        pipeline.Publish();
        return pipeline.ExitCode;
    }
}
