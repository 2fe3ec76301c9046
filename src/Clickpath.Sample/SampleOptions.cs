namespace Clickpath.Sample;

/// <summary>What the sample is to look like.</summary>
public sealed record SampleOptions
{
    /// <summary>The options that made the committed <c>data/sample</c>, whose defects <c>data/README.md</c> lists.</summary>
    public static SampleOptions Committed { get; } = new()
    {
        ReturnShare = 0.4,
        Defects =
        [
            "renamed_column:5..14", "exact_duplicates:6", "bad_payloads:8", "missing_referrer:9", "vanished_item_price:10",
            "outage:12", "null_client_ids:14", "revenue_drop:14",
        ],
    };

    /// <summary>Where the files go. Samples that lie there are replaced; with anything else there, nothing is written.</summary>
    public string Folder { get; init; } = "data/sample";

    /// <summary>The same seed makes the same bytes, whatever the machine.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many daily files.</summary>
    public int Days { get; init; } = 14;

    /// <summary>Roughly how many events a day has.</summary>
    public int EventsPerDay { get; init; } = 320;

    /// <summary>The first file's day, ISO.</summary>
    public string FirstDay { get; init; } = "2025-03-03";

    /// <summary>
    /// Orders a day, on average, up to a tenth of the events; null: six in a thousand events, as a shop with a conversion
    /// rate of 0.9 % has, but in a small export up to 12, so that there is something to see.
    /// </summary>
    public double? OrdersPerDay { get; init; }

    /// <summary>Pages that a visit views, on average, without carts and checkouts; 1 or more.</summary>
    public double PagesPerVisit { get; init; } = 1.4;

    /// <summary>The share of visits that are followed by another one of the same client, 0 to 0.6. With <see cref="PagesPerVisit"/> it decides how many events a client has.</summary>
    public double ReturnShare { get; init; } = 0.25;

    /// <summary>Characters to make every URL longer by, on average.</summary>
    public int UrlPadding { get; init; }

    /// <summary>What is wrong with the export: NAME, NAME:DAY, NAME:DAY..DAY or NAME:all, a day being a number from 1 or ISO. Empty: nothing is.</summary>
    public IReadOnlyList<string> Defects { get; init; } = [];

    internal double Orders => OrdersPerDay ?? Math.Max(0.006 * EventsPerDay, Math.Min(12, 0.04 * EventsPerDay));

    internal DateOnly First => DateOnly.ParseExact(FirstDay, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    internal void Check()
    {
        Require(Days is >= 1 and <= 3660, $"{Days} days: give 1 to 3660");
        Require(EventsPerDay is >= 1 and <= 100_000_000, $"{EventsPerDay} events a day: give 1 to 100,000,000");
        Require(DateOnly.TryParseExact(FirstDay, "yyyy-MM-dd", out _), $"the first day '{FirstDay}' is no date: give one such as 2025-03-03");
        Require(Orders >= 0 && Orders <= 0.1 * EventsPerDay, FormattableString.Invariant($"{Orders} orders a day: give 0 to {0.1 * EventsPerDay}, a tenth of the events"));
        Require(PagesPerVisit is >= 1 and <= 50, FormattableString.Invariant($"{PagesPerVisit} pages a visit: give 1 to 50"));
        Require(ReturnShare is >= 0 and <= 0.6, FormattableString.Invariant($"a return share of {ReturnShare}: give 0 to 0.6"));
        Require(UrlPadding is >= 0 and <= 2000, $"URLs longer by {UrlPadding}: give 0 to 2000");

        static void Require(bool holds, string otherwise)
        {
            if (!holds) throw new ClickpathException($"sample: {otherwise}.");
        }
    }
}
