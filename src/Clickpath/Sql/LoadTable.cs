using System.Text.RegularExpressions;

namespace Clickpath.Sql;

/// <summary>A column of a load table, as the schema declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its declared type.</param>
/// <param name="Note">The comment behind it; empty: none.</param>
internal sealed record LoadColumn(string Name, string Type, string Note);

/// <summary>A load table, as the schema's DDL and the comments in it describe it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">The comment above it.</param>
/// <param name="Columns">Its columns, in order.</param>
internal sealed partial record LoadTable(string Name, string Description, IReadOnlyList<LoadColumn> Columns)
{
    private const string DistributeKey = "distribute:";

    /// <summary>The column that spreads it over an engine's machines; null: none does.</summary>
    public string? Distribute { get; private init; }

    /// <summary>The tables of a schema file, in its order.</summary>
    public static IEnumerable<LoadTable> Read(string ddl) => Table().Matches(ddl).Select(table => new LoadTable(
        table.Groups["name"].Value,
        Joined(table.Groups["comment"].Captures.Select(line => line.Value)),
        [.. Column().Matches(table.Groups["body"].Value).Select(column => new LoadColumn(
            column.Groups["name"].Value, column.Groups["type"].Value, column.Groups["note"].Value.Trim()))])
    {
        Distribute = table.Groups["comment"].Captures.Select(line => line.Value.Trim()).FirstOrDefault(IsDistribute)?[DistributeKey.Length..].Trim(),
    });

    /// <summary>The names alone.</summary>
    public static IEnumerable<string> Names(string ddl) => Create().Matches(ddl).Select(create => create.Groups[1].Value);

    private static string Joined(IEnumerable<string> lines) => string.Join(' ', lines.Select(line => line.Trim()).Where(line => !line.StartsWith("description:", StringComparison.Ordinal) && !IsDistribute(line)));

    private static bool IsDistribute(string line) => line.StartsWith(DistributeKey, StringComparison.Ordinal);

    [GeneratedRegex(@"CREATE TABLE (\w+)")]
    private static partial Regex Create();

    [GeneratedRegex(@"(?m)(?:^--(?<comment>.*)\n)*^CREATE TABLE (?<name>\w+) \(\n(?<body>(?:.*\n)*?)\)[^;\n]*;")]
    private static partial Regex Table();

    [GeneratedRegex(@"(?m)^ +(?<name>[a-z_0-9]+) (?<type>[A-Z]+(?: [A-Z]+)*?)(?: NOT NULL| PRIMARY KEY| DEFAULT [^,\n-]+)*,?[ \t]*(?:--(?<note>.*))?$")]
    private static partial Regex Column();
}
