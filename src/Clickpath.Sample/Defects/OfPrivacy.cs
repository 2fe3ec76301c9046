using Clickpath.Sample.Shop;

namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    /// <summary>Numbers of the card networks' own tests: they pass the check digit and belong to nobody.</summary>
    private static readonly string[] TestCards = ["4111111111111111", "5555555555554444", "378282246310005", "6011111111111117"];

    private static readonly string[] FirstNames = ["anna", "ben", "chiara", "dmitri", "elif", "farid", "greta", "hugo"];

    private static IEnumerable<SampleDefect> OfPrivacy() =>
    [
        InUrls("emails_in_urls", "One page in 30 has an e-mail address in its URL", day => $"email={Email(day).Replace("@", "%40", StringComparison.Ordinal)}"),
        InUrls("phones_in_urls", "One page in 30 has a phone number in its URL", day => $"phone=%2B49{day.Random.Text(10, "123456789")}"),
        InUrls("cards_in_urls", "One page in 30 has a card number in its URL", day => $"card={day.Random.Pick(TestCards)}"),
        InUrls("tokens_in_urls", "One page in 30 has an access token in its URL", day => $"access_token=eyJhbGciOiJIUzI1NiJ9.{day.Random.Text(40, Channels.UrlSafe)}.{day.Random.Text(43, Channels.UrlSafe)}"),
        new("unhashed_referrers", "Parameters are hashed in page URLs, and written out in referrers", Later)
        {
            Rows = (_, rows) => rows.Change(row => row.Has(_ => true) || row.Referrer.Length > 0, row => row.Hashed() with { Referrer = row.Referrer.Length == 0 ? "" : $"{row.Referrer.Split('?')[0]}?q={FirstNames[row.Visit.Client % 8]}" }),
        },
        new("emails_in_referrers", "One referrer in 20 has an e-mail address in it", Later)
        {
            Rows = (day, rows) => rows.ChangeShare(day, 0.05, row => row.Referrer.StartsWith(Catalogue.Origin, StringComparison.Ordinal), row => row with { Referrer = $"{Catalogue.Origin}/pages/contact?from={Email(day)}" }),
        },
        new("cards_in_payloads", "One order in four has a card number in its payload", Later)
        {
            Rows = (day, rows) => Orders(day, rows, 0.25, order => order["note"] = $"card {day.Random.Pick(TestCards)}"),
        },
        new("raw_emails", "The e-mail address of one payload in four is written out, where the rest are hashed", Later)
        {
            Rows = (day, rows) => rows.ChangeShare(day, 0.25, HasPayload, row => row.Edit(payload => payload["user_email"] = Email(day))),
        },
    ];

    private static SampleDefect InUrls(string name, string description, Func<DefectOfDay, string> parameter) => new(name, description, Later)
    {
        Rows = (day, rows) => rows.ChangeShare(day, 0.033, row => row.Name == EventNames.PageView, row => row.With(parameter(day))),
    };

    private static string Email(DefectOfDay day) => FormattableString.Invariant($"{day.Random.Pick(FirstNames)}.{day.Random.Next(9000) + 1000}@example.com");
}
