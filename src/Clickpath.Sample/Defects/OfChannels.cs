using Clickpath.Sample.Shop;

namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private static IEnumerable<SampleDefect> OfChannels() =>
    [
        new("utm_loss", "Campaign parameters and click ids are lost on the way: a redirect drops the query", Later)
        {
            Rows = (_, rows) => rows.Change(row => row.Has(IsOfCampaign), row => row.Without(IsOfCampaign)),
        },
        new("conflicting_utm", "A third of campaign visits land with utm_source given twice, differing", Later)
        {
            Rows = (day, rows) => rows.Change(row => row.Has(Query.IsUtm) && day.IsVisitIn(row, 0.33), row => row.With("utm_source=partner_feed")),
        },
        new("click_ids_without_utm", "Clicks on Google's ads have their gclid, and no utm parameters", Later)
        {
            Rows = (_, rows) => rows.Change(row => row.Has(IsGclid), row => row.Without(Query.IsUtm)),
        },
        new("self_referrals", "Four visits in ten begin with the shop itself as their referrer", Later)
        {
            Rows = (day, rows) => rows.Change(row => !row.Visit.IsBot && IsFromOutside(row) && day.IsVisitIn(row, 0.4), row => row with { Referrer = Catalogue.Origin + "/" }),
        },
        new("staging_referrers", "One visit in 12 comes from the staging shop or from a developer's machine", Later)
        {
            Rows = (day, rows) => rows.Change(
                row => !row.Visit.IsBot && IsFromOutside(row) && day.IsVisitIn(row, 0.08),
                row => row with { Referrer = row.Visit.Client % 2 == 0 ? "https://staging.lumenloft.example/" : "http://localhost:3000/" }),
        },
        new("opaque_referrers", "Referrers from outside are hidden behind opaque hosts", Later)
        {
            Rows = (_, rows) => rows.Change(
                row => row.Referrer.Length > 0 && IsFromOutside(row),
                row => row with { Referrer = $"https://site-{new SampleRandom(row.Referrer.Aggregate(0UL, (key, letter) => SampleRandom.Mix(key, letter))).Text(8, "0123456789abcdef")}.example/" }),
        },
        new("null_referrers", "No row has a referrer, though the column is there", Later)
        {
            Rows = (_, rows) => rows.Change(row => row.Referrer.Length > 0, row => row with { Referrer = "" }),
        },
        new("referrer_loss_within_day", "From 13:00 UTC on no row has a referrer", Later)
        {
            Rows = (_, rows) => rows.Change(row => row.Hour >= 13 && row.Referrer.Length > 0, row => row with { Referrer = "" }),
        },
        new("channel_drop", "Half of the visits of google/cpc are not there", Last)
        {
            Rows = (day, rows) => rows.Where(row => row.Visit.Channel.Name != "google/cpc" || !day.IsVisitIn(row, 0.5)),
        },
    ];

    private static bool IsOfCampaign(string parameter) => Query.IsUtm(parameter) || Query.IsClickId(parameter);

    private static bool IsGclid(string parameter) => parameter.StartsWith("gclid=", StringComparison.Ordinal);

    private static bool IsFromOutside(SampleEvent row) => !row.Referrer.Contains(Catalogue.Host, StringComparison.Ordinal);
}
