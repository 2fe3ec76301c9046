using System.Data.Common;
using Clickpath.Sql;

namespace Clickpath.Engines;

/// <summary>A database that runs the SQL files: an ADO.NET connection, plus what really differs between engines.</summary>
internal interface IEngine : IDisposable
{
    /// <summary>The engine's name as <c>--engine</c> and a variant file (<c>sessions.duckdb.sql</c>) spell it.</summary>
    string Name { get; }

    /// <summary>The engine's and its version, for run.json.</summary>
    string Version { get; }

    DbConnection Connection { get; }

    /// <summary>Opens a writer for many rows. One is open at a time per engine.</summary>
    /// <param name="table">A load table.</param>
    /// <param name="columns">The columns in the order in which each row's values follow.</param>
    /// <param name="ignoreExisting">Leave out rows whose primary key is there already (the dictionary tables).</param>
    IBulkWriter BulkWriter(string table, IReadOnlyList<string> columns, bool ignoreExisting = false);

    /// <summary>Runs the DDL of <c>sql/schema</c>, in this engine's dialect.</summary>
    void ExecuteSchema(string sql);

    /// <summary>A SELECT of the portable subset as this engine is to be given it.</summary>
    string Dialect(string select) => select;

    /// <summary>What stands before a SELECT to be told how it would be run.</summary>
    string Explain => "EXPLAIN";

    /// <summary>Places those of the tables that are there, unless they have their places; nothing on an engine of one machine.</summary>
    void Place(params IEnumerable<(string Table, Placement Placement)> tables)
    {
    }

    /// <summary>What moves between the machines of an engine that has several, where a SELECT fills a table, or is asked.</summary>
    /// <param name="select">In this engine's dialect.</param>
    /// <param name="into">The table; null: the rows are asked for.</param>
    /// <returns>Null on an engine of one machine.</returns>
    Movement? MovementOf(string select, string? into) => null;

    /// <summary>Makes a table (or view) of a SELECT in its dialect, with its stored order. It refuses, by its own means, a SELECT that does anything but read.</summary>
    void Materialize(Materialization model);

    /// <summary>Makes a table's indexes; what reads it next is planned by what is in it.</summary>
    void Index(Materialization model);

    /// <summary>Whether two values of a row are not the same, NULL being one; the same number as a whole one and as a fraction is not.</summary>
    string IsDistinct(string one, string other) => $"{one} IS DISTINCT FROM {other}";

    /// <summary>Takes a table or view away, where it is there.</summary>
    void Drop(string name)
    {
        foreach (var kind in (string[])["VIEW", "TABLE"])
        {
            try
            {
                using var command = Connection.CreateCommand();
                command.CommandText = $"DROP {kind} IF EXISTS {name}";
                command.ExecuteNonQuery();
            }
            catch (DbException)
            {
                // DROP VIEW of a table, or the reverse: the other statement does it.
            }
        }
    }

    /// <summary>Whether a table is kept in the order of its cluster columns: rows come in it unasked, and they can't hold the same values
    /// twice, or NULL, so that a key that they make up need not be checked.</summary>
    bool IsClustered { get; }

    /// <summary>Reads the rows of a SELECT with no object made for a value. One is open at a time per engine.</summary>
    IRowReader Read(string select);

    /// <summary>A second connection, for reading on another thread: a statement sees what this one had made when it began.</summary>
    /// <param name="readsOnce">What is read is not read again: no memory need be kept for it.</param>
    IEngine Beside(bool readsOnce = false);

    /// <summary>A second engine that makes tables on another thread while this one makes others; it can read this one's, and its own.
    /// Null where that is no gain, as one statement keeps all cores busy.</summary>
    IEngine? Aside() => null;

    /// <summary>Takes over a table that <see cref="Aside"/> has made, with its stored order and indexes, in place of an earlier one.</summary>
    void Adopt(IEngine aside, Materialization model) => throw new NotSupportedException();

    /// <summary>Whether several connections, also of other processes, may load files at the same time.</summary>
    bool HasFileLoaders => false;

    /// <summary>A further connection, which loads files at the same time as others.</summary>
    IFileLoader FileLoader() => throw new NotSupportedException();

