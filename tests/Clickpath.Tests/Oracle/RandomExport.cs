using System.Globalization;
using System.Text;

namespace Clickpath.Tests;

/// <summary>
/// A small export at random, dense in what definitions turn on: gaps of exactly thirty minutes, equal milliseconds, touches exactly
/// seven days before, repeated rows and order ids, payloads of every kind, rows without a client, a time or a payload.
/// </summary>
internal sealed class RandomExport(int seed)
{
    private static readonly string[] Clients = ["a", "b", "c", "d", "e", ""];
    private static readonly string[] Pages =
    [
        "https://shop.example/", "https://shop.example/products/x?gclid=1", "https://shop.example/?utm_source=google&utm_medium=cpc&utm_campaign=my-shop",
        "https://shop.example/?utm_source=&utm_source=+news%20letter+&utm_medium=email", "https://shop.example/cart?utm_source=A1B2C3&fbclid=2", "https://shop.example/?utm_medium=social", "",
    ];

    private static readonly string[] Referrers = ["", "https://www.google.com/", "https://shop.example/", "https://blog.example/x", "android-app://com.google.android.gm"];
    private static readonly string[] Agents = ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X)", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Googlebot/2.1", ""];
    private static readonly long[] Steps = [0, 0, 1, 60_000, 1_800_000, 1_800_001, 3_600_000, 86_400_000, 604_800_000, 604_800_001];

#pragma warning disable CA5394 // no secret hangs on it, and a seed has to give the same rows again
    private readonly Random _random = new(seed);
#pragma warning restore CA5394

    /// <summary>Writes one to four daily files.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var now = new DateTimeOffset(2025, 3, 1, 22, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        for (var (file, count) = (0, 1 + Next(4)); file < count; file++)
        {
            var text = new StringBuilder(file % 2 == 0 ? "client_id,page_url,referrer,timestamp,event_name,event_data,user_agent\n" : "Client ID,pageUrl,referrer,timestamp,event_name,event_data,user_agent\n");
            var lines = new List<string>();
            for (var (row, rows) = (0, 5 + Next(60)); row < rows; row++)
            {
                now += Of(Steps);
                lines.Add(Next(12) == 0 && lines.Count > 0 ? lines[Next(lines.Count)] : Row(now - (Next(3) == 0 ? Of(Steps) : 0)));
            }

            File.WriteAllText(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"events_2025030{file + 1}.csv")), text.AppendJoin('\n', lines).Append('\n').ToString());
        }
    }

    private string Row(long ms)
    {
        var isPurchase = Next(4) == 0;
        var time = Next(25) == 0 ? "soon" : DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return string.Join(',', Of(Clients), Of(Pages), Of(Referrers), time, isPurchase ? Of(["checkout_completed", "purchase"]) : Of(["page_viewed", "product_added_to_cart", "checkout_started", "odd"]), isPurchase ? Quoted(Payload()) : "", Of(Agents));
    }

    private string Payload() => Next(8) switch
    {
        0 => "",
        1 => "{broken",
        2 => """{"transaction_id":"R1","revenue":-12.5}""",
        3 => $$"""{'transaction_id':'S{{Next(3)}}','revenue':{{Next(500)}}}""",
        4 => $$"""{"order_id":"N{{Next(3)}}","revenue":null,"items":[{"item_id":"p","item_price":5}]}""",
        5 => $$"""{"revenue":"{{Next(9)}}.99","items":[]}""",
        _ => $$"""{"transaction_id":"O{{Next(6)}}","revenue":{{Next(300)}}.{{Next(10)}}{{Next(10)}},"items":[{"item_id":"p{{Next(3)}}","quantity":{{1 + Next(3)}},"item_price":{{Next(90)}}.5},{"item_id":"q","item_price":{{Next(2) * 7}}}]}""",
    };

    private static string Quoted(string payload) => $"\"{payload.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

#pragma warning disable CA5394
    private int Next(int below) => _random.Next(below);
#pragma warning restore CA5394

    private T Of<T>(T[] choices) => choices[Next(choices.Length)];
}
