using System.Data.Common;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Clickpath.Engines;
using Clickpath.Reports;

namespace Clickpath.Sql;

/// <summary>Runs SQL files on an engine: models become tables, other SELECTs become rows.</summary>
internal sealed partial class SqlRunner(IEngine engine, SqlCatalog catalog, ResultStore? store = null)
{
    private const string OnlyReads = "it does more than read. A file is one SELECT over the tables; make a model to store something.";

    private readonly HashSet<SqlFile> _made = [];
    private readonly Increments? _increments = store is null ? null : new Increments(engine, catalog, store);

    public IEngine Engine { get; } = engine;

    public SqlCatalog Catalog { get; } = catalog;

    /// <summary>Models that an earlier run made and that are not to be made again.</summary>
    public void Assume(IEnumerable<SqlFile> models) => _made.UnionWith(models);

    /// <summary>Whether a model was made, or assumed.</summary>
    public bool Has(SqlFile model) => _made.Contains(model);

    /// <summary>How many rows an earlier run's table of a model has; null where that is not known.</summary>
    public long? EarlierRows(SqlFile model) => store?.Earlier(model);

    /// <summary>Makes a model, after those that it reads, unless it is there; says what it made.</summary>
    public IEnumerable<(SqlFile Model, long Rows)> Make(SqlFile model)
    {
        var upstream = Catalog.Upstream(model).Append(model).ToHashSet();
        foreach (var next in Catalog.Models.Where(upstream.Contains))
        {
            if (_made.Add(next))
                yield return (next, Materialize(next).Rows);
        }
    }

    /// <summary>Makes models, and those that they read, unless they are there, on two threads.</summary>
    /// <param name="models">In any order.</param>
    /// <param name="ahead">What is wanted later: made meanwhile where a thread would wait, as far as there is time and nothing is wrong with it.</param>
    /// <param name="made">Called on this thread, once a model can be read: its rows, and the milliseconds that it took.</param>
    public void Make(IEnumerable<SqlFile> models, IEnumerable<SqlFile> ahead, Action<SqlFile, long, double> made)
    {
        var wanted = models.SelectMany(model => Catalog.Upstream(model).Append(model)).ToHashSet();
        var missing = new List<SqlFile>();
        foreach (var model in Catalog.Models.Where(wanted.Contains).Where(_made.Add))
        {
            if (store?.Kept(model) is { } rows)
                made(model, rows, 0);
            else
                missing.Add(model);
        }

        var failed = new Lanes(this, missing, [.. ahead.Where(model => !_made.Contains(model) && store?.Kept(model) is null)]).Run((model, rows, ms) =>
        {
            _made.Add(model);
            made(model, rows, ms);
        });
        // With what was made of them, of which nobody can say what it is; the last first, as some engines drop nothing that another reads.
        foreach (var model in Catalog.Models.Reverse().Where(model => _made.Contains(model) && Catalog.Upstream(model).Append(model).Any(failed.Contains)))
        {
            _made.Remove(model);
            store?.Forget(model);
            Drop(model.Name);
        }
    }

    /// <summary>Whether a model's table of an earlier run may be brought up to date, where it is.</summary>
    public bool MayUpdate(SqlFile model) => _increments?.MayUpdate(model) == true;

    /// <inheritdoc cref="Increments.Touched"/>
    public IReadOnlyList<string?>? Touched(SqlFile model, string column) => _increments?.Touched(model, column);

    /// <summary>A runner of the same files on another connection.</summary>
    public SqlRunner On(IEngine other) => new(other, Catalog, store);

    /// <summary>Has the engine read a file and plan it, and no more: of a model or a report there is a table after it, whose rows nobody has
    /// looked at.</summary>
    public void Compile(SqlFile file) => Guarded(file, () =>
    {
        foreach (var select in new[] { file.Body, file.Samples }.OfType<string>().Select(select => Bound(file, select)))
        {
            if (SqlText.WritesAt(select) >= 0)
                throw file.Error(OnlyReads);
            if (file["solve"] is not null)
                Solve(file, file.Name);
            else if (file.Folder.IsTable)
                Engine.Materialize(Storage(file, select));
            else
                Execute($"{Engine.Explain} {select}");
        }

        return 0;
    });

    /// <summary>Takes over a model's table that was made aside.</summary>
    public void Adopt(SqlFile model, IEngine aside) => Guarded(model, () =>
    {
        Engine.Adopt(aside, Storage(model, ""));
        return 0;
    });

