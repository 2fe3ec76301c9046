using Clickpath.Sql;
using Dapper;
using Npgsql;

namespace Clickpath.Engines;

/// <summary>Where the server is a cluster's coordinator: tables are spread over its workers, and what fills them runs there.</summary>
internal sealed class Citus
{
    private readonly NpgsqlConnection _connection;

    private readonly string _schema;

    private Citus(NpgsqlConnection connection, string schema) => (_connection, _schema) = (connection, schema);

    /// <summary>The cluster behind a connection; null: a server of its own.</summary>
    public static Citus? Of(NpgsqlConnection connection, string schema)
    {
        if (!connection.ExecuteScalar<bool>("SELECT COUNT(*) > 0 FROM pg_extension WHERE extname = 'citus'")
            || !connection.ExecuteScalar<bool>("SELECT COUNT(*) > 0 FROM pg_dist_node WHERE isactive AND shouldhaveshards"))
            return null;
        // Rows may move where a join is on another column than the one that spreads them.
        connection.Execute("SET citus.enable_repartition_joins = on");
        return new Citus(connection, schema);
    }

    /// <summary>Makes a table for a SELECT's rows in its place, and fills it there.</summary>
    public void Create(string table, string select, Placement placement)
    {
        _connection.Execute($"CREATE TABLE {table} AS {select}\nWITH NO DATA");
        Place(table, placement);
        _connection.Execute($"INSERT INTO {table} {select}");
    }

    /// <summary>
    /// A SELECT as the cluster can run it: as it is, or, where it joins in a way that the cluster refuses, with the smallest of its tables
    /// gathered before (a WITH of the table's own name), or the two smallest, and so on.
    /// </summary>
    public string Runnable(string select)
    {
        const string Spread = """
            SELECT CAST(relname AS TEXT)
            FROM pg_class
            LEFT JOIN pg_dist_partition ON logicalrelid = oid
            WHERE oid = ANY(ARRAY(SELECT to_regclass(name) FROM unnest(@names) AS name)) AND (partmethod = 'h' OR relkind = 'v')
            ORDER BY relkind = 'v', reltuples, relname
            """;
        var spread = _connection.Query<string>(Spread, new { names = SqlText.Sources(select).ToArray() }).ToList();
        for (var gathered = 0; ; gathered++)
        {
            var attempt = gathered == 0 ? select : With(select, [.. spread.Take(gathered)], gathered == spread.Count);
            if (attempt is not null && (gathered == spread.Count || CanPlan(attempt)))
                return attempt;
        }
    }

    // Beside the SELECT's own WITH, so that its ORDER BY stays outermost. Around it where it has given a table's name to something else, and only
    // where no table is left that shards have: they would each order theirs.
    private string? With(string select, IReadOnlyList<string> gathered, bool isAll)
    {
        var tables = string.Join(", ", gathered.Select(table => $"{table} AS MATERIALIZED (SELECT * FROM {_schema}.{table})"));
        var own = SelectShape.Of(select).With;
        if (own.Count == 0)
            return $"WITH {tables}\n{select}";
        if (own.Any(with => gathered.Contains(with.Name, StringComparer.OrdinalIgnoreCase)))
            return isAll ? $"WITH {tables}\nSELECT * FROM ({select}\n) AS gathered_rows" : null;
        var start = SqlText.Tokens(select).First(token => !token.Text.Equals("WITH", StringComparison.OrdinalIgnoreCase) && !token.Text.Equals("RECURSIVE", StringComparison.OrdinalIgnoreCase)).Start;
        return $"{select[..start]}{tables}, {select[start..]}";
    }

    private bool CanPlan(string select)
    {
        try
        {
            _connection.Execute($"SET citus.explain_distributed_queries = off; EXPLAIN {select}");
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.FeatureNotSupported)
        {
            return false;
        }
        catch (PostgresException)
        {
            return true; // wrong in itself: whoever runs it finds out
        }
        finally
        {
            _connection.Execute("SET citus.explain_distributed_queries = on");
        }
    }

    /// <summary>What moves when a SELECT fills a table, or is asked.</summary>
    public Movement MovementOf(string select, string? into) =>
        Movement.Of(_connection.ExecuteScalar<string>($"EXPLAIN (FORMAT JSON) {(into is null ? "" : $"INSERT INTO {into} ")}{select}")!);

    /// <summary>Runs on each worker what Citus does not pass on to them.</summary>
    public void OnWorkers(string sql)
    {
        var failure = _connection.QueryFirstOrDefault<string?>("SELECT result FROM run_command_on_workers(@sql) WHERE NOT success LIMIT 1", new { sql });
        if (failure is not null)
            throw new ClickpathException($"a worker of the Citus cluster does not do what its coordinator does ({failure.ReplaceLineEndings(" ").TrimEnd('.')}). Look at the workers, and run again.");
    }

    /// <summary>A schema's tables and their places; null: on the coordinator alone.</summary>
    public IReadOnlyDictionary<string, Placement?> Places(string schema)
    {
        const string Places = """
            SELECT CAST(relname AS TEXT), CASE partmethod WHEN 'h' THEN column_to_column_name(oid, partkey) WHEN 'n' THEN '' END
            FROM pg_class
            LEFT JOIN pg_dist_partition ON logicalrelid = oid
            WHERE relnamespace = to_regnamespace(@schema) AND relkind = 'r'
            """;
        return _connection.Query<(string Table, string? Column)>(Places, new { schema })
            .ToDictionary(place => place.Table, place => place.Column is { } column ? new Placement(column.Length > 0 ? column : null) : null, StringComparer.Ordinal);
    }

    /// <summary>Places tables of the schema that are there and have another place.</summary>
    public void Place(IEnumerable<(string Table, Placement Placement)> tables)
    {
        var now = Places(_schema);
        foreach (var (table, placement) in tables)
        {
            if (!now.TryGetValue(table, out var place) || place == placement)
                continue;
            if (place is not null)
                _connection.Execute("SELECT undistribute_table(to_regclass(@table))", new { table });
            Place(table, placement);
        }
    }

    /// <summary>Places a table that is on the coordinator alone.</summary>
    public void Place(string table, Placement placement)
    {
        if (placement.Column is not { } column)
        {
            _connection.Execute("SELECT create_reference_table(to_regclass(@table))", new { table });
            return;
        }

        // Rows are told apart within a shard alone: the key has to have the column in it.
        const string Keys = """
            SELECT CAST(conname AS TEXT), CAST(ARRAY(SELECT attname FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY(conkey)) AS TEXT[])
            FROM pg_constraint
            WHERE conrelid = to_regclass(@table) AND contype = 'p'
            """;
        foreach (var (name, columns) in _connection.Query<(string Name, string[] Columns)>(Keys, new { table }).Where(key => !key.Columns.Contains(column)).ToList())
            _connection.Execute($"ALTER TABLE {table} DROP CONSTRAINT {name}; ALTER TABLE {table} ADD PRIMARY KEY ({string.Join(", ", columns)}, {column});");
        _connection.Execute("SELECT create_distributed_table(to_regclass(@table), @column)", new { table, column });
    }
}
