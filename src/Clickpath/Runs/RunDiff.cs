using System.Globalization;
using System.Text.Json;
using Clickpath.Reports;
using Clickpath.Sql;
using Clickpath.Stages;
using CsvHelper;

namespace Clickpath.Runs;

/// <summary>How the numbers of two runs differ, report by report, and which change of SQL, parameters or inputs stands behind it.</summary>
internal sealed class RunDiff
{
    private const int MostRows = 8;

    private readonly string _before;
    private readonly string _after;
    private readonly SqlCatalog _catalog;
    private readonly RunRecord _old;
    private readonly RunRecord _new;
    private readonly List<string> _headlines = [];
    private (double Points, string? Text) _share;
    private (double Count, string Column) _moved;

    /// <summary>Reads the records of two runs.</summary>
    /// <param name="before">The artifacts of the run to compare with.</param>
    /// <param name="after">The artifacts of the run that is looked at.</param>
    /// <param name="catalog">The SQL files, for titles, formats and what reads what.</param>
    /// <exception cref="ClickpathException">One of the folders holds no run.</exception>
    public RunDiff(string before, string after, SqlCatalog catalog) =>
        (_before, _after, _catalog, _old, _new) = (before, after, catalog, RunRecord.Read(before), RunRecord.Read(after));

    /// <summary>The comparison as Markdown, which reads as text too.</summary>
    public IEnumerable<string> Markdown()
    {
        yield return "# What has changed in the numbers";
        yield return "";
        var causes = _new.Changes(_old).ToList();
        foreach (var cause in causes.DefaultIfEmpty("no SQL file, parameter or input file"))
            yield return $"- changed: {CheckReport.Escape(cause)}";
        var found = false;
        var reports = _catalog.Reports.Where(f => f["kind"] is null or "table" or "figures").OrderBy(f => f["kind"] != "figures").ThenBy(f => f.Name, StringComparer.Ordinal)
            .Select(file => (File: file, Lines: Report(file).ToList())).Where(report => report.Lines.Count > 0).ToList();
        if (reports.Count > 0)
            yield return $"- in short: {InShort()}";
        foreach (var (file, lines) in reports)
        {
            found = true;
            yield return "";
            yield return $"## {CheckReport.Escape(file["title"]!)}";
            yield return "";
            foreach (var line in lines)
                yield return line;
        }

        foreach (var line in Checks())
        {
            found = true;
            yield return line;
        }

        if (!found)
        {
            yield return "";
            yield return "No number differs.";
        }
    }

    private IEnumerable<string> Report(SqlFile file)
    {
        var (before, after) = (Rows(_before, file), Rows(_after, file));
        if (before is null && after is null)
            yield break;
        if (before is null || after is null)
        {
            yield return before is null ? "- a new report" : "- the report is gone";
            yield break;
        }

        var gone = before.Columns.Except(after.Columns).ToList();
        var added = after.Columns.Except(before.Columns).ToList();
        if (gone.Count + added.Count > 0)
            yield return $"- columns: {string.Join(", ", added.Select(c => "+" + c).Concat(gone.Select(c => "-" + c)))}";
        var key = Key(before, after);
        var old = before.Rows.ToDictionary(row => Name(before, row, key), StringComparer.Ordinal);
        var rows = new List<(string Text, double Weight)>();
        foreach (var row in after.Rows)
        {
            var name = Name(after, row, key);
            if (!old.Remove(name, out var was))
                rows.Add(($"- {CheckReport.Escape(name)}: new: {Figures(file, after, row, key)}", double.MaxValue));
            else if (Moves(file, before, was, after, row, key).ToList() is { Count: > 0 } moves)
                rows.Add(($"- {CheckReport.Escape(name)}: {string.Join("; ", moves.Select(m => m.Text))}", moves.Max(m => m.Weight)));
        }

        rows.AddRange(old.Select(row => ($"- {CheckReport.Escape(row.Key)}: gone: {Figures(file, before, row.Value, key)}", double.MaxValue)));
        if (rows.Count + gone.Count + added.Count == 0)
            yield break;
        foreach (var (count, column) in Moved(before, after, key))
        {
            yield return $"- {Moving(count, column)}";
            if (column != "sessions" && count > _moved.Count)
                _moved = (count, column);
        }

        foreach (var (text, _) in rows.OrderByDescending(r => r.Weight).Take(MostRows))
            yield return text;
        if (rows.Count > MostRows)
            yield return $"- and {rows.Count - MostRows} more rows";
        // Where all that changed stands behind it, the head has said so.
        var reasons = Reasons(file).ToList();
        if (reasons.Count == 0 || reasons.Count != _new.Changes(_old).Count())
            yield return $"- because of: {(reasons.Count > 0 ? CheckReport.Escape(string.Join("; ", reasons)) : "a new version of Clickpath")}";
    }

