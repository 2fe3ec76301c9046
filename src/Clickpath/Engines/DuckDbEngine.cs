using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using DuckDB.NET.Data;

namespace Clickpath.Engines;

/// <summary>DuckDB, embedded and columnar.</summary>
internal sealed partial class DuckDbEngine : IEngine
{
    private readonly DuckDBConnection _connection;
    private readonly string _path;

    /// <summary>Opens or creates the database file, <c>:memory:</c> for none; with <paramref name="readOnly"/> it must exist.</summary>
    public DuckDbEngine(string path, bool readOnly = false)
    {
        _path = path;
        _connection = new DuckDBConnection($"Data Source={path}{(readOnly ? ";ACCESS_MODE=READ_ONLY" : "")}");
        _connection.Open();
        // An export is hostile input: no file, network or extension is reached from SQL.
        // What is divided by 0 is NULL, as on SQLite.
        _connection.Execute("SET enable_external_access = false; SET TimeZone = 'UTC'; SET preserve_insertion_order = true; SET ieee_floating_point_ops = false;");
    }

    public string Name => "duckdb";

    public string Version => "DuckDB " + _connection.ServerVersion;

    public DbConnection Connection => _connection;

    public IBulkWriter BulkWriter(string table, IReadOnlyList<string> columns, bool ignoreExisting = false) =>
        new Writer(_connection, table, columns, ignoreExisting);

    public void ExecuteSchema(string sql) => _connection.Execute(sql);

    public void Materialize(Materialization model)
    {
        ((IEngine)this).RefuseWrites(model.Select);
        var order = model.Cluster.Count > 0 ? $" ORDER BY {string.Join(", ", model.Cluster)}" : "";
        _connection.Execute(model.IsView
            ? $"CREATE VIEW {model.Name} AS {model.Select}"
            : $"CREATE TABLE {model.Name} AS SELECT * FROM ({model.Select}\n){order}");
    }

    public void Index(Materialization model)
    {
        // It reads columns, and has no use for them.
    }

    public bool IsClustered => false;

    public IRowReader Read(string select) => new AdoReader(_connection, select);

    // DuckDB has no read-only switch for a live connection: a transaction that is always rolled back does the same.
    public IDisposable ReadOnly() => _connection.BeginTransaction();

    // Connections to one file share what is in memory.
    public IEngine Beside(bool readsOnce = false) => new DuckDbEngine(_path);

    public void Analyze() => _connection.Execute("ANALYZE");

    public void PlanOnly() => _connection.Execute("PRAGMA disable_optimizer; SET threads = 1;");

    public string Words(DbException error) => Beyond().Split(error.Message, 2)[0];

    // 'LINE 2: ...of the line a piece...', and under it a caret.
    public int PlaceOf(DbException error, string statement)
    {
        if (Picture().Match(error.Message) is not { Success: true } picture)
            return -1;
        var lines = statement.Split('\n');
        var (number, piece) = (int.Parse(picture.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), picture.Groups["piece"].Value.TrimEnd('\r'));
        if (number > lines.Length)
            return -1;
        var begin = lines[number - 1].IndexOf(Dots().Replace(piece, ""), StringComparison.Ordinal);
        var caret = picture.Groups["caret"].Index - picture.Groups["margin"].Index - "LINE : ".Length - picture.Groups["number"].Length;
        return begin < 0 || caret < 0 ? -1 : lines.Take(number - 1).Sum(line => line.Length + 1) + begin + caret - (piece.StartsWith("...", StringComparison.Ordinal) ? 3 : 0);
    }

    public void Dispose() => _connection.Dispose();

    [GeneratedRegex(@"\s*(?:Candidate (?:functions|macros)|LINE \d+):")]
    private static partial Regex Beyond();

    [GeneratedRegex(@"LINE (?<number>\d+): (?<piece>[^\n]*)\n(?<margin> *)(?<caret>\^)")]
    private static partial Regex Picture();

    [GeneratedRegex(@"^\.\.\.|\.\.\.$")]
    private static partial Regex Dots();

    /// <summary>An appender; where rows may be there already, it fills a temporary table that is merged on completion.</summary>
    private sealed class Writer : IBulkWriter
    {
        private readonly DuckDBConnection _connection;
        private readonly string _table;
        private readonly string _target;
        private readonly IReadOnlyList<string> _columns;
        private readonly DuckDBAppender _appender;
        private IDuckDBAppenderRow? _row;

        public Writer(DuckDBConnection connection, string table, IReadOnlyList<string> columns, bool ignoreExisting)
        {
            (_connection, _table, _columns) = (connection, table, columns);
            // The appender fills every column of its table in order, so a temporary one has just these; and it writes
            // a long's eight bytes whatever the column's width, so there every number is a BIGINT.
            _target = "incoming_" + table;
            var types = connection.Query<(string Name, string Type)>("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = $table", new { table })
                .ToDictionary(c => c.Name, c => c.Type == "INTEGER" ? "BIGINT" : c.Type, StringComparer.Ordinal);
            connection.Execute($"CREATE OR REPLACE TEMP TABLE {_target} ({string.Join(", ", columns.Select(c => $"{c} {types[c]}"))})");
            IgnoreExisting = ignoreExisting;
            _appender = connection.CreateAppender("temp", "main", _target);
        }

        private bool IgnoreExisting { get; }

        private IDuckDBAppenderRow Row => _row ??= _appender.CreateRow();

        public void Add(long value) => Row.AppendValue((long?)value);

        public void Add(long? value) => Row.AppendValue(value);

        public void Add(ReadOnlySpan<byte> utf8) => Row.AppendValue(Encoding.UTF8.GetString(utf8));

        public void Add(string? value) => Row.AppendValue(value);

        public void AddNull() => Row.AppendNullValue();

        public void EndRow()
        {
            Row.EndRow();
            _row = null;
        }

        public void Complete()
        {
            _appender.Close();
            var names = string.Join(", ", _columns);
            _connection.Execute($"INSERT {(IgnoreExisting ? "OR IGNORE " : "")}INTO {_table} ({names}) SELECT {names} FROM {_target}; DROP TABLE {_target};");
        }

        public void Dispose() => _appender.Dispose();
    }
}
