using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Clickpath.Engines;

namespace Clickpath.Sql;

/// <summary>
/// Makes models on two threads: the one that is free takes the next whose inputs are there. An engine that writes one table at a
/// time gives the second thread a database of its own, and what is made there moves over.
/// </summary>
/// <param name="runner">The calling thread's.</param>
/// <param name="models">What to make, each after those it reads.</param>
/// <param name="made">Called on the calling thread, once a model can be read there: its rows, and the milliseconds that it took.</param>
internal sealed class Lanes(SqlRunner runner, IReadOnlyList<SqlFile> models, Action<SqlFile, long, double> made)
{
    private readonly object _gate = new();
    private readonly List<SqlFile> _open = [.. models];
    private readonly HashSet<string> _missing = models.Select(model => model.Name).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> _aside = new(StringComparer.Ordinal);
    private readonly Queue<(SqlFile Model, long Rows, double DurationMs)> _arrived = new();
    private ExceptionDispatchInfo? _failure;

    /// <summary>Makes them all; throws what went wrong on either thread.</summary>
    public void Run()
    {
        using var aside = models.Count(IsWorthMoving) > 1 ? runner.Engine.Aside() : null;
        var helper = aside is null ? Task.CompletedTask : Task.Run(() => Help(new SqlRunner(aside, runner.Catalog)));
        try
        {
            while (Take() is var (model, arrived))
            {
                var (rows, ms) = arrived ?? Timed(() => runner.Materialize(model));
                if (arrived is not null)
                    runner.Adopt(model, rows, aside!);
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
                _open.Clear();
                Monitor.PulseAll(_gate);
            }

            helper.Wait();
        }
    }

    // What the calling thread does next: move over what has arrived, or make a model; null once there is nothing left.
    private (SqlFile Model, (long, double)? Arrived)? Take()
    {
        lock (_gate)
        {
            while (true)
            {
                _failure?.Throw();
                if (_arrived.TryDequeue(out var arrived))
                    return (arrived.Model, (arrived.Rows, arrived.DurationMs));
                if (Next(model => !model.Sources.Any(source => source != model.Name && _missing.Contains(source))) is { } next)
                    return (next, null);
                if (_missing.Count == 0)
                    return null;
                Monitor.Wait(_gate);
            }
        }
    }

    private void Help(SqlRunner helper)
    {
        try
        {
            while (true)
            {
                SqlFile? next;
                lock (_gate)
                {
                    while ((next = Next(model => IsWorthMoving(model) && !model.Sources.Any(source => _missing.Contains(source) && !_aside.Contains(source)))) is null)
                    {
                        if (!_open.Exists(IsWorthMoving))
                            return;
                        Monitor.Wait(_gate);
                    }
                }

                var (rows, ms) = Timed(() => helper.Materialize(next));
                lock (_gate)
                {
                    _aside.Add(next.Name);
                    _arrived.Enqueue((next, rows, ms));
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

    private SqlFile? Next(Func<SqlFile, bool> isReady)
    {
        var at = _open.FindIndex(model => isReady(model));
        if (at < 0)
            return null;
        var model = _open[at];
        _open.RemoveAt(at);
        return model;
    }

    // Reference tables are smaller than the effort; a view belongs where its tables are.
    private static bool IsWorthMoving(SqlFile model) => model.Folder == Folder.Transform && model["materialize"] != "view" && model["solve"] is null;

    private static (long Rows, double DurationMs) Timed(Func<long> make)
    {
        var watch = Stopwatch.StartNew();
        return (make(), watch.Elapsed.TotalMilliseconds);
    }
}
