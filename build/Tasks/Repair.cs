using Cake.Core.Diagnostics;
using Cake.Frosting;
using Clickpath;

namespace Build.Tasks;

/// <summary>Applies repairs that the quality report proposes.</summary>
[TaskName(nameof(Repair))]
[TaskDescription("Prints the repairs that the last run's data proposes, and applies those accepted to the SQL files")]
[Option("accept", "ID", "A proposed repair to apply, or 'all'", Repeatable = true)]
public sealed class Repair : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        foreach (var line in Pipeline.Repair(context.Options, context.Arguments.GetArguments("accept"))) context.Log.Information("{0}", line);
    }
}
