using System.Text.RegularExpressions;
using Clickpath.Engines;
using Clickpath.Reports;
using Clickpath.Reports.Charts;

namespace Clickpath.Sql;

/// <summary>Something that is wrong with a SQL file.</summary>
/// <param name="Message">With <c>file:line:column</c>, the cause and the remedy, in one line.</param>
/// <param name="IsError">Whether a run would fail, or be another on another engine; if not, it is worth a look.</param>
internal sealed record SqlProblem(string Message, bool IsError);

/// <summary>Reads every SQL file as the engine would, against empty tables, and says all that is wrong; nothing is run.</summary>
internal sealed partial class SqlReview
{
    private readonly List<SqlProblem> _problems = [];
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    private readonly SqliteCompiler _compiler;
    private readonly SqlCatalog _catalog;

    private SqlReview(SqlCatalog catalog, SqliteCompiler compiler) => (_catalog, _compiler) = (catalog, compiler);

    /// <summary>All problems of a folder of SQL files, in the order in which the files run.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="overrides">Parameter values in place of the defaults.</param>
    /// <param name="count">How many files there are.</param>
    public static IReadOnlyList<SqlProblem> Of(string root, IReadOnlyDictionary<string, string> overrides, out int count)
    {
        var unread = new List<(string Path, string Message)>();
        try
        {
            var catalog = SqlCatalog.Read(root, "sqlite", overrides, (path, error) => unread.Add((path, error.Message)));
            count = catalog.Files.Count + unread.Count;
            using var compiler = new SqliteCompiler(catalog.Schema.Select(ddl => ddl.Text));
            var review = new SqlReview(catalog, compiler);
            foreach (var (path, message) in unread)
            {
                review._broken.Add(SqlFile.NameOf(path));
                review._problems.Add(new SqlProblem(message, true));
            }

            foreach (var file in Lineage.InOrder(catalog))
                review.Review(file);
            return review._problems;
        }
        catch (ClickpathException error)
        {
            count = unread.Count;
            return [.. unread.Select(u => new SqlProblem(u.Message, true)), new SqlProblem(error.Message, true)];
        }
    }

    private void Review(SqlFile file)
    {
        var columns = Compile(file, file.Body, file.Text.IndexOf(file.Body, StringComparison.Ordinal));
        if (file.Samples is { } samples && Compile(file, samples, file.Text.LastIndexOf(samples, StringComparison.Ordinal)) is { } sampled && file.Folder == Folder.DataQuality)
            Need(file, sampled, "the samples", ["file_name", "line_number", "reason"], null);
        if (columns is null)
        {
            _broken.Add(file.Name);
            return;
        }

        if (file["solve"] is not null)
            columns = AbsorbingChain.ColumnNames;
        if (!file.Folder.IsCheck)
            _compiler.Add(file.Name, columns.Distinct(StringComparer.OrdinalIgnoreCase));
        if (file.Folder.IsModel)
            ReviewModel(file, columns);
        else if (file.Folder.IsCheck)
            ReviewCheck(file, columns);
        else
            ReviewReport(file, columns);
        ReviewOrder(file);
    }

    private IReadOnlyList<string>? Compile(SqlFile file, string select, int offset)
    {
        foreach (var (start, message) in Portable.Traps(select))
            Problem(file, offset + start, message);
        try
        {
            var compiled = _compiler.Compile(select);
            foreach (var function in compiled.Functions.Where(f => !Portable.Functions.Contains(f)).Order(StringComparer.Ordinal))
                Problem(file, offset + Find(select, function), $"{function.ToUpperInvariant()} is not the same on every engine. {Portable.InsteadOf(function)}");
            var twice = compiled.Columns.GroupBy(c => c, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1)?.Key ?? compiled.Columns.FirstOrDefault(c => !PlainName().IsMatch(c));
            if (twice is not null)
                Problem(file, offset, $"a column is called '{twice}'. Give every column a name of its own with AS: lower-case letters, digits and _.");
            return compiled.Columns;
        }
        catch (SqlMistake mistake)
        {
            if (NoSuch().Match(mistake.Message) is { Success: true } none)
            {
                var (kind, name) = (none.Groups["kind"].Value, none.Groups["name"].Value);
                var last = name[(name.LastIndexOf('.') + 1)..];
                if (kind == "table" && _broken.Contains(last))
                    return null; // said already
                Problem(file, offset + (mistake.Position >= 0 ? mistake.Position : Find(select, last)), kind switch
                {
                    "table" => $"no such table '{last}'.{Nearest.Suggest(last, Tables(select))} {(Nearest.Of(last, Tables(select)) is null ? $"A table is a file under reference/ or transform/, or one of the load tables: {string.Join(", ", _compiler.Tables().Where(t => _catalog.Table(t) is null))}." : "")}".TrimEnd(),
                    "column" => $"no such column '{name}'.{Columns(select, name)}",
                    _ => $"no such function '{last}'. {Portable.InsteadOf(last.ToLowerInvariant())}",
                });
            }
            else
            {
                Problem(file, offset + Math.Max(0, mistake.Position), NotAllowed().IsMatch(mistake.Message)
                    ? "it does more than read. A file is one SELECT over the tables."
                    : $"{mistake.Message}. Correct the SQL.");
            }

            return null;
        }
    }

