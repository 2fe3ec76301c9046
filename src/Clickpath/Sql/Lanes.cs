using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Clickpath.Engines;

namespace Clickpath.Sql;

/// <summary>
/// Makes models on two threads. An engine that writes one table at a time lends the second thread a database of its own, and what is
/// made there moves over. Who makes what, and when it moves, is planned and not left to which thread is free: the
/// database is then the same, byte for byte, from run to run.
/// </summary>
internal sealed class Lanes
{
    // What a model that reads events or sessions takes, against one that reads what was added up from them.
    private const int LargeWeight = 8;

    private readonly SqlRunner _runner;
    private readonly List<SqlFile> _aside = [];
    private readonly List<(int At, bool IsMadeHere, SqlFile Model)> _steps = [];
    private readonly HashSet<string> _missing;
    private readonly Dictionary<SqlFile, Made> _moving = [];
    private readonly object _gate = new();
    private ExceptionDispatchInfo? _failure;
    private bool _isOver;

    /// <summary>Plans.</summary>
    /// <param name="runner">The calling thread's.</param>
    /// <param name="models">What to make, each after those it reads.</param>
    public Lanes(SqlRunner runner, IReadOnlyList<SqlFile> models)
    {
        _runner = runner;
        _missing = models.Select(model => model.Name).ToHashSet(StringComparer.Ordinal);
        var urgency = Urgency(models);
        var end = new Dictionary<string, int>(StringComparer.Ordinal);
        var (here, there) = (0, 0);
        var open = models.ToDictionary(model => model.Name, StringComparer.Ordinal);
        while (open.Count > 0)
        {
            // Which model can begin first, and where; of several, the one for which the longest chain of others waits.
            var (at, isMadeHere, model) = models.Where(model => open.ContainsKey(model.Name) && !model.Sources.Any(open.ContainsKey))
                .Select(model => (Ready: model.Sources.Max(source => (int?)end.GetValueOrDefault(source)) ?? 0, Model: model))
                .SelectMany(next => ((int At, bool IsMadeHere, SqlFile Model)[])[(Math.Max(here, next.Ready), true, next.Model), .. IsLarge(next.Model) ? [(Math.Max(there, next.Ready), false, next.Model)] : ((int, bool, SqlFile)[])[]])
                .MinBy(next => (next.At, -urgency[next.Model.Name], next.IsMadeHere));
            open.Remove(model.Name);
            end[model.Name] = at + Weight(model);
            if (isMadeHere)
            {
                here = end[model.Name];
                _steps.Add((at, true, model));
            }
            else
            {
                there = end[model.Name];
                _aside.Add(model);
            }
        }

        // What was made aside moves over when it is needed, or when it must be ready beyond doubt: nobody waits for it before.
        foreach (var model in _aside)
            _steps.Add((_steps.Where(step => step.IsMadeHere && step.Model.Sources.Contains(model.Name)).Select(step => step.At).Append(end[model.Name] + LargeWeight).Min(), false, model));
    }

    /// <summary>Makes them all; throws what went wrong on either thread.</summary>
    /// <param name="made">Called on this thread, once a model can be read here: its rows, and the milliseconds that it took.</param>
    public void Run(Action<SqlFile, long, double> made)
    {
        using var aside = _aside.Count > 0 ? _runner.Engine.Aside() : null;
        var helper = aside is null ? Task.CompletedTask : Task.Run(() => Help(_runner.On(aside)));
        try
        {
            foreach (var (_, isMadeHere, model) in _steps.OrderBy(step => step.At).ThenBy(step => step.IsMadeHere))
            {
                var (rows, _, ms) = isMadeHere || aside is null ? Materialize(_runner, model) : Moved(model, aside);
                lock (_gate)
                {
                    _missing.Remove(model.Name);
                    Monitor.PulseAll(_gate);
                }

                made(model, rows, ms);
            }
        }
        finally
        {
            lock (_gate)
            {
                _isOver = true;
                Monitor.PulseAll(_gate);
            }

            helper.Wait();
        }
    }

    private Made Moved(SqlFile model, IEngine aside)
    {
        Made? arrived;
        lock (_gate)
        {
            while (!_moving.TryGetValue(model, out arrived))
            {
                _failure?.Throw();
                Monitor.Wait(_gate);
            }
        }

        if (arrived.IsNew)
            _runner.Adopt(model, aside);
        return arrived;
    }

    private void Help(SqlRunner helper)
    {
        try
        {
            foreach (var model in _aside)
            {
                lock (_gate)
                {
                    while (!_isOver && model.Sources.Any(source => _missing.Contains(source) && !_moving.Keys.Any(moving => moving.Name == source)))
                        Monitor.Wait(_gate);
                    if (_isOver)
                        return;
                }

                var made = Materialize(helper, model);
                lock (_gate)
                {
                    _moving.Add(model, made);
                    Monitor.PulseAll(_gate);
                }
            }
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private Dictionary<string, int> Urgency(IReadOnlyList<SqlFile> models)
    {
        // What is exported has a reader too: its file is written meanwhile, for as long as many models take.
        var urgency = models.ToDictionary(model => model.Name, model => Weight(model) + (model["export"] is null ? 0 : 10 * LargeWeight), StringComparer.Ordinal);
        foreach (var model in models.Reverse())
        {
            foreach (var source in model.Sources.Where(urgency.ContainsKey))
                urgency[source] = Math.Max(urgency[source], Weight(_runner.Catalog.Table(source)!) + urgency[model.Name]);
        }

        return urgency;
    }

    private int Weight(SqlFile model) => IsLarge(model) ? LargeWeight : 1;

    // Others are smaller than the effort of moving; a view belongs where its tables are, and what is brought up to date is there.
    private bool IsLarge(SqlFile model) => model["materialize"] != "view" && model["solve"] is null && model.Folder == Folder.Transform && !_runner.MayUpdate(model)
        && model.Sources.Any(source => _runner.Catalog.Table(source) is not { } table || table["distribute"] is not null);

    private static Made Materialize(SqlRunner runner, SqlFile model)
    {
        var watch = Stopwatch.StartNew();
        var (rows, isNew) = runner.Materialize(model);
        return new(rows, isNew, watch.Elapsed.TotalMilliseconds);
    }

    private sealed record Made(long Rows, bool IsNew, double DurationMs);
}
