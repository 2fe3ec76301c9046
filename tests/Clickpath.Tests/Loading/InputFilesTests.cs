using Clickpath.Loading;
using NUnit.Framework;

namespace Clickpath.Tests.Loading;

internal sealed class InputFilesTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("clickpath-files-").FullName;
        foreach (var name in new[] { "b.csv", "a.csv.gz", "B.csv", "notes.txt" })
            File.WriteAllText(Path.Combine(_folder, name), "");
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "empty", "2025", "02")).FullName, "c.csv"), "");
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("", "B.csv,a.csv.gz,b.csv")]
    [TestCase("*.csv*", "B.csv,a.csv.gz,b.csv")]
    [TestCase("?.csv", "B.csv,b.csv")]
    [TestCase("*", "B.csv,a.csv.gz,b.csv")]
    [TestCase("b.csv", "b.csv")]
    [TestCase("**/*.csv", "B.csv,b.csv,empty/2025/02/c.csv")]
    [TestCase("empty/**/c.csv", "2025/02/c.csv")]
    [TestCase("empty/*/*/*.csv", "2025/02/c.csv")]
    [TestCase("notes.txt", "notes.txt")]
    public void Files_are_found_in_the_order_of_their_names(string events, string expected) =>
        Assert.That(InputFiles.Find(Path.Combine(_folder, events)).Select(file => file.Name), Is.EqualTo(expected.Split(',')));

    [TestCase("nowhere", "no such folder or file: '")]
    [TestCase("empty", "no .csv or .csv.gz file in the folder '")]
    [TestCase("*.tsv", "no .csv or .csv.gz file matches '")]
    public void Nothing_found_is_an_error_with_the_remedy(string events, string expected) =>
        Assert.That(
            () => InputFiles.Find(Path.Combine(_folder, events)),
            Throws.TypeOf<ClickpathException>().With.Message.StartsWith(expected).And.Message.EndsWith("Give --events a folder, a glob or a file of daily exports (.csv, .csv.gz)."));
}
