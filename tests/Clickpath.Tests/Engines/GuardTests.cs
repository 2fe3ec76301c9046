using Clickpath.Engines;
using Clickpath.Sql;

namespace Clickpath.Tests.Engines;

public sealed class GuardTests
{
    [TestCase("WITH x AS (SELECT 1 AS a) INSERT INTO t SELECT a FROM x")]
    [TestCase("WITH x AS (SELECT 1 AS a) DELETE FROM t")]
    public void A_check_that_writes_is_refused_by_the_engine_and_named(string body)
    {
        using var temp = new TempFolder();
        temp.Write("sql/schema/V001__t.sql", "CREATE TABLE t (a BIGINT)");
        temp.Write("sql/analyze/sly.sql", "-- title: T\n-- description: D\n-- section: S\n" + body);
        using var engine = new SqliteEngine(Path.Combine(temp.Path, "db"));
        var catalog = SqlCatalog.Read(Path.Combine(temp.Path, "sql"), "sqlite", new Dictionary<string, string>());
        engine.ExecuteSchema(catalog.Schema[0].Text);

        Assert.That(() => new SqlRunner(engine, catalog).Rows(catalog.Reports[0]), Throws.TypeOf<ClickpathException>().With.Message.StartsWith("sql/analyze/sly.sql: it does more than read."));
    }
}
