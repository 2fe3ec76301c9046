using System.Globalization;
using Clickpath.Reports.Fonts;

namespace Clickpath.Reports.Html;

/// <summary>A table, check or report in the map.</summary>
/// <param name="Id">Its anchor in the page.</param>
/// <param name="Name">What is written.</param>
/// <param name="Kind">The class that gives its colour.</param>
/// <param name="Sources">The anchors of what it reads.</param>
/// <param name="Layer">Its column of the map, from the left; what it reads stands further left.</param>
internal sealed record LineageNode(string Id, string Name, string Kind, IReadOnlyList<string> Sources, int Layer);

/// <summary>The map of what reads what, from the left to the right. The page's script lets the reader follow one table through it;
/// without it the names are links all the same.</summary>
internal static class LineageMap
{
    private const int ColumnWidth = 164;
    private const int RowHeight = 24;

    private const int BoxWidth = 140;
    private const int BoxHeight = 19;
    private const int Top = 26;

    private static readonly Lettering Text = new(10.5f);

    /// <summary>Draws the map.</summary>
    /// <param name="nodes">What is in it.</param>
    /// <param name="layers">The columns' headings.</param>
    public static Markup Map(IReadOnlyList<LineageNode> nodes, IReadOnlyList<string> layers)
    {
        var places = Places(nodes, layers.Count);
        var width = layers.Count * ColumnWidth;
        var height = Top + nodes.GroupBy(node => node.Layer).Select(layer => layer.Count()).DefaultIfEmpty(0).Max() * RowHeight + 4;
        var edges = nodes.SelectMany(node => node.Sources.Where(places.ContainsKey).Select(source => (From: source, To: node.Id))).ToList();
        return Markup.Of($"""
            <svg class="lineage" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="group" aria-label="What reads what, from the exports on the left to reports, checks and alarms on the right">
            {layers.Select((layer, i) => Markup.Of($"<text class=\"layer\" x=\"{i * ColumnWidth}\" y=\"14\">{layer}</text>"))}
            {edges.Select(edge => Edge(edge.From, edge.To, places))}
            {nodes.Select(node => Box(node, places[node.Id]))}
            </svg>

            """);
    }

    private static Markup Edge(string from, string to, Dictionary<string, (int X, int Y)> places)
    {
        var (a, b) = (places[from], places[to]);
        var (x1, y1, x2, y2) = (a.X + BoxWidth, a.Y + BoxHeight / 2, b.X, b.Y + BoxHeight / 2);
        var bend = Math.Max((x2 - x1) / 2, 16);
        return Markup.Of($"<path class=\"edge\" data-from=\"{from}\" data-to=\"{to}\" d=\"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}\"></path>\n");
    }

    private static Markup Box(LineageNode node, (int X, int Y) place) => Markup.Of($"""
        <a class="node {node.Kind}" href="#{node.Id}" data-layer="{node.Layer}" transform="translate({place.X} {place.Y})"><title>{node.Name}</title><rect width="{BoxWidth}" height="{BoxHeight}" rx="4"></rect><text x="7" y="13.5">{Text.Fit(node.Name, BoxWidth - 12)}</text></a>

        """);

    // Within a column, each stands near the middle of what it reads, so that fewer lines cross.
    private static Dictionary<string, (int X, int Y)> Places(IReadOnlyList<LineageNode> nodes, int layers)
    {
        var places = new Dictionary<string, (int X, int Y)>(StringComparer.Ordinal);
        for (var layer = 0; layer < layers; layer++)
        {
            var column = nodes.Where(node => node.Layer == layer)
                .OrderBy(node => node.Sources.Where(places.ContainsKey).Select(source => (double)places[source].Y).DefaultIfEmpty(0).Average())
                .ThenBy(node => node.Name, StringComparer.Ordinal).ToList();
            for (var i = 0; i < column.Count; i++)
                places[column[i].Id] = (layer * ColumnWidth, Top + i * RowHeight);
        }
        return places;
    }
}
