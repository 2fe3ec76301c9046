using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace Clickpath.Engines;

/// <summary>
/// PostgreSQL's: a schema that <c>--schema</c> names. A run makes its tables in a second one, and on publishing the two change names in one
/// transaction: a reader sees the old tables or the new.
/// </summary>
internal sealed partial class PostgresWarehouse : IWarehouse
{
    /// <summary>The environment variable that says how to connect, where no option does.</summary>
    public const string Variable = "CLICKPATH_CONNECTION";

    // What marks a schema as ours, so that nothing of anybody's is replaced; behind it stands which run's it is.
    private const string Mark = "Clickpath run ";

    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly string _schema;
    private readonly bool _makes;
    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly Lazy<PostgresEngine> _keeper;

    /// <summary>Reads the options; the server is asked when it is needed.</summary>
    /// <param name="options">The connection, and the schema.</param>
    /// <param name="makes">Whether tables are to be made, and another run so kept out.</param>
    /// <exception cref="ClickpathException">There is no connection, or it can't be read.</exception>
    public PostgresWarehouse(PipelineOptions options, bool makes)
    {
        _schema = options.Schema ?? "clickpath";
        if (!SchemaName().IsMatch(_schema))
            throw new ClickpathException($"--schema={_schema}: it can't be that. Use lower-case letters, digits and _, a letter first, 50 at most.");
        var connection = options.Connection ?? options.Environment(Variable);
        if (string.IsNullOrWhiteSpace(connection))
            throw new ClickpathException($"--engine=postgres needs to know the server. Give --connection=\"Host=...;Database=...;Username=...\", or set {Variable}, which keeps a password out of the list of processes.");
        try
        {
            _server = new NpgsqlConnectionStringBuilder(connection) { Pooling = false, CommandTimeout = 0, IncludeErrorDetail = false };
            _server.ApplicationName ??= "clickpath";
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // Without the reader's own words, which may repeat a part of a password.
            throw new ClickpathException($"--connection (or {Variable}) can't be read. Write it as \"Host=db.example;Port=5432;Database=shop;Username=clickpath;Password=...\".");
        }

        _makes = makes;
        _keeper = new Lazy<PostgresEngine>(Open);
    }

    public string Engine => "postgres";

    public bool Exists => Comment(_schema) is not null;

    public string Place => $"schema {_schema} of {PostgresEngine.Where(_server)}";

    private string Next => _schema + "_next";

    private string Previous => _schema + "_previous";

    private PostgresEngine Keeper => _keeper.Value;

    public bool CopiesStatistics => false;

    // Who published it. A row that somebody changes by hand does not show.
    public string State() => Comment(_schema) ?? "";

    public IEngine OpenLast() => new PostgresEngine(_server, _schema, readOnly: true);

    public IEngine OpenScratch(bool fromLast)
    {
        Execute($"""
            DROP SCHEMA IF EXISTS {Next} CASCADE;
            CREATE SCHEMA {Next};
            COMMENT ON SCHEMA {Next} IS '{Mark}{_run}';
            """);
        var (functions, operators) = Arithmetic();
        Execute(functions);
        Keeper.ExecuteEverywhere(operators);
        if (fromLast)
            Copy();
        return new PostgresEngine(_server, Next);
    }

    public IEngine? OpenUnderWay() => Comment(Next) is null ? null : new PostgresEngine(_server, Next);

    public string ScratchState() => Mark + _run;

    public void Publish()
    {
        using (var transaction = Keeper.Connection.BeginTransaction())
        {
            Execute($"DROP SCHEMA IF EXISTS {Previous} CASCADE");
            if (Exists)
                Execute($"ALTER SCHEMA {_schema} RENAME TO {Previous}");
            Execute($"ALTER SCHEMA {Next} RENAME TO {_schema}");
            transaction.Commit();
        }

        try
        {
            // Who still reads the old tables finishes; the next run takes them away then.
            Execute($"SET lock_timeout = '2s'; DROP SCHEMA IF EXISTS {Previous} CASCADE; SET lock_timeout = 0;");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
        }
    }

    public void Dispose()
    {
        if (!_keeper.IsValueCreated)
            return;
        try
        {
            if (_makes)
                Execute($"DROP SCHEMA IF EXISTS {Next} CASCADE");
        }
        catch (DbException)
        {
            // The server is gone; the next run clears it away.
        }

        Keeper.Dispose();
    }

