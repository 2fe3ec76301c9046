using System.Diagnostics;
using System.Globalization;
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

    private readonly SqlRunner _runner;
    private readonly IReadOnlyList<SqlFile> _wanted;
    private readonly List<SqlFile> _aside = [];
    private readonly List<(long At, bool IsMadeHere, SqlFile Model)> _steps = [];
    private readonly HashSet<SqlFile> _updated; // in part, where they are
    private readonly Dictionary<SqlFile, long> _weights;
    private readonly HashSet<string> _missing;
    private readonly Dictionary<SqlFile, Made?> _moving = [];
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly List<(SqlFile View, Task Check)> _keys = []; // of views, whose rows nobody has seen when they are made
    private readonly object _gate = new();
    private ExceptionDispatchInfo? _failure;
    private bool _isOver;

    /// <summary>Plans.</summary>
    /// <param name="runner">The calling thread's.</param>
    /// <param name="wanted">What to make, each after those it reads.</param>
    /// <param name="ahead">What is wanted later, each after those it reads: made where a thread would wait, as far as there is time.</param>
    public Lanes(SqlRunner runner, IReadOnlyList<SqlFile> wanted, IReadOnlyList<SqlFile> ahead)
    {
        (_runner, _wanted) = (runner, wanted);
        SqlFile[] models = [.. wanted, .. ahead];
        _updated = [.. models.Where(runner.MayUpdate)];
        _weights = Weights(models);
        var urgency = Urgency(models);
        var end = new Dictionary<string, long>(StringComparer.Ordinal);
        var (here, there) = (0L, 0L);
        var open = models.ToDictionary(model => model.Name, StringComparer.Ordinal);
        while (wanted.Any(model => open.ContainsKey(model.Name)))
        {
            // Which model can begin first, and where; of several, what takes no time, then the one for which the longest chain of others waits,
            // and rather here, whence it need not move.
            var (at, isMadeHere, model) = models.Where(model => open.ContainsKey(model.Name) && !model.Sources.Any(open.ContainsKey))
                .Select(model => (Ready: model.Sources.Max(source => (long?)end.GetValueOrDefault(source)) ?? 0, Model: model))
                .SelectMany(next => ((long At, bool IsMadeHere, SqlFile Model)[])[(Math.Max(here, next.Ready), true, next.Model), .. IsMovable(next.Model) ? [(Math.Max(there, next.Ready), false, next.Model)] : ((long, bool, SqlFile)[])[]])
                .MinBy(next => (next.At, _weights[next.Model] > StatementRows, -urgency[next.Model.Name], !next.IsMadeHere));
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

        _missing = _steps.Select(step => step.Model).Concat(_aside).Select(model => model.Name).ToHashSet(StringComparer.Ordinal);
        // What was made aside moves over when it is needed here, or when all else is done.
        foreach (var model in _aside)
            _steps.Add((_steps.Where(step => step.IsMadeHere && step.Model.Sources.Contains(model.Name)).Select(step => step.At).Append(long.MaxValue).Min(), false, model));
    }

    /// <summary>Makes them; throws what went wrong on either thread, unless it was ahead: that is to be tried again in its turn.</summary>
    /// <param name="made">Called on this thread, once a model can be read here: its rows, and the milliseconds that it took.</param>
    /// <returns>What was called made, and has turned out to be wrong, of what was ahead.</returns>
    public IReadOnlyList<SqlFile> Run(Action<SqlFile, long, double> made)
    {
        using var aside = _aside.Count > 0 ? _runner.Engine.Aside() : null;
        var helper = aside is null ? Task.CompletedTask : Task.Run(() => Help(_runner.On(aside)));
        try
        {
            var steps = aside is null ? _wanted.Select(model => (IsMadeHere: true, model)) : _steps.OrderBy(step => step.At).ThenBy(step => step.IsMadeHere).Select(step => (step.IsMadeHere, step.Model));
            foreach (var (isMadeHere, model) in steps)
            {
                if (_keys.Exists(key => key.Check.IsFaulted && _wanted.Contains(key.View)))
                    ThrowIfAnyFails();
                var isSeenLater = aside is not null && model["materialize"] == "view";
                var result = isMadeHere ? Materialize(_runner, model, !isSeenLater) : Moved(model, aside!);
                lock (_gate)
                {
                    _missing.Remove(model.Name);
                    Monitor.PulseAll(_gate);
                }

                if (result is null)
                    continue;
                made(model, result.Rows, result.DurationMs);
                if (isSeenLater && result.IsNew)
                    _keys.Add((model, (_keys.Count == 0 ? Task.CompletedTask : _keys[^1].Check).ContinueWith(_ => CheckKey(model), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));
            }

            ThrowIfAnyFails();
            return [.. _keys.Where(key => key.Check.IsFaulted).Select(key => key.View)];
        }
        catch (ClickpathException)
        {
            ThrowIfAnyFails(); // what failed may have failed by what is wrong with a view that it reads
            throw;
        }
        finally
        {
            lock (_gate)
            {
                _isOver = true;
                Monitor.PulseAll(_gate);
            }

            helper.Wait();
            _keys.ForEach(key => Task.WaitAny([key.Check], CancellationToken.None));
        }
    }

    // A view takes no time to make, but its rows do to look at: nothing else need wait for it. One view at a time, each row once: that takes little memory.
    private void CheckKey(SqlFile view)
    {
        using var beside = _runner.Engine.Beside(readsOnce: true);
        _runner.On(beside).CheckKey(view);
    }

    // Waits for all that was made; throws the first that is wanted and fails, and of what is ahead only what is no mistake in a file.
    private void ThrowIfAnyFails()
    {
        foreach (var (view, check) in _keys)
        {
            try
            {
                check.GetAwaiter().GetResult();
            }
            catch (ClickpathException) when (!_wanted.Contains(view))
            {
                // It is tried again in its turn.
            }
        }
    }

    private Made? Moved(SqlFile model, IEngine aside)
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

        if (arrived is not { IsNew: true })
            return arrived;
        return Try(model, () =>
        {
            _runner.Adopt(model, aside);
            return arrived;
        });
    }

    private void Help(SqlRunner helper)
    {
        try
        {
            // As planned, but for what has to wait longer than was thought: what moves when is planned all the same.
            var kept = new List<SqlFile>(); // here, though it may have moved
            for (var open = _aside.ToList(); open.Count > 0;)
            {
                SqlFile? model;
                List<SqlFile> moved;
                lock (_gate)
                {
                    while ((model = open.Find(next => !next.Sources.Any(source => _missing.Contains(source) && !_moving.Keys.Any(moving => moving.Name == source)))) is null && !_isOver)
                        Monitor.Wait(_gate);
                    if (_isOver)
                        return;
                    moved = kept.FindAll(table => !_missing.Contains(table.Name));
                }

                // Its room on the disk is for the next ones.
                moved.ForEach(table => helper.Drop(table.Name));
                kept.RemoveAll(moved.Contains);
                open.Remove(model!);
                kept.Add(model!);
                var made = Materialize(helper, model!);
                lock (_gate)
                {
                    _moving.Add(model!, made);
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

    // By the rows of what it reads and of what it writes, as far as they are known before any of it is made, and what its header says that a row
    // takes: how long it took last time is chance.
    private Dictionary<SqlFile, long> Weights(IReadOnlyList<SqlFile> models)
    {
        var catalog = _runner.Catalog;
        var rows = catalog.Schema.SelectMany(ddl => LoadTable.Names(ddl.Text)).Where(name => models.Any(model => model.Sources.Contains(name))).ToDictionary(name => name, _runner.Count, StringComparer.Ordinal);
        var most = rows.Values.Append(0).Max();
        // A model of clients has as many rows as there are clients; one of something that is not loaded, few, unless it is spread over machines.
        var byKey = catalog.Schema.SelectMany(ddl => LoadTable.Read(ddl.Text)).Where(table => table.Columns[0].Name.EndsWith("_key", StringComparison.Ordinal))
            .DistinctBy(table => table.Columns[0].Name).ToDictionary(table => table.Columns[0].Name, table => rows.GetValueOrDefault(table.Name), StringComparer.Ordinal);
        foreach (var model in catalog.Models)
            rows[model.Name] = _runner.EarlierRows(model) ?? (model.List("key") is [var key] && byKey.TryGetValue(key, out var known) ? known : model["distribute"] is null ? 0 : most / 4);
        return models.ToDictionary(model => model, model => StatementRows + (IsMovable(model) || model["solve"] is not null ? TableRows : 0)
            + (model["materialize"] == "view" ? 0 : long.Parse(model["effort"] ?? "1", CultureInfo.InvariantCulture) * (model.Sources.Sum(source => rows.GetValueOrDefault(source)) + rows[model.Name])));
    }

    // Reference tables are smaller than the effort of moving; a view belongs where its tables are, and what is brought up to date is there.
    private bool IsMovable(SqlFile model) => model["materialize"] != "view" && model["solve"] is null && model.Folder == Folder.Transform && !_updated.Contains(model);

    // Null: it failed, or what it reads did, and nobody wants it yet.
    private Made? Materialize(SqlRunner runner, SqlFile model, bool checksKey = true)
    {
        lock (_gate)
        {
            if (model.Sources.Any(_failed.Contains))
            {
                _failed.Add(model.Name);
                return null;
            }
        }

        return Try(model, () =>
        {
            var watch = Stopwatch.StartNew();
            var (rows, isNew) = runner.Materialize(model, checksKey);
            return new(rows, isNew, watch.Elapsed.TotalMilliseconds);
        });
    }

    private Made? Try(SqlFile model, Func<Made> make)
    {
        try
        {
            return make();
        }
        catch (ClickpathException) when (!_wanted.Contains(model))
        {
            lock (_gate)
                _failed.Add(model.Name);
            return null;
        }
    }

    private sealed record Made(long Rows, bool IsNew, double DurationMs);
}
