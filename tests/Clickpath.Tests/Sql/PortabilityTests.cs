using System.Globalization;
using Clickpath.Engines;
using Clickpath.Loading;
using Clickpath.Reports;
using Clickpath.Sql;
using Clickpath.Tests.Engines;

namespace Clickpath.Tests.Sql;

/// <summary>Every SQL file gives the same rows on every engine at hand.</summary>
public sealed class PortabilityTests
{
    [Test]
    public void Every_file_gives_the_same_on_every_engine_over_the_sample() => Compare(Repository.Sample, "UTC");

    [Test]
    public void Every_file_gives_the_same_on_every_engine_over_the_real_export() => Compare(Repository.RealExport(), "America/Los_Angeles");

    private static void Compare(string events, string timeZone)
    {
        var expected = Results("sqlite");
        Assert.That(expected, Has.Count.GreaterThan(20));
        foreach (var engine in TestEngine.AtHand.Where(engine => engine != "sqlite"))
        {
            var actual = Results(engine);
            Assert.Multiple(() =>
            {
                foreach (var (path, rows) in expected)
                    Assert.That(actual[path], Is.EqualTo(rows), $"{path} on {engine}");
            });
        }

        SortedDictionary<string, string[]> Results(string engine)
        {
            using var temp = new TempFolder();
            using var opened = TestEngine.Open(engine, Path.Combine(temp.Path, "events.db"));
            return PortabilityTests.Results(opened.Engine, events, timeZone);
        }
    }

    private static SortedDictionary<string, string[]> Results(IEngine engine, string events, string timeZone)
    {
        var catalog = SqlCatalog.Read(Repository.Sql, engine.Name, new Dictionary<string, string>());
        foreach (var (_, text) in catalog.Schema)
            engine.ExecuteSchema(text);
        Loader.Load(engine, InputFiles.Find(events), TimeZoneInfo.FindSystemTimeZoneById(timeZone), null, CancellationToken.None);
        var runner = new SqlRunner(engine, catalog);
        var results = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var model in catalog.Models)
        {
            foreach (var (made, _) in runner.Make(model))
                results[made.Path] = [.. Lines(runner.Rows(made, $"SELECT * FROM {made.Name}")).Order(StringComparer.Ordinal)];
        }

        foreach (var report in catalog.Reports)
            results[report.Path] = [.. Lines(runner.MakeReport(report))]; // in the file's own order
        foreach (var file in catalog.Files.Where(f => f.Folder.IsCheck))
        {
            results[file.Path] = [.. Lines(runner.Rows(file))];
            if (file.Samples is { } samples)
                results[file.Path + " samples"] = [.. Lines(runner.Rows(file, samples))];
        }

        return results;
    }

    private static IEnumerable<string> Lines(Table table) =>
        table.Rows.Select(row => string.Join(" | ", row.Select(v => v is double d ? d.ToString("R", CultureInfo.InvariantCulture) : Convert.ToString(v, CultureInfo.InvariantCulture) ?? "NULL")))
            .Prepend(string.Join(" | ", table.Columns));
}
