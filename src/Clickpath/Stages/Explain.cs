using System.Globalization;
using Clickpath.Engines;
using Clickpath.Reports;
using Clickpath.Runs;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>Prints what the files of <c>sql/explain</c> say of one order, from the last run's database, which it only reads.</summary>
internal static class Explain
{
    public static void Run(PipelineOptions options, string order)
    {
        var catalog = SqlCatalog.Read(options.Sql, options.Engine, new Dictionary<string, string>(options.Parameters, StringComparer.Ordinal) { ["order"] = order });
        using var warehouse = IWarehouse.Of(options);
        if (!warehouse.Exists)
            throw new ClickpathException($"no database of an earlier run at '{warehouse.Place}'. Run the pipeline first.");
        using var engine = warehouse.OpenLast();
        var sql = new SqlRunner(engine, catalog);
        var answers = catalog.In(Folder.Explain).OrderBy(file => int.Parse(file["order"]!, CultureInfo.InvariantCulture)).Select(file => (File: file, Table: Readable(sql.Rows(file)))).ToList();
        if (answers.All(answer => answer.Table.Rows.Count == 0))
            throw new ClickpathException($"no order '{order}' in the last run. Give --order an id from the column order_id of {options.Artifacts}/transform/orders.parquet.");
        foreach (var (file, table) in answers)
            options.Print?.Invoke($"\n{file["title"]}\n{TextTable.Of(table, CheckResult.Formats(file))}");
    }

    // Epoch milliseconds are for reckoning; people read a time.
    private static Table Readable(Table table)
    {
        const string unit = "_ms";
        var columns = table.Columns.Select(name => name.EndsWith(unit, StringComparison.Ordinal) ? name[..^unit.Length] : name).ToList();
        return table with
        {
            Columns = columns,
            Rows = [.. table.Rows.Select(row => row.Select((value, i) => columns[i] == table.Columns[i] || value is not long ms ? value : Time(ms)).ToArray())],
        };

        static object Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }
}
