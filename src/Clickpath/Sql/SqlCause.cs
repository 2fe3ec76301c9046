using System.Globalization;
using System.Text.RegularExpressions;
using Clickpath.Engines;

namespace Clickpath.Sql;

/// <summary>What SQLite has against a SELECT, said for a person: where, the cause, and the remedy.</summary>
internal sealed partial class SqlCause(SqliteCompiler compiler, SqlCatalog catalog)
{
    private static readonly HashSet<string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        "SELECT", "FROM", "WHERE", "GROUP", "BY", "ORDER", "HAVING", "LIMIT", "OFFSET", "JOIN", "LEFT", "RIGHT", "FULL", "INNER", "OUTER", "CROSS", "ON", "USING", "AS",
        "AND", "OR", "NOT", "IN", "IS", "NULL", "LIKE", "BETWEEN", "CASE", "WHEN", "THEN", "ELSE", "END", "CAST", "UNION", "ALL", "EXCEPT", "INTERSECT", "DISTINCT", "WITH",
        "OVER", "PARTITION", "FILTER", "ROWS", "ASC", "DESC", "NULLS", "FIRST", "LAST", "VALUES", "EXISTS", "INDEX", "TABLE", "CHECK", "DEFAULT", "PRIMARY", "UNIQUE", "SET", "TO",
    };

    // SQLite's words, and what to do about them.
    private static readonly (string Words, string Remedy)[] Remedies =
    [
        ("isuse of aggregate", "WHERE is judged row by row, before rows are added up, and a sum of sums needs two steps: put it into HAVING, or add up in a WITH table first."),
        ("aggregate functions are not allowed", "Group by what is known of each row."),
        ("misuse of window", "Number the rows in a WITH table, and choose among them with WHERE."),
        ("ambiguous column", "Several tables have it: write the table before it, as in orders.event_date."),
        ("circular reference", "A WITH table reads those above it: put them in order."),
        ("SELECTs to the left and right", "Give both the same columns, in the same order."),
        ("all VALUES must have", "Give each row as many values."),
        ("values for", "Name as many columns as there are values."),
        ("clause should come after", "It stands once, after the last SELECT."),
        ("sub-select returns", "A SELECT in the place of a value returns one column."),
        ("row value misused", "A SELECT in the place of a value returns one column."),
        ("term out of range", "Name the column."),
        ("arguments to function COUNT", "Join them: COUNT(DISTINCT a || ' ' || b)."),
        ("wrong number of arguments", "Look up what it takes."),
        ("no tables specified", "Write FROM and a table."),
        ("HAVING", "Write WHERE, or GROUP BY what the groups are."),
    ];

    public (int Start, string Message) Of(string select, SqlMistake mistake, Func<int, string> place)
    {
        if (NotAllowed().IsMatch(mistake.Message))
            return (Math.Max(0, mistake.Position), "it does more than read. A file is one SELECT over the tables.");
        if (NoSuch().Match(mistake.Message) is { Success: true } none)
        {
            var name = none.Groups["name"].Value;
            var last = name[(name.LastIndexOf('.') + 1)..];
            return (mistake.Position >= 0 ? mistake.Position : Find(select, last), none.Groups["kind"].Value switch
            {
                "table" => $"no such table '{last}'.{NoTable(select, last)}",
                "column" => $"no such column '{name}'.{NoColumn(select, name)}",
                _ => $"no such function '{last}'. {Portable.InsteadOf(last.ToLowerInvariant())}",
            });
        }

        var remedy = LacksOver(select, mistake) ? "Write OVER (ORDER BY ...) after it." : Array.Find(Remedies, r => mistake.Message.Contains(r.Words, StringComparison.Ordinal)).Remedy;
        return remedy is not null || !Syntax().IsMatch(mistake.Message)
            ? (mistake.Position >= 0 ? mistake.Position : Unplaced(select, mistake.Message), $"{mistake.Message.ReplaceLineEndings(" ")}. {remedy ?? "Correct the SQL."}")
            : Misread(select, mistake, place);
    }

    /// <summary>The columns that a SELECT can name: those of the tables that it reads, its WITH tables included as far as they compile.</summary>
    /// <param name="select">The SELECT.</param>
    /// <param name="table">Of one of its tables alone; null: of all.</param>
    public IReadOnlyList<string> Columns(string select, string? table = null)
    {
        var shadows = new List<string>();
        try
        {
            foreach (var with in SelectShape.Of(select).With)
            {
                compiler.Shadow(with.Name, with.Columns.Count > 0 ? with.Columns : compiler.Compile(with.Body.Text).Columns);
                shadows.Add(with.Name);
            }
        }
        catch (SqlMistake)
        {
            // The mistake is in this WITH table: those before it, and what it reads, are what it can name.
        }

        var known = (table is null ? SqlText.Sources(select) : [table]).SelectMany(compiler.Columns).Distinct().ToList();
        foreach (var shadow in shadows)
            compiler.Unshadow(shadow);
        return known;
    }

    public static int Find(string select, string word) =>
        SqlText.Tokens(select).FirstOrDefault(t => t.Text.Equals(word, StringComparison.OrdinalIgnoreCase)).Start;

    // 'LAG(x)' alone, where SQLite says the same as of one in WHERE.
    private static bool LacksOver(string select, SqlMistake mistake)
    {
        if (!mistake.Message.Contains("misuse of window", StringComparison.Ordinal))
            return false;
        var tokens = SqlText.Tokens(select).ToList();
        var open = tokens.FindIndex(t => t.Start >= Math.Max(0, mistake.Position)) + 1;
        var (close, depth) = (open, 0);
        for (; close < tokens.Count; close++)
        {
            depth += tokens[close].Text == "(" ? 1 : tokens[close].Text == ")" ? -1 : 0;
            if (depth == 0)
                break;
        }

        return close + 1 >= tokens.Count || tokens[close + 1].Text.ToUpperInvariant() is not ("OVER" or "FILTER");
    }

    // SQLite gives no place for these: the SELECT in parentheses with so many columns, or the ORDER BY or LIMIT before UNION.
    private static int Unplaced(string select, string message)
    {
        var tokens = SqlText.Tokens(select).ToList();
        if (message.Contains("clause should come after", StringComparison.Ordinal))
            return Find(select, message.Split(' ')[0]);
        if (TooWide().Match(message) is not { Success: true } wide)
            return 0;
        var inner = Enumerable.Range(1, Math.Max(0, tokens.Count - 1)).Where(i => tokens[i - 1].Text == "(" && tokens[i].Text.ToUpperInvariant() is "SELECT" or "WITH")
            .Select(i => (tokens[i].Start, SelectShape.Of(select[tokens[i].Start..End(i)]).Parts[^1].Items))
            .OrderBy(s => s.Items.Count.ToString(CultureInfo.InvariantCulture) == wide.Groups["count"].Value && !s.Items[0].Text.EndsWith('*') ? 0 : s.Items.Any(item => item.Text.EndsWith('*')) ? 1 : 2);
        return inner.FirstOrDefault().Start;

        int End(int first)
        {
            var depth = 1;
            for (var i = first; i < tokens.Count; i++)
            {
                depth += tokens[i].Text == "(" ? 1 : tokens[i].Text == ")" ? -1 : 0;
                if (depth == 0)
                    return tokens[i].Start;
            }

            return select.Length;
        }
    }

    // DATE_TRUNC(month, day): not the column is what is wrong.
    private static string? ArgumentOf(string select, string column)
    {
        var tokens = SqlText.Tokens(select).ToList();
        var at = tokens.FindIndex(t => t.Text.Equals(column, StringComparison.OrdinalIgnoreCase));
        return at >= 2 && tokens[at - 1].Text == "(" && Portable.HasOtherWay(tokens[at - 2].Text.ToLowerInvariant())
            ? $" {tokens[at - 2].Text} is not here either. {Portable.InsteadOf(tokens[at - 2].Text.ToLowerInvariant())}" : null;
    }

    private string NoTable(string select, string name)
    {
        if (catalog.Files.FirstOrDefault(f => !f.Folder.IsTable && f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } other)
            return $" {other.Path} is a check or an answer, which is no table; what checks found is in check_results.";
        var near = Nearest.Suggest(name, compiler.Tables().Concat(catalog.Files.Where(f => f.Folder.IsTable).Select(f => f.Name)).Concat(SelectShape.Of(select).With.Select(w => w.Name)));
        return near.Length > 0 ? near
            : $" A table is a file under reference/ or transform/, or one of the load tables: {string.Join(", ", compiler.Tables().Where(t => catalog.Table(t) is null))}.";
    }

    private string NoColumn(string select, string name)
    {
        var dot = name.LastIndexOf('.');
        var (alias, column) = (dot < 0 ? "" : name[..dot], name[(dot + 1)..]);
        var sources = SqlText.Sources(select);
        var table = sources.FirstOrDefault(s => s.Equals(SqlText.TableOf(select, alias), StringComparison.OrdinalIgnoreCase));
        if (alias.Length > 0 && table is null)
            return $" There is no table or alias '{alias}' here.{Nearest.Suggest(alias, SqlText.Names(select))} There are {string.Join(", ", SqlText.Names(select))}.";
        if (alias.Length == 0 && ArgumentOf(select, column) is { } other)
            return other;
        var known = Columns(select, table);
        var near = Nearest.Suggest(column, known);
        var elsewhere = catalog.Files.Where(f => f.Folder.IsModel && compiler.Columns(f.Name).Contains(column)).Select(f => f.Name).Take(4).ToList();
        return near.Length > 0 || known.Count == 0 ? near
            : $" {(table is null ? "There are" : $"{table} has")} {string.Join(", ", known.Order(StringComparer.Ordinal))}.{(elsewhere.Count > 0 ? $" It is a column of {string.Join(", ", elsewhere)}." : "")}";
    }

    // Where SQLite stopped reading: what stands there or just before is looked at for what is usually wrong.
    private static (int Start, string Message) Misread(string select, SqlMistake mistake, Func<int, string> place)
    {
        var tokens = SqlText.Tokens(select).ToList();
        var at = mistake.Position < 0 ? tokens.Count : tokens.FindIndex(t => t.Start >= mistake.Position) is var i and >= 0 ? i : tokens.Count;
        var start = at < tokens.Count ? tokens[at].Start : select.Length;
        return (start, $"{(at < tokens.Count ? mistake.Message.ReplaceLineEndings(" ") : "the SELECT ends too early")}. {Hint() ?? Unclosed() ?? "Correct the SQL: look at what stands before it."}");

        string? Hint()
        {
            var (here, before) = (Text(at), Text(at - 1));
            for (var near = at; near >= Math.Max(0, at - 3); near--)
            {
                if (IsWord(near) && Portable.Dialect(Text(near)) is { } dialect && !(near < at && Text(near + 1) == "."))
                    return dialect;
            }

            if (here is ":" && Text(at + 1) == ":" || here == "::")
                return "Write CAST(x AS BIGINT).";
            if (here is "{" or "#" or "%" && before is "" or "{" or "FROM" || before == "{")
                return "There are no templates: name the table, and use :name for a parameter.";
            if (before == "," && (at == tokens.Count || here is ")" or ";" or "," || Keywords.Contains(here) && !here.Equals("CASE", StringComparison.OrdinalIgnoreCase)))
                return "There is a comma too many before it.";
            if (before.ToUpperInvariant() is "ORDER" or "GROUP" or "PARTITION" && IsWord(at))
                return $"BY is missing after {before.ToUpperInvariant()}.";
            if (here.Equals("ON", StringComparison.OrdinalIgnoreCase) && before.Equals("DISTINCT", StringComparison.OrdinalIgnoreCase))
                return "DISTINCT ON is of another dialect. Number the rows in a WITH table, and choose among them with WHERE.";
            if (here == "%" && (before is "=" or "(" or "," || before.Equals("LIKE", StringComparison.OrdinalIgnoreCase)))
                return "Text stands in straight quotes: '%text%'.";
            if (Between() is { } between)
                return $"The BETWEEN at {place(between.Start)} has no AND.";
            if (here == "(" && before == ")")
                return "A comma is missing before it.";
            if (before == ")" && Text(at + 1).Equals("AS", StringComparison.OrdinalIgnoreCase) && Text(at + 2) == "(")
                return "A comma is missing before it.";
            if (here.Equals("SELECT", StringComparison.OrdinalIgnoreCase) && at > 0 && before != "(")
                return "A file holds one SELECT; rows to look at stand in a second one, after a line '-- samples'.";
            foreach (var near in new[] { at - 1, at - 2, at })
            {
                if (IsWord(near) && !Keywords.Contains(Text(near)) && !SqlText.Sources(select).Contains(Text(near), StringComparer.OrdinalIgnoreCase) && Nearest.Of(Text(near), Keywords) is { } keyword)
                    return $"Did you mean {keyword} for {Text(near)}?";
            }

            if (IsWord(at) && (before.Equals("AS", StringComparison.OrdinalIgnoreCase) || (before is "." or "," && Keywords.Contains(here))))
                return $"{here} is a word of SQL and can't be a name. Choose another.";
            return (IsWord(at) || tokens.Count > at && tokens[at].Kind == SqlText.Kind.Literal) && at > 0 && (tokens[at - 1].Kind is SqlText.Kind.Literal or SqlText.Kind.Word && !Keywords.Contains(before) || before == ")") && Unclosed() is null
                ? "Perhaps a comma, or a word of SQL, is missing before it." : null;
        }

        // The last one before, where no AND follows.
        SqlText.Token? Between()
        {
            var last = tokens.FindLastIndex(Math.Max(0, Math.Min(at, tokens.Count) - 1), t => t.Text.Equals("BETWEEN", StringComparison.OrdinalIgnoreCase));
            return last >= 0 && !tokens.Take(at).Skip(last).Any(t => t.Text.Equals("AND", StringComparison.OrdinalIgnoreCase)) ? tokens[last] : null;
        }

        string? Unclosed()
        {
            var open = new Stack<SqlText.Token>();
            foreach (var token in tokens.Take(at).Where(t => t.Kind != SqlText.Kind.Literal))
            {
                if (token.Text == "(" || token.Text.Equals("CASE", StringComparison.OrdinalIgnoreCase))
                    open.Push(token);
                else if ((token.Text == ")" || token.Text.Equals("END", StringComparison.OrdinalIgnoreCase)) && open.Count > 0)
                    open.Pop();
            }

            return Text(at) == ")" && open.Count == 0 ? "There is a ) too many."
                : open.TryPeek(out var last) ? $"The {(last.Text == "(" ? "parenthesis" : "CASE")} at {place(last.Start)} is not closed{(last.Text == "(" ? "" : " with END")}." : null;
        }

        string Text(int index) => index >= 0 && index < tokens.Count ? tokens[index].Text : "";

        bool IsWord(int index) => index >= 0 && index < tokens.Count && tokens[index].Kind == SqlText.Kind.Word;
    }

    [GeneratedRegex(@"^no such (?<kind>table|column|function): (?<name>\S+)$")]
    private static partial Regex NoSuch();

    [GeneratedRegex(@"returns (?<count>\d+) columns")]
    private static partial Regex TooWide();

    [GeneratedRegex("not authorized|is prohibited")]
    private static partial Regex NotAllowed();

    [GeneratedRegex("syntax error|^incomplete input|^unrecognized token")]
    private static partial Regex Syntax();
}