    private void ReviewModel(SqlFile file, IReadOnlyList<string> columns)
    {
        foreach (var key in (string[])["key", "cluster", "distribute"])
            Need(file, columns, key, file.List(key), key);
        foreach (var index in file.All("index"))
            Need(file, columns, "index", SqlFile.Names(index), "index");
        if (file["export"] is null && !_catalog.Files.Any(f => f != file && f.Sources.Contains(file.Name)))
            _problems.Add(new SqlProblem($"{file.Path}: no file reads '{file.Name}', and it is not exported. Read it, give it '-- export: parquet', or take the file away.", false));
    }

    private void ReviewCheck(SqlFile file, IReadOnlyList<string> columns)
    {
        Need(file, columns, "a check", ["subject", "population", "observed", "expected", "passed"], null);
        ReviewFormat(file, columns);
        if (!columns.Contains("message"))
            Need(file, columns, "the message", Placeholder().Matches(file["message"]!).Select(m => m.Groups[1].Value), "message");
    }

    private void ReviewReport(SqlFile file, IReadOnlyList<string> columns)
    {
        ReviewFormat(file, columns);
        if (file["kind"] is "insight")
            Need(file, columns, "an insight", ["tone", "sentence"], "kind");
        if (file["kind"] is "figures")
            Need(file, columns, "figures", ["label", "value", "unit", "change", "is_more_better"], "kind");
        foreach (var chart in file.All("chart"))
        {
            try
            {
                Need(file, columns, "chart", ChartColumns(ChartSpec.Parse(chart)), "chart");
            }
            catch (FormatException error)
            {
                _problems.Add(new SqlProblem(file.Error(error.Message, "chart").Message, true));
            }
        }
    }

