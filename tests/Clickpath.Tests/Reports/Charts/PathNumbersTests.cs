using Clickpath.Reports.Charts;

namespace Clickpath.Tests.Reports.Charts;

/// <summary>Paths keep their shape to a hundredth of a pixel.</summary>
public sealed class PathNumbersTests
{
    [TestCase("M1.23456 -7.005L10 0.5Z", "M1.23 -7.01L10 0.5Z")]
    [TestCase("M0.999 -0.0001", "M1 0")]
    [TestCase("Q123456.789 .25 1e-7 12", "Q123456.79 0.25 0 12")]
    [TestCase("M-0.9999,-2.5", "M-1,-2.5")]
    [TestCase("M1.2345678e2 3.10", "M123.46 3.1")]
    [TestCase("", "")]
    public void Numbers_are_rounded_to_hundredths_and_all_else_stays(string path, string rounded) =>
        Assert.That(PathNumbers.Rounded(path), Is.EqualTo(rounded));
}
