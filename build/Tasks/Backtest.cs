using Cake.Frosting;

namespace Build.Tasks;

/// <summary>Shows how good the alarms are.</summary>
[TaskName(nameof(Backtest))]
[TaskDescription("Shows which alarms each day of the data would have raised")]
[IsDependentOn(typeof(Monitor))]
public sealed class Backtest : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => context.Pipeline.ShowBacktest();
}
