using System.Data.Common;
using Clickpath.Monitoring;
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
    private MonitoringReport? _monitoring;

    /// <summary>0 all good, 2 critical data quality, 3 monitoring critical; errors are exceptions.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Loads the events and runs the checks. Throws <see cref="ClickpathException"/> on an error, and on a
    /// critical finding too, with <see cref="ExitCode"/> 2.</summary>
    public void DataQuality()
    {
        Writing(() => _run = Run.FromFiles(options, out _unchanged));
        InRun(Stage.DataQuality, run =>
        {
            run.Exports = options.GoesOn ? new(run) : null;
            var results = Stages.DataQuality.Run(run);
            var critical = results.Where(r => r.Failed && r.Severity == "critical").ToList();
            if (critical.Count > 0 || Fails(results))
                ExitCode = 2;
            if (critical.Count > 0)
                throw new ClickpathException($"data quality is critical: {critical[0].Subjects.First(s => s.Passed == false).Message} The later stages did not run; see {options.Artifacts}/data_quality/dq_report.md.");
        });
    }

    /// <summary>What the last run's data would have mended in the SQL files, and mends what is accepted.</summary>
    /// <param name="options">Which artifacts, and which SQL files.</param>
    /// <param name="accepted">Ids of proposals, or <c>all</c>; none: nothing is changed.</param>
    /// <returns>Lines for a person.</returns>
    /// <exception cref="ClickpathException">There is no last run, or no such proposal.</exception>
    public static IReadOnlyList<string> Repair(PipelineOptions options, ICollection<string> accepted)
    {
        using var run = Run.FromLastRun(options, Stage.Transform);
        var proposals = Stages.Repair.Proposals(run);
        if (accepted.FirstOrDefault(id => id != "all" && proposals.All(p => p.Id != id)) is { } unknown)
            throw new ClickpathException($"--accept {unknown}: no such repair.{Sql.Nearest.Suggest(unknown, proposals.Select(p => p.Id))} Proposed: {string.Join(", ", proposals.Select(p => p.Id).DefaultIfEmpty("nothing"))}.");
        var lines = new List<string>();
        foreach (var proposal in proposals)
        {
            var isAccepted = accepted.Contains("all") || accepted.Contains(proposal.Id);
            if (isAccepted)
                Stages.Repair.Apply(options.Sql, proposal);
            lines.Add($"{(isAccepted ? "applied" : "proposed")} {proposal.Id}: {proposal.Effect} {proposal.File} {(isAccepted ? "has" : "would get")} the row {proposal.Row}.");
        }

        lines.Add(proposals.Count == 0 ? "Nothing to repair." : accepted.Count > 0 ? "Run again to see the effect." : "Nothing was changed. Apply with --accept=ID, or --accept=all.");
        return lines;
    }

    /// <summary>Loads files for a run that another process has under way in the same schema of a server, and publishes nothing: it waits for such a
    /// run, a minute at most, loads those of its files that are in <see cref="PipelineOptions.Events"/> and that nobody else has, and ends.</summary>
    /// <param name="options">As the run's, but for the artifacts.</param>
    /// <exception cref="ClickpathException">There is no such run, it does not load as this process would, or a file can't be read.</exception>
    public static void Load(PipelineOptions options) => LoadHelp.Run(options);

    /// <summary>Builds the models, and fails where totals do not reconcile.</summary>
    public void Transform() => InRun(Stage.Transform, Stages.Transform.Run);

    /// <summary>Writes the reports.</summary>
    public void Analyze() => InRun(Stage.Analyze, Stages.Analyze.Run);

    /// <summary>Runs the alarms; sets <see cref="ExitCode"/> to 3 where one is critical.</summary>
    public void Monitor() => InRun(Stage.Monitor, run =>
    {
        _monitoring = Stages.Monitor.Run(run);
        run.Log(_monitoring.Headline);
        GitHubOutputs.Write(_monitoring, Console.Out, options.Environment);
        if (Fails(_monitoring.Results) && ExitCode == 0)
            ExitCode = 3;
    });

    /// <summary>Says what <see cref="Monitor"/>, which comes before it, would have raised on each day of the data.</summary>
    public void ShowBacktest()
    {
        CatchUp();
        var report = _monitoring ?? throw new ClickpathException("the backtest reads what monitoring judged. Run it without --exclusive.");
        options.Print?.Invoke(Backtest.Text(report));
    }

    /// <summary>What the checks of <see cref="Monitor"/> would have raised on each day of the data, one for each alert from its start to its end.</summary>
    public IReadOnlyList<PastAlert> PastAlerts => _monitoring is null ? [] : Backtest.Alerts(_monitoring);

    /// <summary>How many days each daily check was judged on, by its name.</summary>
    public IReadOnlyDictionary<string, int> JudgedDays => _monitoring is null ? new Dictionary<string, int>() : Backtest.JudgedDays(_monitoring);

    /// <summary>Prints all that the last run knows of an order, by its id: records, session, touches, credit. Throws
    /// <see cref="ClickpathException"/> where there is no such order, or no run.</summary>
    public void Explain(string order) => Stages.Explain.Run(options, order);

    /// <summary>Shows the folder that is to be published, as far as it is made: tables and the record of the run, before what is exported
    /// (<see cref="PipelineOptions.ExportsLast"/>). Does nothing where nothing has changed since the last run.</summary>
    public void Preview(Action<string> show)
    {
        if (_unchanged is null && _run is not null)
            Writing(() => show(_run.Preview(ExitCode)));
    }

    /// <summary>Publishes whatever stages ran, by rename, also after a critical data-quality finding; does nothing where none ran.</summary>
    public void Publish()
    {
        var told = Webhook.Told(Path.Combine(options.Artifacts, Run.Name(Stage.Monitor), MonitoringReport.FileName));
        Writing(PublishOrLeave);
        Dispose();
        // Only what is published is told of.
        if (_monitoring is not null && Webhook.Text(_monitoring, told) is { } text && options.Environment(Webhook.Variable) is { Length: > 0 } url)
            options.Log?.Invoke(Webhook.Default.Send(url, text).GetAwaiter().GetResult());
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
        catch (DbException e) when (Engines.PostgresEngine.Trouble(e) is { } trouble)
        {
            throw new ClickpathException($"PostgreSQL failed ({trouble}). Nothing was published; look at the server, and run again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException)
        {
            throw new ClickpathException($"the results can't be written ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}). Look at the disk of '{options.Artifacts}': its space, and whether you may write there{(e is DbException ? "; and at that of the temporary files, which the environment variable SQLITE_TMPDIR names" : "")}.", e);
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
