using System.Runtime.InteropServices;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Clickpath.Engines;

/// <summary>A column that a statement reads; an empty column means the table's rows, as COUNT(*) counts them.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column, or nothing.</param>
internal readonly record struct ColumnRead(string Table, string Column);

/// <summary>A SELECT as SQLite understands it.</summary>
/// <param name="Columns">The names of what it returns, in order.</param>
/// <param name="Reads">Each place in which it reads a column, so that one read twice stands twice.</param>
/// <param name="Functions">The functions that it calls, in lower case.</param>
internal sealed record Compiled(IReadOnlyList<string> Columns, IReadOnlyList<ColumnRead> Reads, IReadOnlySet<string> Functions);

/// <summary>What SQLite has against a statement.</summary>
/// <param name="message">In its words.</param>
/// <param name="position">Where in the text it stopped, in characters from 0; -1 where it doesn't say.</param>
internal sealed class SqlMistake(string message, int position) : Exception(message)
{
    public int Position { get; } = position;
}

/// <summary>
/// Compiles SELECTs against empty tables and runs nothing. The authorizer, which SQLite asks for leave at every step of
/// compiling, notes what is read, and refuses all but reading.
/// </summary>
internal sealed partial class SqliteCompiler : IDisposable
{
    private const int Read = 20, Function = 31;

    private readonly SqliteConnection _connection = new("Data Source=:memory:;Pooling=False");
    private readonly List<ColumnRead> _reads = [];
    private readonly HashSet<string> _functions = new(StringComparer.Ordinal);

    static SqliteCompiler() => SqliteEngine.Initialize();

    /// <summary>Makes the load tables, empty.</summary>
    public SqliteCompiler(IEnumerable<string> schema)
    {
        _connection.Open();
        foreach (var ddl in schema)
            _connection.Execute(ddl);
    }

    /// <summary>Makes an empty table, so that what follows can read it.</summary>
    public void Add(string table, IEnumerable<string> columns) => _connection.Execute($"CREATE TABLE {Quoted(table)} ({string.Join(", ", columns.Select(Quoted))})");

    /// <summary>Puts a table of WITH in the place of any other of its name.</summary>
    public void Shadow(string table, IEnumerable<string> columns) =>
        _connection.Execute($"DROP TABLE IF EXISTS temp.{Quoted(table)}; CREATE TEMP TABLE {Quoted(table)} ({string.Join(", ", columns.Distinct(StringComparer.OrdinalIgnoreCase).Select(Quoted))})");

    /// <summary>Takes a table of WITH away again.</summary>
    public void Unshadow(string table) => _connection.Execute($"DROP TABLE IF EXISTS temp.{Quoted(table)}");

    /// <summary>The tables that there are.</summary>
    public IReadOnlyList<string> Tables() => [.. _connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")];

    /// <summary>A table's columns, in order; none where there is no such table.</summary>
    public IReadOnlyList<string> Columns(string table) => [.. _connection.Query<string>("SELECT name FROM pragma_table_info($table) ORDER BY cid", new { table })];

    /// <summary>Compiles one SELECT; its <c>:parameters</c> may stay unbound.</summary>
    /// <exception cref="SqlMistake">It is not one, or it does more than read.</exception>
    public Compiled Compile(string select)
    {
        _reads.Clear();
        _functions.Clear();
        raw.sqlite3_set_authorizer(_connection.Handle, Note, null!);
        try
        {
            var code = raw.sqlite3_prepare_v2(_connection.Handle, select, out var statement);
            using (statement)
            {
                if (code != raw.SQLITE_OK)
                    throw new SqlMistake(raw.sqlite3_errmsg(_connection.Handle).utf8_to_string(), Position(select));
                var columns = Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(i => raw.sqlite3_column_name(statement, i).utf8_to_string());
                return new Compiled([.. columns], [.. _reads], _functions.ToHashSet(StringComparer.Ordinal));
            }
        }
        finally
        {
            raw.sqlite3_set_authorizer(_connection.Handle, (strdelegate_authorizer?)null, null!);
        }
    }

    public void Dispose() => _connection.Dispose();

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private int Note(object _, int action, string first, string second, string database, string via)
    {
        if (action == Read)
            _reads.Add(new ColumnRead(first, second));
        else if (action == Function)
            _functions.Add(second.ToLowerInvariant());
        return SqliteEngine.Allows(action, first, second) ? raw.SQLITE_OK : raw.SQLITE_DENY;
    }

    // SQLite counts in bytes of UTF-8.
    private int Position(string select)
    {
        var bytes = ErrorOffset(_connection.Handle!.DangerousGetHandle());
        return bytes < 0 ? -1 : Encoding.UTF8.GetCharCount(Encoding.UTF8.GetBytes(select), 0, bytes);
    }

    // SQLitePCLRaw does not wrap this one.
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_error_offset")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int ErrorOffset(IntPtr connection);
}
