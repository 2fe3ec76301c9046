using System.Buffers.Binary;
using System.Data.Common;
using System.Text;
using System.Text.RegularExpressions;
using Clickpath.Sql;
using Dapper;
using Npgsql;

namespace Clickpath.Engines;

/// <summary>PostgreSQL: a connection to one schema, which a run has for itself.</summary>
internal sealed partial class PostgresEngine : IEngine
{
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly string _schema;
    private readonly NpgsqlConnection _connection;
    private readonly Citus? _citus;

    // Of a connection that loads beside others: dictionary tables whose new rows wait, and their columns.
    private SortedDictionary<string, string>? _waiting;

    /// <summary>Connects.</summary>
    /// <param name="server">The server and the account.</param>
    /// <param name="schema">The schema; it need not be there yet.</param>
    /// <param name="readOnly">Refuses to write.</param>
    /// <exception cref="ClickpathException">The server can't be reached, or lets nobody in.</exception>
    public PostgresEngine(NpgsqlConnectionStringBuilder server, string schema, bool readOnly = false)
    {
        (_server, _schema) = (server, schema);
        // The path is part of how to connect, so that no statement ever looks into another schema.
        _connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { SearchPath = schema + ",pg_catalog" }.ConnectionString);
        try
        {
            _connection.Open();
            // A scan begins at the beginning, so that rows come as they were written; compiling plans costs more than it saves here.
            _connection.Execute($"""
                SET TimeZone = 'UTC'; SET client_min_messages = warning; SET standard_conforming_strings = on;
                SET synchronize_seqscans = off; SET jit = off; SET default_transaction_read_only = {(readOnly ? "on" : "off")};
                """);
            _citus = Citus.Of(_connection, schema);
        }
        catch (DbException e)
        {
            _connection.Dispose();
            throw new ClickpathException($"can't connect to PostgreSQL at {Where(server)} ({OneLine(e)}). Look at the server, and at --connection or CLICKPATH_CONNECTION.", e);
        }
    }

    public string Name => "postgres";

    public string Version => "PostgreSQL " + _connection.PostgreSqlVersion;

    public DbConnection Connection => _connection;

    /// <summary>A server's address and database, without account and password.</summary>
    public static string Where(NpgsqlConnectionStringBuilder server) => $"{server.Host}:{server.Port}/{server.Database}";

    /// <summary>What ails the server or the way to it; null where an error is the statement's.</summary>
    public static string? Trouble(DbException error) => error switch
    {
        // Connections (08), resources (53), an operator's doing (57) and the system (58) by the first two letters of the code; what a worker's
        // connection said as it broke comes through a coordinator without one.
        PostgresException { SqlState: var state } => state[..2] is "08" or "53" or "57" or "58" || (state == PostgresErrorCodes.InternalError && LostWorker().IsMatch(error.Message)) ? OneLine(error) : null,
        NpgsqlException => OneLine(error),
        _ => null,
    };

    public IBulkWriter BulkWriter(string table, IReadOnlyList<string> columns, bool ignoreExisting = false) =>
        new Writer(_connection, table, columns, ignoreExisting, _waiting);

    public bool HasFileLoaders => true;

    public IFileLoader FileLoader() => new PostgresFileLoader(new PostgresEngine(_server, _schema) { _waiting = new(StringComparer.Ordinal) }, _schema);

    /// <summary>Puts the rows that wait into their tables. Everybody does so at a file's end and in the same order, so that no two wait for each other.</summary>
    public void Merge()
    {
        // Of shards there is no order.
        if (_citus is not null)
            _connection.Execute("SELECT pg_advisory_xact_lock(hashtextextended(@schema, 1))", new { schema = _schema });
        foreach (var (table, columns) in _waiting!)
            _connection.Execute($"INSERT INTO {table} ({columns}) SELECT {columns} FROM incoming_{table} ORDER BY 1 ON CONFLICT DO NOTHING; TRUNCATE incoming_{table};");
        _waiting.Clear();
    }

    /// <summary>Runs statements that a cluster's coordinator keeps to itself on its workers too.</summary>
    public void ExecuteEverywhere(string sql)
    {
        _connection.Execute(sql);
        _citus?.OnWorkers(sql);
    }

    /// <summary>Where a schema's tables are, on a cluster; none, on a server of its own.</summary>
    public IReadOnlyDictionary<string, Placement?> Places(string schema) => _citus?.Places(schema) ?? new Dictionary<string, Placement?>();

    /// <summary>Places an empty table of any schema on a cluster.</summary>
    public void PlaceNew(string table, Placement placement) => _citus?.Place(table, placement);

    // Texts are compared byte by byte, whatever the database's locale says.
    public void ExecuteSchema(string sql) => _connection.Execute(TextType().Replace(sql, "TEXT COLLATE \"C\""));

    // So are those that a statement makes: a column's collation wins over none, and literals have theirs with them.
    public string Dialect(string select)
    {
        var text = new StringBuilder(select.Length + 256);
        var (done, last, before) = (0, "", "");
        foreach (var token in SqlText.Tokens(select))
        {
            var end = token.Start + token.Text.Length;
            var isText = token.Kind == SqlText.Kind.Literal && token.Text[0] == '\'';
            if (isText || (token.Text == ")" && last == "TEXT" && before == "AS"))
            {
                // A literal with a collation and no type is one that Citus can't pass on.
                text.Append(select, done, end - done).Append(isText ? "::TEXT" : "").Append(" COLLATE \"C\"");
                done = end;
            }

            (before, last) = (last, token.Kind == SqlText.Kind.Word ? token.Text.ToUpperInvariant() : "");
        }

        text.Append(select, done, select.Length - done);
        return _citus?.Runnable(text.ToString()) ?? text.ToString();
    }

    public void Materialize(Materialization model)
    {
        ((IEngine)this).RefuseWrites(model.Select);
        if (model.IsView)
        {
            _connection.Execute($"CREATE VIEW {model.Name} AS {model.Select}");
            return;
        }

        if (model.Placement is { } placement && _citus is not null)
            _citus.Create(model.Name, model.Select, placement);
        else _connection.Execute(model.Cluster.Count > 0
            ? $"CREATE TABLE {model.Name} AS SELECT * FROM ({model.Select}\n) AS model_rows ORDER BY {string.Join(", ", model.Cluster)}"
            : $"CREATE TABLE {model.Name} AS {model.Select}");
    }

    public void Index(Materialization model)
    {
        if (model.IsView)
            return;
        foreach (var columns in model.Indexes.Prepend(model.Cluster).Where(columns => columns.Count > 0))
            _connection.Execute($"CREATE INDEX ON {model.Name} ({string.Join(", ", columns)})");
        _connection.Execute($"ANALYZE {model.Name}"); // what reads it next is planned by it
    }

    public Movement? MovementOf(string select, string? into) => _citus?.MovementOf(select, into);

    public void Place(params IEnumerable<(string Table, Placement Placement)> tables) => _citus?.Place(tables);

    public bool IsClustered => false;

    public IRowReader Read(string select) => new AdoReader(_connection, select);

    public IEngine Beside(bool readsOnce = false) => new PostgresEngine(_server, _schema, readOnly: true);

    public IDisposable ReadOnly()
    {
        var transaction = _connection.BeginTransaction();
        _connection.Execute("SET TRANSACTION READ ONLY");
        return transaction;
    }

    // A view that reads a table goes with it: it is of an earlier state too.
    public void Drop(string name)
    {
        var kind = _connection.ExecuteScalar<string?>("SELECT CAST(relkind AS TEXT) FROM pg_class WHERE oid = to_regclass(@name)", new { name });
        if (kind is not null)
            _connection.Execute($"DROP {(kind == "v" ? "VIEW" : "TABLE")} {name} CASCADE");
    }

    // Those that no statement has been planned for yet.
    public void Analyze()
    {
        foreach (var table in _connection.Query<string>("SELECT CAST(relname AS TEXT) FROM pg_class WHERE relnamespace = CAST(@schema AS regnamespace) AND relkind = 'r' AND reltuples < 0", new { schema = _schema }))
            _connection.Execute($"ANALYZE {table}");
    }

    // Nobody misses them if the server goes down.
    public void PlanOnly() => _connection.Execute("SET synchronous_commit = off");

    public string Words(DbException error) => error is PostgresException postgres ? postgres.MessageText : error.Message;

    // Counted in characters, of which some are two here.
    public int PlaceOf(DbException error, string statement) =>
        error is PostgresException { Position: > 0 and var place } ? statement.EnumerateRunes().Take(place - 1).Sum(rune => rune.Utf16SequenceLength) : -1;

    public void Dispose() => _connection.Dispose();

    private static string OneLine(DbException error) =>
        (error is PostgresException postgres ? $"{postgres.MessageText}, SQLSTATE {postgres.SqlState}" : error.InnerException?.Message ?? error.Message).ReplaceLineEndings(" ").Replace("\t", "", StringComparison.Ordinal).TrimEnd('.');

    [GeneratedRegex("EOF detected|closed the connection|connection not open|could not (?:send|receive) data")]
    private static partial Regex LostWorker();

    [GeneratedRegex(@"\bTEXT\b")]
    private static partial Regex TextType();

    /// <summary>
    /// COPY in its binary form, written by hand: UTF-8 goes as it stands, with no string in between. Where rows may be there
    /// already they go into a temporary table, which is merged on completion.
    /// </summary>
    private sealed class Writer : IBulkWriter
    {
        private const int BufferBytes = 1 << 16;

        private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

        private readonly NpgsqlConnection _connection;
        private readonly string _table;
        private readonly string _target;
        private readonly string _columns;
        private readonly int[] _widths;
        private readonly byte[] _buffer = new byte[BufferBytes];
        private readonly NpgsqlRawCopyStream _copy;
        private readonly SortedDictionary<string, string>? _waiting;
        private int _length;
        private int _next;
        private bool _isComplete;

        public Writer(NpgsqlConnection connection, string table, IReadOnlyList<string> columns, bool ignoreExisting, SortedDictionary<string, string>? waiting)
        {
            _waiting = waiting;
            (_connection, _table, _columns) = (connection, table, string.Join(", ", columns));
            _target = ignoreExisting ? "incoming_" + table : table;
            if (ignoreExisting)
                connection.Execute($"CREATE TEMP TABLE IF NOT EXISTS {_target} AS SELECT {_columns} FROM {table} LIMIT 0");
            var types = connection.Query<(string Name, int Width)>("SELECT CAST(attname AS TEXT), CAST(attlen AS INTEGER) FROM pg_attribute WHERE attrelid = to_regclass(@table) AND attnum > 0", new { table }).ToDictionary(t => t.Name, t => t.Width, StringComparer.Ordinal);
            _widths = [.. columns.Select(column => types[column])];
            _copy = connection.BeginRawBinaryCopy($"COPY {_target} ({_columns}) FROM STDIN (FORMAT BINARY)");
            Header.CopyTo(_buffer, 0);
            _length = Header.Length;
        }

        public void Add(long value)
        {
            // An INTEGER has four bytes, a BIGINT eight, and the server takes nothing else.
            var width = Field(_widths[_next]);
            if (width == sizeof(int))
                BinaryPrimitives.WriteInt32BigEndian(Free(width), checked((int)value));
            else
                BinaryPrimitives.WriteInt64BigEndian(Free(width), value);
            _length += width;
        }

        public void Add(long? value)
        {
            if (value is { } known)
                Add(known);
            else
                AddNull();
        }

        public void Add(ReadOnlySpan<byte> utf8)
        {
            Field(utf8.Length);
            if (utf8.Length > BufferBytes - _length)
                Flush();
            if (utf8.Length > BufferBytes)
            {
                _copy.Write(utf8);
                return;
            }

            utf8.CopyTo(_buffer.AsSpan(_length));
            _length += utf8.Length;
        }

        public void Add(string? value)
        {
            if (value is null)
                AddNull();
            else
                Add(Encoding.UTF8.GetBytes(value).AsSpan());
        }

        public void AddNull() => Field(-1);

        public void EndRow()
        {
            if (_next != _widths.Length)
                throw new InvalidOperationException($"A row has {_next} values for {_widths.Length} columns.");
            _next = 0;
        }

        public void Complete()
        {
            BinaryPrimitives.WriteInt16BigEndian(Free(sizeof(short)), -1);
            _length += sizeof(short);
            Flush();
            _isComplete = true;
            _copy.Dispose();
            if (_target == _table)
                return;
            if (_waiting is not null)
                _waiting[_table] = _columns;
            else
                _connection.Execute($"INSERT INTO {_table} ({_columns}) SELECT {_columns} FROM {_target} ON CONFLICT DO NOTHING; TRUNCATE {_target};");
        }

        public void Dispose()
        {
            if (_isComplete)
                return;
            try
            {
                _copy.Cancel();
                _copy.Dispose();
            }
            catch (Exception e) when (e is DbException or InvalidOperationException)
            {
                // The connection is gone: what it was in the middle of is the error to speak of.
            }
        }

        // Each row begins with the number of its fields, each field with its length; -1 is NULL.
        private int Field(int length)
        {
            if (_next++ == 0)
            {
                BinaryPrimitives.WriteInt16BigEndian(Free(sizeof(short)), (short)_widths.Length);
                _length += sizeof(short);
            }

            BinaryPrimitives.WriteInt32BigEndian(Free(sizeof(int)), length);
            _length += sizeof(int);
            return length;
        }

        private Span<byte> Free(int bytes)
        {
            if (bytes > BufferBytes - _length)
                Flush();
            return _buffer.AsSpan(_length, bytes);
        }

        private void Flush()
        {
            _copy.Write(_buffer, 0, _length);
            _length = 0;
        }
    }
}
