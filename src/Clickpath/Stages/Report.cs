using Clickpath.Reports;
using Clickpath.Reports.Charts;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>A report that ran.</summary>
/// <param name="File">Its SQL file.</param>
/// <param name="Table">Its rows.</param>
/// <param name="Formats">How its columns read, in the shop's currency.</param>
internal sealed record Report(SqlFile File, Table Table, ColumnFormats Formats)
{
    /// <summary>The charts that its header asks for.</summary>
    public IReadOnlyList<Chart> Charts { get; init; } = [];

    /// <summary>table, insight (sentences), figures (headline cards) or currency.</summary>
    public string Kind => File["kind"] ?? "table";
}

/// <summary>A chart of a report.</summary>
/// <param name="Name">The name of its files, without their ending.</param>
/// <param name="Spec">What it shows.</param>
internal sealed record Chart(string Name, ChartSpec Spec);
