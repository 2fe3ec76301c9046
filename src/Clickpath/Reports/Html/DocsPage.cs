using System.Globalization;
using Clickpath.Engines;
using Clickpath.Loading;
using Clickpath.Reports.Summary;
using Clickpath.Sql;
using Clickpath.Stages;

namespace Clickpath.Reports.Html;

/// <summary><c>docs.html</c>: what every SQL file makes, what it is made of, and what is made of it.</summary>
internal sealed class DocsPage
{
    private static readonly (Folder Folder, string Id, string Heading, string About)[] Folders =
    [
        (Folder.Reference, "reference", "Reference tables", "Small tables that a shop may argue about: event names, devices, channels. Each is one SELECT of its rows."),
        (Folder.Transform, "models", "Models", "The tables to ask questions of. Each is one SELECT over the tables before it."),
        (Folder.DataQuality, "checks", "Data quality checks", "What is looked for in the files. A check over no rows is skipped, never passed."),
        (Folder.Invariants, "invariants", "Invariants", "What must hold in every run: a breach ends it, and nothing is published."),
        (Folder.Analyze, "reports", "Reports", "What becomes a CSV, a chart, and a place in the executive summary and report.html."),
        (Folder.Explain, "answers", "Answers", "What --target=Explain prints of one order."),
        (Folder.Monitor, "alarms", "Alarms", "What is watched on the latest complete day."),
    ];

    // A folder that this page has no words for yet is there all the same.
    private static readonly IReadOnlyList<(Folder Folder, string Id, string Heading, string About)> All =
        [.. Folders, .. Folder.All.Where(folder => !Array.Exists(Folders, known => known.Folder == folder)).Select(folder => (folder, folder.Name, ColumnFormats.Label(folder.Name), $"What the files of {folder.Name} answer."))];

    private readonly SqlCatalog _catalog;
    private readonly Dictionary<SqlFile, FileLineage> _lineage;
    private readonly ILookup<ColumnRead, (FileLineage File, string Column)> _partOf;
    private readonly IReadOnlyList<LoadTable> _load;
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    private DocsPage(SqlCatalog catalog, Lineage lineage)
    {
        (_catalog, _lineage) = (catalog, lineage.Files.ToDictionary(file => file.File));
        _partOf = lineage.Files.SelectMany(file => file.Columns.SelectMany(column => column.From.Select(from => (From: from, File: file, Column: column.Name)))).ToLookup(part => part.From, part => (part.File, part.Column));
        _load = [.. catalog.Schema.SelectMany(schema => LoadTable.Read(schema.Text))];
        foreach (var table in _load)
            _ids[table.Name] = Id("load", table.Name);
        foreach (var file in catalog.Files.Where(file => file.Folder.IsTable))
            _ids[file.Name] = Id(file.Folder.Name, file.Name);
    }

    /// <summary>Puts the page together.</summary>
    /// <param name="catalog">The SQL files.</param>
    /// <param name="lineage">Their columns, and what each is made of.</param>
    public static HtmlPage Of(SqlCatalog catalog, Lineage lineage) => new DocsPage(catalog, lineage).Page();

    private HtmlPage Page() => new()
    {
        Title = "Data catalogue",
        Subtitle = "Every table, check, report and alarm: what it is, what one row is, what it is made of, and the SQL. Made from the files under sql/, without a run.",
        Figures =
        [
            Count("Load tables", _load.Count),
            .. All.Select(folder => Count(folder.Heading, _catalog.In(folder.Folder).Count())),
        ],
        Sections =
        [
            new HtmlSection("map", "What reads what", Markup.Of($"""
                <p class="about">From the exports on the left to reports, checks and alarms on the right. Choose a name to follow it from what it is made of to what is made of it.</p>
                <div class="scroll" tabindex="0" role="group" aria-label="What reads what">{Map()}</div>
                """)),
            new HtmlSection("load", "Load tables", Markup.Of($"""
                <p class="about">What the files said, parsed once and judged nowhere. The loader fills them; {string.Join(", ", _catalog.Schema.Select(schema => schema.Path))} declares them.</p>
                {_load.Select(Loaded)}
                """)) { Parts = [.. _load.Select(table => (_ids[table.Name], table.Name))] },
            .. All.Select(Section).Where(section => section.Parts.Count > 0),
            new HtmlSection("parameters", "Parameters", Markup.Of($"""
                <p class="about">What can be set for a run with --param NAME=VALUE. Each is declared in the files that use it.</p>
                {Parameters()}
                """)),
        ],
        Foot = Markup.Of($"Clickpath {typeof(DocsPage).Assembly.GetName().Version!.ToString(3)}. To add to this page, add a SQL file: sql/README.md says how."),
        Script = "lineage.js",
    };

