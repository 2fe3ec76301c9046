using System.Globalization;
using Clickpath.Engines;
using Clickpath.Loading;
using Dapper;

namespace Clickpath.Sql;

/// <summary>
/// Brings tables of an earlier run up to date where only a part of what they are made of has changed. A model whose header says
/// <c>incremental: client_key</c> promises that a row hangs on those rows alone of what it reads that have the same client_key; it is then
/// made anew for the clients of whom something has changed, over views that hide all others.
/// </summary>
/// <remarks>
/// The promise is tried in each run: some values that nothing has touched are made anew too, and where their rows are others than before, the
/// whole model is made, as it is where it can't be said what has changed. An engine takes part that can read the earlier run's tables
/// beside its own (<see cref="IEngine.Earlier"/>); statements here are in its dialect.
/// </remarks>
internal sealed class Increments(IEngine engine, SqlCatalog catalog, ResultStore store)
{
    // Where more than a third would be made anew, making all is quicker.
    private const int LeastPart = 3;

    // How many values are tried, against those that were touched.
    private const int TriedPart = 20;

    private readonly HashSet<string> _known = []; // tables whose changes are in a table of their own
    private readonly Dictionary<string, IReadOnlyList<string>> _columns = new(StringComparer.Ordinal);
    private readonly Lazy<HashSet<string>> _loaded = new(() => catalog.Schema.SelectMany(schema => LoadTable.Names(schema.Text)).ToHashSet(StringComparer.Ordinal));
    private readonly Lazy<HashSet<string>> _keys = new(() => catalog.Models.SelectMany(Keys).Concat(catalog.Schema.SelectMany(schema => LoadTable.Read(schema.Text)).Select(table => table.Columns[0].Name)).ToHashSet(StringComparer.Ordinal));

    /// <summary>Whether a model's table of an earlier run may be brought up to date.</summary>
    public bool MayUpdate(SqlFile model) => model["incremental"] is not null && model["materialize"] != "view" && model["solve"] is null && model.List("cluster").Count > 0
        && engine.Earlier is not null && store.ChangedInputs(model) is not null;

