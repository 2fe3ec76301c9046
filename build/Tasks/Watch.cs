using Cake.Frosting;
using Clickpath;

namespace Build.Tasks;

/// <summary>Keeps the artifacts up to date while somebody edits SQL files.</summary>
[TaskName(nameof(Watch))]
[TaskDescription("Runs the pipeline whenever a SQL file is saved, and shows what has changed")]
public sealed class Watch : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => new Workbench(context.Options).Watch(context.Outcome.ThrowIfInterrupted);
}
