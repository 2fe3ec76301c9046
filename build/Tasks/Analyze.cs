using Cake.Frosting;

namespace Build.Tasks;

/// <summary>The third stage.</summary>
[TaskName(nameof(Analyze))]
[TaskDescription("Writes the reports, charts and the executive summary")]
[IsDependentOn(typeof(Transform))]
[Option("only", "REPORT", "With --exclusive: runs this report alone, and prints its table")]
public sealed class Analyze : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => context.Pipeline.Analyze();
}