    /// <summary>Brings a model's table up to date. What the model reads is there.</summary>
    /// <param name="model">The model.</param>
    /// <param name="select">Its SELECT, with its parameters.</param>
    /// <param name="checkKey">Throws unless the key that is declared identifies each row of a table.</param>
    /// <returns>Whether it has other rows now; null where the whole table is to be made.</returns>
    public bool? Update(SqlFile model, string select, Action<string> checkKey)
    {
        if (!MayUpdate(model))
            return null;
        var column = model["incremental"]!;
        using var scratch = new Scratch(this);
        var touched = scratch.Name("touched");
        if (HasNull(model.Name, [column]))
            return null; // no value would find those rows
        List<string>? values;
        using (engine.OpenEarlier())
            values = TouchedIn(model, column);
        if (values is null)
            return null;
        Execute($"CREATE TEMP TABLE {touched} (value PRIMARY KEY) WITHOUT ROWID");
        values.ForEach(value => Execute($"INSERT OR IGNORE INTO {touched} {value}"));
        var count = Number($"SELECT COUNT(*) FROM {touched}");
        if (Number($"SELECT COUNT(*) FROM main.{model.Name} WHERE {column} IN (SELECT value FROM {touched})") > store.Earlier(model) / LeastPart)
            return null;

        var anew = scratch.Name("anew");
        Execute($"CREATE TEMP TABLE {anew} (value PRIMARY KEY) WITHOUT ROWID");
        Execute($"INSERT INTO {anew} SELECT value FROM {touched}");
        // Of what the model reads too, as it may have no rows of some; but only where that needs no search.
        foreach (var table in Tables(model).Where(source => catalog.Table(source)?.List("cluster") is [var first, ..] && first == column).Take(1).Append(model.Name))
            Execute($"INSERT OR IGNORE INTO {anew} SELECT DISTINCT {column} FROM main.{table} WHERE {column} NOT IN (SELECT value FROM {touched}) ORDER BY {column} DESC LIMIT {1 + (count / TriedPart)}");
        var (fresh, old, gone, come) = (scratch.Name("fresh"), scratch.Name("old"), scratch.Name("gone"), scratch.Name("come"));
        using (var shadows = new Scratch(this))
        {
            foreach (var source in Tables(model).Where(source => Columns(source).Contains(column)))
                shadows.Shadow(source, $"SELECT * FROM main.{source} WHERE {In(source, [column], $"SELECT value FROM {anew}")}");
            Execute($"CREATE TEMP TABLE {fresh} AS {select}");
        }

        // Values that had no rows before are new, and theirs need no comparing. With the values' types: 1 and 1.0 are the same to EXCEPT.
        var (names, types) = (string.Join(", ", Columns(model.Name)), string.Join(" || ", Columns(model.Name).Select(name => $"TYPEOF({name})")));
        Execute($"CREATE TEMP TABLE {old} (value PRIMARY KEY) WITHOUT ROWID");
        Execute($"INSERT INTO {old} SELECT DISTINCT {column} FROM main.{model.Name} WHERE {column} IN (SELECT value FROM {anew})");
        var (before, after) = ($"SELECT {names}, {types} FROM main.{model.Name} WHERE {column} IN (SELECT value FROM {old})", $"SELECT {names}, {types} FROM {fresh} WHERE {column} IN (SELECT value FROM {old})");
        Execute($"CREATE TEMP TABLE {gone} AS SELECT {names} FROM ({before} EXCEPT {after})");
        Execute($"CREATE TEMP TABLE {come} AS SELECT {names} FROM ({after} EXCEPT {before})");
        Execute($"INSERT INTO {come} SELECT {names} FROM {fresh} WHERE {column} IS NULL OR {column} NOT IN (SELECT value FROM {old})");
        if (Number($"SELECT COUNT(*) FROM (SELECT {column} FROM {gone} UNION ALL SELECT {column} FROM {come}) WHERE {column} IS NULL OR {column} NOT IN (SELECT value FROM {touched})") > 0)
        {
            store.Remark(model, $"all of it, as its rows hang on more than those of their {column}");
            return null;
        }

        store.Remark(model, string.Create(CultureInfo.InvariantCulture, $"for {count:N0} {(count == 1 ? "value" : "values")} of {column}"));
        // Rows of other values may have the same key, unless the value is part of it.
        checkKey(model.List("key").Contains(column) ? fresh : $"(SELECT * FROM main.{model.Name} WHERE {column} NOT IN (SELECT value FROM {anew}) UNION ALL SELECT * FROM {fresh}) AS rows_to_be");
        var place = string.Join(", ", model.List("cluster"));
        Execute($"DELETE FROM main.{model.Name} WHERE ({place}) IN (SELECT {place} FROM {gone})");
        Execute($"INSERT INTO main.{model.Name} SELECT * FROM {come} ORDER BY {place}");
        Note(model.Name, columns => $"SELECT {columns}, 1 AS is_gone FROM {gone} UNION ALL SELECT {columns}, 0 FROM {come}");
        return Number($"SELECT COUNT(*) FROM {Changes(model.Name)}") > 0;
    }

    /// <summary>The values of a column whose rows may be others than an earlier run's; null where that can't be said.</summary>
    /// <param name="model">A table or view, which is there.</param>
    /// <param name="column">One of its columns, which says with which rows of what a view reads a row goes.</param>
    public IReadOnlyList<string?>? Touched(SqlFile model, string column)
    {
        if (engine.Earlier is null || store.EarlierVersion(model) is not { } version)
            return null;
        using var earlier = engine.OpenEarlier();
        var selects = version == store.Versions.Of(model) ? []
            : model["materialize"] == "view" ? (store.ChangedInputs(model) is null ? null : TouchedIn(model, column))
            : KnowChanges(model.Name) ? [$"SELECT changed.{column} FROM {Changes(model.Name)} AS changed"] : null;
        return selects is null ? null : [.. selects.SelectMany(select => engine.Connection.Query<string?>(select)).Distinct()];
    }