    private static Figure Count(string label, int count) => new(label, count.ToString(CultureInfo.InvariantCulture), null, Tone.Note);

    private static string Id(string folder, string name) => $"{folder}-{name}";

    private HtmlSection Section((Folder Folder, string Id, string Heading, string About) folder)
    {
        var files = _catalog.In(folder.Folder).ToList();
        return new HtmlSection(folder.Id, folder.Heading, Markup.Of($"<p class=\"about\">{folder.About}</p>\n{files.Select(Described)}"))
        {
            Parts = [.. files.Select(file => (Id(file.Folder.Name, file.Name), file.Name))],
        };
    }

    private Markup Loaded(LoadTable table) => Entry(_ids[table.Name], table.Name, Markup.Empty, null, table.Description, Markup.Of($"""
        {Facts([("Read by", Links(Readers(table.Name)))])}{new HtmlTable
    {
        Caption = $"Columns of {table.Name}",
        Columns = ["Column", "Type", "What it holds", "Part of"],
        Styles = ["k", "k"],
        Rows = [.. table.Columns.Select(column => (IReadOnlyList<HtmlCell>)[Column(_ids[table.Name], column.Name), column.Type, Held(table.Name, column), PartOf(table.Name, column.Name)])],
    }.ToMarkup()}
        """));

    private Markup Described(SqlFile file)
        => Entry(Id(file.Folder.Name, file.Name), file.Name, Marks(file), file["title"], file["description"]!, Markup.Of($"""
            {Facts([
                ("Grain", Words(file["grain"])),
                ("Key", Words(file["key"])),
                ("Stored in the order of", Words(file["cluster"])),
                ("Made anew for single values of", Words(file["incremental"])),
                ("Finding", Words(file["message"])),
                ("Cause", Words(file["cause"])),
                ("Remedy", Words(file["remedy"])),
                ("Skipped where there are no", Words(file["needs"])),
                ("For information only, where it follows from", Words(file["follows"])),
                ("Section", Words(file["section"])),
                ("Charts", Words(string.Join("; ", file.All("chart")))),
                ("Written to", Words(Output(file))),
                ("A file for each", Words(file["partition"] is null ? null : string.Create(CultureInfo.InvariantCulture, $"{Exports.Partition(file)?.Column}, from {Exports.Partition(file)?.Least:N0} rows on"))),
                ("Not in the file", Words(file["omit"])),
                ("Columns", Markup.Join(_lineage[file].Columns.Select(column => Markup.Of($"{Code(column.Name)} ")))),
                ("Parameters", Markup.Join(file.Parameters.Keys.Order(StringComparer.Ordinal).Select(name => Markup.Of($"<code>{name} = {_catalog.Parameters[name]}</code> ")))),
                ("Reads", Links(Read(file).Select(source => (_ids[source], source)))),
                ("Read by", Markup.Of($"{Links(file.Folder.IsTable ? Readers(file.Name) : [])}{Words(file["read_by"])}")),
            ])}<div class="behind"><span>{file.Path}</span>{Elements.Fold("Column lineage", Columns(file))}{Elements.Fold("SQL", Sql(file))}</div>
            """));

    private Markup Columns(SqlFile file) => Markup.Of($"""
        {new HtmlTable
    {
        Caption = $"What the columns of {file.Name} are made of, and what is made of them",
        Columns = ["Column", "Made of", "Part of"],
        Styles = ["k"],
        Folded = HtmlTable.MostRows,
        Rows = [.. _lineage[file].Columns.Select(column => (IReadOnlyList<HtmlCell>)[Column(Id(file.Folder.Name, file.Name), column.Name), MadeOf(column.From), file.Folder.IsTable ? PartOf(file.Name, column.Name) : Markup.Empty])],
    }.ToMarkup()}
        {(_lineage[file].Rows.Count == 0 ? Markup.Empty : Markup.Of($"<p>Which rows there are is decided by {MadeOf(_lineage[file].Rows)}</p>"))}
        """);

    private Markup MadeOf(IEnumerable<ColumnRead> from) => Links(from.OrderBy(read => read.Table, StringComparer.Ordinal).ThenBy(read => read.Column, StringComparer.Ordinal)
        .Where(read => _ids.ContainsKey(read.Table)).Select(read => read.Column.Length == 0 ? (_ids[read.Table], $"rows of {read.Table}") : ($"{_ids[read.Table]}.{read.Column}", $"{read.Table}.{read.Column}")));

    private Markup PartOf(string table, string column) => Links(_partOf[new ColumnRead(table, column)]
        .Select(part => ($"{Id(part.File.File.Folder.Name, part.File.File.Name)}.{part.Column}", $"{part.File.File.Name}.{part.Column}")));

