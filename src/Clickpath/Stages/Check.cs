using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Clickpath.Reports;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>One thing that a check measured.</summary>
/// <param name="Subject">What: a file, a day, a column.</param>
/// <param name="Population">How many rows it speaks of.</param>
/// <param name="Observed">long, double or null.</param>
/// <param name="Expected">long, double or null: the bound or the level it is held against.</param>
/// <param name="Passed">Null: there was nothing to judge.</param>
/// <param name="Message">For a person, where it did not pass.</param>
internal sealed record CheckSubject(string Subject, long Population, object? Observed, object? Expected, bool? Passed, string? Message)
{
    /// <summary>The file it lies in, where it is one file's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FileName { get; init; }

    /// <summary>When it began: an ISO day, or a day and a time, in the report's time zone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Since { get; init; }

    /// <summary>When it ended; the end of the data where it goes on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Until { get; init; }

    /// <summary>Whether it falls on days of another finding alone, as what follows from that one does; what has no days is on all of them.</summary>
    public bool IsWithin(CheckSubject other) => other.Spans is not { Count: > 0 } spans || (Since is not null && spans.Any(span =>
        string.CompareOrdinal(span.Since[..10], Since[..10]) <= 0
        && (span.Until is null || (Until is not null && string.CompareOrdinal(span.Until[..10], Until[..10]) >= 0))));

    /// <summary>From when to when it was, in order; several where it stands for findings that are apart, as those of one day after the
    /// other are not. Until is null where it goes on.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Since, string? Until)> Spans
    {
        get
        {
            var spans = new List<(string Since, string? Until)>();
            foreach (var (since, until) in (Members.Count == 0 ? [this] : Members).Where(s => s.Since is not null).Select(s => (s.Since!, s.Until)).OrderBy(s => s.Item1, StringComparer.Ordinal))
            {
                if (spans.Count == 0 || !IsNext(spans[^1].Until, since))
                    spans.Add((since, until));
                else if (spans[^1].Until is { } last)
                    spans[^1] = (spans[^1].Since, until is null || string.CompareOrdinal(until, last) > 0 ? until : last);
            }

            return spans;
        }
    }

