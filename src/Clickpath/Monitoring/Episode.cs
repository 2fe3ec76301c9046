namespace Clickpath.Monitoring;

/// <summary>One alert from its first day to its end: it stands until two judged days in a row were calm, so that what comes and goes is
/// told once. Where it turns from too much to too little, or back, another one begins.</summary>
/// <param name="Since">Its first day.</param>
/// <param name="Worst">The day with the worst severity, the first of them.</param>
/// <param name="Last">The last day on which it was raised.</param>
/// <param name="RaisedDays">On how many days it was raised.</param>
internal sealed record Episode(DayJudgement Since, DayJudgement Worst, DayJudgement Last, int RaisedDays)
{
    /// <summary>How many calm days end an alert.</summary>
    public const int CalmDays = 2;

    /// <summary>The first calm day after it, where there is one.</summary>
    public DayJudgement? Calm { get; private init; }

    /// <summary>The day on which it was known to have ended; null: it stands.</summary>
    public DayJudgement? Ended { get; private init; }

    /// <summary>The episodes of one subject, in order.</summary>
    public static IEnumerable<Episode> Of(IEnumerable<DayJudgement> days)
    {
        Episode? open = null;
        var calm = 0;
        foreach (var day in days)
        {
            if (day.Raised)
            {
                // Too few where there were too many is another happening, and news.
                if (open is not null && day.Side != open.Last.Side)
                {
                    yield return open with { Calm = open.Calm ?? day, Ended = day };
                    open = null;
                }

                open = open is null
                    ? new Episode(day, day, day, 1)
                    : open with { Last = day, RaisedDays = open.RaisedDays + 1, Calm = null, Worst = Alarm.Rank(day.Severity) < Alarm.Rank(open.Worst.Severity) ? day : open.Worst };
                calm = 0;
            }
            else if (day.Passed == true && open is not null)
            {
                open = open with { Calm = open.Calm ?? day };
                if (++calm < CalmDays)
                    continue;
                yield return open with { Ended = day };
                open = null;
            }
        }

        if (open is not null)
            yield return open;
    }
}
