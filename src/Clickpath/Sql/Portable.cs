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
    };

    /// <summary>How to say what a function says, on every engine.</summary>
    public static string InsteadOf(string function) =>
        Instead.TryGetValue(function, out var text) ? $"Write {text}."
        : DateFunction().IsMatch(function) ? "Days are counted and named through 'calendar', times are _ms: join calendar, or subtract milliseconds."
        : function.StartsWith("json", StringComparison.Ordinal) ? "The loader takes payloads apart: read raw_orders, raw_order_items or payload_field_counts."
        : $"{Nearest.Suggest(function, Functions).TrimStart()} The same everywhere are {string.Join(", ", Functions.Order(StringComparer.Ordinal))}.".TrimStart();

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
        }

        bool Is(int index, string word) => tokens[index].Kind == SqlText.Kind.Word && tokens[index].Text.Equals(word, StringComparison.OrdinalIgnoreCase);

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

    [GeneratedRegex("date|time|julianday|unixepoch|now|strf")]
    private static partial Regex DateFunction();
}
