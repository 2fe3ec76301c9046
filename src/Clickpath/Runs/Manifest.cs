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
    internal sealed record SqlTime(string Path, string Sha256, long Rows, double DurationMs);

    public List<StageTime> Stages { get; } = [];

    public List<SqlTime> Files { get; } = [];

    /// <summary>Output path to the SQL file that made it; null: made of many.</summary>
    public SortedDictionary<string, string?> Sources { get; } = new(StringComparer.Ordinal);

    /// <summary>What was loaded; null where the run went on from an earlier one's database.</summary>
    public LoadSummary? Load { get; set; }

    public void Write(RunFolder folder, int exitCode)
    {
        var outputs = new DirectoryInfo(folder.Scratch).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (File: file, Path: Path.GetRelativePath(folder.Scratch, file.FullName).Replace('\\', '/')))
            .Where(output => output.Path != Run.DatabaseName)
            .OrderBy(output => output.Path, StringComparer.Ordinal)
            .Select(output => new { output.Path, Bytes = output.File.Length, Sha256 = Hash(output.File), Source = Sources.GetValueOrDefault(output.Path) });
        Json.Write(folder.PathOf(RunFolder.ManifestName), new
        {
            Product = "Clickpath",
            Version = typeof(Manifest).Assembly.GetName().Version!.ToString(3),
            Engine = engine,
            ExitCode = exitCode,
            options.TimeZone,
            catalog.Parameters,
            Inputs = Load?.Files,
            Stages,
            Sql = Files,
            Outputs = outputs,
        });
    }

    private static string Hash(FileInfo file)
    {
        using var stream = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
