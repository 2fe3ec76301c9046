using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Clickpath.Engines;

/// <summary>SQLite, embedded: the default. A scratch database needs no journal, as a run that fails leaves nothing of it.</summary>
internal sealed class SqliteEngine : IEngine
{
    // Actions of the authorizer, by SQLite's numbers.
    private const int ReadColumn = 20, Select = 21, Function = 31, Recursive = 33;

    private readonly SqliteConnection _connection;

    static SqliteEngine() => Batteries_V2.Init();

    /// <summary>Opens or creates the database file; with <paramref name="readOnly"/> it must exist.</summary>
    public SqliteEngine(string path, bool readOnly = false)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        _connection.Open();
        if (!readOnly)
            _connection.Execute("PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;");
        _connection.Execute("PRAGMA cache_size = -131072; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 1073741824; PRAGMA trusted_schema = OFF;");
    }

    public string Name => "sqlite";

    public string Version => "SQLite " + raw.sqlite3_libversion().utf8_to_string();

    public DbConnection Connection => _connection;

    public string Explain => "EXPLAIN QUERY PLAN";

    public IBulkWriter BulkWriter(string table, IReadOnlyList<string> columns, bool ignoreExisting = false) =>
        new Writer(_connection, table, columns, ignoreExisting);

    // Only INTEGER PRIMARY KEY is SQLite's row number itself, with no second index to keep; a table with a longer key is
    // kept in its order, which then does not hang on the order in which files were loaded.
    public void ExecuteSchema(string sql) => _connection.Execute(sql
        .Replace("BIGINT NOT NULL PRIMARY KEY", "INTEGER NOT NULL PRIMARY KEY", StringComparison.Ordinal)
        .Replace(")\n);", ")\n) WITHOUT ROWID;", StringComparison.Ordinal));

    public void Materialize(Materialization model)
    {
        if (model.IsView)
        {
            _connection.Execute($"CREATE VIEW {model.Name} AS {model.Select}");
        }
        else if (model.Cluster.Count > 0)
        {
            var columns = string.Join(", ", Columns(model.Select));
            _connection.Execute($"CREATE TABLE {model.Name} ({columns}, PRIMARY KEY ({string.Join(", ", model.Cluster)})) WITHOUT ROWID");
            _connection.Execute($"INSERT INTO {model.Name} {model.Select}");
        }
        else
        {
            _connection.Execute($"CREATE TABLE {model.Name} AS {model.Select}");
        }

        for (var i = 0; i < model.Indexes.Count; i++)
            _connection.Execute($"CREATE INDEX {model.Name}_index{i + 1} ON {model.Name} ({string.Join(", ", model.Indexes[i])})");
    }

    public bool IsClustered => true;

    public IRowReader Read(string select) => new Reader(_connection, select);

    public IDisposable ReadOnly() => new Guard(_connection);

    public void Analyze() => _connection.Execute("PRAGMA analysis_limit = 400; ANALYZE;");

    public void Dispose() => _connection.Dispose();

    // Typed as CREATE TABLE AS would: a join of a typed with an untyped column can't use the table's order.
    private List<string> Columns(string select)
    {
        _connection.Execute($"CREATE TEMP TABLE typed_columns AS SELECT * FROM ({select}\n) LIMIT 0");
        var columns = _connection.Query<(string Name, string Type)>("SELECT name, type FROM pragma_table_info('typed_columns')").Select(c => $"{c.Name} {c.Type}").ToList();
        _connection.Execute("DROP TABLE temp.typed_columns");
        return columns;
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

        public Guard(SqliteConnection connection)
        {
            _connection = connection;
            raw.sqlite3_set_authorizer(
                connection.Handle,
                static (object _, int action, utf8z first, utf8z second, utf8z _, utf8z _) =>
                    Allows(action, first.utf8_to_string(), second.utf8_to_string()) ? raw.SQLITE_OK : raw.SQLITE_DENY,
                null!);
        }

        public void Dispose() => raw.sqlite3_set_authorizer(_connection.Handle, (strdelegate_authorizer?)null, null!);
    }

    /// <summary>A prepared INSERT on the raw handle: UTF-8 is bound as it stands, with no string in between.</summary>
    private sealed class Writer : IBulkWriter
    {
        private readonly SqliteConnection _connection;
        private readonly sqlite3_stmt _statement;
        private readonly int _columns;
        private int _next;

        public Writer(SqliteConnection connection, string table, IReadOnlyList<string> columns, bool ignoreExisting)
        {
            _connection = connection;
            _columns = columns.Count;
            var sql = new StringBuilder(ignoreExisting ? "INSERT OR IGNORE INTO " : "INSERT INTO ")
                .Append(table).Append(" (").AppendJoin(", ", columns).Append(") VALUES (")
                .AppendJoin(", ", columns.Select((_, i) => "?" + (i + 1).ToString(CultureInfo.InvariantCulture))).Append(')').ToString();
            Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out _statement));
        }

        public void Add(long value) => Check(raw.sqlite3_bind_int64(_statement, ++_next, value));

        public void Add(long? value)
        {
            if (value is { } known)
                Add(known);
            else
                AddNull();
        }

        public void Add(ReadOnlySpan<byte> utf8) => Check(raw.sqlite3_bind_text(_statement, ++_next, utf8));

        public void Add(string? value)
        {
            if (value is null)
                AddNull();
            else
                Check(raw.sqlite3_bind_text(_statement, ++_next, value));
        }

        public void AddNull() => Check(raw.sqlite3_bind_null(_statement, ++_next));

        public void EndRow()
        {
            if (_next != _columns)
                throw new InvalidOperationException($"A row has {_next} values for {_columns} columns.");
            var code = raw.sqlite3_step(_statement);
            if (code != raw.SQLITE_DONE)
                Check(code);
            raw.sqlite3_reset(_statement);
            _next = 0;
        }

        public void Complete()
        {
            // Rows are in the table as soon as they are stepped; the load's transaction keeps or drops them.
        }

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

        public Reader(SqliteConnection connection, string select)
        {
            _connection = connection;
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, select, out _statement), connection.Handle);
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

        public ValueKind Kind(int column) => raw.sqlite3_column_type(_statement, column) switch
        {
            raw.SQLITE_INTEGER => ValueKind.Whole,
            raw.SQLITE_FLOAT => ValueKind.Fraction,
            raw.SQLITE_NULL => ValueKind.Null,
            _ => ValueKind.Text,
        };

        public long Whole(int column) => raw.sqlite3_column_int64(_statement, column);

        public double Fraction(int column) => raw.sqlite3_column_double(_statement, column);

        public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(_statement, column);

        public void Dispose() => _statement.Dispose();
    }
}
