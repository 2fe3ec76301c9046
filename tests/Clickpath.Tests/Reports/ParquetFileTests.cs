using System.Globalization;
using Clickpath.Engines;
using Clickpath.Reports;
using Dapper;
using DuckDB.NET.Data;

namespace Clickpath.Tests.Reports;

/// <summary>What we write, DuckDB reads.</summary>
public sealed class ParquetFileTests
{
    private TempFolder _temp = null!;
    private SqliteEngine _sqlite = null!;

    private string Path => System.IO.Path.Combine(_temp.Path, "out.parquet");

    [SetUp]
    public void Make()
    {
        _temp = new TempFolder();
        _sqlite = new SqliteEngine(System.IO.Path.Combine(_temp.Path, "db"));
    }

    [TearDown]
    public void Remove()
    {
        _sqlite.Dispose();
        _temp.Dispose();
    }

    [Test]
    public void Types_follow_from_the_units_in_the_names()
    {
        Write("SELECT 1740300000123 AS started_at_ms, -12345 AS revenue_cents, '2025-02-23' AS event_date, 3 AS event_count, 0.5 AS credit, 'é' AS channel, 7 AS n, 2.5 AS x");

        Assert.That(Query("SELECT column_name || ' ' || column_type FROM (DESCRIBE FROM read_parquet($path))"), Is.EqualTo(new[]
        {
            "started_at TIMESTAMP WITH TIME ZONE", "revenue_cents BIGINT", "revenue DECIMAL(18,2)", "event_date DATE",
            "event_count BIGINT", "credit DOUBLE", "channel VARCHAR", "n BIGINT", "x DOUBLE",
        }));
        Assert.That(Query("SELECT epoch_ms(started_at) || ' ' || revenue_cents || ' ' || revenue || ' ' || event_date || ' ' || event_count || ' ' || credit || ' ' || channel || ' ' || n || ' ' || x FROM read_parquet($path)"),
            Is.EqualTo(new[] { "1740300000123 -12345 -123.45 2025-02-23 3 0.5 é 7 2.5" }));
    }

    // Runs and single values, few and many distinct ones, NULLs at the start, in long runs and alone, several row groups.
    [Test]
    public void Every_value_comes_back_as_it_was_over_several_row_groups()
    {
        const string rows = """
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 149999)
            SELECT i,
                CASE WHEN i < 70000 THEN NULL ELSE i % 3 END AS late,
                CASE WHEN i % 7 = 0 THEN NULL ELSE 'value ' || i END AS unique_text,
                CASE WHEN i / 1000 % 2 = 0 THEN 'run' WHEN i % 5 = 0 THEN NULL ELSE 'x' || i % 11 END AS mixed,
                i * 1000003 % 1000 AS thousand, 'only one' AS one, i * 0.25 AS quarter, NULL AS absent, '' AS empty_text
            FROM n
            """;
        Write(rows);
        var bytes = File.ReadAllBytes(Path);

        using (var reader = _sqlite.Connection.ExecuteReader(rows))
        {
            var expected = new List<string>();
            while (reader.Read())
                expected.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
            var actual = Query("SELECT concat_ws('|', i, coalesce(late::VARCHAR, ''), coalesce(unique_text, ''), coalesce(mixed, ''), thousand, one, CASE WHEN quarter = floor(quarter) THEN quarter::BIGINT::VARCHAR ELSE quarter::VARCHAR END, coalesce(absent, ''), empty_text) FROM read_parquet($path) ORDER BY i");
            Assert.That(actual, Has.Count.EqualTo(expected.Count));
            Assert.That(actual.Zip(expected).Where(pair => pair.First != pair.Second).Take(5), Is.Empty);
        }

        Assert.That(Query("SELECT DISTINCT row_group_id || ' ' || row_group_num_rows FROM parquet_metadata($path) ORDER BY ALL"), Is.EqualTo(Enumerable.Range(0, 9).Select(group => $"{group} 16384").Append("9 2544")));
        Write(rows);
        Assert.That(File.ReadAllBytes(Path), Is.EqualTo(bytes), "the same rows, the same bytes");
    }