    /// <summary>The schema in which the last run's tables can be read beside this run's, while they are opened; null where they can't, or this one
    /// builds on none.</summary>
    string? Earlier => null;

    /// <summary>Says which file has the last run's tables. It is never written to.</summary>
    IEngine After(string path) => this;

    /// <summary>Opens the last run's tables until the result is disposed. Not for longer than they are asked for: a name that this run has no
    /// table of would be one of theirs.</summary>
    IDisposable OpenEarlier() => throw new NotSupportedException();

    /// <summary>Loads. Nobody else reads the database meanwhile, and where it fails the database is thrown away: an engine may write as it likes.</summary>
    void Fill(Action load) => load();

    /// <summary>Puts into their tables what bulk writers have kept waiting, as they may within <see cref="Fill"/>.</summary>
    void PutInPlace()
    {
    }

    /// <summary>Begins a transaction.</summary>
    DbTransaction BeginTransaction() => Connection.BeginTransaction();

    /// <summary>Refuses, by the engine's own means, every statement but reads until the result is disposed.</summary>
    IDisposable ReadOnly();

    /// <summary>Compiles a SELECT; throws the engine's refusal where it does anything but read.</summary>
    void RefuseWrites(string select)
    {
        using var guard = ReadOnly();
        using var command = Connection.CreateCommand();
        command.CommandText = select;
        command.Prepare();
    }

    /// <summary>Tells the planner about the rows that are there now.</summary>
    void Analyze();

    /// <summary>From now on statements are planned only to see that they can be, over tables that stay empty and are soon gone.</summary>
    void PlanOnly()
    {
    }

    /// <summary>What the engine has against a statement, in one line without its candidates and its picture of the place.</summary>
    string Words(DbException error) => error.Message;

    /// <summary>Where in the statement's text the error is, from 0 on; -1 where the engine does not say.</summary>
    int PlaceOf(DbException error, string statement) => -1;

    /// <summary>Writes out what is still under way, as nothing more is made.</summary>
    void Settle()
    {
    }
}

/// <summary>What a model's header asks for, without the engine's dialect.</summary>
internal sealed record Materialization(
    string Name,
    string Select,
    bool IsView,
    IReadOnlyList<string> Cluster,
    IReadOnlyList<IReadOnlyList<string>> Indexes)
{
    /// <summary>Where the rows go on an engine that has several machines; null: they stay on the one that is asked.</summary>
    public Placement? Placement { get; init; }
}

/// <summary>What a value is.</summary>
internal enum ValueKind
{
    Null,
    Whole,
    Fraction,
    Text,
}

/// <summary>Rows, one at a time; a value is asked for as what its kind says.</summary>
internal interface IRowReader : IDisposable
{
    IReadOnlyList<string> Columns { get; }

    bool Read();

    ValueKind Kind(int column);

    long Whole(int column);

    double Fraction(int column);

    /// <summary>Text, which is gone with the next row.</summary>
    ReadOnlySpan<byte> Utf8(int column);
}

/// <summary>A connection that loads files while others do, each file in a transaction of its own.</summary>
internal interface IFileLoader : IDisposable
{
    /// <summary>Its own; what bulk writers leave out as being there is known when <see cref="Commit"/> is called.</summary>
    IEngine Engine { get; }

    /// <summary>Begins a file's transaction.</summary>
    /// <returns>False where another loader has the file; the transaction is then to be abandoned.</returns>
    bool TryBegin(long fileId);

    /// <summary>Keeps the file's rows.</summary>
    void Commit();

    /// <summary>Ends the transaction, where there is one, and keeps nothing.</summary>
    void Abandon();
}

/// <summary>Writes rows value by value, in the order of its columns; nothing is kept unless <see cref="Complete"/> is called.</summary>
internal interface IBulkWriter : IDisposable
{
    void Add(long value);

    void Add(long? value);

    /// <summary>Adds UTF-8 text as it stands in a buffer; it is copied before the call returns.</summary>
    void Add(ReadOnlySpan<byte> utf8);

    /// <summary>Adds text, or NULL.</summary>
    void Add(string? value);

    void AddNull();

    void EndRow();

    void Complete();
}
