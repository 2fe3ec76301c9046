using System.Globalization;
using Clickpath.Engines;
using Dapper;

namespace Clickpath.Loading;

/// <summary>What is in the load tables of an earlier run, and how a file is taken out of them again.</summary>
internal sealed class LoadTables(IEngine engine)
{
    private const long EventIdsOfAFile = 1L << 32;

    // What raw_events refers to.
    private static readonly (string Table, string Key)[] Texts =
    [
        ("clients", "client_key"),
        ("pages", "page_key"),
        ("places", "place_key"),
        ("referrers", "referrer_key"),
        ("user_agents", "user_agent_key"),
        ("payloads", "payload_key"),
    ];

    private bool _hasRemoved;

    /// <summary>The files that are loaded, by id.</summary>
    public IReadOnlyDictionary<long, LoadedFile> Files() => engine.Connection
        .Query<(long Id, string Name, string Sha256, long Bytes, long Records, long Loaded, long Rejected)>(
            "SELECT file_id, file_name, sha256, byte_count, record_count, loaded_count, rejected_count FROM input_files")
        .ToDictionary(f => f.Id, f => new LoadedFile(f.Name, f.Sha256, f.Bytes, f.Records, f.Loaded, f.Rejected) { IsReused = true });

    /// <summary>What holds of a row's event_id where its file is one of some, or between them: where rows lie in this order, no others need be read.</summary>
    /// <param name="files">A SELECT of file_ids.</param>
    public static string AmongFiles(string files) => string.Create(
        CultureInfo.InvariantCulture, $"event_id >= ({files} ORDER BY 1 LIMIT 1) * {EventIdsOfAFile} AND event_id < (({files} ORDER BY 1 DESC LIMIT 1) + 1) * {EventIdsOfAFile}");

    /// <summary>Takes out all rows of a file but the texts, which other files may share.</summary>
    public void Remove(long fileId)
    {
        var (first, end) = (fileId * EventIdsOfAFile, (fileId + 1) * EventIdsOfAFile);
        var events = string.Create(CultureInfo.InvariantCulture, $"event_id >= {first} AND event_id < {end}");
        foreach (var (table, key) in Texts)
        {
            var select = $"SELECT DISTINCT {key} FROM raw_events WHERE {events}";
            engine.Connection.Execute(_hasRemoved ? $"INSERT INTO removed_{table} {select}" : $"CREATE TEMP TABLE removed_{table} AS {select}");
        }

        _hasRemoved = true;
        foreach (var table in new[] { "raw_events", "raw_orders", "raw_order_items" })
            engine.Connection.Execute($"DELETE FROM {table} WHERE {events}");
        foreach (var table in new[] { "input_files", "file_days", "input_columns", "rejected_rows", "payload_field_counts", "notation_counts" })
            engine.Connection.Execute(string.Create(CultureInfo.InvariantCulture, $"DELETE FROM {table} WHERE file_id = {fileId}"));
    }

    /// <summary>Takes out the texts of removed files to which nothing refers any longer.</summary>
    public void RemoveOrphans()
    {
        if (!_hasRemoved)
            return;
        engine.Connection.Execute("CREATE TEMP TABLE removed_parameter_sets AS SELECT DISTINCT parameter_set_key FROM places WHERE place_key IN (SELECT place_key FROM removed_places)");
        foreach (var (table, key) in Texts)
            RemoveOrphans(table, key, "raw_events");
        RemoveOrphans("parameter_sets", "parameter_set_key", "places");
        _hasRemoved = false;
    }

    /// <summary>The days that the calendar has for the files that are loaded now.</summary>
    public IEnumerable<int> CalendarDays() => Calendar.Days(
        [.. engine.Connection.Query<string>("SELECT DISTINCT file_date FROM input_files WHERE file_date IS NOT NULL").Select(Day.OfIso)],
        [.. engine.Connection.Query<(string Day, long Count)>("SELECT event_date, CAST(SUM(event_count) AS BIGINT) FROM file_days GROUP BY event_date").Select(d => (Day.OfIso(d.Day), d.Count))]);

    private void RemoveOrphans(string table, string key, string referrer) => engine.Connection.Execute(
        $"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM removed_{table} EXCEPT SELECT {key} FROM {referrer}); DROP TABLE removed_{table};");
}
