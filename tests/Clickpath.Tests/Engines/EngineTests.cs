using Clickpath.Engines;
using Clickpath.Sql;
using Dapper;

namespace Clickpath.Tests.Engines;

[TestFixture("sqlite")]
[TestFixture("duckdb")]
[TestFixture("postgres")]
public sealed class EngineTests(string name)
{
    private TempFolder _temp = null!;
    private TestEngine _opened = null!;
    private IEngine _engine = null!;

    [SetUp]
    public void Open()
    {
        _temp = new TempFolder();
        _opened = TestEngine.Open(name, Path.Combine(_temp.Path, "db"));
        _engine = _opened.Engine;
        _engine.ExecuteSchema("CREATE TABLE words (word_key BIGINT NOT NULL PRIMARY KEY, word TEXT, weight BIGINT, flag INTEGER)");
    }

    [TearDown]
    public void Close()
    {
        _opened?.Dispose();
        _temp.Dispose();
    }

    [Test]
    public void Rows_come_back_as_they_were_written()
    {
        Write(false, (1, "plain", 5), (2, null, null), (3, "grüße 🛒 'quoted'", long.MaxValue), (4, "", 0));

        Assert.That(Rows(), Is.EqualTo(new[] { "1|plain|5|1", "2|||0", "3|grüße 🛒 'quoted'|9223372036854775807|1", "4||0|0" }));
    }

    [Test]
    public void A_row_that_is_there_already_can_be_left_out()
    {
        Write(false, (1, "first", 1));
        Write(true, (1, "again", 2), (2, "new", 3));

        Assert.That(Rows(), Is.EqualTo(new[] { "1|first|1|1", "2|new|3|0" }));
    }

    [Test]
    public void A_select_becomes_a_table_or_a_view()
    {
        Write(false, (2, "b", 1), (1, "a", 1));
        _engine.Materialize(new Materialization("stored", "SELECT word_key, word FROM words WHERE word_key > 0", IsView: false, ["word_key"], [["word"]]));
        _engine.Materialize(new Materialization("seen", "SELECT COUNT(*) AS n FROM stored", IsView: true, [], []));

        Assert.That(_engine.Connection.ExecuteScalar<long>("SELECT n FROM seen"), Is.EqualTo(2));
    }

    [TestCase]
    [TestCase("a")]
    public void A_column_of_a_table_may_have_any_name(params string[] cluster)
    {
        _engine.Materialize(new Materialization("stored", "SELECT 1 AS a, 2 AS \"order\", 3 AS \"my \"\"col\"\"\"", IsView: false, cluster, []));

        Assert.That(_engine.Connection.QuerySingle<(long, long, long)>("SELECT a, \"order\", \"my \"\"col\"\"\" FROM stored"), Is.EqualTo((1L, 2L, 3L)));
    }

    [Test]
    public void Nothing_that_a_check_does_stays()
    {
        Write(false, (1, "kept", 1));
        try
        {
            using var guard = _engine.ReadOnly();
            _engine.Connection.Execute("DELETE FROM words");
        }
        catch (System.Data.Common.DbException)
        {
            // SQLite and PostgreSQL refuse; DuckDB undoes.
        }

        Assert.That(Rows(), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_model_whose_key_does_not_identify_its_rows_is_an_error_with_examples()
    {
        using var sql = new TempFolder();
        sql.Write("schema/V001__t.sql", "CREATE TABLE t (a BIGINT)");
        sql.Write("transform/twice.sql", "-- description: D\n-- grain: one row\n-- key: a\nSELECT 1 AS a UNION ALL SELECT 1 AS a UNION ALL SELECT 2 AS a");
        var catalog = SqlCatalog.Read(sql.Path, name, new Dictionary<string, string>());

        Assert.That(
            () => new SqlRunner(_engine, catalog).Make(catalog.Models[0]).ToList(),
            Throws.TypeOf<ClickpathException>().With.Message.Contains("transform/twice.sql:3: key a does not identify a row of twice: (1) in 2 rows."));
    }

    private void Write(bool ignoreExisting, params (long Key, string? Word, long? Weight)[] rows)
    {
        using var transaction = _engine.BeginTransaction();
        using (var writer = _engine.BulkWriter("words", ["word_key", "word", "weight", "flag"], ignoreExisting))
        {
            foreach (var (key, word, weight) in rows)
            {
                writer.Add(key);
                if (word is null)
                    writer.AddNull();
                else
                    writer.Add(System.Text.Encoding.UTF8.GetBytes(word).AsSpan());
                writer.Add(weight);
                writer.Add(key % 2); // a column narrower than a long
                writer.EndRow();
            }

            writer.Complete();
        }

        transaction.Commit();
    }

    private string[] Rows() =>
        [.. _engine.Connection.Query("SELECT word_key, word, weight, flag FROM words ORDER BY word_key").Select(r => FormattableString.Invariant($"{r.word_key}|{r.word}|{r.weight}|{r.flag}"))];
}
