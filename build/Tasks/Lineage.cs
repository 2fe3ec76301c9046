using Cake.Frosting;
using Clickpath;

namespace Build.Tasks;

/// <summary>Follows columns.</summary>
[TaskName(nameof(Lineage))]
[TaskDescription("Shows where columns come from and what depends on them")]
[Option("of", "NAME[.COLUMN]", "The table, report or check to follow (default: the order of execution)")]
public sealed class Lineage : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => new Workbench(context.Options).Lineage(context.Argument("of"));
}
