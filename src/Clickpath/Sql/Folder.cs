namespace Clickpath.Sql;

/// <summary>A header key that files of a folder may have.</summary>
internal sealed record HeaderKey(string Name, bool Required = false, bool Repeatable = false)
{
    /// <summary>The values allowed; empty: any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether the value is a whole number.</summary>
    public bool IsWhole { get; init; }
}

/// <summary>A folder under <c>sql/</c>: it says what its files are, and which header keys they have.</summary>
internal sealed record Folder(string Name, IReadOnlyList<HeaderKey> Keys)
{
    private static readonly HeaderKey Param = new("param", Repeatable: true);

    private static readonly IReadOnlyList<HeaderKey> ModelKeys =
    [
        new("title"), new("description", Required: true), new("grain", Required: true), new("key", Required: true),
        new("cluster"), new("index", Repeatable: true), new("distribute"), new("incremental"), new("effort") { IsWhole = true },
        new("materialize") { Values = ["table", "view"] }, new("export"), new("omit"), new("partition"), new("solve") { Values = ["absorbing_chain"] }, new("read_by"), Param,
    ];

    private static readonly IReadOnlyList<HeaderKey> CheckKeys =
    [
        new("title", Required: true), new("description", Required: true),
        new("severity", Required: true) { Values = ["critical", "warn", "info"] },
        new("tier") { Values = ["health", "integrity", "drift"] },
        new("message", Required: true), new("cause"), new("remedy"), new("needs"), new("format"), Param,
    ];

    private static readonly IReadOnlyList<HeaderKey> ReportKeys =
    [
        new("title", Required: true), new("description", Required: true), new("section", Required: true),
        new("kind") { Values = ["table", "insight", "figures", "currency"] },
        new("chart", Repeatable: true), new("format"), new("order") { IsWhole = true }, Param,
    ];

    private static readonly IReadOnlyList<HeaderKey> AnswerKeys =
    [
        new("title", Required: true), new("description", Required: true), new("order", Required: true) { IsWhole = true }, new("format"), Param,
    ];

    public static readonly Folder Reference = new("reference", ModelKeys);
    public static readonly Folder Transform = new("transform", ModelKeys);
    public static readonly Folder DataQuality = new("data_quality", [.. CheckKeys, new("defect", Repeatable: true), new("follows")]);
    public static readonly Folder Invariants = new("invariants", CheckKeys);
    public static readonly Folder Analyze = new("analyze", ReportKeys);
    public static readonly Folder Monitor = new("monitor", CheckKeys);
    public static readonly Folder Repair = new("repair",
    [
        new("title", Required: true), new("description", Required: true), new("target", Required: true), new("row", Required: true),
        new("effect", Required: true), new("format"), Param,
    ]);

    public static readonly Folder Explain = new("explain", AnswerKeys);

    public static readonly IReadOnlyList<Folder> All = [Reference, Transform, DataQuality, Invariants, Analyze, Monitor, Repair, Explain];

    public bool IsModel => Keys == ModelKeys;

    public bool IsCheck => this == DataQuality || Keys == CheckKeys;

    /// <summary>Whether its files are tables or views of their names, which others read.</summary>
    public bool IsTable => IsModel || Keys == ReportKeys;
}