    // The lock ends with the connection: one that was killed keeps nobody out.
    private PostgresEngine Open()
    {
        var keeper = new PostgresEngine(_server, "public");
        try
        {
            if (_makes && !keeper.Connection.ExecuteScalar<bool>("SELECT pg_try_advisory_lock(hashtextextended(@name, 0))", new { name = "clickpath:" + _schema }))
                throw new ClickpathException($"another run is writing {Place}. Wait until it ends, or give --schema another name.");
            foreach (var schema in (string[])[_schema, Next, Previous])
            {
                if (keeper.Connection.ExecuteScalar<bool>("SELECT COUNT(*) > 0 FROM pg_namespace WHERE nspname = @schema AND COALESCE(obj_description(oid, 'pg_namespace'), '') NOT LIKE @mark", new { schema, mark = Mark + "%" }))
                    throw new ClickpathException($"the schema {schema} of {PostgresEngine.Where(_server)} is not a run's. Give --schema a new name, so that nothing of yours is replaced.");
            }

            return keeper;
        }
        catch
        {
            keeper.Dispose();
            throw;
        }
    }

    private string? Comment(string schema) =>
        Keeper.Connection.ExecuteScalar<string?>("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = @schema", new { schema });

    private void Execute(string sql) => Keeper.Connection.Execute(sql);

    // Tables as they are, with their keys and in their order; then the views, which read them.
    private void Copy()
    {
        var places = Keeper.Places(_schema);
        foreach (var table in Keeper.Connection.Query<string>("SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = @schema ORDER BY tablename", new { schema = _schema }).ToList())
        {
            Execute($"CREATE TABLE {Next}.{table} (LIKE {_schema}.{table} INCLUDING ALL)");
            if (places.GetValueOrDefault(table) is { } placement)
                Keeper.PlaceNew($"{Next}.{table}", placement);
            Execute($"INSERT INTO {Next}.{table} SELECT * FROM {_schema}.{table}");
        }

        Execute($"SET search_path = {_schema}, pg_catalog");
        var views = Keeper.Connection.Query<(string Name, string Select)>("SELECT CAST(relname AS TEXT), pg_get_viewdef(oid) FROM pg_class WHERE relkind = 'v' AND relnamespace = CAST(@schema AS regnamespace) ORDER BY oid", new { schema = _schema }).ToList();
        Execute($"SET search_path = {Next}, pg_catalog");
        foreach (var (name, select) in views)
            Execute($"CREATE VIEW {name} AS {select}");
        Execute("SET search_path = public, pg_catalog");
    }

    // What is divided by 0 is NULL, and so is a root or a logarithm that is none, as on SQLite: an operator of the schema's own comes before the
    // server's, which ends the statement.
    private (string Functions, string Operators) Arithmetic()
    {
        var whole = from left in (string[])["integer", "bigint"] from right in (string[])["integer", "bigint"] select (left, right);
        var pairs = whole.Append(("numeric", "numeric")).ToList();
        var signs = pairs.Append(("double precision", "double precision")).Select(of => (Sign: "/", Name: "quotient", Of: of))
            .Concat(pairs.Select(of => (Sign: "%", Name: "remainder", Of: of))).ToList();
        return (
            string.Concat(
            [
                .. signs.Select(s => Function(s.Name, $"a {s.Of.Item1}, b {s.Of.Item2}", s.Of.Item1 == "integer" ? s.Of.Item2 : s.Of.Item1, $"CASE WHEN b <> 0 THEN a OPERATOR(pg_catalog.{s.Sign}) b END")),
                Function("sqrt", "x double precision", "double precision", "CASE WHEN x >= 0 THEN pg_catalog.sqrt(x) END"),
                Function("ln", "x double precision", "double precision", "CASE WHEN x > 0 THEN pg_catalog.ln(x) END"),
            ]),
            string.Concat(signs.Select(s => $"CREATE OPERATOR {Next}.{s.Sign} (LEFTARG = {s.Of.Item1}, RIGHTARG = {s.Of.Item2}, FUNCTION = {Next}.{s.Name});")));

        string Function(string name, string arguments, string result, string value) =>
            $"CREATE FUNCTION {Next}.{name}({arguments}) RETURNS {result} LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN {value};";
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,49}\z")]
    private static partial Regex SchemaName();
}
