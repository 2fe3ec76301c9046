using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Clickpath;

namespace Build;

/// <summary>What tasks share: the options, and the one run that the stages are of.</summary>
public sealed class BuildContext : FrostingContext, IDisposable
{
    private readonly HostConsole console;
    private Pipeline? pipeline;

    /// <summary>Made by the host.</summary>
    public BuildContext(ICakeContext context, Outcome outcome, HostConsole console)
        : base(context)
    {
        this.console = console;
        Outcome = outcome;
        Options = new PipelineOptions
        {
            FailOn = Enum.Parse<FailOn>(Argument("fail-on") ?? nameof(FailOn.Critical), ignoreCase: true),
            Database = Argument("database"),
            Connection = Argument("connection"),
            Schema = Argument("schema"),
            Parameters = Arguments.GetArguments("param").Select(pair => pair.Split('=', 2))
                .GroupBy(pair => pair[0], StringComparer.Ordinal)
                .ToDictionary(pairs => pairs.Key, pairs => pairs.Last()[1], StringComparer.Ordinal),
            Force = Arguments.HasArgument("force"),
            Explain = Arguments.HasArgument("explain"),
            Only = Argument("only"),
            Log = Progress,
            Print = Print,
        };
        if (Argument("events") is { } events) Options = Options with { Events = events };
        if (Argument("artifacts") is { } artifacts) Options = Options with { Artifacts = artifacts };
        if (Argument("engine") is { } engine) Options = Options with { Engine = engine };
        if (Argument("sql") is { } sql) Options = Options with { Sql = sql };
        if (Argument("timezone") is { } zone) Options = Options with { TimeZone = zone };
    }

    /// <summary>How the run is going, for the exit code.</summary>
    public Outcome Outcome { get; }

    /// <summary>What the command line asked of the pipeline.</summary>
    public PipelineOptions Options { get; }

    /// <summary>Whether tables are built after the data is checked.</summary>
    public bool GoesOn { get; set; }

    /// <summary>The run; the first stage that asks for it begins it.</summary>
    public Pipeline Pipeline
    {
        get
        {
            if (pipeline is not null) return pipeline;
            pipeline = new Pipeline(Options with { GoesOn = GoesOn });
            Outcome.Abandon = Dispose;
            return pipeline;
        }
    }

    /// <summary>The run, where a stage has begun it.</summary>
    public Pipeline? StartedPipeline => pipeline;

    /// <summary>Ends the run; unpublished, it leaves nothing behind.</summary>
    public void Dispose()
    {
        pipeline?.Dispose();
        pipeline = null;
    }

    /// <summary>An option's value; null where it is not given.</summary>
    public string? Argument(string name) => Arguments.GetArguments(name).LastOrDefault();

    /// <summary>Writes a line of progress, and is where an interrupted run stops: between two steps of a stage.</summary>
    public void Progress(string line)
    {
        Outcome.ThrowIfInterrupted();
        if (Log.Verbosity >= Verbosity.Normal) console.Progress(line);
    }

    /// <summary>Writes what was asked for.</summary>
    public void Print(string text)
    {
        console.EndProgress();
        if (Log.Verbosity > Verbosity.Quiet) Console.Out.Write(text);
    }

    /// <summary>Clears the line of progress, before anything else is printed.</summary>
    public void EndProgress() => console.EndProgress();
}
