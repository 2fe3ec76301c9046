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
        if (verbosity >= Verbosity.Normal && IsStage(name)) console.WriteLine("{0}", name);
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
        var tasks = report.Where(entry => entry.Category == CakeReportEntryCategory.Task && entry.ExecutionStatus != CakeTaskExecutionStatus.Delegated).ToList();
        if (log.Verbosity == Verbosity.Quiet || (tasks.Count == 1 && !IsStage(tasks[0].TaskName))) return;
        console.WriteLine("{0}", "");
        foreach (var task in tasks) Row(task.TaskName, Seconds(task.Duration), task.ExecutionStatus == CakeTaskExecutionStatus.Executed ? "Succeeded" : task.ExecutionStatus.ToString(), task.SkippedMessage);
        // Opening and closing a run take their time too: the sum is that of all entries.
        Row("Total", Seconds(report.Aggregate(TimeSpan.Zero, (sum, entry) => sum + entry.Duration)), "", "");
    }

    // A task by itself, such as a query, prints what it was asked for and no more; one that only stands for others prints nothing.
    private static bool IsStage(string name) =>
        TaskList.All.FirstOrDefault(task => task.Name == name) is { } known && known.Type != typeof(Tasks.Default)
        && (known.DependsOn.Count > 0 || TaskList.All.Any(other => other.DependsOn.Contains(known.Type)));

    private void Row(string name, string duration, string status, string skipped) =>
        console.WriteLine("{0}", string.Create(CultureInfo.InvariantCulture, $"{name,-20} {duration,10}  {status}{(string.IsNullOrEmpty(skipped) ? "" : $" ({skipped})")}").TrimEnd());

    private static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.00 s", CultureInfo.InvariantCulture);
}
