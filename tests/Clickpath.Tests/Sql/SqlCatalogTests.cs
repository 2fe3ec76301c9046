using Clickpath.Sql;

namespace Clickpath.Tests.Sql;

public sealed class SqlCatalogTests
{
    private const string Model = "-- description: D\n-- grain: one row\n-- key: a\n";

    [Test]
    public void Models_run_after_those_they_read_whatever_their_names()
    {
        using var folder = Sql(("transform/alpha.sql", Model + "SELECT a FROM beta"), ("transform/beta.sql", Model + "SELECT a FROM gamma"), ("reference/gamma.sql", Model + "SELECT 1 AS a"));

        Assert.That(Read(folder).Models.Select(m => m.Name), Is.EqualTo(new[] { "gamma", "beta", "alpha" }));
    }

    [TestCase("beta", "alpha -> beta -> alpha")]
    [TestCase("alpha", "alpha -> alpha")]
    public void A_circle_is_an_error_that_shows_it(string source, string circle)
    {
        using var folder = Sql(("transform/alpha.sql", Model + $"SELECT a FROM {source}"), ("transform/beta.sql", Model + "SELECT a FROM alpha"));

        Assert.That(() => Read(folder), Throws.TypeOf<ClickpathException>().With.Message.Contains($"it reads itself, through {circle}. Break the circle."));
    }

    [Test]
    public void A_second_file_of_the_same_name_is_an_error()
    {
        using var folder = Sql(("transform/alpha.sql", Model + "SELECT 1 AS a"), ("reference/01_alpha.sql", Model + "SELECT 1 AS a"));

        Assert.That(() => Read(folder), Throws.TypeOf<ClickpathException>().With.Message.Contains("there is a 'alpha' already"));
    }

    [Test]
    public void An_engines_own_variant_comes_before_the_plain_file()
    {
        using var folder = Sql(("transform/alpha.sql", Model + "SELECT 1 AS a"), ("transform/alpha.duckdb.sql", Model + "SELECT 2 AS a"));

        Assert.Multiple(() =>
        {
            Assert.That(Read(folder, "duckdb").Models.Single().Body, Is.EqualTo("SELECT 2 AS a"));
            Assert.That(Read(folder, "sqlite").Models.Single().Body, Is.EqualTo("SELECT 1 AS a"));
        });
    }

    [Test]
    public void An_override_takes_the_type_of_the_default()
    {
        using var folder = Sql(("transform/alpha.sql", Model + "-- param rate: 0.5\nSELECT :rate AS a"));
        var catalog = SqlCatalog.Read(folder.Path, "sqlite", new Dictionary<string, string> { ["rate"] = "1" });

        Assert.That(catalog.Bind(catalog.Models[0], catalog.Models[0].Body), Is.EqualTo("SELECT CAST(1 AS DOUBLE PRECISION) AS a"));
    }

    [TestCase("rte", "1", "--param rte: no SQL file declares it. Did you mean 'rate'?")]
    [TestCase("nope", "1", "--param nope: no SQL file declares it. The nearest are rate; --target=Docs lists all.")]
    [TestCase("rate", "high", "--param rate: 'high' is no number.")]
    public void A_wrong_override_is_an_error(string name, string value, string message)
    {
        using var folder = Sql(("transform/alpha.sql", Model + "-- param rate: 0.5\nSELECT :rate AS a"));

        Assert.That(() => SqlCatalog.Read(folder.Path, "sqlite", new Dictionary<string, string> { [name] = value }), Throws.TypeOf<ClickpathException>().With.Message.StartsWith(message));
    }

    [Test]
    public void One_parameter_with_two_defaults_is_an_error()
    {
        using var folder = Sql(("transform/alpha.sql", Model + "-- param rate: 0.5\nSELECT :rate AS a"), ("transform/beta.sql", Model + "-- param rate: 0.6\nSELECT :rate AS a"));

        Assert.That(() => Read(folder), Throws.TypeOf<ClickpathException>().With.Message.Contains("Write '-- param rate: as in alpha'"));
    }

    [Test]
    public void A_default_that_is_as_in_another_file_follows_it()
    {
        using var folder = Sql(("transform/alpha.sql", Model + "-- param rate: 0.5\nSELECT :rate AS a"), ("transform/beta.sql", Model + "-- param rate: as in alpha\nSELECT :rate AS a"), ("transform/gamma.sql", Model + "-- param rate: 0.5\nSELECT :rate AS a"));
        File.WriteAllText(Path.Combine(folder.Path, "transform", "alpha.sql"), Model + "-- param rate: 2\nSELECT :rate AS a");
        Assert.That(() => Read(folder), Throws.TypeOf<ClickpathException>(), "gamma has a default of its own");
        File.Delete(Path.Combine(folder.Path, "transform", "gamma.sql"));
        var catalog = Read(folder);

        Assert.That(catalog.Bind(catalog.Models[1], catalog.Models[1].Body), Is.EqualTo("SELECT CAST(2 AS BIGINT) AS a"));
    }

    [Test]
    public void A_default_that_is_as_in_a_file_without_one_is_an_error()
    {
        using var folder = Sql(("transform/alpha.sql", Model + "SELECT 1 AS a"), ("transform/beta.sql", Model + "-- param rate: as in alpha\nSELECT :rate AS a"));

        Assert.That(() => Read(folder), Throws.TypeOf<ClickpathException>().With.Message.Contains("is said to be as in 'alpha', which declares none of that name"));
    }

    [Test]
    public void An_unknown_folder_is_an_error_with_the_nearest_right_name()
    {
        using var folder = Sql(("analyse/alpha.sql", Model + "SELECT 1 AS a"));

        Assert.That(() => Read(folder), Throws.TypeOf<ClickpathException>().With.Message.Contains("Did you mean 'analyze'?"));
    }

    [Test]
    public void The_shipped_files_are_all_well_formed() =>
        Assert.That(SqlCatalog.Read(Repository.Sql, "sqlite", new Dictionary<string, string>()).Files, Is.Not.Empty);

    private static SqlCatalog Read(TempFolder folder, string engine = "sqlite") => SqlCatalog.Read(folder.Path, engine, new Dictionary<string, string>());

    private static TempFolder Sql(params (string Path, string Text)[] files)
    {
        var folder = new TempFolder();
        folder.Write("schema/V001__load_tables.sql", "CREATE TABLE t (a BIGINT)");
        foreach (var (path, text) in files)
            folder.Write(path, text);
        return folder;
    }
}
