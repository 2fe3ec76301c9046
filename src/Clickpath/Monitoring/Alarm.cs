using System.Globalization;
using Clickpath.Reports;
using Clickpath.Sql;
using Clickpath.Stages;

namespace Clickpath.Monitoring;

/// <summary>A check of <c>sql/monitor</c> and what it says of every day. A check whose SELECT has a column <c>event_date</c> is judged
/// for each of its days; one without speaks of now.</summary>
/// <param name="File">The check.</param>
/// <param name="Days">By subject, then by day.</param>
internal sealed record Alarm(SqlFile File, IReadOnlyList<DayJudgement> Days)
{
    private static readonly string[] Severities = ["critical", "warn", "info"];

    public string Name => File.Name;

    public string Title => File["title"]!;

    /// <summary>health, integrity or drift.</summary>
    public string Tier => File["tier"] ?? "health";

    /// <summary>Whether it is judged day by day, and so has a history.</summary>
    public bool IsDaily { get; private init; }

    public ColumnFormats Formats { get; private init; } = ColumnFormats.None;

    /// <summary>0 for critical, then warn, then info.</summary>
    public static int Rank(string severity) => Array.IndexOf(Severities, severity);

    /// <summary>Runs a check.</summary>
    /// <param name="sql">The runner.</param>
    /// <param name="file">The check.</param>
    /// <param name="today">The monitored day; null where no day is complete.</param>
    public static Alarm Run(SqlRunner sql, SqlFile file, string? today)
    {
        var table = sql.Rows(file);
        int Required(string column) => table.TryIndexOf(column) is var i and >= 0 ? i
            : throw file.Error($"an alarm returns subject, population, observed, expected and passed; '{column}' is missing.");
        var (subject, population, observed, expected, passed) = (Required("subject"), Required("population"), Required("observed"), Required("expected"), Required("passed"));
        var date = table.TryIndexOf("event_date");
        var formats = CheckResult.Formats(file);
        var days = table.Rows.Select(row =>
        {
            string? Text(string column) => table.TryIndexOf(column) is var i and >= 0 ? row[i] as string : null;
            double? Number(string column) => table.TryIndexOf(column) is var i and >= 0 && Table.Number(row[i]) is var n && double.IsFinite(n) ? n : null;
            if (row[observed] is string || row[expected] is string)
                throw file.Error("observed and expected are numbers. Put words into the message.");
            if (date >= 0 && row[date] is { } day && !DateOnly.TryParseExact(day as string, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                throw file.Error($"event_date is '{day}'. It is a day, 2025-01-31.");
            var rows = CheckResult.Whole(file, "population", row[population]);
            bool? judged = rows == 0 || row[passed] is null ? null : row[passed] is 1L ? true : row[passed] is 0L ? false
                : throw file.Error($"passed is {row[passed]}. It is 1 or 0, made with CASE, or NULL where there is nothing to judge.");
            var severity = Text("severity") ?? file["severity"]!;
            if (Rank(severity) < 0)
                throw file.Error($"severity is '{severity}'. It is critical, warn or info.");
            return new DayJudgement(
                date < 0 ? today ?? "" : Convert.ToString(row[date], CultureInfo.InvariantCulture) ?? "",
                Convert.ToString(row[subject], CultureInfo.InvariantCulture) ?? "",
                rows, row[observed], row[expected], judged, severity,
                judged == false ? CheckResult.Fill(file, Text("message") ?? file["message"]!, table, row, formats, Text("message") is null ? "message" : null) : null)
            {
                Low = Number("low"),
                High = Number("high"),
                Unjudged = Text("unjudged"),
                Probability = Number("probability"),
                ExplainedBy = Text("explained_by"),
                ExplainedShare = Number("explained_share"),
                MoneyAtStake = Number("money_at_stake"),
                KnownEvent = Text("known_event"),
                IsSecondDay = Number("is_second_day") == 1,
                FoundLow = Number("found_low"),
                FoundHigh = Number("found_high"),
                FalseAlarmsAMonth = Number("false_alarms_a_month"),
            };
        });
        return Of(file, [.. days]) with { IsDaily = date >= 0 };
    }

    /// <summary>A daily check's judgements, in any order.</summary>
    public static Alarm Of(SqlFile file, IReadOnlyList<DayJudgement> days) =>
        new(file, [.. days.OrderBy(d => d.Subject, StringComparer.Ordinal).ThenBy(d => d.Date, StringComparer.Ordinal)]) { IsDaily = true, Formats = CheckResult.Formats(file) };

    /// <summary>What holds now: of each subject its latest day, if that is the monitored one or comes after it.</summary>
    public IEnumerable<DayJudgement> Now(string? today) => BySubject()
        .Select(days => days[^1])
        .Where(day => !IsDaily || today is null || string.CompareOrdinal(day.Date, today) >= 0);

    /// <summary>Each subject's days.</summary>
    public IEnumerable<IReadOnlyList<DayJudgement>> BySubject() => Days.GroupBy(d => d.Subject, StringComparer.Ordinal).Select(days => days.ToList());

    /// <summary>The check's result as of the monitored day, in the shape that all checks have.</summary>
    public CheckResult ResultNow(string? today)
    {
        var now = Now(today).ToList();
        var status = now.Any(d => d.Raised) ? "fail"
            : now.Any(d => d.Passed == true) ? "pass"
            : now.Any(d => d.Unjudged == "insufficient_history") ? "insufficient_history"
            : "skipped";
        return new CheckResult(
            File, status, now.Sum(d => d.Population), [.. now.Select(d => new CheckSubject(d.Subject, d.Population, d.Observed, d.Expected, d.Passed, d.Message))], null)
        {
            Severity = now.Where(d => d.Raised).Select(d => d.Severity).MinBy(Rank) ?? File["severity"]!,
        };
    }
}
