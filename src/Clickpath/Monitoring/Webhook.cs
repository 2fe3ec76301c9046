using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Clickpath.Monitoring;

/// <summary>Tells a chat of new and ended alerts, in the body that Slack and those like it take. Delivery is tried a few times, and
/// never fails the run; the URL is a secret, so it comes from the environment alone and no message names it.</summary>
/// <param name="timeout">For each attempt.</param>
/// <param name="backOff">Before the second attempt; doubled before each further one.</param>
internal sealed class Webhook(TimeSpan timeout, TimeSpan backOff)
{
    /// <summary>The environment variable that holds the URL.</summary>
    public const string Variable = "CLICKPATH_WEBHOOK_URL";

    private const int Attempts = 3;
    private const int MostLines = 20;

    /// <summary>The defaults: three attempts, five seconds each, pauses of one and two.</summary>
    public static Webhook Default { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));

    /// <summary>What an earlier report had for news, so that a job that runs every hour says it once a day.</summary>
    /// <param name="path">The earlier <c>monitoring_report.json</c>; nothing was told where it is missing or can't be read.</param>
    public static IReadOnlySet<string> Told(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.GetProperty("alerts").EnumerateArray().Concat(json.RootElement.GetProperty("resolved").EnumerateArray())
                .Select(a => News(a.GetProperty("check").GetString()!, a.GetProperty("subject").GetString()!, a.GetProperty("date").GetString()!, a.GetProperty("state").GetString()!))
                .ToHashSet(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new HashSet<string>();
        }
    }

    /// <summary>What is said; null where nothing is new and nothing ended that was not <see cref="Told"/> before.</summary>
    public static string? Text(MonitoringReport report, IReadOnlySet<string> told)
    {
        var news = report.Alerts.Where(a => a.State == "new").Concat(report.Resolved)
            .Where(a => a.Severity != "info" && !told.Contains(News(a.Alarm.Name, a.Today.Subject, a.Today.Date, a.State))).ToList();
        if (news.Count == 0)
            return null;
        var standing = report.Alerts.Count(a => a.State == "standing" && a.Severity != "info");
        var lines = news.Take(MostLines).Select(a => $"• *{(a.Today.Raised ? a.Severity : "resolved")}* {Escape(a.Alarm.Title)}: {Escape(a.Sentences)}");
        return string.Join('\n', lines.Prepend($"*Clickpath {report.Status}* {Escape(report.Headline)}")
            .Concat(news.Count > MostLines ? [FormattableString.Invariant($"… and {news.Count - MostLines} more.")] : [])
            .Concat(standing > 0 ? [FormattableString.Invariant($"{standing} earlier alerts stand.")] : []));
    }

    /// <summary>Delivers the text.</summary>
    /// <returns>What became of it, for the log.</returns>
    public async Task<string> Send(string url, string text)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var target) || target.Scheme is not ("https" or "http"))
            return $"webhook: {Variable} holds no http or https URL; nothing was sent.";
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = timeout };
        var outcome = "";
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (attempt > 1)
                await Task.Delay(backOff * (1 << (attempt - 2))).ConfigureAwait(false);
            try
            {
                using var response = await client.PostAsJsonAsync(target, new { text }).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                    return attempt == 1 ? "webhook: delivered." : FormattableString.Invariant($"webhook: delivered at attempt {attempt}.");
                outcome = FormattableString.Invariant($"it answered {(int)response.StatusCode}");
                if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout) && (int)response.StatusCode < 500)
                    return $"webhook: not delivered: {outcome}, which another attempt would not change.";
            }
            catch (TaskCanceledException)
            {
                outcome = FormattableString.Invariant($"no answer within {timeout.TotalSeconds:0.#} s");
            }
            catch (HttpRequestException e)
            {
                outcome = $"no connection ({e.HttpRequestError})"; // its message would name the host
            }
        }

        return FormattableString.Invariant($"webhook: not delivered after {Attempts} attempts: {outcome}. The reports are published all the same.");
    }

    private static string News(string check, string subject, string date, string state) => string.Join('\n', check, subject, date, state);

    // Slack's three: a file's contents must not become a link or a mention.
    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
