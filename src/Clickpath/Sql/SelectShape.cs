namespace Clickpath.Sql;

/// <summary>A SELECT taken apart at its outermost level: its WITH tables, and the SELECTs that UNION and the like join.</summary>
/// <param name="With">The tables of WITH, in order.</param>
/// <param name="Parts">The SELECTs, at least one.</param>
/// <param name="OrderBy">The terms of the last ORDER BY.</param>
/// <param name="HasLimit">Whether a LIMIT follows.</param>
internal sealed record SelectShape(IReadOnlyList<SelectShape.WithTable> With, IReadOnlyList<SelectShape.Part> Parts, IReadOnlyList<SelectShape.Piece> OrderBy, bool HasLimit)
{
    private static readonly HashSet<string> Joiners = ["UNION", "EXCEPT", "INTERSECT"];

    /// <summary>A piece of the text, and where it begins in the whole.</summary>
    internal readonly record struct Piece(string Text, int Start);

    /// <summary>A table that WITH names.</summary>
    internal sealed record WithTable(string Name, IReadOnlyList<string> Columns, Piece Body);

    /// <summary>One SELECT: what it returns, and the rest, from FROM on; of VALUES there is no rest.</summary>
    internal sealed record Part(IReadOnlyList<Piece> Items, string Rest, IReadOnlyList<Piece> GroupBy, bool IsDistinct, bool IsValues, Piece Text)
    {
        /// <summary>Where the rest begins.</summary>
        public int RestStart { get; init; }
    }

    /// <summary>Takes a SELECT apart; what it can't read it leaves out, as the engine says what is wrong with it.</summary>
    public static SelectShape Of(string sql)
    {
        var tokens = SqlText.Tokens(sql).ToList();
        var at = 0;
        var with = new List<WithTable>();
        if (Is(at, "WITH"))
        {
            do
            {
                at++;
                if (Is(at, "RECURSIVE"))
                    at++;
                if (at >= tokens.Count)
                    break;
                var name = tokens[at++].Text;
                var columns = new List<string>();
                if (Is(at, "("))
                {
                    var close = Close(at);
                    columns.AddRange(tokens[(at + 1)..close].Where(t => t.Kind == SqlText.Kind.Word).Select(t => t.Text));
                    at = close + 1;
                }

                while (at < tokens.Count && !Is(at, "("))
                    at++; // AS, NOT MATERIALIZED
                if (at >= tokens.Count)
                    break;
                var end = Close(at);
                with.Add(new WithTable(name, columns, Between(at + 1, end)));
                at = end + 1;
            }
            while (Is(at, ","));
        }

        var parts = new List<Part>();
        var last = Outermost(at, (t, _) => Upper(t) is "ORDER" or "LIMIT");
        while (at < last)
        {
            var end = Math.Min(last, Outermost(at, (t, _) => Joiners.Contains(Upper(t))));
            parts.Add(ReadPart(at, end));
            at = end + 1;
            if (at < last && Is(at, "ALL"))
                at++;
        }

        var limit = Outermost(last, (t, _) => Upper(t) == "LIMIT");
        var orderBy = Is(last, "ORDER") ? Split(last + 2, limit) : [];
        return new SelectShape(with, parts, orderBy, limit < tokens.Count);

        Part ReadPart(int start, int end)
        {
            var whole = Between(start, end);
            if (Is(start, "VALUES"))
                return new Part([], "", [], false, true, whole);
            var isDistinct = Is(start + 1, "DISTINCT");
            var items = start + (isDistinct || Is(start + 1, "ALL") ? 2 : 1);
            var from = Math.Min(end, Outermost(items, (t, i) => Upper(t) == "FROM" && !(i > items && Is(i - 1, "DISTINCT"))));
            var group = Math.Min(end, Outermost(from, (t, _) => Upper(t) == "GROUP"));
            var having = Math.Min(end, Outermost(group, (t, _) => Upper(t) is "HAVING" or "WINDOW"));
            var returned = Split(items, from);
            var groups = group < end ? Split(group + 2, having) : [];
            // A term of GROUP BY that is a number, or a name that the SELECT gives, stands for what is returned there.
            var rest = groups.Any(term => Returned(term.Text) is not null)
                ? $"{Between(from, group).Text} GROUP BY {string.Join(", ", groups.Select(term => Returned(term.Text) ?? term.Text))} {Between(having, end).Text}"
                : Between(from, end).Text;
            return new Part(returned, rest, groups, isDistinct, false, whole) { RestStart = Between(from, end).Start };

            string? Returned(string term) => Ordinal(term) is var n && n > 0 && n <= returned.Count ? Unnamed(returned[n - 1].Text)
                : returned.Select(item => item.Text).FirstOrDefault(item => Unnamed(item) is var value && value.Length < item.Length && item[value.Length..].Trim().EndsWith(" " + term, StringComparison.OrdinalIgnoreCase)) is { } named ? Unnamed(named) : null;
        }

        static int Ordinal(string term) => int.TryParse(term, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;

        static string Unnamed(string item) =>
            SqlText.Tokens(item).ToList() is [.., var name, var last] && name.Text.Equals("AS", StringComparison.OrdinalIgnoreCase) ? item[..name.Start] : item;

        bool Is(int index, string text) => index < tokens.Count && tokens[index].Kind != SqlText.Kind.Literal && tokens[index].Text.Equals(text, StringComparison.OrdinalIgnoreCase);

        string Upper(SqlText.Token token) => token.Kind == SqlText.Kind.Word ? token.Text.ToUpperInvariant() : "";

        int Outermost(int start, Func<SqlText.Token, int, bool> found)
        {
            var depth = 0;
            for (var i = start; i < tokens.Count; i++)
            {
                if (Is(i, ")"))
                    depth--;
                if (depth == 0 && found(tokens[i], i))
                    return i;
                if (Is(i, "("))
                    depth++;
            }

            return tokens.Count;
        }

        int Close(int open)
        {
            var depth = 0;
            for (var i = open; i < tokens.Count; i++)
            {
                depth += Is(i, "(") ? 1 : Is(i, ")") ? -1 : 0;
                if (depth == 0)
                    return i;
            }

            return tokens.Count;
        }

        Piece Between(int start, int end)
        {
            if (start >= end)
                return new Piece("", start < tokens.Count ? tokens[start].Start : sql.Length);
            var from = tokens[start].Start;
            return new Piece(sql[from..(end < tokens.Count ? tokens[end].Start : sql.Length)].TrimEnd(), from);
        }

        List<Piece> Split(int start, int end)
        {
            var pieces = new List<Piece>();
            while (start < end)
            {
                var comma = Math.Min(end, Outermost(start, (_, i) => Is(i, ",")));
                pieces.Add(Between(start, comma));
                start = comma + 1;
            }

            return pieces;
        }
    }
}
