using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Clickpath.Engines;

/// <summary>SQLite, embedded: the default. It writes ahead into a log, so that another thread reads while a model is made.</summary>
internal sealed partial class SqliteEngine : IEngine
{
    private const string AsideSuffix = "-aside";

    private const string CacheSize = "-32768"; // KiB

    // Actions of the authorizer, by SQLite's numbers.
    private const int CreateTempView = 6, Insert = 18, ReadColumn = 20, Select = 21, Update = 23, Function = 31, Recursive = 33;

    private const string TypedColumns = "_typed_columns"; // a name that no file can have

    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly HashSet<string> _waiting = []; // tables of texts some of whose rows wait
    private bool _isAside;
    private Dictionary<string, long>? _texts; // while texts are loaded: how many rows of which table
    private string? _earlierPath;

    static SqliteEngine()
    {
        Batteries_V2.Init();
        // One thread at a time uses a connection, and nobody asks how much memory is in use: SQLite need not lock for either.
        raw.sqlite3_shutdown();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        raw.sqlite3_config(raw.SQLITE_CONFIG_URI, 1); // for a file that is attached, and must not be written to
        raw.sqlite3_initialize();
    }

    /// <summary>Sets SQLite up, which must be before any connection of the process is open: the static constructor does it.</summary>
    public static void Initialize()
    {
    }

    /// <summary>Opens or creates the database file; with <paramref name="readOnly"/> it must exist.</summary>
    public SqliteEngine(string path, bool readOnly = false)
    {
        _path = path;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        _connection.Open();
        // The log is copied into the file each 128 MB: a page that is in the log takes longer to find.
        if (!readOnly)
            _connection.Execute("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 8192;");
        // Pages that several connections read are in the system's memory once. Mapped, they would count for each. What is sorted goes to files
        // in runs as large as the cache: a run that fits the processor's cache sorts faster than all rows in memory, and takes less of it.
        _connection.Execute($"PRAGMA cache_size = {CacheSize}; PRAGMA temp_store = FILE; PRAGMA trusted_schema = OFF; PRAGMA legacy_alter_table = ON;");
    }

    /// <summary>How many texts of a table are loaded into their places. They come in no order, and from so many on each has a page of its own to be
    /// read and written: what comes then waits, and is put in order first.</summary>
    internal long TextsInPlace { get; init; } = 500_000;

    public string Name => "sqlite";

    public string Version => "SQLite " + raw.sqlite3_libversion().utf8_to_string();

    public DbConnection Connection => _connection;

    public string Explain => "EXPLAIN QUERY PLAN";

    public IBulkWriter BulkWriter(string table, IReadOnlyList<string> columns, bool ignoreExisting = false)
    {
        if (_texts is null || !ignoreExisting)
            return new Writer(_connection, table, columns, ignoreExisting);
        var count = _texts.GetValueOrDefault(table);
        if (count < TextsInPlace)
            return new Writer(_connection, table, columns, ignoreExisting, rows => _texts[table] = count + rows);
        if (_waiting.Add(table))
            _connection.Execute($"CREATE TEMP TABLE {Waiting(table)} AS SELECT * FROM {table} LIMIT 0");
        return new Writer(_connection, "temp." + Waiting(table), columns, ignoreExisting: false);
    }

    // Only INTEGER PRIMARY KEY is SQLite's row number itself, with no second index to keep; a table with a longer key is
    // kept in its order, which then does not hang on the order in which files were loaded.
    public void ExecuteSchema(string sql) => _connection.Execute(sql
        .Replace("BIGINT NOT NULL PRIMARY KEY", "INTEGER NOT NULL PRIMARY KEY", StringComparison.Ordinal)
        .Replace(")\n);", ")\n) WITHOUT ROWID;", StringComparison.Ordinal));

    public void Materialize(Materialization model)
    {
        if (model.IsView)
        {
            ((IEngine)this).RefuseWrites(model.Select);
            _connection.Execute($"CREATE VIEW {model.Name} AS {model.Select}");
            return;
        }

        var columns = string.Join(", ", Columns(model.Select));
        _connection.Execute(model.Cluster.Count > 0
            ? $"CREATE TABLE {model.Name} ({columns}, PRIMARY KEY ({string.Join(", ", model.Cluster)})) WITHOUT ROWID"
            : $"CREATE TABLE {model.Name} ({columns})");
        // A long SELECT takes as long to compile as to run over few rows: it is compiled once, and refused while it is.
        using var guard = new Guard(_connection, model.Name);
        _connection.Execute($"INSERT INTO {model.Name} {model.Select}");
    }