    // SELECTs of the values of a column whose rows may hang on what has changed; null where that can't be said.
    private List<string>? TouchedIn(SqlFile model, string column)
    {
        var selects = new List<string>();
        if (Tables(model).Any(source => Columns(source).Contains(column) && HasNull(source, [column])))
            return null; // they would be hidden
        // What names a text that is new is new itself, and says so: the text need not be looked for.
        foreach (var source in store.ChangedInputs(model)!.Where(source => !IsText(source) || Columns(source).Contains(column) || !Links(model, column, Key(source)).Any()))
        {
            if (!KnowChanges(source))
                return null;
            if (Number($"SELECT COUNT(*) FROM {Changes(source)}") == 0)
                continue;
            if (Values(model, column, source) is not { } select)
                return null;
            selects.Add(select);
        }

        return selects;
    }

    // Which values go with the rows of a source that have changed: its own, or those of other sources' rows that name its key.
    private string? Values(SqlFile model, string column, string source)
    {
        if (Columns(source).Contains(column))
            return Number($"SELECT COUNT(*) FROM {Changes(source)} WHERE {column} IS NULL") > 0 ? null : $"SELECT changed.{column} FROM {Changes(source)} AS changed";
        var key = Key(source);
        var links = Links(model, column, key).ToList();
        if (links.Count > 0)
        {
            // With NULL in one of several columns a row might go with another by other means.
            return key.Count > 1 && links.Exists(link => HasNull(link, key)) ? null : string.Join(" UNION ALL ", links.Select(link =>
                $"SELECT {column} FROM main.{link} WHERE {In(link, key, $"SELECT {string.Join(", ", key.Select(k => $"changed.{k}"))} FROM {Changes(source)} AS changed")}"));
        }

        // What was loaded besides, such as a day of the calendar, goes with what was touched anyhow.
        return catalog.Table(source) is null && Number($"SELECT COUNT(*) FROM {Changes(source)} WHERE is_gone = 1") == 0 ? "SELECT NULL AS value WHERE 1 = 0" : null;
    }

    // What else the model reads that says which value goes with a key.
    private IEnumerable<string> Links(SqlFile model, string column, IReadOnlyList<string> key) =>
        Tables(model).Where(other => Columns(other).Contains(column) && key.Count > 0 && key.All(Columns(other).Contains));

    private bool HasNull(string table, IEnumerable<string> columns) =>
        Number($"SELECT COUNT(*) FROM (SELECT 1 FROM main.{table} WHERE {string.Join(" OR ", columns.Select(column => $"{column} IS NULL"))} LIMIT 1)") > 0;

    // Sees to it that the rows by which a table differs from the earlier run's are known, of each its keys.
    private bool KnowChanges(string table)
    {
        if (_known.Contains(table))
            return true;
        if (catalog.Table(table) is not { } model)
            return KnowLoaded(table);
        if (model["materialize"] == "view" || !Columns(table).SequenceEqual(Columns(table, engine.Earlier!)))
            return false;
        var place = model.List("key").Union(model.List("cluster")).Union(model.List("distribute")).ToList();
        var same = string.Join(" AND ", place.Select(k => $"other.{k} = one.{k}").Concat(Columns(table).Except(place).Select(c => $"NOT ({engine.IsDistinct($"other.{c}", $"one.{c}")})")));
        Note(table, columns => Differences(table, columns, same));
        return true;
    }

    private bool KnowLoaded(string table)
    {
        var columns = Columns(table);
        if (!_known.Contains("input_files"))
            Note("input_files", names => $"SELECT {names}, 1 AS is_gone FROM {engine.Earlier}.input_files AS one WHERE NOT EXISTS ({Same("main")}) UNION ALL SELECT {names}, 0 FROM main.input_files AS one WHERE NOT EXISTS ({Same(engine.Earlier!)})");
        if (table == "input_files")
            return true;
        if (columns.Contains("file_id"))
            Note(table, names => Both(table, names, In(table, ["file_id"], $"SELECT changed.file_id FROM {Changes("input_files")} AS changed")));
        else if (columns.Contains("event_id") && KnowLoaded("raw_events"))
            Note(table, names => Both(table, names, $"event_id IN (SELECT changed.event_id FROM {Changes("raw_events")} AS changed)"));
        else if (IsText(table) && _loaded.Value.Contains("raw_events") && Columns("raw_events").Contains(columns[0]) && KnowLoaded("raw_events")) // texts by a hash of them, each named by an event that came or went
            Note(table, names => Differences(table, names, $"other.{columns[0]} = one.{columns[0]}", $"{columns[0]} IN (SELECT changed.{columns[0]} FROM {Changes("raw_events")} AS changed) AND "));
        else // a few rows: the same key says the same, or all columns do
            Note(table, names => Differences(table, names, string.Join(" AND ", (IsText(table) ? columns.Take(1) : columns).Select(c => $"other.{c} IS one.{c}"))));
        return true;

        static string Same(string schema) => $"SELECT 1 FROM {schema}.input_files AS other WHERE other.file_id = one.file_id AND other.file_name = one.file_name AND other.sha256 = one.sha256";
    }

