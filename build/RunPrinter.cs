using System.Globalization;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Build;

/// <summary>Cake's headings and closing table, in plain lines that read the same on a terminal, in a file and in CI.</summary>
public sealed class RunPrinter(IConsole console, ICakeLog log) : ICakeReportPrinter
{
    /// <inheritdoc/>
    public void WriteStep(string name, Verbosity verbosity)
    {
        // A task that only stands for others says nothing of its own.
        if (verbosity >= Verbosity.Normal && name != nameof(Tasks.Default)) console.WriteLine("{0}", name);
    }

    /// <inheritdoc/>
    public void WriteLifeCycleStep(string name, Verbosity verbosity)
    {
        if (verbosity >= Verbosity.Verbose) console.WriteLine("{0}", name);
    }

    /// <inheritdoc/>
    public void WriteSkippedStep(string name, Verbosity verbosity)
    {
        if (verbosity >= Verbosity.Verbose) console.WriteLine("{0}: skipped", name);
    }

    /// <inheritdoc/>
    public void Write(CakeReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (log.Verbosity == Verbosity.Quiet) return;
        var tasks = report.Where(entry => entry.Category == CakeReportEntryCategory.Task && entry.ExecutionStatus != CakeTaskExecutionStatus.Delegated).ToList();
        console.WriteLine("{0}", "");
        foreach (var task in tasks) Row(task.TaskName, Seconds(task.Duration), task.ExecutionStatus == CakeTaskExecutionStatus.Executed ? "Succeeded" : task.ExecutionStatus.ToString(), task.SkippedMessage);
        // Opening and closing a run take their time too: the sum is that of all entries.
        Row("Total", Seconds(report.Aggregate(TimeSpan.Zero, (sum, entry) => sum + entry.Duration)), "", "");
    }

    private void Row(string name, string duration, string status, string skipped) =>
        console.WriteLine("{0}", string.Create(CultureInfo.InvariantCulture, $"{name,-20} {duration,10}  {status}{(string.IsNullOrEmpty(skipped) ? "" : $" ({skipped})")}").TrimEnd());

    private static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.00 s", CultureInfo.InvariantCulture);
}
