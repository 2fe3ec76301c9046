using Clickpath.Sample.Shop;

namespace Clickpath.Sample.Defects;

/// <summary>Changes to the query of a page's URL.</summary>
internal static class Query
{
    private static readonly string[] ClickIds = [.. Channels.All.Select(channel => channel.ClickId).OfType<string>().Distinct()];

    public static bool IsUtm(string parameter) => parameter.StartsWith("utm_", StringComparison.Ordinal);

    public static bool IsClickId(string parameter) => ClickIds.Any(name => parameter.StartsWith(name + "=", StringComparison.Ordinal));

    public static bool Has(this SampleEvent row, Func<string, bool> parameter) => Parameters(row.PageUrl).Any(parameter);

    public static SampleEvent Without(this SampleEvent row, Func<string, bool> parameter) =>
        row with { PageUrl = Of(row.PageUrl, Parameters(row.PageUrl).Where(text => !parameter(text))) };

    public static SampleEvent With(this SampleEvent row, string parameter) =>
        row with { PageUrl = Of(row.PageUrl, Parameters(row.PageUrl).Append(parameter)) };

    /// <summary>With a hash for each parameter's value.</summary>
    public static SampleEvent Hashed(this SampleEvent row) =>
        row with { PageUrl = Of(row.PageUrl, Parameters(row.PageUrl).Select(text => $"{text.Split('=')[0]}={new SampleRandom(text.Aggregate(0UL, (key, letter) => SampleRandom.Mix(key, letter))).Text(16, "0123456789abcdef")}")) };

    private static string[] Parameters(string url) =>
        url.Split('?', 2) is [_, var query] ? query.Split('&') : [];

    private static string Of(string url, IEnumerable<string> parameters)
    {
        var query = string.Join('&', parameters);
        return query.Length > 0 ? $"{url.Split('?')[0]}?{query}" : url.Split('?')[0];
    }
}
