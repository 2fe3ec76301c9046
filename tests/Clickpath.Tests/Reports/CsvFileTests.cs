using Clickpath.Reports;

namespace Clickpath.Tests.Reports;

/// <summary>What a CSV says in a spreadsheet is what the report said.</summary>
public sealed class CsvFileTests
{
    [TestCase("=HYPERLINK(\"http://evil.example\")")]
    [TestCase("+1+cmd|' /C calc'!A0")]
    [TestCase("-2+3+cmd|' /C calc'!A0")]
    [TestCase("@SUM(A1:A9)")]
    [TestCase("\t=1+1")]
    [TestCase("\r=1+1")]
    [TestCase("\n=1+1")]
    [TestCase("＝1+1")]
    [TestCase("-")]
    [TestCase("-1-1")]
    public void A_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(string hostile) =>
        Assert.That(CsvFile.Defused(hostile), Is.EqualTo("'" + hostile));

    [TestCase("-5")]
    [TestCase("-12.50")]
    [TestCase("plain")]
    [TestCase("a=b")]
    [TestCase("")]
    public void A_negative_number_and_plain_text_stay_as_they_are(string harmless) => Assert.That(CsvFile.Defused(harmless), Is.EqualTo(harmless));

    [Test]
    public void Numbers_are_plain_and_text_is_quoted_where_it_has_to_be()
    {
        using var temp = new TempFolder();
        var path = Path.Combine(temp.Path, "t.csv");
        CsvFile.Write(
            path,
            new Table("t", ["name", "revenue", "rate", "count"], [["=1,\"2\"\n3", -1234.5, 0.01234, -7L], ["-3", null, null, null]]),
            ColumnFormats.Parse("revenue money, rate percent 2, count integer").In("USD"));

        Assert.That(File.ReadAllText(path), Is.EqualTo("name,revenue,rate,count\n\"'=1,\"\"2\"\"\n3\",-1234.50,0.0123,-7\n-3,,,\n"));
    }
}
