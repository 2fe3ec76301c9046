using System.Globalization;
using Clickpath.Reports;

namespace Clickpath.Monitoring;

/// <summary>What stands today, or ended today.</summary>
/// <param name="Alarm">The check that raised it.</param>
/// <param name="Episode">From when to when.</param>
/// <param name="Today">The judgement of today.</param>
internal sealed record Alert(Alarm Alarm, Episode Episode, DayJudgement Today)
{
    public string Severity => Today.Raised ? Today.Severity : Episode.Worst.Severity;

    /// <summary>new, standing, easing (calm for less than two days) or resolved.</summary>
    public string State => Today.Raised ? (Episode.RaisedDays == 1 ? "new" : "standing") : Episode.Ended is null ? "easing" : "resolved";

    /// <summary>The message, and what else a person wants to know, as sentences.</summary>
    public string Sentences => string.Join(' ', Parts());

    /// <summary>All alerts of today, the worst first; those that ended today too.</summary>
    public static IReadOnlyList<Alert> Of(IEnumerable<Alarm> alarms, string? today) =>
    [
        .. alarms.SelectMany(alarm => alarm.BySubject().Select(days => Current(alarm, days, today)).OfType<Alert>())
            .OrderBy(a => Alarm.Rank(a.Severity))
            .ThenByDescending(a => a.Today.MoneyAtStake ?? 0)
            .ThenBy(a => a.Alarm.Name, StringComparer.Ordinal)
            .ThenBy(a => a.Today.Subject, StringComparer.Ordinal),
    ];

    private static Alert? Current(Alarm alarm, IReadOnlyList<DayJudgement> days, string? today)
    {
        var last = days[^1];
        if (alarm.IsDaily && today is not null && string.CompareOrdinal(last.Date, today) < 0)
            return null;
        var episode = Episode.Of(days).LastOrDefault();
        if (episode is null)
            return null;
        var isCurrent = last.Raised || episode.Ended == last || (episode.Ended is null && episode.Calm is not null);
        return isCurrent ? new Alert(alarm, episode, last) : null;
    }

    private IEnumerable<string> Parts()
    {
        if (!Today.Raised)
        {
            yield return Episode.Last.Message!;
            yield return Episode.Ended is null ? $"Calm on {Episode.Calm!.Date}; a second calm day ends it." : $"It ended on {Episode.Calm!.Date}.";
            yield break;
        }

        yield return Today.Message!;
        if (Today.Probability is { } probability)
            yield return $"By chance {Odds(probability)}{(Today.IsSecondDay ? ", and the second unusual day of three" : "")}.";
        if (Episode.RaisedDays > 1)
            yield return $"Since {Episode.Since.Date}.";
        if (Today.ExplainedBy is { } segment && Today.ExplainedShare is { } share)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Rounding.Percent(share, 0, 0)}% of the change is {segment}.");
        if (Today.MoneyAtStake is { } money && Math.Abs(money) >= 1)
            yield return $"{(money > 0 ? "At stake" : "Gained")}: {Rounding.Fixed(Math.Abs(money), 0, grouped: true)}.";
        if (Today.KnownEvent is { } note)
            yield return $"Known: {note}.";
    }

    /// <summary>A probability as people say it.</summary>
    internal static string Odds(double probability) => probability <= 1e-6 ? "less than once in a million days"
        : $"once in {Rounding.Fixed(Math.Round(1 / probability), 0, grouped: true)} days";
}
