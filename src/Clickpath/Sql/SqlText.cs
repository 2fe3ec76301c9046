using System.Globalization;
using System.Text;

namespace Clickpath.Sql;

/// <summary>A piece of SQL text: enough of a reading to find names, parameters and statements, and no more.</summary>
internal static class SqlText
{
    internal enum Kind
    {
        Word,
        Parameter,
        Symbol,
        Literal,
    }

    private static readonly HashSet<string> AfterTable = new(StringComparer.OrdinalIgnoreCase)
    {
        "ON", "JOIN", "LEFT", "RIGHT", "FULL", "INNER", "CROSS", "NATURAL", "USING", "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "UNION", "EXCEPT", "INTERSECT",
    };

    internal readonly record struct Token(Kind Kind, string Text, int Start);

    /// <summary>The tokens outside comments. Quoted text is one token, so that nothing inside it is taken for a name.</summary>
    public static IEnumerable<Token> Tokens(string sql)
    {
        var i = 0;
        while (i < sql.Length)
        {
            var start = i;
            var c = sql[i];
            var next = i + 1 < sql.Length ? sql[i + 1] : '\0';
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c == '-' && next == '-')
            {
                i = End(sql.IndexOf('\n', i), sql);
            }
            else if (c == '/' && next == '*')
            {
                var end = sql.IndexOf("*/", i + 2, StringComparison.Ordinal);
                i = end < 0 ? sql.Length : end + 2;
            }
            else if (c is '\'' or '"')
            {
                do
                {
                    i = End(sql.IndexOf(c, i + 1), sql) + 1;
                }
                while (i < sql.Length && sql[i] == c); // a doubled quote is a quote inside

                i = Math.Min(i, sql.Length);
                yield return new(Kind.Literal, sql[start..i], start);
            }
            else if (IsWord(c) && !char.IsAsciiDigit(c))
            {
                while (i < sql.Length && IsWord(sql[i]))
                    i++;
                yield return new(Kind.Word, sql[start..i], start);
            }
            else if (c == ':' && next == ':')
            {
                i += 2;
                yield return new(Kind.Symbol, "::", start);
            }
            else if (c == ':' && IsWord(next))
            {
                i++;
                while (i < sql.Length && IsWord(sql[i]))
                    i++;
                yield return new(Kind.Parameter, sql[(start + 1)..i], start);
            }
            else if (char.IsAsciiDigit(c))
            {
                while (i < sql.Length && (IsWord(sql[i]) || sql[i] == '.'))
                    i++;
                yield return new(Kind.Literal, sql[start..i], start);
            }
            else
            {
                i++;
                yield return new(Kind.Symbol, sql[start..i], start);
            }
        }
    }

    /// <summary>The tokens, a blank between two: the same for texts that differ in comments and line ends alone.</summary>
    public static string Plain(string sql) => string.Join(' ', Tokens(sql).Select(t => t.Kind == Kind.Parameter ? ":" + t.Text : t.Text));

    /// <summary>The names that stand after FROM and JOIN, or after a comma in a FROM list.</summary>
    public static IReadOnlyList<string> Sources(string sql) => [.. Tables(sql).Select(t => t.Name).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Those of them that are no part of the statement: a table that WITH names hides another of its name from there on.</summary>
    public static IReadOnlyList<string> TablesRead(string sql) => [.. Tables(sql).Where(t => !t.IsPart).Select(t => t.Name).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Where a table is first read; -1 where it isn't.</summary>
    public static int ReadsAt(string sql, string table) => Tables(sql).Where(t => !t.IsPart && t.Name == table).Select(t => t.Start).FirstOrDefault(-1);

    /// <summary>Where a table is read before WITH gives its name to a part of the statement.</summary>
    public static IEnumerable<(int Start, string Name)> HiddenLater(string sql)
    {
        var tables = Tables(sql).ToList();
        return tables.Where(t => !t.IsPart && tables.Exists(other => other.IsPart && other.Name == t.Name)).Select(t => (t.Start, t.Name));
    }

    /// <summary>What the tables are called that stand there: their aliases, or their names.</summary>
    public static IReadOnlyList<string> Names(string sql) => [.. Tables(sql).Select(t => t.Alias).Distinct()];

    /// <summary>The table that a name in front of a column stands for: <c>orders</c> of <c>FROM orders AS o</c> for <c>o</c>.</summary>
    public static string TableOf(string sql, string alias) =>
        Tables(sql).FirstOrDefault(t => t.Alias.Equals(alias, StringComparison.OrdinalIgnoreCase)).Name ?? alias;

    /// <summary>Where a statement after WITH does not select, but writes; -1 where it doesn't.</summary>
    public static int WritesAt(string sql)
    {
        var depth = 0;
        foreach (var token in Tokens(sql).Where(t => t.Kind != Kind.Literal))
        {
            depth += token.Text == "(" ? 1 : token.Text == ")" ? -1 : 0;
            if (depth == 0 && token.Text.ToUpperInvariant() is "INSERT" or "UPDATE" or "DELETE" or "MERGE")
                return token.Start;
        }

        return -1;
    }

    // Each place where a table is named, in lower case, what it is called there, whether WITH has named it before, and where.
    private static IEnumerable<(string Name, string Alias, bool IsPart, int Start)> Tables(string sql)
    {
        var tokens = Tokens(sql).ToList();
        var inFrom = new Stack<bool>([false]);
        var parts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var isWith = false; // before the SELECT that WITH stands before
        for (var i = 0; i < tokens.Count; i++)
        {
            var word = tokens[i].Kind == Kind.Literal ? "" : tokens[i].Text.ToUpperInvariant();
            if (inFrom.Count == 1)
                isWith = word == "WITH" || (isWith && word != "SELECT");
            if (isWith && inFrom.Count == 1 && (word is "WITH" or "RECURSIVE" or ",") && IsName(i + 1))
                parts.Add(tokens[i + 1].Text.Trim('"'));
            if (word == "(")
            {
                inFrom.Push(false);
            }
            else if (word == ")" && inFrom.Count > 1)
            {
                inFrom.Pop();
            }
            else if (word is "FROM" or "JOIN" || (word == "," && inFrom.Peek()))
            {
                SetInFrom(true);
                var at = i + 1;
                // Of main.orders it is what follows the dot.
                while (IsName(at) && IsName(at + 2) && tokens[at + 1].Text == ".")
                    at += 2;
                if (IsName(at))
                    yield return (tokens[at].Text.Trim('"').ToLowerInvariant(), Alias(at + 1) ?? tokens[at].Text.Trim('"'), at == i + 1 && parts.Contains(tokens[at].Text.Trim('"')), tokens[at].Start);
            }
            else if (word is "SELECT" or "WHERE" or "GROUP" or "HAVING" or "WINDOW" or "ORDER" or "LIMIT" or "UNION" or "EXCEPT" or "INTERSECT")
            {
                SetInFrom(false);
            }
        }

        bool IsName(int index) => index < tokens.Count && (tokens[index].Kind == Kind.Word || tokens[index].Text[0] == '"');

        void SetInFrom(bool value)
        {
            inFrom.Pop();
            inFrom.Push(value);
        }

        string? Alias(int index)
        {
            if (index < tokens.Count && tokens[index].Text.Equals("AS", StringComparison.OrdinalIgnoreCase))
                index++;
            return index < tokens.Count && tokens[index].Kind == Kind.Word && !AfterTable.Contains(tokens[index].Text) ? tokens[index].Text : null;
        }
    }

    /// <summary>Puts typed literals in the place of <c>:name</c>.</summary>
    public static string Bind(string sql, Func<string, string> literal)
    {
        var bound = new StringBuilder(sql.Length + 64);
        var done = 0;
        var before = "";
        foreach (var token in Tokens(sql))
        {
            if (token.Kind == Kind.Parameter)
            {
                // Of a LIMIT that is no plain number SQLite does not see that few rows are asked for, and may sort all there are.
                var value = literal(token.Text);
                var isPlain = before.Equals("LIMIT", StringComparison.OrdinalIgnoreCase) && value.EndsWith(" AS BIGINT)", StringComparison.Ordinal);
                bound.Append(sql, done, token.Start - done).Append(isPlain ? value["CAST(".Length..^" AS BIGINT)".Length] : value);
                done = token.Start + token.Text.Length + 1;
            }

            before = token.Text;
        }

        return bound.Append(sql, done, sql.Length - done).ToString();
    }

    /// <summary>A value as a typed literal: a number or text, never pasted.</summary>
    /// <param name="value">An integer, a decimal fraction, or text, which may stand in single quotes.</param>
    public static string Literal(string value)
    {
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return $"CAST({whole.ToString(CultureInfo.InvariantCulture)} AS BIGINT)";
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            return $"CAST({number.ToString("R", CultureInfo.InvariantCulture)} AS DOUBLE PRECISION)";
        return "'" + Unquote(value).Replace("'", "''", StringComparison.Ordinal) + "'";
    }

    /// <summary>integer, number or text: an override must be of the default's type (an integer serves as a number).</summary>
    public static string TypeOf(string value) => Literal(value) switch
    {
        var l when l.EndsWith("BIGINT)", StringComparison.Ordinal) => "integer",
        var l when l.EndsWith("PRECISION)", StringComparison.Ordinal) => "number",
        _ => "text",
    };

    /// <summary>Where a position stands, as <c>line:column</c>, both from 1.</summary>
    public static string Place(string text, int position)
    {
        position = Math.Clamp(position, 0, text.Length);
        return string.Create(CultureInfo.InvariantCulture, $"{1 + text.AsSpan(0, position).Count('\n')}:{position - text.AsSpan(0, position).LastIndexOf('\n')}");
    }

    private static string Unquote(string value) =>
        value.Length >= 2 && value[0] == '\'' && value[^1] == '\'' ? value[1..^1].Replace("''", "'", StringComparison.Ordinal) : value;

    private static int End(int index, string sql) => index < 0 ? sql.Length : index;

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
