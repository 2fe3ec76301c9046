using Cake.Frosting;

namespace Build.Tasks;

/// <summary>The last stage.</summary>
[TaskName(nameof(Monitor))]
[TaskDescription("Raises alarms on the latest complete day")]
[IsDependentOn(typeof(Analyze))]
public sealed class Monitor : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => context.Pipeline.Monitor();
}
