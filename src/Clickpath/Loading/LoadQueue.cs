using System.Data.Common;
using Clickpath.Engines;
using Dapper;

namespace Clickpath.Loading;

/// <summary>
/// The files that a run wants loaded: a table among the run's, while it loads, so that other processes may load some of them. A file is
/// claimed by a lock that ends with its transaction, and is loaded once it is in <c>input_files</c>: a loader that dies leaves nothing.
/// </summary>
/// <param name="engine">With the tables of the run that loads.</param>
/// <param name="agreement">What all who load have to be alike in: a checksum.</param>
internal sealed class LoadQueue(IEngine engine, string agreement)
{
    /// <summary>What a server says of a table that is not there, as an SQLSTATE.</summary>
    public const string UndefinedTable = "42P01";

    private const string Left = "FROM load_queue WHERE file_id NOT IN (SELECT file_id FROM input_files)";

    /// <summary>Whether a run loads at this moment, and how it does; null: none.</summary>
    public static string? Agreement(IEngine engine)
    {
        try
        {
            return engine.Connection.QueryFirstOrDefault<string?>("SELECT agreement FROM load_queue LIMIT 1");
        }
        catch (DbException e) when (e.SqlState == UndefinedTable)
        {
            return null;
        }
    }

    /// <summary>Lets others see what is to be loaded.</summary>
    public void Open(IEnumerable<(long Id, InputFile File)> files)
    {
        using var transaction = engine.BeginTransaction();
        engine.ExecuteSchema("CREATE TABLE load_queue (file_id BIGINT NOT NULL PRIMARY KEY, file_name TEXT NOT NULL, agreement TEXT NOT NULL)");
        engine.Connection.Execute("INSERT INTO load_queue VALUES (@Id, @Name, @agreement)", files.Select(file => new { file.Id, file.File.Name, agreement }), transaction);
        transaction.Commit();
    }

    /// <summary>What is not loaded yet, in the order of the files.</summary>
    public IReadOnlyList<(long Id, string Name)> Files() => [.. engine.Connection.Query<(long, string)>($"SELECT file_id, file_name {Left} ORDER BY file_id")];

    /// <summary>Takes a file, until <see cref="IFileLoader.Commit"/>; or not, where another has it, or nobody wants it any longer.</summary>
    public bool TryClaim(IFileLoader loader, long id, string name)
    {
        if (loader.TryBegin(id) && loader.Engine.Connection.ExecuteScalar<long>($"SELECT COUNT(*) {Left} AND file_id = @id AND file_name = @name AND agreement = @agreement", new { id, name, agreement }) == 1)
            return true;
        loader.Abandon();
        return false;
    }

    public void Close() => engine.Drop("load_queue");
}
