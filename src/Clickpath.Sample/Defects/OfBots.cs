using System.Globalization;
using Clickpath.Sample.Shop;

namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private const string Crawler = "Mozilla/5.0 (compatible; MJ12bot/v1.4.8; http://mj12bot.com/)";
    private const string OldChrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/91.0.4472.114 Safari/537.36";

    private static IEnumerable<SampleDefect> OfBots() =>
    [
        new("bot_flood", "A crawler that says so adds seven views to every ten events, from 02:00 to 05:00 UTC", Later) { Rows = (day, rows) => Flooded(day, rows, Crawler) },
        new("unmarked_bot_flood", "A robot that calls itself an old Chrome adds seven views to every ten events, from 02:00 to 05:00 UTC, each of a client of its own", Later)
        {
            Rows = (day, rows) => Flooded(day, rows, OldChrome),
        },
        new("headless_buyers", "Half of the visits with a cart are made by a headless browser", Later)
        {
            Rows = (day, rows) =>
            {
                var all = rows.ToList();
                var isHeadless = day.Share(0.5, _ => true);
                var headless = all.Where(row => row.Name == EventNames.Cart).DistinctBy(row => row.Visit).Where(isHeadless).Select(row => row.Visit).ToHashSet();
                return all.Change(row => headless.Contains(row.Visit), row => row with { UserAgent = UserAgents.HeadlessChrome });
            },
        },
    ];

    private static IEnumerable<SampleEvent> Flooded(DefectOfDay day, IEnumerable<SampleEvent> rows, string userAgent)
    {
        var all = rows.ToList();
        var views = Enumerable.Range(0, Math.Max(5, all.Count * 7 / 10)).Select(_ =>
        {
            var ms = day.StartMs + (2 * 3_600_000) + (long)(3 * 3_600_000 * day.Random.Unit());
            var path = day.Random.Pick(Catalogue.Products.Values).Path;
            return new SampleEvent
            {
                TimeMs = ms,
                Name = EventNames.PageView,
                Visit = new Visit(day.Random.Bits(), 1, IsBot: true, Channels.Direct, Device.Desktop, path),
                ClientId = string.Create(CultureInfo.InvariantCulture, $"{ms / 1000}-{day.Random.Text(12, Channels.UrlSafe)}"),
                PageUrl = Catalogue.Origin + path,
                Referrer = "",
                UserAgent = userAgent,
            };
        }).ToList();
        return all.Concat(views).OrderBy(row => row.TimeMs);
    }
}
