using System.Text.RegularExpressions;

namespace Clickpath.Sql;

/// <summary>What does not mean the same on every engine, and the way to say it that does. See sql/README.md.</summary>
internal static partial class Portable
{
    /// <summary>Functions that return the same on SQLite, DuckDB and PostgreSQL, within the limits that the README names.</summary>
    public static readonly IReadOnlySet<string> Functions = new HashSet<string>(StringComparer.Ordinal)
    {
        "abs", "asin", "ceil", "ceiling", "coalesce", "count", "cume_dist", "dense_rank", "exp", "first_value", "floor", "lag", "last_value", "lead",
        "length", "like", "ln", "lower", "max", "min", "nth_value", "ntile", "nullif", "percent_rank", "pow", "power", "rank", "replace",
        "row_number", "sign", "sin", "sqrt", "string_agg", "substr", "sum", "trim", "upper",
    };

    private static readonly Dictionary<string, string> Instead = new(StringComparer.Ordinal)
    {
        ["avg"] = "CAST(SUM(x) AS DOUBLE PRECISION) / COUNT(x)",
        ["total"] = "CAST(SUM(x) AS BIGINT)",
        ["round"] = "no rounding: the header's 'format' says the decimals",
        ["ifnull"] = "COALESCE(x, y)",
        ["iif"] = "CASE WHEN x THEN y ELSE z END",
        ["instr"] = "LOWER(x) LIKE '%text%'",
        ["glob"] = "LOWER(x) LIKE 'text%'",
        ["regexp"] = "LOWER(x) LIKE 'text%', or have the loader take the text apart",
        ["match"] = "LOWER(x) LIKE 'text%'",
        ["group_concat"] = "STRING_AGG(x, ', ' ORDER BY y)",
        ["random"] = "nothing: two runs must give the same",
        ["substring"] = "SUBSTR(x, from, length)",
        ["typeof"] = "a column of the load tables that says what a value is",
        ["concat"] = "x || y",
        ["concat_ws"] = "x || ', ' || y",
        ["left"] = "SUBSTR(x, 1, length)",
        ["right"] = "SUBSTR(x, LENGTH(x) - n + 1, n)",
        ["mid"] = "SUBSTR(x, from, length)",
        ["len"] = "LENGTH(x)",
        ["if"] = "CASE WHEN x THEN y ELSE z END",
        ["isnull"] = "COALESCE(x, y), or x IS NULL",
        ["nvl"] = "COALESCE(x, y)",
        ["greatest"] = "CASE WHEN a > b THEN a ELSE b END",
        ["least"] = "CASE WHEN a < b THEN a ELSE b END",
        ["count_if"] = "COUNT(CASE WHEN x THEN 1 END)",
        ["countif"] = "COUNT(CASE WHEN x THEN 1 END)",
        ["sumif"] = "SUM(CASE WHEN x THEN y ELSE 0 END)",
        ["safe_divide"] = "CAST(a AS DOUBLE PRECISION) / NULLIF(b, 0)",
        ["listagg"] = "STRING_AGG(x, ', ' ORDER BY y)",
        ["median"] = "ROW_NUMBER() over the sorted rows, and take those in the middle",
        ["percentile_cont"] = "ROW_NUMBER() over the sorted rows, and take the one in its place",
        ["stddev"] = "SQRT of the mean square minus the square of the mean, from sums",
        ["split_part"] = "SUBSTR(x, from, length), or have the loader take the text apart",
        ["to_char"] = "nothing: the header's 'format' says how a value reads",
        ["format"] = "nothing: the header's 'format' says how a value reads",
        ["printf"] = "nothing: the header's 'format' says how a value reads",
        ["rollup"] = "the totals as rows of their own, joined with UNION ALL",
        ["cube"] = "the totals as rows of their own, joined with UNION ALL",
        ["readfile"] = "nothing: a file reads tables alone",
        ["writefile"] = "nothing: a file reads tables alone",
    };

    // Words that other dialects have, and SQLite stumbles over.
    private static readonly Dictionary<string, string> Dialects = new(StringComparer.OrdinalIgnoreCase)
    {
        ["TOP"] = "Write LIMIT n at the end.",
        ["FETCH"] = "Write LIMIT n at the end.",
        ["ILIKE"] = "Write LOWER(x) LIKE 'y%'.",
        ["SIMILAR"] = "Write LOWER(x) LIKE 'y%'.",
        ["QUALIFY"] = "Number the rows in a WITH table, and choose among them with WHERE.",
        ["INTERVAL"] = "Days are counted through 'calendar', times are _ms: join calendar, or add milliseconds.",
        ["EXTRACT"] = "Days are taken apart by 'calendar': weekday, iso_week, month.",
        ["DATE"] = "A day is text: event_date >= '2025-01-31'.",
        ["TIMESTAMP"] = "A time is a number of milliseconds: occurred_at_ms.",
        ["UNNEST"] = "Items have rows of their own: read order_items.",
        ["LATERAL"] = "Number the rows in a WITH table, and join it.",
        ["WITHIN"] = "Number the sorted rows with ROW_NUMBER() in a WITH table, and take the one in its place.",
        ["ROLLUP"] = "Join the totals with UNION ALL.",
        ["GROUPING"] = "Join the totals with UNION ALL.",
    };

