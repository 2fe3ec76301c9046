using System.Globalization;

namespace Clickpath.Sample;

/// <summary>
/// Tries the alarms on invented shops: how often they are raised on days on which nothing happened, and whether they are raised
/// on the day on which something did. Both are asked of the very backtest that a user sees.
/// </summary>
public static class AlarmTrials
{
    private const int Days = 60;
    private const int DaysAYear = 365;

    /// <summary>The defects, the days that they strike in one export, the checks of which one must tell of each, and what its message must
    /// name. Far enough apart that each is judged by quiet days.</summary>
    private static readonly (string What, string Defect, int Day, string[] Checks, string Names)[] Planted =
    [
        ("half of a channel", "channel_drop", 33, ["channel_mix"], "google"),
        ("an outage of 3 hours", "outage", 38, ["silent_hours"], "from 14:00 to 17:00"),
        ("a doubled tag", "doubled_tag", 43, ["near_duplicate_rate", "event_volume_by_name"], ""),
        ("a vanished field", "vanished_field", 48, ["payload_fields"], "item_id"),
        ("a broken checkout on phones", "broken_checkout_on_device", 53, ["checkout_completion_by_device", "checkout_rate_by_device"], "mobile"),
        ("30 % of revenue", "revenue_drop", 58, ["revenue_drop", "purchase_volume", "conversion_rate", "checkout_completion"], ""),
    ];

    /// <summary>Runs the trials and prints what came of them.</summary>
    /// <param name="sql">The folder of SQL files.</param>
    /// <param name="shop">The size of the shop: its events and orders a day. Its seed is the first one.</param>
    /// <param name="cleanSeeds">How many exports without a defect.</param>
    /// <param name="plantedSeeds">How many with all six.</param>
    /// <param name="print">Takes each line.</param>
    public static void Run(string sql, SampleOptions shop, int cleanSeeds, int plantedSeeds, Action<string> print)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{shop.EventsPerDay:N0} events and {shop.OrdersPerDay:0.#} orders a day");
        print($"{size}, {Days} days, seeds from {shop.Seed} on:");
        var judged = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var alerts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = shop.Seed; seed < shop.Seed + cleanSeeds; seed++)
        {
            var (raised, days) = Replay(sql, shop with { Seed = seed, Days = Days, Defects = [] });
            foreach (var (check, count) in days)
                judged[check] = judged.GetValueOrDefault(check) + count;
            foreach (var alert in raised)
            {
                alerts[alert.Check] = alerts.GetValueOrDefault(alert.Check) + 1;
                print($"  seed {seed}: {alert.Severity} {alert.Check}: {alert.Message}");
            }
        }

        var years = judged.Values.Sum() / (double)DaysAYear;
        if (cleanSeeds > 0)
            print(string.Create(CultureInfo.InvariantCulture, $"  {cleanSeeds} clean exports: {alerts.Values.Sum()} false alerts in {years:0.0} check-years, {alerts.Values.Sum() / years:0.00} a check-year; the worst check {Worst(alerts, judged)}"));

        var found = Planted.ToDictionary(p => p.What, _ => 0);
        for (var seed = shop.Seed; seed < shop.Seed + plantedSeeds; seed++)
        {
            var options = shop with { Seed = seed, Days = Days, Defects = [.. Planted.Select(p => FormattableString.Invariant($"{p.Defect}:{p.Day}"))] };
            var (raised, _) = Replay(sql, options);
            foreach (var (what, _, day, checks, names) in Planted)
            {
                var date = options.First.AddDays(day - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                // An alert that began before, or that speaks of something else, has not found it.
                var ofTheDay = raised.Where(a => a.FirstDay == date).ToList();
                var telling = ofTheDay.Where(a => checks.Contains(a.Check) && a.Message.Contains(names, StringComparison.Ordinal)).ToList();
                if (telling.Count > 0)
                    found[what]++;
                print($"  seed {seed}: {what} on {date}: {(telling.Count > 0 ? "found" : "NOT FOUND")} ({string.Join(", ", ofTheDay.Select(a => $"{a.Check} {a.Subject}"))})");
            }
        }

        foreach (var (what, _, _, checks, _) in plantedSeeds > 0 ? Planted : [])
            print(string.Create(CultureInfo.InvariantCulture, $"  {what}: found on its day in {found[what]} of {plantedSeeds} (by {string.Join(" or ", checks)})"));
    }

    private static string Worst(SortedDictionary<string, int> alerts, SortedDictionary<string, int> judged) => alerts.Count == 0 ? "none"
        : alerts.Select(a => (a.Key, a.Value, Rate: a.Value * (double)DaysAYear / judged[a.Key])).OrderByDescending(a => a.Rate).ThenBy(a => a.Key, StringComparer.Ordinal)
            .Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Key} with {a.Value} ({a.Rate:0.00} a year)")).First();

    private static (IReadOnlyList<PastAlert> Alerts, IReadOnlyDictionary<string, int> JudgedDays) Replay(string sql, SampleOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("clickpath-trial-").FullName;
        try
        {
            var export = Path.Combine(folder, "export");
            SampleShop.Write(options with { Folder = export });
            using var pipeline = new Pipeline(new PipelineOptions { Events = export, Artifacts = Path.Combine(folder, "artifacts"), Sql = sql, Environment = _ => null });
            try
            {
                pipeline.DataQuality();
            }
            catch (ClickpathException) when (pipeline.ExitCode == 2)
            {
                // A planted defect may be critical to data quality; here only the alarms are asked.
            }

            pipeline.Monitor();
            return (pipeline.PastAlerts, pipeline.JudgedDays);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
