using System.Runtime.InteropServices;

namespace Build;

/// <summary>Ends the run in order on Ctrl-C and SIGTERM: between two steps, disposing what it made.</summary>
internal sealed class Signals : IDisposable
{
    /// <summary>How long a step may take to end by itself; a step of SQL can't be asked to.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly PosixSignalRegistration[] registrations;
    private readonly Timer giveUp;
    private readonly Outcome outcome;
    private int exitCode;

    public Signals(Outcome outcome)
    {
        this.outcome = outcome;
        giveUp = new Timer(_ => GiveUp());
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Interrupt(signal, 130)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Interrupt(signal, 143)),
        ];
    }

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        giveUp.Dispose();
    }

    private void GiveUp()
    {
        try
        {
            outcome.Abandon?.Invoke();
        }
        finally
        {
            Console.Error.WriteLine("error: interrupted; nothing was published, the last artifacts stand.");
            Environment.Exit(exitCode);
        }
    }

    private void Interrupt(PosixSignalContext signal, int code)
    {
        // A second signal is not held back, unless artifacts are being renamed this very moment.
        signal.Cancel = exitCode == 0;
        if (!outcome.TryInterrupt(code))
        {
            signal.Cancel = true;
            return;
        }

        exitCode = code;
        giveUp.Change(Grace, Timeout.InfiniteTimeSpan);
    }
}