    // What takes rows one after the other, and so asks in which order.
    private static readonly HashSet<string> Ordered = new(StringComparer.OrdinalIgnoreCase) { "ROW_NUMBER", "RANK", "DENSE_RANK", "NTILE", "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE" };

    private static readonly HashSet<string> CastTypes = ["BIGINT", "INTEGER", "TEXT", "DOUBLE PRECISION"];

    /// <summary>What to write for a word of another dialect; null where it is none.</summary>
    public static string? Dialect(string word) => Dialects.TryGetValue(word, out var remedy) ? $"{word} is of another dialect. {remedy}" : null;

    /// <summary>Whether a word is a function that is not the same everywhere, and for which there is another way.</summary>
    public static bool HasOtherWay(string function) => !Functions.Contains(function) && (Instead.ContainsKey(function) || DateFunction().IsMatch(function));

    /// <summary>How to say what a function says, on every engine.</summary>
    public static string InsteadOf(string function) =>
        Instead.TryGetValue(function, out var text) ? $"Write {text}."
        : DateFunction().IsMatch(function) ? "Days are counted and named through 'calendar', times are _ms: join calendar, or subtract milliseconds."
        : function.StartsWith("json", StringComparison.Ordinal) ? "The loader takes payloads apart: read raw_orders, raw_order_items or payload_field_counts."
        : $"{Nearest.Suggest(function, Functions).TrimStart()} The same everywhere are {string.Join(", ", Functions.Order(StringComparer.Ordinal))}.".TrimStart();

    /// <summary>What no engine could read, and the engine's own words would not explain: where, and what to write; null where there is none.</summary>
    public static (int Start, string Message)? Unreadable(string sql)
    {
        var end = 0;
        foreach (var (kind, text, start) in SqlText.Tokens(sql))
        {
            for (var i = end; i < start; i++)
            {
                if (sql[i] > '\x7f' && char.IsWhiteSpace(sql[i]))
                    return (i, $"a blank that is none (U+{(int)sql[i]:X4}), as web pages have it. Type it anew.");
            }

            if (text[0] is '\'' or '"' && (text.Length == 1 || text[^1] != text[0]))
                return (start, "the quote that opens here is not closed. Close it; a quote inside a text is written twice.");
            if (kind == SqlText.Kind.Symbol && text[0] > '\x7f')
                return (start, $"{text} (U+{(int)text[0]:X4}) is no sign of SQL. {(text[0] is >= '\u2018' and <= '\u201f' ? "Write text in straight quotes: 'text'." : "Take it out.")}");
            end = start + text.Length + (kind == SqlText.Kind.Parameter ? 1 : 0);
        }

        return sql.IndexOf("/*", end, StringComparison.Ordinal) is var open and >= 0 && sql.IndexOf("*/", open, StringComparison.Ordinal) < 0
            ? (open, "the comment that opens here is not closed. Close it with */.") : null;
    }

