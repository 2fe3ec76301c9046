using System.Data.Common;
using Clickpath.Runs;
using Clickpath.Stages;

namespace Clickpath;

/// <summary>One run: its stages in order, then <see cref="Publish"/>. Disposed without publishing, it leaves nothing behind.</summary>
/// <param name="options">What to do.</param>
public sealed class Pipeline(PipelineOptions options) : IDisposable
{
    private readonly List<(Stage Stage, Action Run)> _deferred = [];
    private Run? _run;
    private LastRun? _unchanged;

    /// <summary>0 all good, 2 critical data quality, 3 monitoring critical; errors are exceptions.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Loads the events and runs the checks. Throws <see cref="ClickpathException"/> on an error, and on a
    /// critical finding too, with <see cref="ExitCode"/> 2.</summary>
    public void DataQuality()
    {
        Writing(() => _run = Run.FromFiles(options, out _unchanged));
        InRun(Stage.DataQuality, run =>
        {
            var results = Stages.DataQuality.Run(run);
            var critical = results.Where(r => r.Failed && r.Severity == "critical").ToList();
            if (critical.Count > 0 || Fails(results))
                ExitCode = 2;
            if (critical.Count > 0)
                throw new ClickpathException($"data quality is critical: {critical[0].Subjects.First(s => s.Passed == false).Message} The later stages did not run; see {options.Artifacts}/data_quality/dq_report.md.");
        });
    }

    /// <summary>Builds the models, and fails where totals do not reconcile.</summary>
    public void Transform() => InRun(Stage.Transform, Stages.Transform.Run);

    /// <summary>Writes the reports.</summary>
    public void Analyze() => InRun(Stage.Analyze, Stages.Analyze.Run);

    /// <summary>Runs the alarms; sets <see cref="ExitCode"/> to 3 where one is critical.</summary>
    public void Monitor() => InRun(Stage.Monitor, run =>
    {
        if (Fails(Stages.Monitor.Run(run)) && ExitCode == 0)
            ExitCode = 3;
    });

    /// <summary>Prints all that the last run knows of an order, by its id: records, session, touches, credit. Throws
    /// <see cref="ClickpathException"/> where there is no such order, or no run.</summary>
    public void Explain(string order) => Stages.Explain.Run(options, order);

    /// <summary>Publishes whatever stages ran, by rename, also after a critical data-quality finding; does nothing where none ran.</summary>
    public void Publish()
    {
        Writing(PublishOrLeave);
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run?.Dispose();
        _run = null;
    }

    private void PublishOrLeave()
    {
        if (_unchanged is not null && _unchanged.Stages.Skip(1).SequenceEqual(_deferred.Select(deferred => Run.Name(deferred.Stage))))
        {
            ExitCode = _unchanged.ExitCode;
            _run!.LeaveAsItWas(_unchanged);
        }
        else
        {
            CatchUp();
            _run?.Publish(ExitCode);
        }
    }

    private bool Fails(IEnumerable<CheckResult> results) => results.Any(r => r.Failed && options.FailOn switch
    {
        FailOn.Warn => r.Severity is "critical" or "warn",
        FailOn.Critical => r.Severity == "critical",
        _ => false,
    });

    private void InRun(Stage stage, Action<Run> body)
    {
        _run ??= Run.FromLastRun(options, stage);
        if (_unchanged is not null && _unchanged.Stages.Contains(Run.Name(stage)))
        {
            _deferred.Add((stage, () => _run.Time(stage, () => body(_run))));
            return;
        }

        Writing(() =>
        {
            CatchUp();
            _run.Time(stage, () => body(_run));
        });
    }

    private void Writing(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException)
        {
            throw new ClickpathException($"the results can't be written ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}). Look at the disk of '{options.Artifacts}': its space, and whether you may write there.", e);
        }
    }

    // Nothing has changed, but the last run did not make all that this one is asked for, or made more.
    private void CatchUp()
    {
        _unchanged = null;
        _run?.Load();
        foreach (var (_, run) in _deferred)
            run();
        _deferred.Clear();
    }
}
