using Cake.Frosting;

namespace Build.Tasks;

/// <summary>The first stage.</summary>
[TaskName(nameof(DataQuality))]
[TaskDescription("Loads the events and checks whether they can be trusted")]
public sealed class DataQuality : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => context.Pipeline.DataQuality();
}
