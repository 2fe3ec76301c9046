using Cake.Frosting;

namespace Build.Tasks;

/// <summary>What runs when no target is given.</summary>
[TaskName(nameof(Default))]
[TaskDescription("The whole pipeline")]
[IsDependentOn(typeof(Monitor))]
public sealed class Default : FrostingTask<BuildContext>;
