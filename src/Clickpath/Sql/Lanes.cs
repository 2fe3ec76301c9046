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
    // What a statement takes before it reads anything, and what making a table takes, as much as the reading of so many rows.
    private const long StatementRows = 2_000, TableRows = 8_000;

    // What is exported is written on another thread meanwhile, which takes so many times as long as to make it: it should begin early.
    private const long ExportTimes = 8;

    // What a table of events or sessions is thought to have, where no earlier run has made it; one that was added up from them has few.
    private const long UnknownRows = 16_000;

    private readonly SqlRunner _runner;
    private readonly IReadOnlyList<SqlFile> _models;
    private readonly List<SqlFile> _aside = [];
    private readonly List<(long At, bool IsMadeHere, SqlFile Model)> _steps = [];
    private readonly HashSet<SqlFile> _updated; // in part, where they are
    private readonly Dictionary<SqlFile, long> _weights;
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
        (_runner, _models) = (runner, models);
        _missing = models.Select(model => model.Name).ToHashSet(StringComparer.Ordinal);
        _updated = [.. models.Where(runner.MayUpdate)];
        _weights = Weights(models);
        var urgency = Urgency(models);
        var end = new Dictionary<string, long>(StringComparer.Ordinal);
        var (here, there) = (0L, 0L);
        var open = models.ToDictionary(model => model.Name, StringComparer.Ordinal);
        while (open.Count > 0)
        {
            // Which model can begin first, and where; of several, the one for which the longest chain of others waits, and rather here, whence
            // it need not move.
            var (at, isMadeHere, model) = models.Where(model => open.ContainsKey(model.Name) && !model.Sources.Any(open.ContainsKey))
                .Select(model => (Ready: model.Sources.Max(source => (long?)end.GetValueOrDefault(source)) ?? 0, Model: model))
                .SelectMany(next => ((long At, bool IsMadeHere, SqlFile Model)[])[(Math.Max(here, next.Ready), true, next.Model), .. IsMovable(next.Model) ? [(Math.Max(there, next.Ready), false, next.Model)] : ((long, bool, SqlFile)[])[]])
                .MinBy(next => (next.At, -urgency[next.Model.Name], !next.IsMadeHere));
            open.Remove(model.Name);
            end[model.Name] = at + _weights[model];
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

        // What was made aside moves over when it is needed here, or when all else is done.
        foreach (var model in _aside)
            _steps.Add((_steps.Where(step => step.IsMadeHere && step.Model.Sources.Contains(model.Name)).Select(step => step.At).Append(long.MaxValue).Min(), false, model));
    }

    /// <summary>Makes them all; throws what went wrong on either thread.</summary>
    /// <param name="made">Called on this thread, once a model can be read here: its rows, and the milliseconds that it took.</param>
    public void Run(Action<SqlFile, long, double> made)
    {
        using var aside = _aside.Count > 0 ? _runner.Engine.Aside() : null;
        var helper = aside is null ? Task.CompletedTask : Task.Run(() => Help(_runner.On(aside)));
        try
        {
            var steps = aside is null ? _models.Select(model => (IsMadeHere: true, model)) : _steps.OrderBy(step => step.At).ThenBy(step => step.IsMadeHere).Select(step => (step.IsMadeHere, step.Model));
            foreach (var (isMadeHere, model) in steps)
            {
                var (rows, _, ms) = isMadeHere ? Materialize(_runner, model) : Moved(model, aside!);
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

    private Dictionary<string, long> Urgency(IReadOnlyList<SqlFile> models)
    {
        var urgency = models.ToDictionary(model => model.Name, model => model["export"] is null ? _weights[model] : ExportTimes * _weights[model], StringComparer.Ordinal);
        foreach (var model in models.Reverse())
        {
            foreach (var source in model.Sources.Where(urgency.ContainsKey))
                urgency[source] = Math.Max(urgency[source], _weights[_runner.Catalog.Table(source)!] + urgency[model.Name]);
        }

        return urgency;
    }

    // By the rows of what it reads, as far as they are known before any of it is made: how long it took last time is chance.
    private Dictionary<SqlFile, long> Weights(IReadOnlyList<SqlFile> models)
    {
        var catalog = _runner.Catalog;
        var most = catalog.Models.Max(_runner.EarlierRows) ?? UnknownRows;
        var rows = catalog.Schema.SelectMany(ddl => LoadTable.Names(ddl.Text)).ToDictionary(name => name, _ => most, StringComparer.Ordinal);
        foreach (var model in catalog.Models)
            rows[model.Name] = _runner.EarlierRows(model) ?? (model["distribute"] is null ? 0 : UnknownRows);
        return models.ToDictionary(model => model, model => StatementRows + (IsMovable(model) || model["solve"] is not null ? TableRows : 0)
            + model.Sources.Sum(source => rows.GetValueOrDefault(source)));
    }

    // Reference tables are smaller than the effort of moving; a view belongs where its tables are, and what is brought up to date is there.
    private bool IsMovable(SqlFile model) => model["materialize"] != "view" && model["solve"] is null && model.Folder == Folder.Transform && !_updated.Contains(model);

    private static Made Materialize(SqlRunner runner, SqlFile model)
    {
        var watch = Stopwatch.StartNew();
        var (rows, isNew) = runner.Materialize(model);
        return new(rows, isNew, watch.Elapsed.TotalMilliseconds);
    }

    private sealed record Made(long Rows, bool IsNew, double DurationMs);
}