    public void Index(Materialization model)
    {
        for (var i = 0; i < model.Indexes.Count; i++)
            _connection.Execute($"CREATE INDEX {model.Name}_index{i + 1} ON {model.Name} ({string.Join(", ", model.Indexes[i])})");
    }

    // A value has its own type here, whatever its column's.
    public string IsDistinct(string one, string other) => $"{one} IS NOT {other} OR TYPEOF({one}) <> TYPEOF({other})";

    // Of this file: a name that it has not may be one of the file that was attached.
    public void Drop(string name)
    {
        var kind = _connection.ExecuteScalar<string?>("SELECT type FROM main.sqlite_master WHERE name = @name", new { name });
        if (kind is not null)
            _connection.Execute($"DROP {kind} main.{name}");
    }

    public bool IsClustered => true;

    public IRowReader Read(string select) => new Reader(_connection, select);

    public IDisposable ReadOnly() => new Guard(_connection);

    public void Analyze() => _connection.Execute("PRAGMA analysis_limit = 400; ANALYZE main;");

    public string? Earlier => _earlierPath is null ? null : "earlier";

    public IEngine After(string path)
    {
        _earlierPath = path;
        return this;
    }

    public IDisposable OpenEarlier()
    {
        _connection.Execute($"ATTACH @path AS {Earlier}; PRAGMA {Earlier}.cache_size = -16384;", new { path = new Uri(_earlierPath!).AbsoluteUri + "?mode=ro" });
        return new Attached(_connection, Earlier!);
    }

    // With no log each page is written once; and what texts there are in their places stays at hand.
    public void Fill(Action load)
    {
        _connection.Execute("PRAGMA journal_mode = OFF; PRAGMA cache_size = -98304;");
        _texts = new(StringComparer.Ordinal);
        load();
        _texts = null;
        _connection.Execute($"PRAGMA journal_mode = WAL; PRAGMA cache_size = {CacheSize};");
    }

    public void PutInPlace()
    {
        foreach (var table in _waiting)
            _connection.Execute($"INSERT OR IGNORE INTO {table} SELECT * FROM temp.{Waiting(table)} ORDER BY 1; DROP TABLE temp.{Waiting(table)};");
        _waiting.Clear();
    }

    public IEngine Beside(bool readsOnce = false)
    {
        var beside = new SqliteEngine(_path, readOnly: true);
        if (readsOnce)
            beside._connection.Execute("PRAGMA cache_size = -8192");
        return beside;
    }

    // A file of its own, since a file has one writer; it is gone with the engine.
    public IEngine? Aside()
    {
        if (_path == ":memory:")
            return null;
        Delete(_path + AsideSuffix);
        var aside = new SqliteEngine(_path + AsideSuffix) { _isAside = true };
        // It reads what is in the other file, at random, and writes its own in order.
        aside._connection.Execute("ATTACH @path AS main_lane; PRAGMA main.cache_size = -16384; PRAGMA main_lane.cache_size = -65536;", new { path = _path });
        return aside;
    }

    // Between tables that are declared alike SQLite copies rows as they are stored.
    public void Adopt(IEngine aside, Materialization model)
    {
        _connection.Execute("ATTACH @path AS aside", new { path = ((SqliteEngine)aside)._path });
        var declaration = _connection.QuerySingle<string>("SELECT sql FROM aside.sqlite_master WHERE type = 'table' AND name = @Name", new { model.Name });
        Drop(model.Name);
        _connection.Execute($"{declaration}; INSERT INTO main.{model.Name} SELECT * FROM aside.{model.Name};");
        _connection.Execute("DETACH aside");
        Index(model);
    }

    private static string Waiting(string table) => "_waiting_" + table;

    // With the log that a process which was killed may have left beside it.
    private static void Delete(string path)
    {
        foreach (var suffix in (string[])["", "-wal", "-shm"])
            File.Delete(path + suffix);
    }

    // One file, without a log beside it: it may be read also from where nobody may write.
    public void Settle() => _connection.Execute("PRAGMA journal_mode = DELETE");

    public string Words(DbException error) => Noise().Replace(error.Message, "");