    // Loaded, and known by a hash of it.
    private bool IsText(string table) => catalog.Table(table) is null && Columns(table)[0].EndsWith("_key", StringComparison.Ordinal);

    private string Differences(string table, string columns, string same, string among = "") =>
        $"SELECT {columns}, 1 AS is_gone FROM {engine.Earlier}.{table} AS one WHERE {among}NOT EXISTS (SELECT 1 FROM main.{table} AS other WHERE {same})"
        + $" UNION ALL SELECT {columns}, 0 FROM main.{table} AS one WHERE {among}NOT EXISTS (SELECT 1 FROM {engine.Earlier}.{table} AS other WHERE {same})";

    private string Both(string table, string columns, string condition) =>
        $"SELECT {columns}, 1 AS is_gone FROM {engine.Earlier}.{table} WHERE {condition} UNION ALL SELECT {columns}, 0 FROM main.{table} WHERE {condition}";

    // Events lie in the order of their files.
    private string In(string table, IReadOnlyList<string> columns, string values) => $"({string.Join(", ", columns)}) IN ({values})"
        + (columns is ["file_id"] && catalog.Table(table) is null && Columns(table).Contains("event_id") ? $" AND {LoadTables.AmongFiles(values)}" : "");

    // Of a changed row only what others may be found by.
    private void Note(string table, Func<string, string> select)
    {
        if (_known.Add(table))
            Execute($"CREATE TABLE {Changes(table)} AS {select(string.Join(", ", Columns(table).Where(_keys.Value.Contains).DefaultIfEmpty("1 AS one_row")))}");
    }

    // Without the names that are of a part of the SELECT alone.
    private IEnumerable<string> Tables(SqlFile model) => model.Sources.Where(source => catalog.Table(source) is not null || _loaded.Value.Contains(source));

    // A name that no file can have: it would stand before its table.
    private static string Changes(string table) => $"temp._changes_of_{table}";

    private static IEnumerable<string> Keys(SqlFile model) => model.List("key").Union(model.List("incremental")).Union(model.List("distribute")).Union(model["partition"]?.Split(' ').Take(1) ?? []);

    private IReadOnlyList<string> Key(string table) => catalog.Table(table)?.List("key") ?? [Columns(table)[0]];

    private IReadOnlyList<string> Columns(string table, string schema = "main")
    {
        if (_columns.TryGetValue($"{schema}.{table}", out var known))
            return known;
        using var command = engine.Connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {schema}.{table} LIMIT 0";
        using var reader = command.ExecuteReader();
        return _columns[$"{schema}.{table}"] = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    private long Number(string select) => engine.Connection.ExecuteScalar<long>(select);

    private void Execute(string sql) => engine.Connection.Execute(sql);

    /// <summary>Temporary tables and views, which go with it.</summary>
    private sealed class Scratch(Increments increments) : IDisposable
    {
        private readonly List<string> _drops = [];

        /// <summary>The name of a table that is to be made.</summary>
        public string Name(string name)
        {
            _drops.Add($"DROP TABLE IF EXISTS temp._{name}");
            return $"temp._{name}";
        }

        /// <summary>Puts a view before the table of its name.</summary>
        public void Shadow(string table, string select)
        {
            increments.Execute($"CREATE TEMP VIEW {table} AS {select}");
            _drops.Add($"DROP VIEW temp.{table}");
        }

        public void Dispose() => _drops.ForEach(increments.Execute);
    }
}
