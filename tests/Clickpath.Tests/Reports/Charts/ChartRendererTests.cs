using Clickpath.Reports;
using Clickpath.Reports.Charts;

namespace Clickpath.Tests.Reports.Charts;

public sealed class ChartRendererTests
{
    [Test]
    public void The_same_chart_has_the_same_bytes_whatever_was_drawn_before()
    {
        var first = Svg();
        var second = Svg();

        Assert.That(second, Is.EqualTo(first));
        Assert.That(first, Does.Contain("url(#c1)").And.Contain("id=\"c1\""));
    }

    private static string Svg() => ChartRenderer.Svg(
        ChartSpec.Parse("bar x=device y=revenue"), new Table("t", ["device", "revenue"], [["mobile", 2.5], ["desktop", 1.0]]), ColumnFormats.None, "Revenue");
}