    [GeneratedRegex(@"^SQLite Error \d+: ")]
    private static partial Regex Noise();

    public void Dispose()
    {
        _connection.Dispose();
        if (_isAside)
            Delete(_path);
    }

    // Typed as CREATE TABLE AS would: a join of a typed with an untyped column can't use the table's order. Of a view the types are known without
    // a plan for its SELECT.
    private List<string> Columns(string select)
    {
        using (new Guard(_connection, TypedColumns))
            _connection.Execute($"CREATE TEMP VIEW {TypedColumns} AS SELECT * FROM ({select}\n)");
        try
        {
            return [.. _connection.Query<(string Name, string Type)>($"SELECT name, type FROM pragma_table_info('{TypedColumns}')").Select(c => $"\"{c.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" {Affinity(c.Type)}")];
        }
        finally
        {
            _connection.Execute($"DROP VIEW temp.{TypedColumns}");
        }
    }

    // As in "Determination Of Column Affinity", sqlite.org/datatype3.html.
    private static string Affinity(string type)
    {
        return Has("INT") ? "INT" : Has("CHAR", "CLOB", "TEXT") ? "TEXT" : type.Length == 0 || Has("BLOB") ? "" : Has("REAL", "FLOA", "DOUB") ? "REAL" : "NUM";

        bool Has(params string[] parts) => parts.Any(part => type.Contains(part, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What a statement that only reads may do, as the authorizer asks it: no writing, no attaching, no pragma (which also
    /// come as tables), no extension, and nothing of SQLite's own tables, which other engines lack.</summary>
    internal static bool Allows(int action, string? first, string? second) => action switch
    {
        Select or Recursive => true,
        ReadColumn => first is null || !(first.StartsWith("pragma_", StringComparison.OrdinalIgnoreCase) || first.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase)),
        Function => second is not "load_extension",
        _ => false,
    };

    /// <summary>The authorizer sees every statement while it is compiled, so a write is refused before it runs.</summary>
    private sealed class Guard : IDisposable
    {
        private readonly SqliteConnection _connection;

        /// <param name="connection">What is guarded.</param>
        /// <param name="target">What may be filled with what is read, or be made as a temporary view of it; null: nothing.</param>
        public Guard(SqliteConnection connection, string? target = null)
        {
            _connection = connection;
            raw.sqlite3_set_authorizer(
                connection.Handle,
                (object _, int action, utf8z first, utf8z second, utf8z _, utf8z _) =>
                    Allows(action, first.utf8_to_string(), second.utf8_to_string()) || (target is not null && IsOf(target, action, first.utf8_to_string())) ? raw.SQLITE_OK : raw.SQLITE_DENY,
                null!);
        }

        // SQLite keeps its temporary views in a table, as any others.
        private static bool IsOf(string target, int action, string? first) =>
            (action is Insert or CreateTempView && first == target) || (target == TypedColumns && action is Insert or Update or ReadColumn && first == "sqlite_temp_master");

        public void Dispose() => raw.sqlite3_set_authorizer(_connection.Handle, (strdelegate_authorizer?)null, null!);
    }

    private sealed class Attached(SqliteConnection connection, string schema) : IDisposable
    {
        public void Dispose() => connection.Execute($"DETACH {schema}");
    }

    /// <summary>The calls that are made for each value, without the cost of a safe handle and of leaving the runtime's care: none of
    /// them waits or calls back.</summary>
    private static partial class Direct
    {
        private const string Library = "e_sqlite3";

        [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64"), SuppressGCTransition]
        public static partial int Bind(nint statement, int index, long value);

        /// <summary>Copies the text: a destructor of -1 asks for it.</summary>
        [LibraryImport(Library, EntryPoint = "sqlite3_bind_text"), SuppressGCTransition]
        public static partial int Bind(nint statement, int index, ReadOnlySpan<byte> utf8, int length, nint destructor);

        [LibraryImport(Library, EntryPoint = "sqlite3_bind_null"), SuppressGCTransition]
        public static partial int BindNull(nint statement, int index);

        [LibraryImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
        public static partial int Type(nint statement, int column);

        [LibraryImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
        public static partial long Whole(nint statement, int column);

        [LibraryImport(Library, EntryPoint = "sqlite3_column_double"), SuppressGCTransition]
        public static partial double Fraction(nint statement, int column);

        [LibraryImport(Library, EntryPoint = "sqlite3_column_blob"), SuppressGCTransition]
        public static partial nint Bytes(nint statement, int column);

        [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes"), SuppressGCTransition]
        public static partial int Length(nint statement, int column);
    }

    /// <summary>A prepared INSERT on the raw handle: UTF-8 is bound as it stands, with no string in between.</summary>
    private sealed class Writer : IBulkWriter
    {
        private readonly SqliteConnection _connection;
        private readonly sqlite3_stmt _statement;
        private readonly nint _handle;
        private readonly int _columns;
        private readonly Action<long>? _complete;
        private long _rows;
        private int _next;

        public Writer(SqliteConnection connection, string table, IReadOnlyList<string> columns, bool ignoreExisting, Action<long>? complete = null)
        {
            _complete = complete;
            _connection = connection;
            _columns = columns.Count;
            var sql = new StringBuilder(ignoreExisting ? "INSERT OR IGNORE INTO " : "INSERT INTO ")
                .Append(table).Append(" (").AppendJoin(", ", columns).Append(") VALUES (")
                .AppendJoin(", ", columns.Select((_, i) => "?" + (i + 1).ToString(CultureInfo.InvariantCulture))).Append(')').ToString();
            Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out _statement));
            _handle = _statement.DangerousGetHandle();
        }

        public void Add(long value) => Check(Direct.Bind(_handle, ++_next, value));

        public void Add(long? value)
        {
            if (value is { } known)
                Add(known);
            else
                AddNull();
        }

        // An empty span has no address, which SQLite would take for NULL.
        public void Add(ReadOnlySpan<byte> utf8) => Check(Direct.Bind(_handle, ++_next, utf8.IsEmpty ? "\0"u8 : utf8, utf8.Length, -1));

        public void Add(string? value)
        {
            if (value is null)
                AddNull();
            else
                Check(raw.sqlite3_bind_text(_statement, ++_next, value));
        }

        public void AddNull() => Check(Direct.BindNull(_handle, ++_next));

        public void EndRow()
        {
            if (_next != _columns)
                throw new InvalidOperationException($"A row has {_next} values for {_columns} columns.");
            var code = raw.sqlite3_step(_statement);
            if (code != raw.SQLITE_DONE)
                Check(code);
            raw.sqlite3_reset(_statement);
            _next = 0;
            _rows++;
        }

        // Rows are in the table as soon as they are stepped; the load's transaction keeps or drops them.
        public void Complete() => _complete?.Invoke(_rows);

        public void Dispose() => _statement.Dispose();

        private void Check(int code)
        {
            if (code != raw.SQLITE_OK)
                SqliteException.ThrowExceptionForRC(code, _connection.Handle);
        }
    }

    /// <summary>A statement on the raw handle: text is read as the UTF-8 that it is.</summary>
    private sealed class Reader : IRowReader
    {
        private readonly SqliteConnection _connection;
        private readonly sqlite3_stmt _statement;
        private readonly nint _handle;

        public Reader(SqliteConnection connection, string select)
        {
            _connection = connection;
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, select, out _statement), connection.Handle);
            _handle = _statement.DangerousGetHandle();
            Columns = [.. Enumerable.Range(0, raw.sqlite3_column_count(_statement)).Select(i => raw.sqlite3_column_name(_statement, i).utf8_to_string())];
        }

        public IReadOnlyList<string> Columns { get; }

        public bool Read()
        {
            var code = raw.sqlite3_step(_statement);
            if (code != raw.SQLITE_ROW && code != raw.SQLITE_DONE)
                SqliteException.ThrowExceptionForRC(code, _connection.Handle);
            return code == raw.SQLITE_ROW;
        }

        public ValueKind Kind(int column) => Direct.Type(_handle, column) switch
        {
            raw.SQLITE_INTEGER => ValueKind.Whole,
            raw.SQLITE_FLOAT => ValueKind.Fraction,
            raw.SQLITE_NULL => ValueKind.Null,
            _ => ValueKind.Text,
        };

        public long Whole(int column) => Direct.Whole(_handle, column);

        public double Fraction(int column) => Direct.Fraction(_handle, column);

        public unsafe ReadOnlySpan<byte> Utf8(int column) => new((void*)Direct.Bytes(_handle, column), Direct.Length(_handle, column));

        public void Dispose() => _statement.Dispose();
    }
}
