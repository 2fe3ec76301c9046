using Cake.Frosting;
using Clickpath;

namespace Build.Tasks;

/// <summary>Compiles the SQL files, and runs none.</summary>
[TaskName(nameof(Check))]
[TaskDescription("Says what is wrong with the SQL files, without running them")]
public sealed class Check : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => new Workbench(context.Options).Check();
}