    /// <summary>Makes a report's rows a table of its name, which other reports and invariants read, so that each SELECT runs
    /// once; and returns them in its order.</summary>
    public Table MakeReport(SqlFile report)
    {
        if (store?.Kept(report) is not null)
            return Read(report, $"SELECT * FROM {report.Name}");
        var earlier = store?.Earlier(report) is null ? null : LastRows(report);
        var select = Bound(report, report.Body);
        Guarded(report, () =>
        {
            RefuseWrites(report, select);
            Drop(report.Name);
            Engine.Materialize(new Materialization(report.Name, select, IsView: false, [], []));
            return 0;
        });
        var table = Read(report, $"SELECT * FROM {report.Name}");
        store?.Keep(report, table.Rows.Count, earlier is not null && table.HasRowsOf(earlier));
        return table;
    }

    /// <summary>A report's rows as the last run left them; null where it made none.</summary>
    public Table? LastRows(SqlFile report)
    {
        try
        {
            return Read(report, $"SELECT * FROM {report.Name}");
        }
        catch (ClickpathException)
        {
            return null;
        }
    }

    /// <summary>All rows of one of the file's SELECTs. The engine refuses anything but reading.</summary>
    public Table Rows(SqlFile file, string? sql = null)
    {
        sql ??= file.Body;
        if (store?.Rows(file, sql) is { } kept)
            return kept;
        var table = Read(file, sql);
        store?.Keep(file, sql, table);
        return table;
    }

    private Table Read(SqlFile file, string sql)
    {
        var bound = Bound(file, sql);
        return Guarded(file, () =>
        {
            RefuseWrites(file, bound);
            using var guard = Engine.ReadOnly();
            using var command = Engine.Connection.CreateCommand();
            command.CommandText = bound;
            using var reader = command.ExecuteReader();
            return Read(file, reader);
        });
    }

    /// <summary>All rows of a SELECT that is no file's; it may use the parameters of all files, and its columns may have any names.</summary>
    public Table Ask(string sql, string name)
    {
        var question = SqlFile.Question(sql, Catalog.Parameters, name);
        var bound = Bound(question, question.Body);
        return Guarded(question, () =>
        {
            RefuseWrites(question, bound);
            using var guard = Engine.ReadOnly();
            using var command = Engine.Connection.CreateCommand();
            command.CommandText = bound;
            using var reader = command.ExecuteReader();
            var rows = new List<object?[]>();
            while (reader.Read())
                rows.Add(Row(reader));
            return new Table(question.Name, [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], rows);
        });
    }

    /// <summary>How the engine would run a file's SELECT, in its words, a line each.</summary>
    public IEnumerable<string> Plan(SqlFile file)
    {
        var bound = Bound(file, file.Body);
        return Guarded(file, () =>
        {
            RefuseWrites(file, bound);
            using var guard = Engine.ReadOnly();
            using var command = Engine.Connection.CreateCommand();
            command.CommandText = $"{Engine.Explain} {bound}";
            using var reader = command.ExecuteReader();
            var lines = new List<string>();
            while (reader.Read())
                lines.Add(Convert.ToString(Row(reader)[^1], CultureInfo.InvariantCulture)!); // what is before it is numbers, or a heading
            return lines;
        });
    }

    /// <summary>What moves between machines when a file runs; null where there is one machine.</summary>
    public Movement? MovementOf(SqlFile file) => file["solve"] is not null ? null : Guarded(file, () =>
        Engine.MovementOf(Bound(file, file.Body), file.Folder.IsModel && file["materialize"] != "view" ? file.Name : null));

    /// <summary>All rows of a reader.</summary>
    internal static Table Read(SqlFile file, DbDataReader reader)
    {
        var columns = Columns(reader, file);
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add(Row(reader));
        return new Table(file.Name, columns, rows);
    }

    /// <summary>A value as null, long, double or string.</summary>
    internal static object? Normal(object value) => value switch
    {
        null or DBNull => null,
        long or double or string => value,
        int i => (long)i,
        short s => (long)s,
        sbyte b => (long)b,
        byte b => (long)b,
        uint u => (long)u,
        ulong u => checked((long)u),
        bool b => b ? 1L : 0L,
        BigInteger b => checked((long)b),
        float f => (double)f,
        decimal d => d == decimal.Truncate(d) && d.Scale == 0 ? (long)d : (double)d,
        DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    internal static object?[] Row(DbDataReader reader)
    {
        var row = new object?[reader.FieldCount];
        for (var i = 0; i < row.Length; i++)
            row[i] = reader.IsDBNull(i) ? null : Normal(reader.GetValue(i));
        return row;
    }

    private static List<string> Columns(DbDataReader reader, SqlFile file)
    {
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var bad = columns.Find(c => !ColumnName().IsMatch(c)) ?? columns.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1)?.Key;
        return bad is null ? columns : throw file.Error($"a column is called '{bad}'. Give every column a name of its own with AS: lower-case letters, digits and _.");
    }

