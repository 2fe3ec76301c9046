using Cake.Core;

namespace Build;

/// <summary>
/// Standard output and error: in colour only on a terminal that wants it (see no-color.org), and with a line of progress that
/// is overwritten there and printed everywhere else.
/// </summary>
public sealed class HostConsole : IConsole
{
    private bool hasProgress;

    /// <summary>Whether a person is watching.</summary>
    public static bool IsTerminal { get; } = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <inheritdoc/>
    public bool SupportAnsiEscapeCodes { get; } = IsTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <inheritdoc/>
    public ConsoleColor ForegroundColor { get; set; }

    /// <inheritdoc/>
    public ConsoleColor BackgroundColor { get; set; }

    /// <inheritdoc/>
    public void Write(string format, params object[] arg)
    {
        EndProgress();
        Console.Write(format, arg);
    }

    /// <inheritdoc/>
    public void WriteLine(string format, params object[] arg)
    {
        EndProgress();
        Console.WriteLine(format, arg);
    }

    /// <inheritdoc/>
    public void WriteError(string format, params object[] arg)
    {
        EndProgress();
        Console.Error.Write(format, arg);
    }

    /// <inheritdoc/>
    public void WriteErrorLine(string format, params object[] arg)
    {
        EndProgress();
        Console.Error.WriteLine(format, arg);
    }

    /// <inheritdoc/>
    public void ResetColor()
    {
    }

    /// <summary>Shows a line until the next one.</summary>
    public void Progress(string line)
    {
        if (!IsTerminal)
        {
            Console.WriteLine("  " + line);
            return;
        }

        var room = (Console.BufferWidth > 20 ? Console.BufferWidth : 80) - 3; // some terminals give 0
        Console.Write($"\r\e[2K  {(line.Length > room ? line[..room] : line)}");
        hasProgress = true;
    }

    /// <summary>Clears the line of progress.</summary>
    public void EndProgress()
    {
        if (hasProgress) Console.Write("\r\e[2K");
        hasProgress = false;
    }
}
