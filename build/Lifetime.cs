using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Clickpath;

namespace Build;

/// <summary>Ends the run: publishes what the stages made, or leaves nothing behind.</summary>
public sealed class Lifetime : FrostingLifetime<BuildContext>
{
    /// <inheritdoc/>
    public override void Setup(BuildContext context, ISetupContext info) => context.GoesOn = info.TasksToExecute.Any(task => task.Name == nameof(Tasks.Transform));

    /// <inheritdoc/>
    public override void Teardown(BuildContext context, ITeardownContext info)
    {
        var outcome = context.Outcome;
        outcome.Failure = info.ThrownException;
        context.EndProgress();
        if (context.StartedPipeline is not { } pipeline) return;
        using var end = context;

        // Critical data quality throws, to keep the later stages from running; its report is published all the same.
        var critical = pipeline.ExitCode == 2 && info.ThrownException is ClickpathException;
        if (!(info.Successful || critical) || !outcome.TryBeginPublishing()) return;
        try
        {
            pipeline.Publish();
            outcome.Published = pipeline.ExitCode;
            context.EndProgress();
            if (context.Log.Verbosity > Verbosity.Quiet) outcome.LastLines = [.. Findings.In(context.Options.Artifacts)];
        }
        catch (Exception exception)
        {
            outcome.Failure = exception;
            throw;
        }
    }
}