    // The one begins before the other has ended, or, of whole days, on the day after.
    private static bool IsNext(string? until, string since) => until is null || string.CompareOrdinal(since, until) <= 0
        || (since.Length == 10 && until.Length == 10 && DateOnly.ParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(1) >= DateOnly.ParseExact(since, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>What tells it from another finding of the same subject and time; null where nothing needs to.</summary>
    [JsonIgnore]
    public string? Part { get; init; }

    /// <summary>The findings that are told as this one, where they are several.</summary>
    [JsonIgnore]
    public IReadOnlyList<CheckSubject> Members { get; init; } = [];

    /// <summary>Its message with every count as if it were of many: what tells whether two findings read the same but for their numbers.</summary>
    [JsonIgnore]
    public string? Pattern { get; init; }

    /// <summary>What it does to the numbers: how many events, sessions, orders, and revenue_cents it touches.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, long>? Touched { get; init; }

    /// <summary>What probably lies behind it, where it did not pass.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cause { get; init; }

    /// <summary>What to do about it, where it did not pass.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Remedy { get; init; }
}

/// <summary>A row to look at.</summary>
internal sealed record SampleRow(object? FileName, object? LineNumber, object? Reason);

/// <summary>What a check found.</summary>
/// <param name="File">The check.</param>
/// <param name="Status">pass, fail or skipped; never pass over no rows.</param>
/// <param name="Population">The rows spoken of by all subjects.</param>
/// <param name="Subjects">In the SELECT's order.</param>
/// <param name="Samples">Rows to look at.</param>
internal sealed partial record CheckResult(SqlFile File, string Status, long Population, IReadOnlyList<CheckSubject> Subjects, Table? Samples)
{
    private const string TouchedSuffix = "_touched";
    private const string UtcTime = "yyyy-MM-dd HH:mm'Z'";

    /// <summary>The file's, unless an alarm's rows say their own.</summary>
    public string Severity { get; init; } = File["severity"]!;

    /// <summary>The share that its findings touch of all events, sessions, orders or revenue, whichever is most: 0 to 1.</summary>
    public double Share { get; init; }

    public bool Failed => Status == "fail";

    /// <summary>The subjects that did not pass.</summary>
    public IEnumerable<CheckSubject> Findings => Subjects.Where(s => s.Passed == false);

    /// <summary>The findings as they are told: those of several files or days that read the same but for their numbers are one, in the
    /// words of the worst of them and with the spans of all.</summary>
    public IReadOnlyList<CheckSubject> Told =>
        [.. Findings.GroupBy(s => s.Subject == s.FileName || s.Subject == s.Since?.Split(' ')[0] ? Numbers().Replace((s.Pattern ?? s.Message!).Replace(s.Subject, "#", StringComparison.Ordinal), "#") : $"={s.Subject}").Select(Merged)];

    /// <summary>For information only where each finding falls within one of a check that the header says it follows from
    /// (<c>-- follows: cause, other_cause</c>): one cause is one warning.</summary>
    /// <param name="results">Of all checks.</param>
    /// <exception cref="ClickpathException">There is no check of that name.</exception>
    public CheckResult After(IReadOnlyList<CheckResult> results)
    {
        if (File["follows"] is not { } names)
            return this;
        var causes = names.Split(',', StringSplitOptions.TrimEntries).Select(name => results.FirstOrDefault(r => r.File.Name == name)
            ?? throw File.Error($"there is no check '{name}'.{Nearest.Suggest(name, results.Select(r => r.File.Name))}", "follows")).Where(r => r.Failed).ToList();
        var followed = Findings.Select(finding => causes.FirstOrDefault(cause => cause.Told.Any(finding.IsWithin))).Distinct().ToList();
        if (!Failed || Severity != "warn" || followed.Contains(null))
            return this;
        return this with { Severity = "info", Subjects = [.. Subjects.Select(s => s.Passed != false ? s : s with { Message = $"{s.Message} It follows from \"{string.Join("\", \"", followed.Select(cause => cause!.File["title"]))}\"." })] };
    }

    /// <summary>With times that a check gives in UTC (<c>2025-03-07 10:49Z</c>) in the report's time zone; its day is then that of the zone.</summary>
    public CheckResult In(TimeZoneInfo zone) => Subjects.Any(s => s.Since?.EndsWith('Z') == true)
        ? this with { Subjects = [.. Subjects.Select(s => s with { Since = Local(s.Since, zone), Until = Local(s.Until, zone), Subject = s.Since?.Split(' ')[0] == s.Subject ? Local(s.Since, zone)!.Split(' ')[0] : s.Subject })] }
        : this;

