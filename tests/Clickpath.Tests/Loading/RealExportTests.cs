using Clickpath.Loading;
using NUnit.Framework;

namespace Clickpath.Tests.Loading;

/// <summary>Against the export that is kept beside the repository, never in it; the numbers come from a Python script.</summary>
internal sealed class RealExportTests
{
    private static readonly string[] Tables =
    [
        "input_files", "input_columns", "rejected_rows", "clients", "pages", "places", "parameter_sets", "referrers", "user_agents",
        "payloads", "raw_events", "raw_orders", "raw_order_items", "payload_field_counts", "notation_counts", "calendar",
    ];

    private static readonly string[] ClientlessPerFile = ["22", "55", "34", "46", "34", "27", "23", "685", "351", "300", "228", "285", "270", "548"];

    [Test]
    public void Both_engines_hold_the_same_rows_of_the_real_export_and_the_right_totals()
    {
        var files = InputFiles.Find(Export());
        var folder = Directory.CreateTempSubdirectory("clickpath-real-");
        try
        {
            using var sqlite = LoadedExport.Open("sqlite", Path.Combine(folder.FullName, "sqlite.db"));
            using var duckDb = LoadedExport.Open("duckdb", Path.Combine(folder.FullName, "duck.db"));
            var summary = LoadedExport.Load(sqlite, files, "America/New_York");
            LoadedExport.Load(duckDb, files, "America/New_York");

            using (Assert.EnterMultipleScope())
            {
                Assert.That((summary.Records, summary.Loaded, summary.Rejected), Is.EqualTo((49_963L, 49_963L, 0L)));
                Assert.That(
                    LoadedExport.Rows(sqlite, "SELECT COUNT(*), SUM(revenue_cents), COUNT(revenue_cents) FROM raw_orders"),
                    Is.EqualTo(new[] { "294|29446140|294" }));
                Assert.That(
                    LoadedExport.Rows(sqlite, "SELECT SUM(1 - has_client) FROM raw_events GROUP BY file_id ORDER BY file_id"),
                    Is.EqualTo(ClientlessPerFile));
                foreach (var table in Tables)
                {
                    var sql = $"SELECT * FROM {table} ORDER BY {(table is "payload_field_counts" or "notation_counts" ? "1, 2, 3, 4, 5" : "1, 2")}";
                    Assert.That(LoadedExport.Rows(duckDb, sql), Is.EqualTo(LoadedExport.Rows(sqlite, sql)), table);
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Export()
    {
        for (var folder = new DirectoryInfo(LoadedExport.RepositoryRoot()); folder is not null; folder = folder.Parent)
        {
            var export = Path.Combine(folder.FullName, "shared", "data", "export");
            if (Directory.Exists(export))
                return export;
        }

        Assert.Ignore("The real export is not here (../shared/data/export); its numbers are not checked.");
        return "";
    }
}
