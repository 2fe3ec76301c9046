using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Clickpath.Browser;

/// <summary>An export that loads and sells, and whose every text tries to be more than text.</summary>
internal static class HostileExport
{
    /// <summary>Sets <c>window.hacked</c> if any part of it is ever taken for markup or script.</summary>
    public const string Attack = "</script></style></title><script>window.hacked=1</script><img src=x onerror=window.hacked=2>\"'`=cmd|'/c calc'!A1{{constructor.constructor('window.hacked=3')()}}${window.hacked=4}javascript:window.hacked=5\u2028\u202Eevil\u200B<!--";

    private static readonly string[] Agents = ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X)", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"];

    /// <summary>Writes one file a day into a folder.</summary>
    public static void Write(string folder, int days)
    {
        Directory.CreateDirectory(folder);
        for (var day = 0; day < days; day++)
            File.WriteAllText(Path.Combine(folder, Name(day)), Day(new DateTime(2025, 3, 3, 8, 0, 0, DateTimeKind.Utc).AddDays(day), day));
    }

    // Windows allows no such names.
    private static string Name(int day) => string.Create(CultureInfo.InvariantCulture, $"events_202503{3 + day:00}{(OperatingSystem.IsWindows() ? "" : "<img src=x onerror=alert(1)>&\"'")}.csv");

    private static string Day(DateTime start, int day)
    {
        var csv = new StringBuilder("client_id,page_url,referrer,timestamp,event_name,event_data,user_agent,\"<script>window.hacked=6</script>\"\n");
        for (var visit = 0; visit < 60; visit++)
        {
            var at = start.AddMinutes(visit * 11);
            var client = $"{Attack}{day}-{visit % 50}";
            var source = visit % 3 == 0 ? Attack : visit % 3 == 1 ? "javascript:window.hacked=7" : "=HYPERLINK(\"http://evil.example\")";
            var page = $"https://{(visit % 2 == 0 ? "shop.example" : "<script>window.hacked=8</script>")}/products/{Attack}?utm_source={source}&utm_campaign={Attack}&utm_medium={Attack}&gclid={Attack}#{Attack}";
            var referrer = visit % 2 == 0 ? "javascript:window.hacked=9" : $"https://{Attack}/{Attack}";
            var agent = visit % 4 == 0 ? Attack : $"{Agents[visit % 2]} {Attack}";
            Row(at, visit % 7 == 0 ? Attack : "page_viewed", "");
            Row(at.AddSeconds(20), "product_added_to_cart", JsonSerializer.Serialize(new { product = Attack }));
            if (visit % 10 == 0)
                Row(at.AddMinutes(1), "checkout_completed", JsonSerializer.Serialize(new
                {
                    transaction_id = $"{Attack}{day}{visit}",
                    revenue = 100.25 + visit,
                    currency = "USD",
                    user_email = $"{Attack}@example.com",
                    items = new[] { new { item_id = Attack + visit, item_name = Attack, item_price = 100.25 + visit, quantity = 1 } },
                }));
            if (visit % 20 == 0)
                Row(at.AddMinutes(2), "page_viewed", Attack);

            void Row(DateTime time, string name, string data) => csv
                .AppendJoin(',', ((string[])[client, page, referrer, time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), name, data, agent, Attack])
                    .Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))
                .Append('\n');
        }

        csv.Append("a row,that is,ragged and <script>window.hacked=10</script>\n");
        return csv.ToString();
    }
}