    /// <summary>Places in a text that mean one thing here and another there: where, and what to write.</summary>
    public static IEnumerable<(int Start, string Message)> Traps(string sql)
    {
        var tokens = SqlText.Tokens(sql).ToList();
        for (var i = 0; i < tokens.Count; i++)
        {
            var (kind, text, start) = tokens[i];
            if (kind == SqlText.Kind.Literal && text[0] == '"')
                yield return (start, $"{text} in double quotes is a name on one engine and text on another. Write 'text' in single quotes, and a name in none.");
            else if (kind == SqlText.Kind.Symbol && text is "`" or "[")
                yield return (start, $"{text} quotes names on one engine only. Write names in lower case, without quotes.");
            else if (kind == SqlText.Kind.Symbol && text == "=" && i + 1 < tokens.Count && tokens[i + 1] is (_, "=", var second) && second == start + 1)
                yield return (start, "== is not SQL everywhere. Write =.");
            else if (Is(i, "STRING_AGG") && !Holds(i + 1, t => t.Equals("ORDER", StringComparison.OrdinalIgnoreCase)))
                yield return (start, "STRING_AGG puts its values in any order. Write STRING_AGG(x, ', ' ORDER BY y).");
            else if (Is(i, "LIKE") && i > 0 && i + 1 < tokens.Count && tokens[i + 1].Kind == SqlText.Kind.Literal && tokens[i + 1].Text.Any(char.IsAsciiLetter) && !IsLowered(i - 1))
                yield return (start, "LIKE ignores case on SQLite alone. Write LOWER(x) LIKE 'y%'.");
            else if ((Is(i, "MAX") || Is(i, "MIN")) && Holds(i + 1, t => t == ","))
                yield return (start, $"{text} of several values is GREATEST or LEAST elsewhere. Write CASE WHEN a > b THEN a ELSE b END.");
            else if (kind == SqlText.Kind.Symbol && text is "?" or "@" or "$")
                yield return (start, $"{text} is no parameter here. Write :name, and '-- param name: default' in the header.");
            else if (Is(i, "NULL") && i > 0 && tokens[i - 1].Text is "=" or ">" && tokens[i - 1].Kind == SqlText.Kind.Symbol)
                yield return (tokens[i - 1].Start, "nothing is equal to NULL, nor unequal. Write IS NULL or IS NOT NULL.");
            else if (Is(i, "CURRENT_DATE") || Is(i, "CURRENT_TIME") || Is(i, "CURRENT_TIMESTAMP"))
                yield return (start, $"{text} is the machine's clock, and two runs must give the same. Read the day from monitored_day, or from the data.");
            else if (Is(i, "TRUE") || Is(i, "FALSE"))
                yield return (start, $"{text} is no number on other engines. Flags are 1 and 0, made with CASE.");
            else if (Is(i, "ROWID"))
                yield return (start, "rowid is SQLite's alone. Read the table's key.");
            else if (Is(i, "SUM") && Holds(i + 1, t => t is "=" or "<" or ">") && !Holds(i + 1, t => t.Equals("CASE", StringComparison.OrdinalIgnoreCase)))
                yield return (start, "a comparison is no number on other engines. Write SUM(CASE WHEN x THEN 1 ELSE 0 END).");
            else if (Is(i, "CAST") && CastType(i + 1) is { } type && !CastTypes.Contains(type.ToUpperInvariant()))
                yield return (start, $"{type} is not the same on every engine. Cast to BIGINT, DOUBLE PRECISION or TEXT; a day is text (event_date), a time is _ms.");
            else if (kind == SqlText.Kind.Symbol && text == "+" && (IsText(i - 1) || IsText(i + 1)))
                yield return (start, "+ adds numbers. Write x || 'text'.");
            else if (kind == SqlText.Kind.Symbol && text == "/" && i + 1 < tokens.Count && IsWhole(i))
                yield return (start, "/ between whole numbers drops the fraction here and keeps it elsewhere. Write CAST(a AS DOUBLE PRECISION) / b.");
            else if (Is(i, "JOIN") && !(i > 0 && (Is(i - 1, "CROSS") || Is(i - 1, "NATURAL"))) && !IsJoined(i + 1))
                yield return (start, "a JOIN without ON joins each row with all rows. Write ON and what the rows share; CROSS JOIN where you mean it.");
            else if (Is(i, "LIMIT") && tokens.Skip(i + 1).Take(2).Any(t => t.Text == ","))
                yield return (start, "LIMIT with two numbers is not SQL everywhere. Write LIMIT n OFFSET m.");
            else if (kind == SqlText.Kind.Word && Ordered.Contains(text) && i + 1 < tokens.Count && Close(i + 1) is var closed && closed + 2 < tokens.Count && Is(closed + 1, "OVER")
                && tokens[closed + 2].Text == "(" && !Holds(closed + 2, t => t.Equals("ORDER", StringComparison.OrdinalIgnoreCase)))
                yield return (start, $"{text} takes the rows in any order. Write ORDER BY inside OVER.");
            else if (i + 4 < tokens.Count && UnquotedDay().Match(sql, start) is { Success: true } day && day.Index == start)
                yield return (start, $"{day.Value} without quotes is a subtraction. Write '{day.Value}'.");
            else if ((Is(i, "main") || Is(i, "temp")) && i > 0 && i + 1 < tokens.Count && tokens[i + 1].Text == "." && (Is(i - 1, "FROM") || Is(i - 1, "JOIN")))
                yield return (start, $"{text} is a schema of SQLite's. Write the table's name alone.");
            else if (Is(i, "IN") && i + 2 < tokens.Count && tokens[i + 1].Text == "(" && tokens[i + 2].Text == ")")
                yield return (start, "IN of nothing is an error on other engines. Name a value, or leave the condition out.");
            else if (Is(i, "NATURAL"))
                yield return (start, "NATURAL joins by whatever names are the same, also of columns that are added later. Write JOIN ... ON or USING.");
        }

        bool Is(int index, string word) => tokens[index].Kind == SqlText.Kind.Word && tokens[index].Text.Equals(word, StringComparison.OrdinalIgnoreCase);

        bool IsText(int index) => index >= 0 && index < tokens.Count && tokens[index].Text[0] == '\'';

        // The last word of AS in the parentheses that open here, with its second one: DOUBLE PRECISION.
        string? CastType(int open)
        {
            var close = open < tokens.Count && tokens[open].Text == "(" ? Close(open) : open;
            var from = close;
            while (from > open && !Is(from, "AS"))
                from--;
            return from > open && close < tokens.Count ? sql[tokens[from + 1].Start..tokens[close].Start].Trim() : null;
        }

        int Close(int open)
        {
            var depth = 0;
            for (var i = open; i < tokens.Count; i++)
            {
                depth += tokens[i].Kind == SqlText.Kind.Literal ? 0 : tokens[i].Text == "(" ? 1 : tokens[i].Text == ")" ? -1 : 0;
                if (depth == 0)
                    return i;
            }

            return tokens.Count;
        }

        // Whether what stands before a / is a count, a sum or a number of cents or milliseconds, and what stands behind it no fraction.
        bool IsWhole(int slash)
        {
            var left = slash - 1;
            if (tokens[left].Text == ")" && tokens[left].Kind == SqlText.Kind.Symbol)
            {
                var depth = 0;
                for (; left > 0; left--)
                {
                    depth += tokens[left].Kind == SqlText.Kind.Literal ? 0 : tokens[left].Text == ")" ? 1 : tokens[left].Text == "(" ? -1 : 0;
                    if (depth == 0)
                        break;
                }

                if (left == 0 || !(Is(left - 1, "COUNT") || Is(left - 1, "SUM")) || sql[tokens[left].Start..tokens[slash].Start].Contains("DOUBLE", StringComparison.OrdinalIgnoreCase))
                    return false;
                left--;
            }
            else if (!(tokens[left].Kind == SqlText.Kind.Word && WholeName().IsMatch(tokens[left].Text) && int.TryParse(tokens[slash + 1].Text, out _)))
            {
                return false;
            }

            while (left >= 2 && tokens[left - 1].Text == ".")
                left -= 2;
            if (left > 0 && tokens[left - 1].Text is "*" or "/")
                return false; // what is multiplied before may be a fraction
            return !Is(slash + 1, "CAST") && !Is(slash + 1, "SQRT") && !(tokens[slash + 1].Kind == SqlText.Kind.Literal && tokens[slash + 1].Text.Contains('.', StringComparison.Ordinal));
        }

        bool IsJoined(int index)
        {
            for (var depth = 0; index < tokens.Count && depth >= 0; index++)
            {
                depth += tokens[index].Kind == SqlText.Kind.Literal ? 0 : tokens[index].Text == "(" ? 1 : tokens[index].Text == ")" ? -1 : 0;
                if (depth == 0 && (Is(index, "ON") || Is(index, "USING")))
                    return true;
                if (depth == 0 && (Is(index, "JOIN") || Is(index, "WHERE") || Is(index, "GROUP") || Is(index, "ORDER")))
                    return false;
            }

            return false;
        }

        // The operand of LIKE, read backwards: LOWER(...) or UPPER(...), with NOT between; or a column that is made with one of them here.
        bool IsLowered(int index)
        {
            if (Is(index, "NOT"))
                index--;
            if (tokens[index].Kind == SqlText.Kind.Word && MadeLower().Matches(sql).Any(made => made.Groups["name"].Value.Equals(tokens[index].Text, StringComparison.OrdinalIgnoreCase)))
                return true;
            var depth = 0;
            for (; index > 0; index--)
            {
                depth += tokens[index].Text == ")" ? 1 : tokens[index].Text == "(" ? -1 : 0;
                if (depth == 0)
                    return Is(index - 1, "LOWER") || Is(index - 1, "UPPER");
            }

            return false;
        }

        // Whether a word or sign stands right inside the parentheses that open here.
        bool Holds(int open, Func<string, bool> wanted)
        {
            var depth = 0;
            for (var i = open; i < tokens.Count && (i == open || depth > 0); i++)
            {
                if (tokens[i].Kind == SqlText.Kind.Literal)
                    continue;
                depth += tokens[i].Text == "(" ? 1 : tokens[i].Text == ")" ? -1 : 0;
                if (depth == 1 && wanted(tokens[i].Text))
                    return true;
            }

            return false;
        }
    }

    [GeneratedRegex(@"(?i)\b(LOWER|UPPER)\s*\([^,;]*?\)\s+AS\s+(?<name>[a-z_][a-z0-9_]*)")]
    private static partial Regex MadeLower();

    [GeneratedRegex(@"\G\d{4}-\d{1,2}-\d{1,2}(?!\w)")]
    private static partial Regex UnquotedDay();

    [GeneratedRegex("_(cents|ms|count)$")]
    private static partial Regex WholeName();

    [GeneratedRegex("date|time|julianday|unixepoch|now|strf")]
    private static partial Regex DateFunction();
}
