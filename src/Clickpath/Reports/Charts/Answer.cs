using OxyPlot;
using OxyPlot.Series;
using SkiaSharp;

namespace Clickpath.Reports.Charts;

/// <summary>What a reader learns by pointing at a place of a chart.</summary>
/// <param name="Place">Where, in the canvas's units.</param>
/// <param name="At">The category, day or point.</param>
/// <param name="Values">What is measured there, by name: the column that formats it, and the value; NaN: none.</param>
/// <param name="Partial">It covers a part of its day only.</param>
internal sealed record Answer(SKRect Place, string At, IReadOnlyList<(string Name, string Column, double Value)> Values, bool Partial)
{
    /// <summary>The answer about marks that share a place.</summary>
    public static Answer About(Plot plot, IReadOnlyList<(Group Group, Mark Mark)> marks) => new(
        default,
        plot.Data.Categories[marks[0].Mark.Category],
        [.. marks.Select(m => (m.Group.Name, m.Group.Column, m.Mark.Y))],
        marks.Any(m => m.Mark.Partial));

    /// <summary>A plot's marks by category, each with its group.</summary>
    public static IEnumerable<IReadOnlyList<(Group Group, Mark Mark)>> ByCategory(Plot plot) => plot.Panel.Groups
        .SelectMany(group => group.Marks.Select(mark => (group, mark)))
        .GroupBy(pair => pair.mark.Category)
        .OrderBy(category => category.Key)
        .Select(category => category.ToList());
}

/// <summary>Draws nothing, and tells a sheet that asks for it what its places mean.</summary>
/// <param name="answers">The places as boxes in the axes' values, which end at the plot's edges, and what is there.</param>
internal sealed class AnswerSeries(IEnumerable<(DataPoint From, DataPoint To, Answer Answer)> answers) : XYAxisSeries
{
    /// <summary>Beyond any value that a chart draws.</summary>
    public const double Edge = 1e250;

    public override void Render(IRenderContext rc)
    {
        if (rc is not SheetContext { Sheet: { Answers: not null } sheet })
            return;
        var area = PlotModel.PlotArea;
        foreach (var (from, to, answer) in answers)
        {
            var (a, b) = (Transform(from), Transform(to));
            sheet.Tell(answer with
            {
                Place = new SKRect(
                    (float)Math.Clamp(Math.Min(a.X, b.X), area.Left, area.Right), (float)Math.Clamp(Math.Min(a.Y, b.Y), area.Top, area.Bottom),
                    (float)Math.Clamp(Math.Max(a.X, b.X), area.Left, area.Right), (float)Math.Clamp(Math.Max(a.Y, b.Y), area.Top, area.Bottom)),
            });
        }
    }
}
