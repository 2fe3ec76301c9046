using System.Collections.Concurrent;
using System.Security.Cryptography;
using Clickpath.Loading;
using Clickpath.Reports;
using Clickpath.Sql;

namespace Clickpath.Runs;

/// <summary>The record of a run, <c>run.json</c>: what ran, on which inputs, and where each output came from.</summary>
internal sealed class Manifest(PipelineOptions options, string engine, SqlCatalog catalog)
{
    /// <summary>A stage and how long it took.</summary>
    internal sealed record StageTime(string Name, double DurationMs);

    /// <summary>A SQL file that ran, the rows it gave, and how long it took.</summary>
    internal sealed record SqlTime(SqlFile File, long Rows, double DurationMs);

    public List<StageTime> Stages { get; } = [];

    public List<SqlTime> Files { get; } = [];

    /// <summary>Output path to the SQL file that made it; null: made of many.</summary>
    public ConcurrentDictionary<string, string?> Sources { get; } = new(StringComparer.Ordinal);

    /// <summary>Output path to the version of all that went into it, where it is known.</summary>
    public ConcurrentDictionary<string, string> MadeOf { get; } = new(StringComparer.Ordinal);

    /// <summary>What the load tables hang on, beside the files.</summary>
    public string? Loader { get; set; }

    /// <summary>All that was asked, beside the contents of the input files; null where the run built on tables that it was not asked for.</summary>
    public string? Asked { get; set; }

    /// <summary>What was loaded; null where the run went on from an earlier one's database.</summary>
    public LoadSummary? Load { get; set; }

    /// <summary>Writes run.json.</summary>
    /// <param name="folder">Holds the outputs.</param>
    /// <param name="database">The state of the closed database.</param>
    /// <param name="why">Why a file ran; null: it was reused.</param>
    /// <param name="exitCode">The run's.</param>
    /// <param name="runTimes">How long the last runs took, this one included.</param>
    public void Write(RunFolder folder, string database, Func<SqlFile, string?> why, int exitCode, IReadOnlyList<RunTime> runTimes)
    {
        var outputs = new DirectoryInfo(folder.Scratch).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (File: file, Path: Path.GetRelativePath(folder.Scratch, file.FullName).Replace('\\', '/')))
            .Where(output => output.Path is not (Run.DatabaseName or Run.DuckDbName))
            .OrderBy(output => output.Path, StringComparer.Ordinal)
            .Select(output => new { output.Path, Bytes = output.File.Length, Sha256 = Hash(output.File), Source = Sources.GetValueOrDefault(output.Path), MadeOf = MadeOf.GetValueOrDefault(output.Path) });
        Json.Write(folder.PathOf(RunFolder.ManifestName), new
        {
            Product = Product.Name,
            Product.Version,
            MadeBy = Product.Checksum,
            Engine = engine,
            ExitCode = exitCode,
            options.TimeZone,
            catalog.Parameters,
            Asked,
            Loader,
            Database = database,
            Inputs = Load?.Files,
            Stages,
            RunTimes = runTimes,
            Sql = Files.Select(file => new { file.File.Path, Sha256 = file.File.Checksum, file.Rows, file.DurationMs, IsReused = why(file.File) is null, Why = why(file.File) }),
            Outputs = outputs,
        });
    }

    private static string Hash(FileInfo file)
    {
        using var stream = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