    private void ReviewFormat(SqlFile file, IReadOnlyList<string> columns)
    {
        try
        {
            _ = ColumnFormats.Parse(file["format"] ?? "");
            Need(file, columns, "format", (file["format"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split(' ')[0]), "format");
        }
        catch (FormatException error)
        {
            _problems.Add(new SqlProblem(file.Error(error.Message, "format").Message, true));
        }
    }

    // What a SELECT's rows are told apart by is known where it groups, or reads one table with a key; only then a tie is sure to be possible.
    private void ReviewOrder(SqlFile file)
    {
        if (file.Folder.IsModel)
            return;
        var shape = SelectShape.Of(file.Body);
        var body = file.Text.IndexOf(file.Body, StringComparison.Ordinal);
        var last = shape.Parts[^1];
        if (shape.Parts.Count > 1 || last.IsValues || shape.HasLimit && shape.OrderBy.Count == 0)
            return;
        if (shape.OrderBy.Count == 0)
        {
            // A check that groups by what it compares with, and not by its subject, has one row.
            var grouped = file.Folder.IsCheck
                ? last.GroupBy.Any(group => last.Items.Any(item => Alias(item).Name == "subject" && Alias(item).Expression.Contains(Short(group.Text), StringComparison.OrdinalIgnoreCase)))
                : last.GroupBy.Count > 0;
            if (grouped || last.IsDistinct)
                Problem(file, body + last.Text.Start, "there is no ORDER BY, so the rows come in another order on another engine. End with ORDER BY over columns that no two rows share.");
            return;
        }

        var terms = shape.OrderBy.Select(Term).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var aliases = last.Items.Select(Alias).DistinctBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(a => a.Name, a => a.Expression, StringComparer.OrdinalIgnoreCase);
        foreach (var term in terms.ToList())
            terms.Add(Short(aliases.GetValueOrDefault(term, term)));
        var missing = last.GroupBy.Where(group => !terms.Contains(Short(group.Text)) && !terms.Contains(group.Text)).Select(group => Short(group.Text)).ToList();
        if (missing.Count > 0 && missing.Count == last.GroupBy.Count)
            Problem(file, body + shape.OrderBy[0].Start, $"ORDER BY does not decide: rows with the same {string.Join(", ", terms.Take(2))} come in any order. End it with {string.Join(", ", missing)}.");
    }

    private void Need(SqlFile file, IReadOnlyList<string> columns, string what, IEnumerable<string> needed, string? key)
    {
        foreach (var name in needed.Where(name => !columns.Contains(name)).Distinct())
            _problems.Add(new SqlProblem(file.Error($"{what} needs the column '{name}', which the SELECT does not return.{Nearest.Suggest(name, columns)} It returns {string.Join(", ", columns)}.", key).Message, true));
    }

    private void Problem(SqlFile file, int position, string message)
    {
        position = Math.Clamp(position, 0, file.Text.Length);
        var line = SqlText.Line(file.Text, position);
        _problems.Add(new SqlProblem($"{file.Path}:{line}:{position - file.Text.LastIndexOf('\n', Math.Max(0, position - 1))}: {message}", true));
    }

    private IEnumerable<string> Tables(string select) =>
        _compiler.Tables().Concat(_catalog.Files.Where(f => !f.Folder.IsCheck).Select(f => f.Name)).Concat(SelectShape.Of(select).With.Select(w => w.Name));

    // The columns of the tables that the SELECT reads, its WITH tables included as far as they compile.
    private string Columns(string select, string name)
    {
        var dot = name.LastIndexOf('.');
        var (alias, column) = (dot < 0 ? "" : name[..dot], name[(dot + 1)..]);
        var shadows = new List<string>();
        try
        {
            foreach (var with in SelectShape.Of(select).With)
            {
                _compiler.Shadow(with.Name, with.Columns.Count > 0 ? with.Columns : _compiler.Compile(with.Body.Text).Columns);
                shadows.Add(with.Name);
            }
        }
        catch (SqlMistake)
        {
            // The mistake is in this WITH table: those before it, and what it reads, are what it can name.
        }

        var sources = SqlText.Sources(select);
        var table = sources.FirstOrDefault(s => s.Equals(SqlText.TableOf(select, alias), StringComparison.OrdinalIgnoreCase));
        var known = (table is null ? sources : [table]).SelectMany(_compiler.Columns).Distinct().ToList();
        foreach (var shadow in shadows)
            _compiler.Unshadow(shadow);
        var near = Nearest.Suggest(column, known);
        return near.Length > 0 || known.Count == 0 ? near : $" {(table is null ? "There are" : $"{table} has")} {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
    }

    private static IEnumerable<string> ChartColumns(ChartSpec spec) => new[] { spec.X, spec.Value, spec.Series, spec.Facet, spec.Label }.Concat(spec.Y).OfType<string>();

    private static int Find(string select, string word) =>
        SqlText.Tokens(select).FirstOrDefault(t => t.Text.Equals(word, StringComparison.OrdinalIgnoreCase)).Start;

    private static string Term(SelectShape.Piece term) => Direction().Replace(term.Text, "").Trim();

    private static string Short(string expression) => expression[(expression.LastIndexOf('.') + 1)..].Trim();

    private static (string Name, string Expression) Alias(SelectShape.Piece item) =>
        AsName().Match(item.Text) is { Success: true } match ? (match.Groups["name"].Value, item.Text[..match.Index].Trim()) : (Short(item.Text), item.Text);

    [GeneratedRegex(@"^no such (?<kind>table|column|function): (?<name>\S+)$")]
    private static partial Regex NoSuch();

    [GeneratedRegex("not authorized|is prohibited")]
    private static partial Regex NotAllowed();

    [GeneratedRegex(@"\{([a-z0-9_]+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^[a-z_][a-z0-9_]*\z")]
    private static partial Regex PlainName();

    [GeneratedRegex(@"(?i)\s+(ASC|DESC)?(\s*NULLS\s+(FIRST|LAST))?\s*$")]
    private static partial Regex Direction();

    [GeneratedRegex(@"(?i)\s+AS\s+(?<name>[a-z_][a-z0-9_]*)\s*$")]
    private static partial Regex AsName();
}
