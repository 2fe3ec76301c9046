using System.Text.RegularExpressions;

namespace Clickpath.Sql;

/// <summary>What SQLite lets pass in a SELECT and other engines do not, or what leaves the rows or their order open.</summary>
/// <param name="columns">The columns that a SELECT can name.</param>
/// <param name="key">The key of a model; empty: none is known.</param>
internal sealed partial class SelectRules(Func<string, IReadOnlyList<string>> columns, Func<string, IReadOnlyList<string>> key)
{
    private static readonly HashSet<string> Aggregates = new(StringComparer.OrdinalIgnoreCase) { "COUNT", "SUM", "MIN", "MAX", "AVG", "TOTAL", "STRING_AGG", "GROUP_CONCAT" };

    /// <summary>Where a SELECT, or one inside it, names a column that it does not group by, or an alias where only columns are known.</summary>
    public IEnumerable<(int Start, string Message)> Columns(string sql)
    {
        var known = new Lazy<HashSet<string>>(() => new(columns(sql), StringComparer.OrdinalIgnoreCase));
        foreach (var (select, offset) in Selects(sql))
        {
            foreach (var part in SelectShape.Of(select).Parts.Where(part => !part.IsValues))
            {
                foreach (var (start, message) in Grouped(part).Concat(Aliases(part, known)).Concat(Commas(part)))
                    yield return (offset + start, message);
            }
        }
    }

