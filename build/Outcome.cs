using Cake.Core.Diagnostics;
using Clickpath;

namespace Build;

/// <summary>How the run went, and the exit code that this makes: Cake's own knows only success and failure.</summary>
public sealed class Outcome
{
    private readonly Lock gate = new();
    private readonly List<string> errors = [];
    private int interruption;
    private bool publishing;

    /// <summary>What ended the run before its end.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The pipeline's exit code, once it has published.</summary>
    public int? Published { get; set; }

    /// <summary>The last lines of output, after Cake's own table: what was found, and where to look.</summary>
    public IReadOnlyList<string> LastLines { get; set; } = [];

    /// <summary>Whether unexpected errors are shown with their stack traces.</summary>
    public bool Diagnostic { get; set; }

    /// <summary>Takes away what the run has made so far, for a run that does not end by itself.</summary>
    public Action? Abandon { get; set; }

    /// <summary>Notes an error that Cake reports, lest it be lost.</summary>
    public void Report(string error) => errors.Add(error);

    /// <summary>Asks the run to end; false when it is too late, because it is publishing.</summary>
    /// <param name="exitCode">128 and the number of the signal.</param>
    public bool TryInterrupt(int exitCode)
    {
        lock (gate)
        {
            if (publishing) return false;
            interruption = exitCode;
            return true;
        }
    }

    /// <summary>From here on signals have no effect; false when one came before.</summary>
    public bool TryBeginPublishing()
    {
        lock (gate) return publishing = interruption == 0;
    }

    /// <summary>Throws where a signal has asked the run to end.</summary>
    public void ThrowIfInterrupted()
    {
        lock (gate)
        {
            if (interruption != 0 && !publishing) throw new OperationCanceledException();
        }
    }

    /// <summary>Prints the one line that says what went wrong, if anything did, and the closing line.</summary>
    /// <param name="hostCode">What the host made of it.</param>
    /// <returns>0 good, 1 an error, 2 critical data quality, 3 monitoring critical, 130 or 143 interrupted.</returns>
    public int Close(int hostCode)
    {
        var code = ExitCode(hostCode);
        if (code == 1 || interruption != 0 || Failure is not null) Console.Error.WriteLine($"error: {Message()}");
        foreach (var line in LastLines) Console.Out.WriteLine(line);
        return code;
    }

    /// <summary>The exit code alone.</summary>
    public int ExitCode(int hostCode) =>
        interruption != 0 ? interruption
        : Published is { } code && (hostCode == 0 || Failure is ClickpathException) ? code
        : hostCode == 0 ? 0
        : 1;

    private string Message() => (interruption, Failure) switch
    {
        (not 0, _) => "interrupted; nothing was published, the last artifacts stand.",
        (_, ClickpathException failure) => failure.Message,
        (_, { } failure) when Diagnostic => failure.ToString(),
        (_, { } failure) => $"{OneLine(failure.Message)} ({failure.GetType().Name}). Run again with --verbosity=diagnostic for the stack trace.",
        _ => errors.Count > 0 ? OneLine(errors[^1]) : "the run failed. Run again with --verbosity=diagnostic.",
    };

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>Cake's log, but for its reports of errors: <see cref="Outcome"/> prints those once, in one line.</summary>
public sealed class OutcomeLog(Cake.Core.IConsole console, Outcome outcome) : ICakeLog
{
    private readonly CakeBuildLog log = new(console);

    /// <inheritdoc/>
    public Verbosity Verbosity
    {
        get => log.Verbosity;
        set
        {
            log.Verbosity = value;
            outcome.Diagnostic = value == Verbosity.Diagnostic;
        }
    }

    /// <inheritdoc/>
    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args)
    {
        if (level <= LogLevel.Error && !outcome.Diagnostic)
            outcome.Report(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args));
        else log.Write(verbosity, level, format, args);
    }
}
