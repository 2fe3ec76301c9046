using System.Diagnostics;

namespace Clickpath.Benchmarks;

/// <summary>One whole process: what it took from its start to its end.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="CpuSeconds">User and system time of all threads; to 20 ms.</param>
/// <param name="PeakBytes">The most memory it had resident.</param>
internal readonly record struct ProcessRun(double Seconds, double CpuSeconds, long PeakBytes)
{
    /// <summary>Starts .NET with these arguments and waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It ended with an error; monitoring may be critical (3).</exception>
    public static ProcessRun Of(params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var (peak, cpu) = (0L, TimeSpan.Zero);
        do
        {
            // Both only grow while it lives, and are gone with it.
            try
            {
                process.Refresh();
                (peak, cpu) = (Math.Max(peak, process.PeakWorkingSet64), process.TotalProcessorTime);
            }
            catch (InvalidOperationException)
            {
                break;
            }
        }
        while (!process.WaitForExit(20));

        process.WaitForExit();
        var seconds = watch.Elapsed.TotalSeconds;
        if (process.ExitCode is not (0 or 3))
            throw new InvalidOperationException($"'{string.Join(' ', arguments)}' ended with {process.ExitCode}: {errors.Result}{output.Result}");
        return new ProcessRun(seconds, cpu.TotalSeconds, peak);
    }
}