    private static Markup Column(string id, string name) => Markup.Of($"<code id=\"{id}.{name}\">{name}</code>");

    private static Markup Held(string table, LoadColumn column) => Origins.Of(table, column.Name) is { } origin && origin != column.Name
        ? Markup.Of($"{column.Note}{(column.Note.Length > 0 ? " " : "")}(of the export's {Code(origin)})") : Words(column.Note);

    private static Markup Sql(SqlFile file) => file.Samples is null ? Elements.Sql(file.Body)
        : Markup.Of($"{Elements.Sql(file.Body)}<p>Rows to look at, where it fails:</p>{Elements.Sql(file.Samples)}");

    private static Markup Entry(string id, string name, Markup marks, string? title, string description, Markup body) => Markup.Of($"""
        <article id="{id}" aria-labelledby="{id}-h">
        <h3 id="{id}-h"><code>{name}</code> {marks}</h3>
        <p class="about">{(title is null ? Markup.Empty : Markup.Of($"<strong>{title}.</strong> "))}{description}</p>
        {body}</article>

        """);

    private static Markup Marks(SqlFile file) => file.Folder.IsCheck
        ? Markup.Of($"{Elements.Status(file["severity"]!)}{(file["tier"] is { } tier ? Markup.Of($" {Elements.Status(tier)}") : Markup.Empty)}")
        : file.Folder.IsTable ? Elements.Status(file.Folder.IsModel ? file["materialize"] ?? "table" : file["kind"] ?? "table") : Markup.Empty;

    private static string? Output(SqlFile file) => file.Folder == Folder.Analyze ? $"analyze/{file.Name}.csv"
        : file["export"] is not null ? $"transform/{Exports.FileOf(file)}" : null;

    private static Markup Words(string? text) => string.IsNullOrEmpty(text) ? Markup.Empty : Markup.Of($"{text}");

    private static Markup Code(string text) => Markup.Of($"<code>{text}</code>");

    private static Markup Facts(IEnumerable<(string Term, Markup Text)> facts) => Markup.Of(
        $"<dl class=\"facts\">{facts.Where(fact => !fact.Text.IsEmpty).Select(fact => Markup.Of($"<div><dt>{fact.Term}</dt><dd>{fact.Text}</dd></div>"))}</dl>\n");

    private static Markup Links(IEnumerable<(string Id, string Name)> links) => Markup.Join(links.Select(link => Markup.Of($"<a class=\"chip\" href=\"#{link.Id}\">{link.Name}</a> ")));

    // A name that a file gives to a part of itself is no table; a check or an answer may have the name of the table that it reads.
    private IEnumerable<string> Read(SqlFile file) => file.Sources.Where(source => _ids.ContainsKey(source) && (source != file.Name || !file.Folder.IsTable));

    private IEnumerable<(string Id, string Name)> Readers(string table) => _catalog.Files.Where(file => file.Sources.Contains(table) && (file.Name != table || !file.Folder.IsTable))
        .Select(file => (Id(file.Folder.Name, file.Name), file.Name));

    private Markup Parameters() => new HtmlTable
    {
        Caption = "Parameters",
        Columns = ["Parameter", "Value", "Used by"],
        Styles = ["k", "k"],
        Folded = 500,
        Rows =
        [
            .. _catalog.Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal).Select(parameter => (IReadOnlyList<HtmlCell>)
            [
                Code(parameter.Key), parameter.Value,
                Links(_catalog.Files.Where(file => file.Parameters.ContainsKey(parameter.Key)).Select(file => (Id(file.Folder.Name, file.Name), file.Name))),
            ]),
        ],
    }.ToMarkup();

    private Markup Map()
    {
        var depth = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var model in _catalog.Models)
            depth[model.Name] = 1 + model.Sources.Where(source => source != model.Name).Select(source => depth.GetValueOrDefault(source)).DefaultIfEmpty(0).Max();
        var deepest = depth.Values.DefaultIfEmpty(0).Max();
        string[] last = ["Reports", "Sentences", "Checks", "Invariants, alarms, answers"];
        var nodes = _load.Select(table => new LineageNode(_ids[table.Name], table.Name, "load", [], 0))
            .Concat(_catalog.Files.Select(file => new LineageNode(
                Id(file.Folder.Name, file.Name), file.Name, file.Folder.Name,
                [.. Read(file).Select(source => _ids[source])],
                file.Folder.IsModel ? depth[file.Name]
                : file.Folder == Folder.Analyze ? deepest + (file["kind"] is null or "table" ? 1 : 2)
                : file.Folder == Folder.DataQuality ? deepest + 3 : deepest + 4)));
        return LineageMap.Map([.. nodes], ["Loaded", .. Enumerable.Range(1, deepest).Select(i => i == 1 ? "Models" : ""), .. last]);
    }
}
