using System.Data.Common;
using Clickpath.Engines;
using Clickpath.Sql;
using Dapper;

namespace Clickpath.Monitoring;

/// <summary>The metrics of days that an export may no longer hold: they survive in <c>metric_history</c>, also where the database is made
/// anew. A day that is loaded again replaces its rows.</summary>
internal static class MetricHistory
{
    private const string Table = "metric_history";
    private const string Source = "daily_metrics";

    private static readonly string[] Columns = ["time_zone", "event_date", "metric", "segment_kind", "segment", "numerator", "denominator", "unit_count"];

    /// <summary>Takes what an earlier database remembers of other days into a new one, once its events are loaded; nothing, where there is
    /// none or it can't be read.</summary>
    /// <param name="earlier">Where the earlier database is.</param>
    /// <param name="engine">The new one.</param>
    /// <param name="timeZone">In which the loaded days are counted.</param>
    public static void Carry(IWarehouse earlier, IEngine engine, string timeZone)
    {
        if (!earlier.Exists || !Has(engine, Table))
            return;
        // Days that are loaded are made anew, and take the place that they had in a first run: the same bytes.
        var loaded = engine.Connection.Query<string>("SELECT event_date FROM calendar").ToHashSet(StringComparer.Ordinal);
        var rows = new List<object?[]>();
        try
        {
            using var last = earlier.OpenLast();
            using var command = last.Connection.CreateCommand();
            command.CommandText = $"SELECT {string.Join(", ", Columns)} FROM {Table} ORDER BY {string.Join(", ", Columns)}";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var row = SqlRunner.Row(reader);
                if (row[0] as string != timeZone || row[1] is not string date || !loaded.Contains(date))
                    rows.Add(row);
            }
        }
        catch (DbException)
        {
            return; // no database of ours, or one from before there was a history
        }

        using var transaction = engine.BeginTransaction();
        using (var writer = engine.BulkWriter(Table, Columns))
        {
            foreach (var row in rows)
            {
                foreach (var value in row)
                {
                    if (value is long number)
                        writer.Add(number);
                    else
                        writer.Add(value as string);
                }

                writer.EndRow();
            }

            writer.Complete();
        }

        transaction.Commit();
    }

    /// <summary>Replaces the days that are loaded now.</summary>
    /// <param name="sql">The run's SQL.</param>
    /// <param name="timeZone">In which the loaded days are counted.</param>
    public static void Keep(SqlRunner sql, string timeZone)
    {
        if (sql.Catalog.Models.All(m => m.Name != Source) || !Has(sql.Engine, Table))
            return;
        var columns = string.Join(", ", Columns.Skip(1));
        var zone = SqlText.Literal($"'{timeZone}'");
        using var transaction = sql.Engine.BeginTransaction();
        sql.Engine.Connection.Execute($"DELETE FROM {Table} WHERE time_zone = {zone} AND event_date IN (SELECT event_date FROM calendar)");
        sql.Engine.Connection.Execute($"INSERT INTO {Table} SELECT {zone}, {columns} FROM {Source} WHERE event_date IN (SELECT event_date FROM calendar) ORDER BY {columns}");
        transaction.Commit();
    }

    private static bool Has(IEngine engine, string table)
    {
        try
        {
            engine.Connection.ExecuteScalar($"SELECT COUNT(*) FROM {table}");
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }
}