    /// <summary>Makes a model's table, unless that of an earlier run still holds. What the model reads is there.</summary>
    /// <param name="model">The model.</param>
    /// <param name="checksKey">Whether its key is looked at; else it is to be (<see cref="CheckKey(SqlFile)"/>).</param>
    /// <returns>How many rows it has, and whether they are others than those of an earlier run, whose table then stays.</returns>
    public (long Rows, bool IsNew) Materialize(SqlFile model, bool checksKey = true)
    {
        if (store?.Kept(model) is { } kept)
            return (kept, false);
        var storage = Storage(model, Bound(model, model.Body));
        if (_increments is not null && Guarded(model, () => _increments.Update(model, storage.Select, table => RefuseDoubles(model, table))) is { } isOther)
        {
            var rowsNow = Count(storage);
            store!.Keep(model, rowsNow, isAsEarlier: !isOther);
            return (rowsNow, isOther);
        }

        var earlier = storage.IsView ? null : store?.Earlier(model);
        // Under a name that no file can have, until it is known whether it says anything new.
        var fresh = earlier is null ? storage : storage with { Name = $"_new_{model.Name}" };
        return Guarded(model, () =>
        {
            RefuseWrites(model, storage.Select);
            Drop(fresh.Name);
            try
            {
                if (model["solve"] is not null)
                    Solve(model, fresh.Name);
                else
                    Materialize(model, fresh);
                if (checksKey)
                    CheckKey(model, fresh.Name);
            }
            catch (Exception e) when (e is ClickpathException or DbException)
            {
                DropIfPossible(fresh.Name); // a run may go on without it
                throw;
            }

            var rows = Count(fresh);
            var isNew = earlier != rows || !HasRowsOf(model, fresh.Name);
            if (!isNew)
            {
                Drop(fresh.Name);
            }
            else
            {
                if (fresh != storage)
                {
                    Drop(model.Name);
                    Execute($"ALTER TABLE {fresh.Name} RENAME TO {model.Name}");
                }

                Engine.Index(storage);
            }

            store?.Keep(model, rows, isAsEarlier: !isNew);
            return (rows, isNew);
        });
    }

    private void Materialize(SqlFile model, Materialization storage)
    {
        try
        {
            Engine.Materialize(storage);
        }
        catch (DbException) when (Engine.IsClustered && model.List("cluster").Count > 0)
        {
            RefuseDoubles(model, $"({storage.Select}\n) AS rows_to_be"); // names the rows, where it was their key that the engine refused
            throw;
        }
    }

    // Whether each of as many rows is in the earlier table too. One that differs is found early, and ends it. Where rows lie in the
    // order in which they came, that is part of it: sums of fractions hang on it.
    private bool HasRowsOf(SqlFile model, string fresh)
    {
        var columns = Columns(fresh);
        if (!columns.SequenceEqual(Columns(model.Name)))
            return false;
        var names = columns.Select(column => column.Name);
        // With all that places a row, so that each machine of a cluster compares its own.
        var key = Engine.IsClustered && model.List("cluster").Count == 0 ? ["rowid"] : model.List("key").Union(model.List("cluster")).Union(model.List("distribute")).ToList();
        using var command = Engine.Connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM (SELECT 1 AS one FROM {fresh} LEFT JOIN {model.Name} ON {string.Join(" AND ", key.Select(k => $"{model.Name}.{k} = {fresh}.{k}"))}"
            + $" WHERE {model.Name}.{key[0]} IS NULL OR {string.Join(" OR ", names.Select(name => Engine.IsDistinct($"{fresh}.{name}", $"{model.Name}.{name}")))} LIMIT 1) AS others";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) == 0;
    }

