namespace Clickpath.Sample.Shop;

/// <summary>A way in which visitors come, and how readily they buy.</summary>
/// <param name="Name">As source/medium, for defects that strike one of them.</param>
/// <param name="Weight">How many of a hundred first visits or so come this way.</param>
/// <param name="Referrers">What the browser sends; empty: nothing.</param>
/// <param name="Readiness">Chance to buy, as a factor.</param>
/// <param name="InApp">The share of phones on which the click opens in the network's own browser.</param>
internal sealed record Channel(string Name, int Weight, string[] Referrers, double Readiness, double InApp = 0)
{
    /// <summary>Whether a campaign's UTM parameters say so.</summary>
    public bool IsCampaign => Campaigns.Length > 0;

    public string[] Campaigns { get; init; } = [];

    public string[] Contents { get; init; } = [];

    /// <summary>The network's own parameter, with the alphabet and length of its values.</summary>
    public string? ClickId { get; init; }

    /// <summary>The query of the landing page.</summary>
    public string Query(SampleRandom random)
    {
        if (!IsCampaign) return ClickId is null || !random.Chance(0.3) ? "" : $"{ClickId}={Value(random)}";
        var slash = Name.IndexOf('/', StringComparison.Ordinal);
        var query = $"utm_source={Name[..slash]}&utm_medium={Name[(slash + 1)..]}&utm_campaign={random.Pick(Campaigns)}";
        if (Contents.Length > 0) query += $"&utm_content={random.Pick(Contents)}";
        if (ClickId is not null) query += $"&{ClickId}={Value(random)}";
        return query;
    }

    private static string Value(SampleRandom random) => random.Text(22, Channels.UrlSafe);
}

/// <summary>All of them.</summary>
internal static class Channels
{
    public const string UrlSafe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static Channel Direct { get; } = new("direct", 24, [""], 1.2);

    public static IReadOnlyList<Channel> All { get; } =
    [
        Direct,
        new("google/organic", 21, ["https://www.google.com/", "https://www.google.com/", "android-app://com.google.android.googlequicksearchbox/"], 0.9) { ClickId = "srsltid" },
        new("google/cpc", 17, ["https://www.google.com/"], 1.3)
        {
            Campaigns = ["brand", "floor_lamps", "pendants", "shopping_all"], Contents = ["text_a", "text_b"], ClickId = "gclid",
        },
        new("facebook/paid_social", 9, ["https://m.facebook.com/", "https://l.facebook.com/"], 0.5, InApp: 0.6)
        {
            Campaigns = ["spring_lookbook", "retargeting_30d"], Contents = ["video_1", "carousel_2", "still_3"], ClickId = "fbclid",
        },
        new("instagram/paid_social", 6, ["https://l.instagram.com/"], 0.4, InApp: 0.7)
        {
            Campaigns = ["spring_lookbook", "creators"], Contents = ["reel_1", "story_2"], ClickId = "fbclid",
        },
        new("newsletter/email", 7, [""], 1.9) { Campaigns = ["weekly", "welcome", "abandoned_cart"], ClickId = "_kx" },
        new("bing/cpc", 3, ["https://www.bing.com/"], 1.2) { Campaigns = ["brand", "floor_lamps"], ClickId = "msclkid" },
        new("bing/organic", 3, ["https://www.bing.com/", "https://duckduckgo.com/"], 0.9),
        new("homestyle/affiliate", 3, ["https://homestyle-magazine.example/"], 1.1) { Campaigns = ["partners"], ClickId = "awc" },
        new("pinterest/social", 3, ["https://www.pinterest.com/"], 0.4),
        new("instagram/social", 2, ["https://l.instagram.com/"], 0.4, InApp: 0.8),
        new("referral", 3, ["https://interior-notes.example/", "https://www.brightrooms.example/"], 0.8),
        new("chatgpt/ai", 1, ["https://chatgpt.com/"], 1.0),
    ];
}