    // 'Revenue -0.4%; Paid Search +3.1 points of revenue; 12 orders moved'.
    private string InShort()
    {
        var parts = _headlines.Take(4).ToList();
        if (_share.Text is { } share)
            parts.Add(share);
        if (_moved.Count > 0)
            parts.Add(Moving(_moved.Count, _moved.Column));
        return CheckReport.Escape(string.Join("; ", parts.DefaultIfEmpty("the headline figures are the same")));
    }

    private static string Moving(double count, string column) => $"{count.ToString("#,0", CultureInfo.InvariantCulture)} {(count == 1 ? column[..^1] : column)} moved";

    // Where a count's total stays as it was, what left one row came to another: '12 purchases moved'.
    private static IEnumerable<(double Count, string Column)> Moved(Table before, Table after, List<string> key)
    {
        foreach (var column in after.Columns.Intersect(before.Columns).Except(key).Where(c => c is "purchases" or "orders" or "sessions"))
        {
            var (old, now) = (Totals(before), Totals(after));
            if (old.Values.Sum() != now.Values.Sum())
                continue;
            var moved = old.Keys.Union(now.Keys).Sum(k => Math.Abs(now.GetValueOrDefault(k) - old.GetValueOrDefault(k))) / 2;
            if (moved > 0)
                yield return (moved, column);

            Dictionary<string, double> Totals(Table table) =>
                table.Rows.ToDictionary(row => Name(table, row, key), row => Number(row[table.IndexOf(column)]), StringComparer.Ordinal);
        }
    }

    private IEnumerable<(string Text, double Weight)> Moves(SqlFile file, Table before, object?[] was, Table after, object?[] row, List<string> key)
    {
        foreach (var column in after.Columns.Intersect(before.Columns).Except(key))
        {
            var (old, now) = (Value(was[before.IndexOf(column)]), Value(row[after.IndexOf(column)]));
            if (Equals(old, now) || IsWords(file, column))
                continue;
            var formats = Formats(file, after, row);
            var (a, b) = (Table.Number(old), Table.Number(now));
            var isRate = formats[column].Kind == FormatKind.Percent;
            var change = double.IsNaN(a) || double.IsNaN(b) ? "" : isRate ? $" ({Signed((b - a) * 100)} points)" : a == 0 ? "" : $" ({Signed((b / a - 1) * 100)}%)";
            // In a table of revenue by something, the share of the whole moves too.
            if (column == "revenue" && key.Count == 1 && Total(before, column) is var oldTotal and not 0 && Total(after, column) is var newTotal and not 0 && Math.Abs(b / newTotal - a / oldTotal) >= 0.0005)
            {
                var share = b / newTotal - a / oldTotal;
                change += $", share of all {Signed(share * 100)} points";
                if (Math.Abs(share) > Math.Abs(_share.Points))
                    _share = (share, $"{Name(after, row, key)} {Signed(share * 100)} points of revenue");
            }

            if (file["kind"] == "figures" && column == "value" && change.Length > 0)
                _headlines.Add($"{Name(after, row, key)} {change.Trim(' ', '(', ')')}");
            // By how much of the whole it moves: a source of two visits that loses one says little. A rate alone comes after all counts.
            var weight = double.IsNaN(a) || double.IsNaN(b) ? 1 : isRate ? Math.Abs(b - a) / 1000 : Math.Abs(b - a) / Math.Max(1, Total(before, column));
            yield return ($"{(column == "value" ? "" : Words(column) + " ")}{formats.Text(column, old)} → {formats.Text(column, now)}{change}", weight);
        }
    }