    private static string? Local(string? time, TimeZoneInfo zone) => time?.EndsWith('Z') != true ? time
        : TimeZoneInfo.ConvertTimeFromUtc(DateTime.ParseExact(time, UtcTime, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static CheckSubject Merged(IEnumerable<CheckSubject> alike)
    {
        var all = alike.ToList();
        var worst = all.MaxBy(s => s.Touched?.Values.DefaultIfEmpty().Max() ?? 0)!;
        return all.Count == 1 ? worst : worst with
        {
            Message = $"{worst.Message} The same {Others(worst, [.. all.Where(s => !ReferenceEquals(s, worst))])}.",
            Since = all.Min(s => s.Since),
            Until = all.Any(s => s.Since is not null && s.Until is null) ? null : all.Max(s => s.Until),
            Members = all,
            Touched = all.SelectMany(s => s.Touched ?? new Dictionary<string, long>()).GroupBy(t => t.Key).ToDictionary(t => t.Key, t => t.Sum(one => one.Value)),
        };
    }

    // "in events_20250303.csv", "on 3 other days, 2025-03-03 the first": where to look.
    private static string Others(CheckSubject told, List<CheckSubject> others)
    {
        var (place, what) = told.FileName is null ? ("on", "days") : ("in", "files");
        var first = others[0].FileName ?? others[0].Since?.Split(' ')[0] ?? others[0].Subject;
        return others.Count == 1 ? $"{place} {first}" : string.Create(CultureInfo.InvariantCulture, $"{place} {others.Count:N0} other {what}, {first} the first");
    }

    /// <summary>The rows to look at of a finding that is told: those that name its subject (and its since and part, where they have these
    /// columns); all of them where they name none. Of one that stands for several, as many of each.</summary>
    /// <param name="told">One of <see cref="Told"/>.</param>
    /// <param name="most">How many rows at the most.</param>
    /// <exception cref="ClickpathException">The samples lack a column.</exception>
    public IEnumerable<SampleRow> RowsOf(CheckSubject told, int most)
    {
        if (Samples is null)
            return [];
        int Required(string column) => Samples.TryIndexOf(column) is var i and >= 0 ? i : throw File.Error($"its samples lack '{column}'. They return file_name, line_number and reason.");
        var (fileName, line, reason) = (Required("file_name"), Required("line_number"), Required("reason"));
        (int Column, Func<CheckSubject, string?> Of)[] keys =
        [
            .. new (string Name, Func<CheckSubject, string?> Of)[] { ("subject", s => s.Subject), ("since", s => s.Since), ("part", s => s.Part) }
                .Select(key => (Samples.TryIndexOf(key.Name), key.Of)).Where(key => key.Item1 >= 0),
        ];
        var rows = (told.Members.Count == 0 ? [told] : told.Members).SelectMany(member => Samples.Rows
            .Select((row, place) => (Row: row, Place: place)).Where(r => keys.All(key => r.Row[key.Column] as string == key.Of(member))).Select((r, rank) => (r.Row, r.Place, Rank: rank)));
        return rows.DistinctBy(r => r.Place).OrderBy(r => r.Rank).ThenBy(r => r.Place).Take(most).OrderBy(r => r.Place)
            .Select(r => new SampleRow(r.Row[fileName], r.Row[line], r.Row[reason]));
    }

    /// <summary>Why there was nothing to judge; null where there was.</summary>
    public string? Reason => Status != "skipped" ? null : File["needs"] is { } needs ? $"It needs {needs}." : "There was nothing to measure.";

    /// <summary>Runs a check.</summary>
    public static CheckResult Run(SqlRunner sql, SqlFile file)
    {
        var table = sql.Rows(file);
        int Required(string column) => table.TryIndexOf(column) is var i and >= 0 ? i
            : throw file.Error($"a check returns subject, population, observed, expected and passed; '{column}' is missing.");
        var (subject, population, observed, expected, passed) = (Required("subject"), Required("population"), Required("observed"), Required("expected"), Required("passed"));
        var (fileName, since, until, note, part) = (table.TryIndexOf("file_name"), table.TryIndexOf("since"), table.TryIndexOf("until"), table.TryIndexOf("note"), table.TryIndexOf("part"));
        var touched = table.Columns.Select((column, index) => (column, index)).Where(c => c.column.EndsWith(TouchedSuffix, StringComparison.Ordinal)).ToList();
        string? Text(object?[] row, int index) => index >= 0 ? Convert.ToString(row[index], CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null : null;
        var formats = Formats(file);
        var subjects = new List<CheckSubject>(table.Rows.Count);
        foreach (var row in table.Rows)
        {
            var rows = Whole(file, "population", row[population]);
            bool? judged = rows == 0 || row[passed] is null ? null : row[passed] is 1L ? true : row[passed] is 0L ? false
                : throw file.Error($"passed is {row[passed]}. It is 1 or 0, made with CASE, or NULL where there is nothing to judge.");
            if (row[observed] is string || row[expected] is string)
                throw file.Error("observed and expected are numbers. Put words into the message.");
            subjects.Add(new CheckSubject(
                Convert.ToString(row[subject], CultureInfo.InvariantCulture) ?? "",
                rows, row[observed], row[expected], judged,
                judged == false ? $"{Fill(file, table, row, formats, "message")} {Text(row, note)}".TrimEnd() : null)
            {
                Pattern = judged == false ? Fill(file, table, row, formats, "message", many: true) : null,
                Part = Text(row, part),
                FileName = Text(row, fileName),
                Since = Time(file, "since", Text(row, since)),
                Until = Time(file, "until", Text(row, until)),
                Touched = touched.Any(c => row[c.index] is not null)
                    ? touched.Where(c => row[c.index] is not null).ToDictionary(c => c.column[..^TouchedSuffix.Length], c => Whole(file, c.column, row[c.index]))
                    : null,
                Cause = judged == false ? Fill(file, table, row, formats, "cause") : null,
                Remedy = judged == false ? Fill(file, table, row, formats, "remedy") : null,
            });
        }

        var status = subjects.Any(s => s.Passed == false) ? "fail" : subjects.Any(s => s.Passed == true) ? "pass" : "skipped";
        return new CheckResult(file, status, subjects.Sum(s => s.Population), subjects, status == "fail" && file.Samples is { } samples ? sql.Rows(file, samples) : null);
    }

    /// <summary>A count that a row gives; 0 for NULL.</summary>
    /// <exception cref="ClickpathException">It is text.</exception>
    public static long Whole(SqlFile file, string column, object? value) =>
        value is string text ? throw file.Error($"{column} is '{text}'. It is a whole number.") : Convert.ToInt64(value ?? 0L, CultureInfo.InvariantCulture);

    // What events without a readable time have for a day, '' or 'undated', is said as it is.
    private static string? Time(SqlFile file, string column, string? time) =>
        time is null or "" or "undated" || (time.EndsWith('Z') ? DateTime.TryParseExact(time, UtcTime, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            : DateOnly.TryParseExact(time.Split(' ')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) ? time
            : throw file.Error($"{column} is '{time}'. It is a day, 2025-01-31, or a day and a time, 2025-01-31 09:30, with Z where it is in UTC.");

    /// <summary>A file's column formats; an error names the file's line.</summary>
    public static ColumnFormats Formats(SqlFile file)
    {
        try
        {
            return ColumnFormats.Parse(file["format"] ?? "");
        }
        catch (FormatException e)
        {
            throw file.Error(e.Message, "format");
        }
    }

    /// <summary>A template with each <c>{column}</c> replaced by the row's value, as its format reads, and each <c>{column:one|many}</c>
    /// by the word that goes with its count; a name that is no column
    /// is an error of the header's <paramref name="key"/>, or, where the text is data (no key), stays as it is.</summary>
    public static string Fill(SqlFile file, string template, Table table, object?[] row, ColumnFormats formats, string? key = null, bool many = false) =>
        Placeholder().Replace(template, match =>
        {
            var name = match.Groups[1].Value;
            var column = table.TryIndexOf(name);
            if (column < 0 && key is null)
                return match.Value;
            return column >= 0 ? match.Groups[2].Success ? match.Groups[!many && row[column] is 1L or 1.0 ? 2 : 3].Value : formats.Text(name, row[column])
                : throw file.Error($"'{{{name}}}' is no column of the SELECT.{Nearest.Suggest(name, table.Columns)} It has {string.Join(", ", table.Columns)}.", key);
        });

    // A row's own words, in a column of the key's name, go before the header's.
    private static string? Fill(SqlFile file, Table table, object?[] row, ColumnFormats formats, string key, bool many = false) =>
        table.TryIndexOf(key) is var i and >= 0 && row[i] is string own ? Fill(file, own, table, row, formats, many: many)
            : file[key] is { } template ? Fill(file, template, table, row, formats, key, many) : null;

    [GeneratedRegex(@"[0-9][0-9.,:%-]*")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\{([a-z0-9_]+)(?::([^{}|]*)\|([^{}|]*))?\}")]
    private static partial Regex Placeholder();
}