    /// <summary>Where a report's or a check's ORDER BY does not decide. What tells rows apart is known where a SELECT groups, or
    /// reads one table with a key; only then a tie is sure to be possible.</summary>
    public IEnumerable<(int Start, string Message)> Order(string sql, bool isCheck)
    {
        var shape = SelectShape.Of(sql);
        var last = shape.Parts[^1];
        if (shape.OrderBy.Count == 0 && shape.HasLimit)
            yield return (last.Text.Start, "LIMIT without ORDER BY takes any rows. Write ORDER BY before it.");
        if (shape.Parts.Count > 1 || last.IsValues)
            yield break;
        var unique = last.GroupBy.Count > 0 ? last.GroupBy.Select(group => group.Text).ToList()
            : SqlText.Sources(last.Rest) is [var only] && SqlText.Names(last.Rest).Count == 1 && shape.With.All(w => !w.Name.Equals(only, StringComparison.OrdinalIgnoreCase))
                && !last.IsDistinct && !last.Items.Any(item => HasAggregate(item.Text)) ? key(only) : [];
        if (shape.OrderBy.Count == 0)
        {
            // A check that groups by what it compares with, and not by its subject, has one row.
            var grouped = isCheck
                ? last.GroupBy.Any(group => last.Items.Any(item => Alias(item).Name == "subject" && Alias(item).Expression.Contains(Short(group.Text), StringComparison.OrdinalIgnoreCase)))
                : last.GroupBy.Count > 0;
            if (grouped || last.IsDistinct || (unique.Count > 0 && last.GroupBy.Count == 0 && !shape.HasLimit))
                yield return (last.Text.Start, "there is no ORDER BY, so the rows come in another order on another engine. End with ORDER BY over columns that no two rows share.");
            yield break;
        }

        var terms = shape.OrderBy.Select(term => Direction().Replace(term.Text, "").Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var aliases = last.Items.Select(Alias).DistinctBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(a => a.Name, a => a.Expression, StringComparer.OrdinalIgnoreCase);
        var expressions = terms.Select(term => int.TryParse(term, out var place) && place >= 1 && place <= last.Items.Count ? Alias(last.Items[place - 1]).Expression : aliases.GetValueOrDefault(term, term)).ToList();

        var missing = unique.Where(column => !terms.Contains(Short(column)) && !expressions.Exists(e => e.Contains(Short(column), StringComparison.OrdinalIgnoreCase))).Select(Short).ToList();
        // A key of several columns, of which one is fixed by WHERE, is decided by the others.
        if (missing.Count > 0 && missing.Count == unique.Count)
            yield return (shape.OrderBy[0].Start, $"ORDER BY does not decide: rows with the same {string.Join(", ", terms.Take(2))} come in any order. End it with {string.Join(", ", missing)}.");
    }

    // The SELECT itself, and each that stands in parentheses, with the place where it begins.
    private static IEnumerable<(string Select, int Offset)> Selects(string sql)
    {
        yield return (sql, 0);
        var tokens = SqlText.Tokens(sql).ToList();
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i] is { Kind: SqlText.Kind.Symbol, Text: "(" } && (IsWord(tokens[i + 1], "SELECT") || IsWord(tokens[i + 1], "WITH")) && Close(tokens, i) is var close && close < tokens.Count)
                yield return (sql[tokens[i + 1].Start..tokens[close].Start], tokens[i + 1].Start);
        }
    }

    private static IEnumerable<(int Start, string Message)> Grouped(SelectShape.Part part)
    {
        if (part.GroupBy.Count == 0 && !part.Items.Any(item => HasAggregate(item.Text)))
            yield break;
        var terms = part.GroupBy.Select((group, _) => int.TryParse(group.Text, out var place) && place >= 1 && place <= part.Items.Count ? Alias(part.Items[place - 1]).Expression : group.Text)
            .SelectMany(term => new[] { SqlText.Plain(term), SqlText.Plain(Short(term)) }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var item in part.Items)
        {
            var (name, expression) = Alias(item);
            if (terms.Contains(name) && !terms.Contains(SqlText.Plain(expression)) && part.GroupBy.Any(group => group.Text.Equals(name, StringComparison.OrdinalIgnoreCase)) && !HasAggregate(expression))
                continue; // GROUP BY names what is returned
            if (expression.EndsWith('*') && part.GroupBy.Count > 0 && !HasAggregate(expression))
                yield return (item.Start, "* returns columns that are not grouped by. Name those of GROUP BY, and what is added up.");
            foreach (var (start, column) in Bare(expression, terms))
                yield return (item.Start + start, $"{column} is neither grouped by nor added up, which is an error on other engines. Add it to GROUP BY, or write MAX({column}).");
        }
    }

    // The columns of an expression outside of aggregates, sub-SELECTs and what is grouped by.
    private static IEnumerable<(int Start, string Column)> Bare(string expression, HashSet<string> terms)
    {
        var tokens = SqlText.Tokens(expression).ToList();
        for (var i = 0; i < tokens.Count; i++)
        {
            var grouped = Enumerable.Range(i, tokens.Count - i).Reverse().FirstOrDefault(end => terms.Contains(SqlText.Plain(Between(i, end))), -1);
            if (grouped >= 0)
            {
                i = grouped;
                continue;
            }

            if (tokens[i].Text == "(" && i + 1 < tokens.Count && (IsWord(tokens[i + 1], "SELECT") || IsWord(tokens[i + 1], "WITH")))
            {
                i = Close(tokens, i);
                continue;
            }

            if (tokens[i].Kind != SqlText.Kind.Word)
                continue;
            if (i + 1 < tokens.Count && tokens[i + 1].Text == "(" && (Aggregates.Contains(tokens[i].Text) || IsWord(tokens[i], "OVER") || IsWord(tokens[i], "FILTER")))
            {
                i = Close(tokens, i + 1);
                continue;
            }

            if (IsWord(tokens[i], "AS"))
            {
                while (i + 1 < tokens.Count && tokens[i + 1].Kind == SqlText.Kind.Word)
                    i++; // the type of a CAST
                continue;
            }

            var last = i;
            while (last + 2 < tokens.Count && tokens[last + 1].Text == "." && tokens[last + 2].Kind == SqlText.Kind.Word)
                last += 2;
            if (!(last + 1 < tokens.Count && tokens[last + 1].Text == "(") && ColumnLike().IsMatch(tokens[last].Text))
                yield return (tokens[i].Start, Between(i, last));
            i = last;
        }

        string Between(int from, int to) => expression[tokens[from].Start..(tokens[to].Start + tokens[to].Text.Length + (tokens[to].Kind == SqlText.Kind.Parameter ? 1 : 0))];
    }

    // 'SELECT day revenue' names day 'revenue'; and WHERE knows no names that the same SELECT gives.
    private static IEnumerable<(int Start, string Message)> Aliases(SelectShape.Part part, Lazy<HashSet<string>> known)
    {
        foreach (var item in part.Items)
        {
            if (NameWithoutAs(item.Text) is { } name && known.Value.Contains(name.Text))
                yield return (item.Start + name.Start, $"{name.Text} is a column, and here names what stands before it. A comma is missing; or write AS before the name.");
        }

        foreach (var (clause, end) in new[] { ("WHERE", "GROUP"), ("HAVING", "WINDOW") })
        {
            var words = Clause(part.Text.Text, clause, end);
            for (var i = 0; i < words.Count; i++)
            {
                var token = words[i];
                if (token.Kind == SqlText.Kind.Word && (i == 0 || words[i - 1].Text != ".") && (i + 1 == words.Count || words[i + 1].Text is not ("." or "("))
                    && part.Items.Select(Alias).Any(a => a.Name.Equals(token.Text, StringComparison.OrdinalIgnoreCase) && !a.Expression.Equals(a.Name, StringComparison.OrdinalIgnoreCase)) && !known.Value.Contains(token.Text))
                    yield return (part.Text.Start + token.Start, $"{token.Text} is named by this SELECT, and other engines know no such name in {clause}. Write what it stands for, or choose among the rows of a WITH table.");
            }
        }
    }

    // 'FROM a, b' with nothing that says what they share.
    private static IEnumerable<(int Start, string Message)> Commas(SelectShape.Part part)
    {
        var from = Clause(part.Text.Text, "FROM", "GROUP");
        var depth = 0;
        foreach (var token in from.Exists(token => IsWord(token, "WHERE")) ? [] : from.Where(token => token.Kind == SqlText.Kind.Symbol))
        {
            depth += token.Text == "(" ? 1 : token.Text == ")" ? -1 : 0;
            if (depth == 0 && token.Text == ",")
                yield return (part.Text.Start + token.Start, "a comma in FROM joins each row with all rows. Write JOIN ... ON; or CROSS JOIN, where that is meant.");
        }
    }

    // The tokens of a clause that stand in no parentheses of their own SELECT; those of an inner SELECT are left out.
    private static List<SqlText.Token> Clause(string sql, string begin, string end)
    {
        var tokens = SqlText.Tokens(sql).ToList();
        var found = new List<SqlText.Token>();
        var (depth, isIn) = (0, false);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Text == "(" && i + 1 < tokens.Count && (IsWord(tokens[i + 1], "SELECT") || IsWord(tokens[i + 1], "WITH")))
            {
                i = Close(tokens, i);
                continue;
            }

            depth += token.Kind != SqlText.Kind.Symbol ? 0 : token.Text == "(" ? 1 : token.Text == ")" ? -1 : 0;
            if (depth == 0 && isIn && (IsWord(token, end) || IsWord(token, "HAVING") || IsWord(token, "WINDOW")))
                break;
            if (isIn)
                found.Add(token);
            isIn |= depth == 0 && IsWord(token, begin) && !(i > 0 && IsWord(tokens[i - 1], "DISTINCT"));
        }

        return found;
    }

    private static bool HasAggregate(string expression)
    {
        var tokens = SqlText.Tokens(expression).ToList();
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].Text == "(" && (IsWord(tokens[i + 1], "SELECT") || IsWord(tokens[i + 1], "WITH")))
            {
                i = Close(tokens, i);
            }
            else if (tokens[i].Kind == SqlText.Kind.Word && Aggregates.Contains(tokens[i].Text) && tokens[i + 1].Text == "(")
            {
                var close = Close(tokens, i + 1);
                if (close + 2 < tokens.Count && IsWord(tokens[close + 1], "FILTER"))
                    close = Close(tokens, close + 2);
                if (!(close + 1 < tokens.Count && IsWord(tokens[close + 1], "OVER")))
                    return true;
                i = close;
            }
        }

        return false;
    }

    private static int Close(List<SqlText.Token> tokens, int open)
    {
        var depth = 0;
        for (var i = open; i < tokens.Count; i++)
        {
            depth += tokens[i].Kind != SqlText.Kind.Symbol ? 0 : tokens[i].Text == "(" ? 1 : tokens[i].Text == ")" ? -1 : 0;
            if (depth == 0)
                return i;
        }

        return tokens.Count;
    }

    private static bool IsWord(SqlText.Token token, string word) => token.Kind == SqlText.Kind.Word && token.Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static string Short(string expression) => expression[(expression.LastIndexOf('.') + 1)..].Trim();

    private static (string Name, string Expression) Alias(SelectShape.Piece item) =>
        AsName().Match(item.Text) is { Success: true } match ? (match.Groups["name"].Value, item.Text[..match.Index].Trim())
        : NameWithoutAs(item.Text) is { } name ? (name.Text, item.Text[..name.Start].Trim()) : (Short(item.Text), item.Text);

    private static SqlText.Token? NameWithoutAs(string item) =>
        SqlText.Tokens(item).ToList() is [.., var before, var name] && name.Kind == SqlText.Kind.Word && ColumnLike().IsMatch(name.Text)
            && (before.Kind is SqlText.Kind.Literal || before.Text == ")" || IsWord(before, "END") || (before.Kind == SqlText.Kind.Word && ColumnLike().IsMatch(before.Text))) ? name : null;

    // Words of SQL are upper case here; a name may be either, but not one of those that stand in expressions.
    [GeneratedRegex(@"^(?!(?i:CASE|WHEN|THEN|ELSE|END|AND|OR|NOT|NULL|IS|IN|LIKE|BETWEEN|DISTINCT|ESCAPE|EXISTS|COLLATE|AS|ASC|DESC|OVER|FILTER|TRUE|FALSE|CURRENT_DATE|CURRENT_TIME|CURRENT_TIMESTAMP|CAST)$)[A-Za-z_]\w*$")]
    private static partial Regex ColumnLike();

    [GeneratedRegex(@"(?i)\s+(ASC|DESC)?(\s*NULLS\s+(FIRST|LAST))?\s*$")]
    private static partial Regex Direction();

    [GeneratedRegex(@"(?i)\s+AS\s+(?<name>[a-z_][a-z0-9_]*)\s*$")]
    private static partial Regex AsName();
}