    private List<(string Name, string Type)> Columns(string table)
    {
        using var command = Engine.Connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} LIMIT 0";
        using var reader = command.ExecuteReader();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), reader.GetDataTypeName(i)))];
    }

    private void Execute(string sql)
    {
        using var command = Engine.Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private Materialization Storage(SqlFile model, string select) =>
        new(model.Name, select, model["materialize"] == "view", model.List("cluster"), [.. model.All("index").Select(SqlFile.Names)]) { Placement = Catalog.Distribution.Of(model.Name) };

    // What SQL can't say the same way on every engine: the table holds what follows from the SELECT's rows.
    private void Solve(SqlFile model, string name)
    {
        var steps = Read(model, model.Body);
        try
        {
            var rows = AbsorbingChain.Solve(steps).ToList();
            Engine.ExecuteSchema($"CREATE TABLE {name} ({AbsorbingChain.Columns})");
            if (Catalog.Distribution.Of(model.Name) is { } placement)
                Engine.Place((name, placement));
            using var writer = Engine.BulkWriter(name, AbsorbingChain.ColumnNames);
            foreach (var (chain, state, success, effect) in rows)
            {
                writer.Add(chain);
                writer.Add(state);
                writer.Add(success);
                writer.Add(effect);
                writer.EndRow();
            }

            writer.Complete();
        }
        catch (FormatException e)
        {
            throw model.Error($"{e.Message}. A model with 'solve' returns chain, from_state, to_state, is_success and transition_count.", "solve");
        }
    }

    /// <summary>How many rows a model has.</summary>
    public long Count(SqlFile model) => Count(Storage(model, ""));

    private long Count(Materialization table) => Count(Rows(table.Name, table.IsView, Catalog.Table(table.Name)?.List("key") ?? []));

    /// <summary>How many rows a table has.</summary>
    public long Count(string table)
    {
        using var command = Engine.Connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    // Of a view only the columns in question: the limit keeps SQLite from taking the SELECT apart, and it then leaves out
    // joins that can neither add rows nor take any away, where it would look up the text of every row.
    private static string Rows(string table, bool isView, IEnumerable<string> columns) => isView
        ? $"(SELECT {string.Join(", ", columns)} FROM {table} LIMIT 1000000000000000) AS named_columns"
        : table;

    /// <summary>Throws unless the key that a model declares identifies each row of its table or view.</summary>
    public void CheckKey(SqlFile model) => Guarded(model, () =>
    {
        CheckKey(model, model.Name);
        return 0;
    });

    // A model says what identifies a row; a join that multiplies rows is caught here, not in a report.
    private void CheckKey(SqlFile model, string table)
    {
        var (key, cluster, isView) = (model.List("key"), model.List("cluster"), model["materialize"] == "view");
        if (!Engine.IsClustered || isView || cluster.Count == 0 || cluster.Except(key).Any())
            RefuseDoubles(model, Rows(table, isView, key));
    }

    private void RefuseDoubles(SqlFile model, string rows)
    {
        var key = model.List("key");
        var names = string.Join(", ", key);
        var anyNull = string.Join(" OR ", key.Select(k => $"{k} IS NULL"));
        using var command = Engine.Connection.CreateCommand();
        command.CommandText = $"SELECT {names}, COUNT(*) AS row_count FROM {rows} GROUP BY {names} HAVING COUNT(*) > 1 OR {anyNull} ORDER BY {names} LIMIT 3";
        using var reader = command.ExecuteReader();
        var examples = new List<string>();
        while (reader.Read())
        {
            var row = Row(reader);
            examples.Add($"({string.Join(", ", row[..^1].Select(v => v is null ? "NULL" : Convert.ToString(v, CultureInfo.InvariantCulture)))}) in {row[^1]} rows");
        }

        if (examples.Count > 0)
            throw model.Error($"key {names} does not identify a row of {model.Name}: {string.Join("; ", examples)}. Look for a join that multiplies rows, or declare the key that holds.", "key");
    }

    private void DropIfPossible(string name)
    {
        try
        {
            Drop(name);
        }
        catch (DbException)
        {
            // What was wrong is told; this follows from it.
        }
    }

    /// <summary>Takes a table or view away, where it is there.</summary>
    public void Drop(string name) => Engine.Drop(name);

    private string Bound(SqlFile file, string sql) => Engine.Dialect(Catalog.Bind(file, sql));

    // What a file's SELECT does, it does by reading. The engine refuses all else when it compiles it, but for one that only rolls writes back, as
    // DuckDB does: what the text shows is refused before.
    private static void RefuseWrites(SqlFile file, string select)
    {
        if (SqlText.WritesAt(select) >= 0)
            throw file.Error(OnlyReads);
    }

    private T Guarded<T>(SqlFile file, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (DbException e) when (NotAuthorized().IsMatch(e.Message))
        {
            throw file.Error(OnlyReads);
        }
        catch (DbException e) when (PostgresEngine.Trouble(e) is { } trouble)
        {
            throw new ClickpathException($"PostgreSQL failed while {file.Path} ran ({trouble}). Nothing was published; look at the server, and run again.", e);
        }
        catch (DbException e) when (DiskFull().IsMatch(e.Message))
        {
            throw new ClickpathException($"the disk is full, while {file.Path} ran. Free space, or give --artifacts a folder on another disk; where it is the disk of the temporary files that sorts write, name a folder on another in the environment variable SQLITE_TMPDIR.", e);
        }
        catch (DbException e)
        {
            if (SqlReview.MistakeIn(Catalog, file) is { } mistake)
                throw new ClickpathException(mistake, e);
            throw EngineMistake.Of(Engine, file, select => Bound(file, select), e);
        }
    }

    [GeneratedRegex("disk is full|No space left")]
    private static partial Regex DiskFull();

    [GeneratedRegex("not authorized|is prohibited|disabled by configuration|in a read-only transaction|^Permission Error")]
    private static partial Regex NotAuthorized();

    [GeneratedRegex(@"^[a-z][a-z0-9_]*\z")]
    private static partial Regex ColumnName();
}
