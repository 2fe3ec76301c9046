using System.Security.Cryptography;
using Clickpath.Tests.Loading;

namespace Clickpath.Tests.Engines;

/// <summary>The whole pipeline on every engine at hand: its artifacts are the same, byte for byte.</summary>
public sealed class ArtifactsTests
{
    // Tables, and the record of what ran when: all else is the same.
    private static readonly string[] OfTheEngine = ["run.json", "clickpath.db", "clickpath.duckdb"];

    private const string Citus = "citus";

    private TempFolder _temp = null!;

    private static IEnumerable<string> AtHand => CitusCluster.IsAtHand ? TestEngine.AtHand.Append(Citus) : TestEngine.AtHand;

    private string Schema => "artifacts_" + Path.GetFileName(_temp.Path).Replace("clickpath-", "", StringComparison.Ordinal);

    [SetUp]
    public void Make() => _temp = new TempFolder();

    [TearDown]
    public void Remove()
    {
        if (CitusCluster.IsAtHand)
            CitusCluster.Drop(Schema);
        _temp.Dispose();
    }

    [Test]
    public void The_sample_gives_the_same_on_every_engine() => Compare(new PipelineOptions { Events = Repository.Sample });

    [Test]
    public void The_real_export_gives_the_same_on_every_engine() =>
        Compare(new PipelineOptions { Events = Repository.RealExport(), TimeZone = "America/Los_Angeles" });

    [Test]
    public void A_generated_export_gives_the_same_on_every_engine([Values(1)] int seed) => Generated(seed);

    [Test, Explicit("a minute: as many as the promise speaks of")]
    public void Ten_generated_exports_give_the_same_on_every_engine([Range(11, 20)] int seed) => Generated(seed);

    [Test]
    public void A_run_that_builds_on_the_last_one_gives_the_same_on_every_engine()
    {
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 5);
        export.Write("events_20250223.csv", 1);
        export.Write("events_20250224.csv", 1);
        export.Write("events_20250225.csv", 1);
        var options = new PipelineOptions { Events = export.Folder };
        foreach (var engine in AtHand)
            Run(options, engine);
        export.Write("events_20250224.csv", 2);
        export.Write("events_20250226.csv", 1);

        Compare(options);
    }

    [Test]
    public void Loading_by_two_processes_gives_the_same_as_by_one([Values("postgres", Citus)] string engine)
    {
        _ = engine == Citus ? CitusCluster.Connection() : PostgresServer.Connection();
        var export = new ChangingExport(Path.Combine(_temp.Path, "export"), 5);
        for (var day = 10; day < 20; day++)
            export.Write($"events_202502{day}.csv", 1);
        var options = new PipelineOptions { Events = export.Folder };
        var said = new List<string>();
        var isHelped = false;

        var actual = Run(options, engine, run => run with
        {
            Log = _ =>
            {
                if (!isHelped && (isHelped = true))
                    Pipeline.Load(run with { Artifacts = "", Log = null, Print = said.Add });
            },
        });

        Assert.That(actual, Is.EqualTo(Run(options, "sqlite")));
        Assert.That(said, Has.One.Matches("^loaded ([2-9]|10) files for the run in schema "), "what the run's own connections had not begun");
    }

    private void Generated(int seed)
    {
        var export = Path.Combine(_temp.Path, "export");
        new RandomExport(seed).Write(export);
        Compare(new PipelineOptions { Events = export, TimeZone = "Asia/Kolkata" });
    }

    private void Compare(PipelineOptions options)
    {
        var expected = Run(options, "sqlite");
        Assert.That(expected, Has.Some.Contains("dq_report.json"), "there is something to compare");
        foreach (var engine in AtHand.Where(engine => engine != "sqlite"))
        {
            var actual = Run(options, engine);
            Assert.That(actual.Except(expected).Concat(expected.Except(actual)), Is.Empty, $"what differs with {engine}");
        }
    }

    /// <summary>Each output's hash, and how the run ended.</summary>
    private string[] Run(PipelineOptions options, string engine, Func<PipelineOptions, PipelineOptions>? change = null)
    {
        options = options with { GoesOn = true, Engine = engine == Citus ? "postgres" : engine, Sql = Repository.Sql, Artifacts = Path.Combine(_temp.Path, engine) };
        if (options.Engine == "postgres")
            options = options with { Connection = engine == Citus ? CitusCluster.Connection() : PostgresServer.Connection(), Schema = Schema };
        using var pipeline = new Pipeline(change?.Invoke(options) ?? options);
        var end = "";
        try
        {
            pipeline.DataQuality();
            pipeline.Transform();
            pipeline.Analyze();
            pipeline.Monitor();
        }
        catch (ClickpathException e) when (pipeline.ExitCode == 2)
        {
            end = e.Message.Replace(options.Artifacts, "", StringComparison.Ordinal); // critical quality: its report is there
        }

        pipeline.Publish();
        return
        [
            $"{pipeline.ExitCode} {end}",
            .. Directory.EnumerateFiles(options.Artifacts, "*", SearchOption.AllDirectories)
                .Select(path => (Name: Path.GetRelativePath(options.Artifacts, path), Hash: Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))))
                .Where(file => !OfTheEngine.Contains(file.Name))
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => $"{file.Name} {file.Hash}"),
        ];
    }
}
