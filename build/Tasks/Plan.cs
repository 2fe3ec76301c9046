using Cake.Frosting;
using Clickpath;

namespace Build.Tasks;

/// <summary>How the engine goes about a SQL file.</summary>
[TaskName(nameof(Plan))]
[TaskDescription("Prints the engine's plan (EXPLAIN) of a SQL file over the last run's tables")]
[Option("model", "NAME", "The model, check or report to explain")]
public sealed class Plan : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) =>
        new Workbench(context.Options).Plan(context.Argument("model") ?? throw new ClickpathException("which SQL file? Give --model=NAME, such as --model=sessions."));
}
