using Clickpath.Sql;

namespace Clickpath.Tests.Sql;

/// <summary>Which tables a cluster spreads, and which it has everywhere.</summary>
public sealed class DistributionTests
{
    private TempFolder _temp = null!;

    [SetUp]
    public void Make()
    {
        _temp = new TempFolder();
        Write("schema/V001__tables.sql", "-- What was loaded.\n-- distribute: client_key\nCREATE TABLE raw (\n    client_key BIGINT NOT NULL\n);\n\nCREATE TABLE pages (\n    page_key BIGINT NOT NULL\n);\n\nCREATE TABLE log (\n    line BIGINT NOT NULL\n);\n");
        Write("transform/visits.sql", "-- description: Visits.\n-- grain: one\n-- key: client_key\n-- distribute: client_key\nSELECT client_key FROM raw");
        Write("transform/page_types.sql", "-- description: Types.\n-- grain: one\n-- key: page_key\nSELECT page_key FROM pages");
        Write("transform/rules.sql", "-- description: Rules.\n-- grain: one\n-- key: rule\nSELECT 1 AS rule");
        Write("transform/seen.sql", "-- description: With text.\n-- grain: one\n-- key: client_key\n-- materialize: view\nSELECT client_key FROM visits");
    }

    [TearDown]
    public void Remove() => _temp.Dispose();

    [Test]
    public void What_a_header_or_the_schema_says_is_spread()
    {
        Assert.That(Of("raw"), Is.EqualTo(new Placement("client_key")));
        Assert.That(Of("visits"), Is.EqualTo(new Placement("client_key")));
    }

    [Test]
    public void What_is_read_beside_it_is_everywhere_also_where_a_view_stands_between()
    {
        Assert.That(Of("page_types"), Is.Null, "nobody reads it yet");
        Write("analyze/types.sql", "-- title: T\n-- description: T.\n-- section: T\nSELECT COUNT(*) AS n FROM seen CROSS JOIN page_types");

        Assert.That(Of("page_types"), Is.EqualTo(new Placement(Column: null)));
        Assert.That(new[] { "pages", "rules", "log", "seen", "types" }.Select(Of), Is.All.Null);
    }

    [Test]
    public void The_line_that_spreads_a_table_is_none_of_its_description()
    {
        var table = LoadTable.Read(File.ReadAllText(Path.Combine(_temp.Path, "schema/V001__tables.sql"))).First();

        Assert.That((table.Description, table.Distribute), Is.EqualTo(("What was loaded.", "client_key")));
    }

    private Placement? Of(string table) => SqlCatalog.Read(_temp.Path, "sqlite", new Dictionary<string, string>()).Distribution.Of(table);

    private void Write(string path, string text)
    {
        var full = Path.Combine(_temp.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
