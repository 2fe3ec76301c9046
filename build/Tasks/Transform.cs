using Cake.Frosting;

namespace Build.Tasks;

/// <summary>The second stage.</summary>
[TaskName(nameof(Transform))]
[TaskDescription("Builds the analytics tables: events, sessions, orders, attribution")]
[IsDependentOn(typeof(DataQuality))]
public sealed class Transform : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => context.Pipeline.Transform();
}
