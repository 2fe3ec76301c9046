using System.Globalization;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Clickpath.Sample;

namespace Build.Tasks;

/// <summary>Measures the quality checks: which defect is found by which, and what clean exports raise.</summary>
[TaskName(nameof(QualityBenchmark))]
[TaskDescription("Plants every defect and prints which quality check finds it, with false alarms")]
[Option("seeds", "N", "Exports for each defect (default: 10); clean ones are twice as many", Kind = OptionKind.Number)]
[Option("seed", "N", "The first seed (default: 7001); give others after a threshold was changed", Kind = OptionKind.Number)]
[Option("defect", "NAME", "A defect to try (default: all)", Repeatable = true)]
public sealed class QualityBenchmark : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        var defects = context.Arguments.GetArguments("defect");
        var scratch = Directory.CreateTempSubdirectory("clickpath-quality-").FullName;
        try
        {
            var benchmark = new Clickpath.Sample.QualityBenchmark(context.Options.Sql, scratch, Exports);
            benchmark.Print(
                [.. benchmark.Defects.Where(defect => defects.Count == 0 || defects.Contains(defect))],
                Whole("seed", 7001),
                Whole("seeds", 10),
                line => context.Log.Information("{0}", line),
                line => context.Log.Verbose("{0}", line));
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }

        int Whole(string name, int otherwise) => context.Argument(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    private static SampleOptions Exports { get; } = new() { EventsPerDay = 600, OrdersPerDay = 24 };
}
