using System.Globalization;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Clickpath.Sample;

namespace Build.Tasks;

/// <summary>Measures the quality checks: which defect is found by which, and what clean exports raise.</summary>
[TaskName(nameof(QualityBenchmark))]
[TaskDescription("Plants every defect and prints which quality check finds it, with false alarms")]
[Option("seeds", "N", "Exports for each defect (default: 10); clean ones are twice as many", Kind = OptionKind.Number)]
public sealed class QualityBenchmark : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        var seeds = context.Argument("seeds") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 10;
        var scratch = Directory.CreateTempSubdirectory("clickpath-quality-").FullName;
        try
        {
            new Clickpath.Sample.QualityBenchmark(context.Options.Sql, scratch, Exports).Print(seeds, 2 * seeds, line => context.Log.Information("{0}", line));
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static SampleOptions Exports { get; } = new() { EventsPerDay = 600, OrdersPerDay = 24 };
}