    private static double Total(Table table, string column) => table.Rows.Sum(row => Math.Abs(Number(row[table.IndexOf(column)])));

    private static double Number(object? text) => Table.Number(Value(text)) is var n && double.IsNaN(n) ? 0 : n;

    private static string Figures(SqlFile file, Table table, object?[] row, List<string> key) =>
        string.Join("; ", table.Columns.Select((column, i) => (column, i)).Where(c => !key.Contains(c.column) && !IsWords(file, c.column)).Take(3)
            .Select(c => $"{Words(c.column)} {Formats(file, table, row).Text(c.column, Value(row[c.i]))}"));

    private IEnumerable<string> Checks()
    {
        var (before, after) = (_old.Checks(_before), _new.Checks(_after));
        var changed = after.Keys.Union(before.Keys).Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Old: before.GetValueOrDefault(name), New: after.GetValueOrDefault(name)))
            .Where(c => c.Old.Status != c.New.Status).ToList();
        if (changed.Count == 0)
            yield break;
        yield return "";
        yield return "## Checks and alarms";
        yield return "";
        foreach (var (_, old, now) in changed)
            yield return $"- {CheckReport.Escape(now.Title ?? old.Title)}: {old.Status ?? "none"} → {now.Status ?? "none"}";
    }

    private IEnumerable<string> Reasons(SqlFile file)
    {
        var files = _catalog.Upstream(file).Append(file).ToList();
        return _new.Changes(_old, path => files.Any(f => f.Path == path), name => files.Any(f => f.Parameters.ContainsKey(name)));
    }

    // The first columns whose values together tell the rows of both runs apart.
    private static List<string> Key(Table before, Table after)
    {
        var shared = after.Columns.Intersect(before.Columns).ToList();
        for (var count = 1; count <= shared.Count; count++)
        {
            var key = shared.Take(count).ToList();
            if (IsUnique(before) && IsUnique(after))
                return key;

            bool IsUnique(Table table) => table.Rows.Select(row => Name(table, row, key)).Distinct(StringComparer.Ordinal).Count() == table.Rows.Count;
        }

        return shared;
    }

    private static string Name(Table table, object?[] row, List<string> key) =>
        string.Join(", ", key.Select(column => Convert.ToString(row[table.IndexOf(column)], CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "–"));

    private static bool IsWords(SqlFile file, string column) => file["kind"] == "figures" && column is not ("value" or "label");

    private static ColumnFormats Formats(SqlFile file, Table table, object?[] row) =>
        file["kind"] == "figures" && table.TryIndexOf("unit") is var unit and >= 0 ? ColumnFormats.Parse($"value {row[unit]}") : CheckResult.Formats(file);

    private static string Words(string column) => column.Replace('_', ' ');

    // With as many decimals as it takes to see it.
    private static string Signed(double number) => number.ToString(
        Math.Abs(number) >= 0.05 || number == 0 ? "+0.0;-0.0;0.0" : Math.Abs(number) >= 0.005 ? "+0.00;-0.00" : Math.Abs(number) >= 0.0005 ? "+0.000;-0.000" : "+under 0.001;-under 0.001", CultureInfo.InvariantCulture);

    // The CSV is what people were given: text, and what tells rows apart stays it.
    private static Table? Rows(string artifacts, SqlFile file)
    {
        var path = Path.Combine(artifacts, "analyze", file.Name + ".csv");
        if (!File.Exists(path))
            return null;
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var columns = csv.HeaderRecord!;
        var rows = new List<object?[]>();
        while (csv.Read())
            rows.Add([.. columns.Select((_, i) => csv.GetField(i))]);
        // A key that occurs twice has no row of its own to be compared with.
        var table = new Table(file.Name, columns, rows);
        return table with { Rows = [.. rows.DistinctBy(row => Name(table, row, [.. columns]), StringComparer.Ordinal)] };
    }

    // No exponent: a hashed name such as 33E241 is none.
    private static object? Value(object? text) =>
        text is not string { Length: > 0 } given ? null
        : long.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
        : double.TryParse(given, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : given;

    /// <summary>What run.json says went into a run.</summary>
    private sealed record RunRecord(string TimeZone, Dictionary<string, string> Parameters, Dictionary<string, string> Inputs, Dictionary<string, string> Sql)
    {
        public static RunRecord Read(string folder)
        {
            try
            {
                using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, RunFolder.ManifestName)));
                var root = json.RootElement;
                return new RunRecord(
                    root.GetProperty("time_zone").GetString()!,
                    root.GetProperty("parameters").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal),
                    root.GetProperty("inputs") is { ValueKind: JsonValueKind.Array } inputs
                        ? inputs.EnumerateArray().ToDictionary(i => i.GetProperty("name").GetString()!, i => i.GetProperty("sha256").GetString()!, StringComparer.Ordinal) : [],
                    root.GetProperty("sql").EnumerateArray().GroupBy(s => s.GetProperty("path").GetString()!, StringComparer.Ordinal)
                        .ToDictionary(s => s.Key, s => s.First().GetProperty("sha256").GetString()!, StringComparer.Ordinal));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new ClickpathException($"'{folder}' holds no run of Clickpath's to compare ({RunFolder.ManifestName} is missing or can't be read). Give the artifacts folder of a run.");
            }
        }

        /// <summary>What went into this run and not into the other, or otherwise.</summary>
        public IEnumerable<string> Changes(RunRecord old, Func<string, bool>? isOfFile = null, Func<string, bool>? isOfParameter = null)
        {
            foreach (var (path, how) in Differences(old.Sql, Sql).Where(d => isOfFile?.Invoke(d.Name) ?? true))
                yield return how.Length == 0 ? path : $"{path} ({how})";
            foreach (var name in Parameters.Keys.Union(old.Parameters.Keys).Where(n => isOfParameter?.Invoke(n) ?? true).Order(StringComparer.Ordinal))
            {
                if (old.Parameters.GetValueOrDefault(name) is var was && Parameters.GetValueOrDefault(name) is var now && was != now && was is not null && now is not null)
                    yield return $"parameter {name}: {was} → {now}";
            }

            if (TimeZone != old.TimeZone)
                yield return $"time zone: {old.TimeZone} → {TimeZone}";
            var inputs = Differences(old.Inputs, Inputs).ToList();
            if (inputs.Count > 0)
                yield return $"input files: {string.Join(", ", inputs.Take(3).Select(i => i.How.Length == 0 ? i.Name : $"{i.Name} ({i.How})"))}{(inputs.Count > 3 ? $" and {inputs.Count - 3} more" : "")}";
        }

        /// <summary>Each check's title and status.</summary>
        public Dictionary<string, (string Title, string? Status)> Checks(string artifacts)
        {
            var checks = new Dictionary<string, (string, string?)>(StringComparer.Ordinal);
            foreach (var path in (string[])["data_quality/dq_report.json", "monitor/monitoring_report.json"])
            {
                if (!File.Exists(Path.Combine(artifacts, path)))
                    continue;
                using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(artifacts, path)));
                foreach (var check in json.RootElement.GetProperty("checks").EnumerateArray())
                    checks[path + check.GetProperty("name").GetString()] = (check.GetProperty("title").GetString()!, check.GetProperty("status").GetString());
            }

            return checks;
        }

        private static IEnumerable<(string Name, string How)> Differences(Dictionary<string, string> old, Dictionary<string, string> now) =>
            old.Keys.Union(now.Keys).Order(StringComparer.Ordinal).Where(name => old.GetValueOrDefault(name) != now.GetValueOrDefault(name))
                .Select(name => (name, !old.ContainsKey(name) ? "new" : !now.ContainsKey(name) ? "gone" : ""));
    }
}
