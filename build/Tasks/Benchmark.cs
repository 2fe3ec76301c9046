using System.Diagnostics;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Build;
using Cake.Frosting;
using Clickpath;

namespace Build.Tasks;

/// <summary>Measures a run against a DuckDB script.</summary>
[TaskName(nameof(Benchmark))]
[TaskDescription("Measures whole runs, on each engine, against a DuckDB script that does the same, and checks that results agree")]
[Option("rows", "N[,N...]", "Rows of the generated exports (default: 50000,1000000)")]
[Option("times", "N", "How often each side runs, after one run to warm up (default: 5)", Kind = OptionKind.Number)]
public sealed class Benchmark : FrostingTask<BuildContext>
{
    private static readonly string Project = Path.Combine("tests", "Clickpath.Benchmarks");

    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        var rows = context.Argument("rows") ?? "50000,1000000";
        if (!rows.Split(',').All(count => int.TryParse(count, out var whole) && whole >= 1000))
            throw new ClickpathException($"--rows must be whole numbers from 1000 on, such as 50000,1000000, and is '{rows}'.");
        context.DotNetBuild(Project, new DotNetBuildSettings { Configuration = "Release", NoLogo = true, Verbosity = DotNetVerbosity.Quiet, ToolPath = Environment.ProcessPath! });
        var folder = Path.GetFullPath(Path.Combine(".build", "benchmark"));
        Directory.CreateDirectory(folder);
        string[] arguments =
        [
            Path.Combine(Project, "bin", "Release", "net10.0", "Clickpath.Benchmarks.dll"), "compare", typeof(Benchmark).Assembly.Location,
            Path.GetFullPath("sql"), Path.GetFullPath(Path.Combine("tests", "oracle", "oracle.duckdb.sql")), folder, rows, context.Argument("times") ?? "5",
        ];
        using var process = Process.Start(Environment.ProcessPath!, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new ClickpathException("the benchmark failed, or its two sides do not agree; see above.");
    }
}
