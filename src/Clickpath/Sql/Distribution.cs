namespace Clickpath.Sql;

/// <summary>Where a table's rows are, on an engine that has several machines.</summary>
/// <param name="Column">Rows of the same value of this column are on the same machine; null: every machine has all rows.</param>
internal sealed record Placement(string? Column);

/// <summary>
/// Which tables are spread over an engine's machines: those whose header, or whose comment in the schema, says <c>distribute</c>. What a
/// file reads beside one of them goes to every machine, so that the join is made where the rows are. All else stays on one.
/// </summary>
internal sealed class Distribution
{
    private readonly Dictionary<string, Placement> _placements = new(StringComparer.Ordinal);

    public Distribution(SqlCatalog catalog)
    {
        var load = catalog.Schema.SelectMany(ddl => LoadTable.Read(ddl.Text)).ToList();
        foreach (var table in load.Where(table => table.Distribute is not null))
            _placements.Add(table.Name, new Placement(table.Distribute));
        foreach (var model in catalog.Models.Where(model => model["distribute"] is not null))
            _placements.Add(model.Name, new Placement(model["distribute"]));

        var stored = load.Select(table => table.Name).Concat(catalog.Models.Where(model => !IsView(model)).Select(model => model.Name)).ToHashSet(StringComparer.Ordinal);
        var spread = _placements.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var file in catalog.Files)
        {
            var read = Tables(catalog, file);
            if (read.Overlaps(spread))
                read.Where(stored.Contains).ToList().ForEach(table => _placements.TryAdd(table, new Placement(Column: null)));
        }
    }

    /// <summary>Where a table's rows are to be; null: on the machine that is asked.</summary>
    public Placement? Of(string table) => _placements.GetValueOrDefault(table);

    /// <summary>All tables that are not on that machine alone, in the order of their names.</summary>
    public IEnumerable<(string Table, Placement Placement)> All => _placements.OrderBy(table => table.Key, StringComparer.Ordinal).Select(table => (table.Key, table.Value));

    // What a file reads, through views too.
    private static HashSet<string> Tables(SqlCatalog catalog, SqlFile file)
    {
        var tables = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in file.Sources)
        {
            tables.Add(source);
            if (catalog.Table(source) is { } view && view != file && IsView(view))
                tables.UnionWith(Tables(catalog, view));
        }

        return tables;
    }

    private static bool IsView(SqlFile model) => model["materialize"] == "view";
}
