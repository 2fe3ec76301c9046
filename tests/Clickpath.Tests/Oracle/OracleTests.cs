using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using NUnit.Framework;

namespace Clickpath.Tests;

internal sealed class OracleTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("clickpath-oracle-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("UTC")]
    [TestCase("America/New_York")] // behind UTC, and within days of a change of the clock
    [TestCase("Asia/Kolkata")]     // ahead, by no whole hour
    public void Python_and_DuckDB_agree_on_the_real_export(string timeZone)
    {
        if (!Directory.Exists(Oracle.RealExport)) Assert.Ignore($"The real export is not there: {Oracle.RealExport}");
        Assert_that_both_agree(Oracle.RealExport, timeZone);
    }

    [Test]
    public void Python_and_DuckDB_agree_on_every_trap_of_the_definitions()
    {
        WriteTraps();
        Assert_that_both_agree(_folder, "UTC");
        Assert_that_both_agree(_folder, "America/New_York");
    }

    [Test]
    public void The_traps_come_out_as_counted_by_hand()
    {
        WriteTraps();
        using var figures = Oracle.Figures(_folder);
        string[] expected =
        [
            "totals/all/records = 18",
            "totals/all/duplicates = 1",               // the repeated cart; in another file it would be kept
            "totals/all/clientless_events = 2",
            "totals/all/untimed_events = 1",
            "totals/all/users = 4",
            "totals/all/sessions = 6",                 // a: 3 (see below), b: 1, c: 1, d: 1
            "sessions_by_day/2025-03-01/sessions = 2", // a's first, and b's
            "totals/all/orders = 6",
            "totals/all/revenue_cents = 61150",
            "revenue_by_device/unknown/orders = 2",    // in no session, without a client or a time, and without a user agent of their own
            "revenue_by_day/unknown/revenue_cents = 1000",
            "first_click/news letter/orders = 1",      // exactly seven days before; of the repeated parameter, the one not empty
            "last_click/search/orders = 2",            // both of a's
            "first_click/search/orders = 1",           // a's second: seven days and half an hour is too long ago
            "last_click/late/orders = 2",              // of the same millisecond, further down; and ten minutes before
            "conversion_type/assisted/orders = 1",
            "conversion_type/single_channel/orders = 3",
            "conversion_type/pure_direct/orders = 2",  // without a client, and without a time
            "sessions_by_channel/last/sessions = 1",   // of two in one millisecond, the one further down
            "repeated_orders/O1/payloads = 2",
            "item_prices/unit_price/orders = 1",
            "item_prices/line_price/orders = 1",
            "products/P1/units = 5",
            "nulls/2.csv/referrer = 12",               // its column is missing
        ];
        Assert.That(Oracle.Lines(figures), Is.SupersetOf(expected));
    }

    // Two daily files whose headers differ, so that each definition's edge is met once.
    private void WriteTraps()
    {
        const string phone = "Mozilla/5.0 (iPhone)";
        File.WriteAllLines(Path.Combine(_folder, "1.csv"),
        [
            "client_id,page_url,referrer,timestamp,event_name,event_data,user_agent",
            $"a,https://x.example/?utm_source=&utm_source=+news%20letter+,,2025-03-01T00:00:00.000Z,page_viewed,,{phone}",
            $"a,https://x.example/,,2025-03-01T00:30:00.000Z,page_viewed,,{phone}", // thirty minutes exactly: the same session
            $"b,https://x.example/cart,,2025-03-01T10:00:00.000Z,product_added_to_cart,,{phone}",
            $"b,https://x.example/cart,,2025-03-01T10:00:00.000Z,product_added_to_cart,,{phone}",
            "a,https://x.example/?utm_source=search,,2025-03-02T23:50:00.000Z,page_viewed,,Mozilla/5.0 (Windows NT 10.0)",
            "c,https://x.example/?utm_source=x,,2025-03-02T00:00:00.000Z,page_viewed,,Googlebot/2.1",
        ]);
        File.WriteAllLines(Path.Combine(_folder, "2.csv"),
        [
            "\uFEFFClient ID,page_url,timestamp,event_name,event_data,user_agent",
            Purchase("a", "2025-03-08T00:00:00Z", """{"transaction_id":"O1","revenue":100.5,"items":[{"item_id":"P1","quantity":2,"item_price":50.25}]}"""),
            Purchase("a", "2025-03-08T00:30:00Z", """{"transaction_id":"O1","revenue":"1","items":[{"item_id":"P1","quantity":3,"item_price":1}]}"""),
            Purchase("", "2025-03-08T00:00:00Z", """{"transaction_id":"O2","revenue":200}"""),
            Purchase("d", "2025-03-08T05:00:00Z", "{'transaction_id':'O3','revenue':300,'items':[]}"),
            "d,https://x.example/?utm_source=late,2025-03-08T05:00:00Z,page_viewed,,",
            Purchase("d", "yesterday", """{"revenue":10}"""),
            Purchase("d", "2025-03-08T05:10:00Z", """{"order_id":"O4","revenue":null,"items":[{"item_id":null,"item_price":null}]}"""),
            ",https://x.example/,2025-03-08T06:00:00Z,page_viewed,,",
            "c,https://x.example/a,2025-03-02T00:00:01Z,page_viewed,,Googlebot/2.1",
            "c,https://x.example/b,2025-03-02T00:00:01Z,page_viewed,,Googlebot/2.1",
            "c,https://x.example/?utm_source=%FF,2025-03-02T00:00:02Z,page_viewed,,",
            "c,https://x.example/?utm_source=last,2025-03-02T00:00:02Z,page_viewed,,",
        ]);
    }

    private static string Purchase(string client, string time, string payload) =>
        $"{client},https://x.example/thanks,{time},checkout_completed,\"{payload.Replace("\"", "\"\"", StringComparison.Ordinal)}\",";

    private static void Assert_that_both_agree(string folder, string timeZone)
    {
        using var python = PythonFigures(folder, timeZone);
        using var duckDb = Oracle.Figures(folder, timeZone);
        Assert.That(Oracle.Lines(duckDb), Is.EqualTo(Oracle.Lines(python)));
    }

    private static JsonDocument PythonFigures(string folder, string timeZone)
    {
        var start = new ProcessStartInfo("python3", [Path.Combine(Oracle.Repository, "tests", "oracle", "oracle.py"), folder, timeZone])
        {
            RedirectStandardOutput = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var figures = JsonDocument.Parse(process.StandardOutput.BaseStream);
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero);
            return figures;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("python3 is not installed, so DuckDB's figures stand alone.");
            throw;
        }
    }
}
