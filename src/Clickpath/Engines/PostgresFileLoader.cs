using System.Data.Common;
using Dapper;

namespace Clickpath.Engines;

/// <summary>A connection to PostgreSQL that loads files, each in a transaction, while others do the same.</summary>
/// <param name="engine">Its own; rows of dictionary tables wait in it.</param>
/// <param name="schema">What the files are loaded into.</param>
internal sealed class PostgresFileLoader(PostgresEngine engine, string schema) : IFileLoader
{
    private DbTransaction? _transaction;

    public IEngine Engine => engine;

    public bool TryBegin(long fileId)
    {
        _transaction = engine.Connection.BeginTransaction();
        // The server lets it go with the transaction, however that ends.
        return engine.Connection.ExecuteScalar<bool>("SELECT pg_try_advisory_xact_lock(hashtextextended(@file, 0))", new { file = FormattableString.Invariant($"clickpath:{schema}:{fileId}") });
    }

    public void Commit()
    {
        engine.Merge();
        _transaction!.Commit();
        Abandon();
    }

    public void Abandon()
    {
        _transaction?.Dispose();
        _transaction = null;
    }

    public void Dispose()
    {
        Abandon();
        engine.Dispose();
    }
}
