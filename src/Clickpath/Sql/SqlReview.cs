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
    private readonly Dictionary<string, SqlFile> _exports = new(StringComparer.Ordinal);
    private readonly SqliteCompiler _compiler;
    private readonly SqlCatalog _catalog;

    private readonly SqlCause _cause;
    private readonly SelectRules _rules;

    private SqlReview(SqlCatalog catalog, SqliteCompiler compiler)
    {
        (_catalog, _compiler, _cause) = (catalog, compiler, new SqlCause(compiler, catalog));
        _rules = new SelectRules(select => _cause.Columns(select), table => catalog.Table(table) is { Folder.IsModel: true } model ? model.List("key") : []);
    }

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

    /// <summary>What an engine has against the files, over empty tables; it stops at a table that can't be made.</summary>
    public static IEnumerable<SqlProblem> On(IEngine engine, SqlCatalog catalog)
    {
        engine.PlanOnly();
        foreach (var (_, ddl) in catalog.Schema)
            engine.ExecuteSchema(ddl);
        engine.Place(catalog.Distribution.All);
        var sql = new SqlRunner(engine, catalog);
        foreach (var file in Lineage.InOrder(catalog))
        {
            SqlProblem? problem = null;
            try
            {
                sql.Compile(file);
            }
            catch (ClickpathException error)
            {
                problem = new SqlProblem(error.Message, true);
            }

            if (problem is not null)
                yield return problem;
            if (problem is not null && file.Folder.IsTable)
                yield break;
        }
    }

    /// <summary>What SQLite has against a file's SELECT, with its place and the remedy; null where it compiles.</summary>
    /// <param name="catalog">The tables that there are.</param>
    /// <param name="file">A file, or a question that is none of the catalog's.</param>
    public static string? MistakeIn(SqlCatalog catalog, SqlFile file)
    {
        using var compiler = new SqliteCompiler(catalog.Schema.Select(ddl => ddl.Text));
        var review = new SqlReview(catalog, compiler);
        foreach (var table in catalog.Models.Concat(catalog.Reports).TakeWhile(table => table != file))
        {
            try
            {
                compiler.Add(table.Name, table["solve"] is null ? compiler.Compile(table.Body).Columns : AbsorbingChain.ColumnNames);
            }
            catch (SqlMistake)
            {
                review._broken.Add(table.Name);
            }
        }

        foreach (var select in new[] { file.Body, file.Samples }.OfType<string>())
        {
            var offset = file.Text.LastIndexOf(select, StringComparison.Ordinal);
            if (Portable.Unreadable(select) is { } unreadable)
                return At(file, offset + unreadable.Start, unreadable.Message);
            try
            {
                compiler.Compile(select);
            }
            catch (SqlMistake mistake)
            {
                return review.Mistake(file, select, offset, mistake);
            }
        }

        return null;
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
        if (file.Folder.IsTable)
            Add(file, columns);
        if (file.Folder.IsModel)
            ReviewModel(file, columns);
        else if (file.Folder.IsCheck)
            ReviewCheck(file, columns);
        else if (file.Folder == Folder.Repair)
            ReviewRepair(file, columns);
        else
            ReviewReport(file, columns);
        if (!file.Folder.IsModel)
        {
            foreach (var (start, message) in _rules.Order(file.Body, file.Folder.IsCheck))
                Problem(file, file.Text.IndexOf(file.Body, StringComparison.Ordinal) + start, message);
        }
    }

    private IReadOnlyList<string>? Compile(SqlFile file, string select, int offset)
    {
        if (Portable.Unreadable(select) is { } unreadable)
        {
            Problem(file, offset + unreadable.Start, unreadable.Message);
            return null;
        }

        foreach (var (start, message) in Portable.Traps(select))
            Problem(file, offset + start, message);
        foreach (var (start, name) in SqlText.HiddenLater(select))
            Problem(file, offset + start, $"{name} is read before WITH gives the name to a part of this SELECT: SQLite takes the part, other engines the table. Give the part another name.");
        try
        {
            var compiled = _compiler.Compile(select);
            foreach (var function in compiled.Functions.Where(f => !Portable.Functions.Contains(f) && !f.StartsWith("current_", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
                Problem(file, offset + SqlCause.Find(select, function), $"{function.ToUpperInvariant()} is not the same on every engine. {Portable.InsteadOf(function)}");
            var twice = compiled.Columns.GroupBy(c => c, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1)?.Key ?? compiled.Columns.FirstOrDefault(c => !PlainName().IsMatch(c));
            if (twice is not null)
                Problem(file, offset, $"a column is called '{twice}'. Give every column a name of its own with AS: lower-case letters, digits and _.");
            foreach (var (start, message) in _rules.Columns(select))
                Problem(file, offset + start, message);
            return compiled.Columns;
        }
        catch (SqlMistake mistake)
        {
            if (Mistake(file, select, offset, mistake) is { } message)
                _problems.Add(new SqlProblem(message, true));
            return null;
        }
    }

    // In words, with the place; null where it is of another file, of which it is said already.
    private string? Mistake(SqlFile file, string select, int offset, SqlMistake mistake)
    {
        if (NoTable().Match(mistake.Message) is { Success: true } none && _broken.Contains(none.Groups["name"].Value))
            return null;
        var (start, message) = _cause.Of(select, mistake, at => SqlText.Place(file.Text, offset + at));
        return At(file, offset + start, message);
    }

    private void Add(SqlFile file, IReadOnlyList<string> columns)
    {
        _compiler.Add(file.Name, columns.Distinct(StringComparer.OrdinalIgnoreCase));
        try
        {
            _compiler.Compile($"SELECT 1 FROM {file.Name}");
        }
        catch (SqlMistake)
        {
            _broken.Add(file.Name);
            _problems.Add(new SqlProblem($"{file.Path}: '{file.Name}' is a word of SQL and can't be a table's name. Rename the file.", true));
        }
    }

    private void ReviewModel(SqlFile file, IReadOnlyList<string> columns)
    {
        foreach (var key in (string[])["key", "cluster", "distribute", "incremental", "omit"])
            Need(file, columns, key, file.List(key), key);
        if (file["incremental"] is not null && (file.List("cluster").Count == 0 || file["materialize"] == "view" || file["solve"] is not null))
            _problems.Add(new SqlProblem(file.Error("'incremental' is for a table whose rows are stored in an order that identifies them. Add '-- cluster:' with the key's columns, or take 'incremental' away.", "incremental").Message, true));
        if (file.List("incremental").Count > 1)
            _problems.Add(new SqlProblem(file.Error("'incremental' names one column, by whose values rows are made anew. Name the one that they all hang on.", "incremental").Message, true));
        if (file["materialize"] == "view" && file["index"] is not null)
            _problems.Add(new SqlProblem(file.Error("'index' is for a table, and this is a view, which stores no rows. Take one of them out.", "index").Message, true));
        Try(() =>
        {
            if (Stages.Exports.Partition(file) is { } partition)
                Need(file, columns, "partition", [partition.Column], "partition");
            if (file["export"] is not null && Stages.Exports.FileOf(file) is var path && !_exports.TryAdd(path, file))
                throw Stages.Exports.Twice(_exports[path], file);
        });
        foreach (var index in file.All("index"))
            Need(file, columns, "index", SqlFile.Names(index), "index");
        if (file["export"] is null && file["read_by"] is null && !_catalog.Files.Any(f => f != file && f.Sources.Contains(file.Name)))
            _problems.Add(new SqlProblem($"{file.Path}: no file reads '{file.Name}', and it is not exported. Read it, give it '-- export: parquet', say '-- read_by: who' else does, or take the file away.", false));
    }

    private void ReviewCheck(SqlFile file, IReadOnlyList<string> columns)
    {
        Need(file, columns, "a check", ["subject", "population", "observed", "expected", "passed"], null);
        ReviewFormat(file, columns);
        foreach (var key in (string[])["message", "cause", "remedy"])
            Template(file, columns, key);
        foreach (var name in file.List("follows").Where(name => !_catalog.In(Folder.DataQuality).Any(f => f.Name == name) && !_broken.Contains(name)))
            _problems.Add(new SqlProblem(file.Error($"there is no check '{name}'.{Nearest.Suggest(name, _catalog.In(Folder.DataQuality).Select(f => f.Name))}", "follows").Message, true));
    }

    private void ReviewRepair(SqlFile file, IReadOnlyList<string> columns)
    {
        Need(file, columns, "a repair", ["subject"], null);
        if (!_catalog.Files.Any(f => f.Path.EndsWith("/" + file["target"], StringComparison.Ordinal)) && !_broken.Contains(SqlFile.NameOf(file["target"]!)))
            _problems.Add(new SqlProblem(file.Error($"target is the file that gets the row, as reference/event_taxonomy.sql; there is no '{file["target"]}'.", "target").Message, true));
        ReviewFormat(file, columns);
        foreach (var key in (string[])["row", "effect"])
            Template(file, columns, key);
    }

    // A row's own words, in a column of the key's name, go before the header's.
    private void Template(SqlFile file, IReadOnlyList<string> columns, string key)
    {
        if (file[key] is { } template && !columns.Contains(key))
            Need(file, columns, $"the {key}", Placeholder().Matches(template).Select(m => m.Groups[1].Value), key);
        if (file[key] is { } text && OpenBrace().Match(text) is { Success: true } open)
            _problems.Add(new SqlProblem(file.Error($"the {key} has '{open.Value}', which is no {{column}} and no {{column:one|many}}.", key).Message, true));
    }

    private void ReviewReport(SqlFile file, IReadOnlyList<string> columns)
    {
        ReviewFormat(file, columns);
        if (file["kind"] is "insight")
            Need(file, columns, "an insight", ["tone", "sentence"], "kind");
        if (file["kind"] is "figures")
            Need(file, columns, "figures", ["label", "value", "unit", "change", "is_more_better"], "kind");
        if (file["kind"] is "currency")
            Need(file, columns, "a currency", ["currency"], "kind");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (nth, chart) in file.All("chart").Index())
        {
            try
            {
                var spec = ChartSpec.Parse(chart);
                Need(file, columns, "chart", ChartColumns(spec), "chart", nth);
                if (!names.Add(spec.Name ?? file.Name))
                    _problems.Add(new SqlProblem(file.Error($"there is a chart 'chart_{spec.Name ?? file.Name}' already. Give this one a name of its own: name=...", "chart", nth).Message, true));
            }
            catch (FormatException error)
            {
                _problems.Add(new SqlProblem(file.Error(error.Message, "chart", nth).Message, true));
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

    private void Try(Action read)
    {
        try
        {
            read();
        }
        catch (ClickpathException error)
        {
            _problems.Add(new SqlProblem(error.Message, true));
        }
    }

    private void Need(SqlFile file, IReadOnlyList<string> columns, string what, IEnumerable<string> needed, string? key, int nth = 0)
    {
        foreach (var name in needed.Where(name => !columns.Contains(name)).Distinct())
            _problems.Add(new SqlProblem(file.Error($"{what} needs the column '{name}', which the SELECT does not return.{Nearest.Suggest(name, columns)} It returns {string.Join(", ", columns)}.", key, nth).Message, true));
    }

    private void Problem(SqlFile file, int position, string message) => _problems.Add(new SqlProblem(At(file, position, message), true));

    private static string At(SqlFile file, int position, string message) => $"{file.Path}:{SqlText.Place(file.Text, position)}: {message}";

    private static IEnumerable<string> ChartColumns(ChartSpec spec) => new[] { spec.X, spec.Value, spec.Series, spec.Facet, spec.Label }.Concat(spec.Y).OfType<string>();

    [GeneratedRegex(@"^no such table: (?:\w+\.)?(?<name>\S+)$")]
    private static partial Regex NoTable();

    [GeneratedRegex(@"\{([a-z0-9_]+)(?::[^{}|]*\|[^{}|]*)?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\{(?![a-z0-9_]+(?::[^{}|]*\|[^{}|]*)?\})[^{}]*")]
    private static partial Regex OpenBrace();

    [GeneratedRegex(@"^[a-z_][a-z0-9_]*\z")]
    private static partial Regex PlainName();
}
