using Cake.Frosting;
using Clickpath;

namespace Build.Tasks;

/// <summary>Loads files for a run that another process has under way.</summary>
[TaskName(nameof(Load))]
[TaskDescription("Helps a run with --engine=postgres to load: takes files that nobody else has, and publishes nothing")]
public sealed class Load : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => Pipeline.Load(context.Options);
}