    // Of long texts a row group has fewer rows: it is held in memory.
    [Test]
    public void Much_text_ends_a_row_group()
    {
        Write("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT i, REPLACE(HEX(ZEROBLOB(200000)), '00', 'é') AS payload FROM n");

        Assert.That(Query("SELECT DISTINCT row_group_id || ' ' || row_group_num_rows FROM parquet_metadata($path) ORDER BY ALL"), Is.EqualTo(new[] { "0 128", "1 72" }));
        Assert.That(Query("SELECT COUNT(*) || ' ' || SUM(i) || ' ' || COUNT(DISTINCT payload) || ' ' || MIN(LENGTH(payload)) FROM read_parquet($path)"), Is.EqualTo(new[] { "200 20100 1 200000" }));
    }

    [Test]
    public void The_footer_holds_the_bounds_and_the_number_of_NULLs_of_every_column()
    {
        Write("SELECT 5 AS n, 'b' AS channel, -250 AS revenue_cents, 1000 AS at_ms, '2025-02-23' AS event_date, 0.5 AS credit UNION ALL SELECT 7, 'a', 100, 500, '2025-02-20', 0.25 UNION ALL SELECT NULL, NULL, NULL, NULL, 'undated', NULL");

        Assert.That(Query("SELECT path_in_schema || ' ' || stats_null_count || ' ' || stats_min_value || ' ' || stats_max_value FROM parquet_metadata($path) ORDER BY column_id"), Is.EqualTo(new[]
        {
            "n 1 5 7", "channel 1 a b", "revenue_cents 1 -250 100", "revenue 1 -2.50 1.00", "at 1 1970-01-01 00:00:00.5+00 1970-01-01 00:00:01+00",
            "event_date 1 2025-02-20 2025-02-23", "credit 1 0.25 0.5",
        }));
        Assert.That(Query("SELECT DISTINCT compression FROM parquet_metadata($path)"), Is.EqualTo(new[] { "SNAPPY" }));
    }

    [Test]
    public void A_table_without_rows_is_a_file_with_columns()
    {
        Write("SELECT 1 AS event_count, 'x' AS channel WHERE 1 = 0");

        Assert.That(Query("SELECT column_name || ' ' || column_type FROM (DESCRIBE FROM read_parquet($path))"), Is.EqualTo(new[] { "event_count BIGINT", "channel VARCHAR" }));
        Assert.That(Query("SELECT count(*)::VARCHAR FROM read_parquet($path)"), Is.EqualTo(new[] { "0" }));
    }

    [Test]
    public void A_large_table_is_a_file_for_each_day()
    {
        Write("SELECT '2025-02-23' AS event_date, 1 AS n UNION ALL SELECT '2025-02-24', 2 UNION ALL SELECT '2025-02-23', 3 UNION ALL SELECT '../evil', 4", "event_date");

        Assert.That(Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Select(f => System.IO.Path.GetRelativePath(Path, f).Replace('\\', '/')).Order(StringComparer.Ordinal), Is.EqualTo(new[]
        {
            "event_date=2025-02-23/out.parquet.parquet", "event_date=2025-02-24/out.parquet.parquet", "event_date=__HIVE_DEFAULT_PARTITION__/out.parquet.parquet",
        }));
        Assert.That(Query("SELECT n || ' ' || coalesce(event_date::VARCHAR, 'none') FROM read_parquet($path || '/*/*.parquet', hive_partitioning = true) ORDER BY n"), Is.EqualTo(new[] { "1 2025-02-23", "2 2025-02-24", "3 2025-02-23", "4 none" }));
    }

    [Test]
    public void Text_in_a_column_of_numbers_is_an_error_that_names_the_column()
    {
        Assert.That(() => Write("SELECT 'many' AS event_count"), Throws.TypeOf<ClickpathException>().With.Message.Contains("column event_count: a whole number was expected"));
    }

    private void Write(string select, string? partition = null)
    {
        using var parquet = new ParquetFile();
        using (var rows = _sqlite.Read(select))
            parquet.Write(Path, rows, [], partition);
        parquet.Complete();
    }

    private List<string> Query(string sql)
    {
        using var duckdb = new DuckDBConnection("DataSource=:memory:");
        duckdb.Open();
        duckdb.Execute("SET TimeZone = 'UTC'");
        using var command = duckdb.CreateCommand();
        command.CommandText = sql.Replace("$path", "'" + Path + "'", StringComparison.Ordinal);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
