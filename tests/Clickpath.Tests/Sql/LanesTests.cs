using Clickpath.Engines;
using Clickpath.Sql;
using Dapper;

namespace Clickpath.Tests.Sql;

/// <summary>Models made on two threads.</summary>
public sealed class LanesTests
{
    private TempFolder _temp = null!;
    private SqliteEngine _engine = null!;

    [SetUp]
    public void Create()
    {
        _temp = new TempFolder();
        _engine = new SqliteEngine(Database);
        _temp.Write("sql/schema/V001__t.sql", "CREATE TABLE t (a BIGINT)");
        _engine.ExecuteSchema("CREATE TABLE t (a BIGINT); INSERT INTO t VALUES (1), (2), (2)");
        Model("a_large", "SELECT a FROM t WHERE a = 1");
        Model("c_small", "SELECT 3 AS a");
        Model("d_small", "SELECT a_large.a FROM a_large JOIN c_small ON c_small.a > a_large.a");
        Model("e_last", "SELECT b_large.a FROM b_large JOIN d_small ON d_small.a = b_large.a", "-- index: a\n");
    }

    private string Database => Path.Combine(_temp.Path, "db");

    [TearDown]
    public void Remove()
    {
        _engine.Dispose();
        _temp.Dispose();
    }

    [Test]
    public void What_is_made_aside_arrives_with_its_rows_order_and_indexes_and_nothing_of_it_stays_behind()
    {
        Model("b_large", "SELECT a FROM t GROUP BY a", "-- cluster: a\n-- index: a\n");
        var made = Make();

        Assert.Multiple(() =>
        {
            // By its name it would be second: more waits for a_large, so it is the one that goes to the other thread, until it is needed here.
            Assert.That(made, Is.EqualTo(new[] { ("a_large", 1L), ("c_small", 1L), ("d_small", 1L), ("b_large", 2L), ("e_last", 1L) }));
            Assert.That(_engine.Connection.Query<long>("SELECT a FROM b_large"), Is.EqualTo(new[] { 1L, 2L }));
            Assert.That(_engine.Connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE '%_index%' ORDER BY name"), Is.EqualTo(new[] { "b_large_index1", "e_last_index1" }));
            Assert.That(_engine.Connection.ExecuteScalar<string>("SELECT sql FROM sqlite_master WHERE name = 'b_large'"), Does.EndWith("WITHOUT ROWID"));
            Assert.That(Directory.EnumerateFiles(_temp.Path, "db-aside*"), Is.Empty);
        });
    }

    [Test]
    public void What_is_exported_goes_first_so_that_its_file_is_written_while_others_are_made()
    {
        _engine.ExecuteSchema("INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) SELECT 3 FROM n"); // else all is too quick to matter
        Model("b_large", "SELECT a FROM t GROUP BY a", "-- cluster: a\n");
        Model("z_exported", "SELECT a FROM t WHERE a = 1", "-- materialize: view\n-- export: parquet\n");

        Assert.That(Make()[0], Is.EqualTo(("z_exported", 1L)));
    }

    [Test]
    public void What_says_that_a_row_takes_long_goes_before_what_others_wait_for()
    {
        _engine.ExecuteSchema("INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) SELECT 3 FROM n");
        Model("b_large", "SELECT a FROM t GROUP BY a", "-- cluster: a\n");
        Model("z_slow", "SELECT a FROM t WHERE a = 1", "-- effort: 9\n");

        Assert.That(Make()[0], Is.EqualTo(("z_slow", 1L)));
    }

    [Test]
    public void What_goes_wrong_aside_is_told_as_anywhere()
    {
        Model("b_large", "SELECT a FROM t");

        Assert.That(() => Make(), Throws.TypeOf<ClickpathException>().With.Message.Contains("transform/b_large.sql:3: key a does not identify a row of b_large: (2) in 2 rows."));
        Assert.That(Directory.EnumerateFiles(_temp.Path, "db-aside*"), Is.Empty);
    }

    [Test]
    public void What_is_wanted_later_is_made_where_a_thread_would_wait_and_no_longer()
    {
        Model("b_large", "SELECT a FROM t GROUP BY a", "-- cluster: a\n");
        Model("f_later", "SELECT DISTINCT a FROM t");
        Model("g_later", "SELECT a FROM e_last");
        Model("h_later", "SELECT a FROM f_later");

        // While e_last waits for what it reads, f_later does not; nothing waits beside g_later.
        Assert.That(Make(wanted: "e_last").Select(made => made.Name), Is.EquivalentTo(new[] { "a_large", "b_large", "c_small", "d_small", "e_last", "f_later" }));
        Assert.That(Make().Select(made => made.Name), Does.Contain("g_later"));
    }

    [Test]
    public void What_goes_wrong_ahead_is_told_when_it_is_wanted()
    {
        Model("b_large", "SELECT a FROM t GROUP BY a", "-- cluster: a\n");
        Model("f_later", "SELECT a FROM t");
        Model("g_later", "SELECT a FROM f_later GROUP BY a");

        Assert.That(Make(wanted: "e_last").Select(made => made.Name), Is.EquivalentTo(new[] { "a_large", "b_large", "c_small", "d_small", "e_last" }));
        Assert.That(() => Make(), Throws.TypeOf<ClickpathException>().With.Message.Contains("transform/f_later.sql:3: key a does not identify a row of f_later: (2) in 2 rows."));
    }

    [Test]
    public void A_view_whose_key_does_not_hold_is_told_though_others_do_not_wait_for_it()
    {
        Model("b_large", "SELECT a FROM t GROUP BY a", "-- cluster: a\n");
        Model("f_view", "SELECT a FROM t", "-- materialize: view\n");

        Assert.That(() => Make(), Throws.TypeOf<ClickpathException>().With.Message.Contains("transform/f_view.sql:3: key a does not identify a row of f_view: (2) in 2 rows."));
    }

    [Test]
    public void A_view_whose_key_does_not_hold_is_told_and_not_what_reads_it_and_fails_by_it()
    {
        _engine.ExecuteSchema("INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT i FROM n"); // the view takes longer to look at than what reads it to fail
        Model("b_large", "SELECT a FROM t GROUP BY a", "-- cluster: a\n");
        Model("c_view", "SELECT a FROM t", "-- materialize: view\n");
        Model("d_small", "SELECT a FROM c_view WHERE a < (SELECT MIN(a) + 3 FROM t)", "-- cluster: a\n-- effort: 9\n");

        Assert.That(() => Make(), Throws.TypeOf<ClickpathException>().With.Message.Contains("transform/c_view.sql:3: key a does not identify a row of c_view: (2) in 2 rows"));
    }

    [Test]
    public void A_view_whose_key_does_not_hold_is_no_trouble_ahead_and_is_not_taken_for_made()
    {
        Model("b_large", "SELECT a FROM t GROUP BY a", "-- cluster: a\n");
        Model("f_view", "SELECT a FROM t", "-- materialize: view\n");
        Model("g_later", "SELECT a FROM f_view GROUP BY a");
        Model("h_later", "SELECT DISTINCT a FROM f_view", "-- materialize: view\n");
        var catalog = SqlCatalog.Read(Path.Combine(_temp.Path, "sql"), "sqlite", new Dictionary<string, string>());
        _engine.ExecuteSchema("CREATE TABLE file_results (path TEXT, part TEXT, name TEXT, recipe TEXT, version TEXT, statement TEXT, parameters TEXT, inputs TEXT, row_count BIGINT, content TEXT)");
        var store = new ResultStore(_engine, catalog);
        var runner = new SqlRunner(_engine, catalog, store);

        runner.Make(catalog.Models.Where(model => model.Name == "e_last"), catalog.Models, (_, _, _) => { });

        Assert.Multiple(() =>
        {
            Assert.That(catalog.Models.Where(runner.Has).Select(model => model.Name), Is.EquivalentTo(new[] { "a_large", "b_large", "c_small", "d_small", "e_last" }));
            Assert.That(_engine.Connection.Query<string>("SELECT name FROM sqlite_master WHERE name LIKE '%view' OR name LIKE '%later'"), Is.Empty);
            store.Save();
            Assert.That(catalog.Models.Where(model => new ResultStore(_engine, catalog).Earlier(model) is not null).Select(model => model.Name), Does.Not.Contain("f_view").And.Not.Contain("h_later"));
            Assert.That(() => runner.Make(catalog.Models, [], (_, _, _) => { }), Throws.TypeOf<ClickpathException>().With.Message.Contains("transform/f_view.sql:3: key a does not identify a row of f_view: (2) in 2 rows."));
        });
    }

    [Test]
    public void Of_what_goes_wrong_no_table_is_left()
    {
        Model("b_large", "SELECT a FROM t");
        var catalog = SqlCatalog.Read(Path.Combine(_temp.Path, "sql"), "sqlite", new Dictionary<string, string>());

        Assert.That(() => new SqlRunner(_engine, catalog).Make(catalog.Models.Single(model => model.Name == "b_large")).ToList(), Throws.TypeOf<ClickpathException>());
        Assert.That(_engine.Connection.Query<string>("SELECT name FROM sqlite_master"), Is.EqualTo(new[] { "t" }));
    }

    private void Model(string name, string select, string keys = "") =>
        _temp.Write($"sql/transform/{name}.sql", $"-- description: D\n-- grain: one row\n-- key: a\n{keys}{select}");

    private List<(string Name, long Rows)> Make(string? wanted = null)
    {
        var catalog = SqlCatalog.Read(Path.Combine(_temp.Path, "sql"), "sqlite", new Dictionary<string, string>());
        var made = new List<(string Name, long Rows)>();
        new SqlRunner(_engine, catalog).Make(catalog.Models.Where(model => wanted is null || model.Name == wanted), wanted is null ? [] : catalog.Models, (model, rows, _) => made.Add((model.Name, rows)));
        return made;
    }
}
