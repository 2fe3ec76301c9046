namespace Clickpath.Sql;

/// <summary>The folder of SQL files: what there is, in which order it runs, and what its parameters are.</summary>
internal sealed class SqlCatalog
{
    private readonly Dictionary<string, SqlFile> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _defaults = new(StringComparer.Ordinal);
    private readonly Lazy<Distribution> _distribution;

    private SqlCatalog(IReadOnlyList<SqlFile> files, IReadOnlyList<(string Path, string Text)> schema, IReadOnlyDictionary<string, string> overrides)
    {
        (Files, Schema) = (files, schema);
        foreach (var file in files.Where(f => f.Folder.IsTable))
            _tables.Add(file.Name, file);
        ReadParameters(overrides);
        var ordered = InOrder();
        Models = [.. ordered.Where(f => f.Folder.IsModel)];
        Reports = [.. ordered.Where(f => !f.Folder.IsModel)];
        _distribution = new Lazy<Distribution>(() => new Distribution(this));
    }

    /// <summary>All files, by path.</summary>
    public IReadOnlyList<SqlFile> Files { get; }

    /// <summary>The versioned DDL, in order.</summary>
    public IReadOnlyList<(string Path, string Text)> Schema { get; }

    /// <summary>Reference tables and models, each after those it reads.</summary>
    public IReadOnlyList<SqlFile> Models { get; }

    /// <summary>Reports, each after those it reads.</summary>
    public IReadOnlyList<SqlFile> Reports { get; }

    /// <summary>Where tables are, on an engine that has several machines.</summary>
    public Distribution Distribution => _distribution.Value;

    /// <summary>The values in force of all parameters.</summary>
    public IReadOnlyDictionary<string, string> Parameters => _parameters;

    /// <summary>A folder's files, by name.</summary>
    public IEnumerable<SqlFile> In(Folder folder) => Files.Where(f => f.Folder == folder);

    /// <summary>The model or report of a name; null where there is none.</summary>
    public SqlFile? Table(string name) => _tables.GetValueOrDefault(name);

    /// <summary>A SELECT of the file with its parameters as typed literals.</summary>
    public string Bind(SqlFile file, string sql) => SqlText.Bind(sql, name => Literal(name, file));

    /// <summary>All models and reports that a file reads, through others too.</summary>
    public IReadOnlySet<SqlFile> Upstream(SqlFile file)
    {
        var found = new HashSet<SqlFile>();
        var open = new Stack<SqlFile>([file]);
        while (open.TryPop(out var next))
        {
            foreach (var source in next.Sources.Select(_tables.GetValueOrDefault).OfType<SqlFile>())
            {
                if (found.Add(source))
                    open.Push(source);
            }
        }

        return found;
    }

    /// <summary>Reads a folder of SQL files.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="engine">Which variants to take: <c>sessions.duckdb.sql</c> before <c>sessions.sql</c>.</param>
    /// <param name="overrides">Parameter values in place of the defaults.</param>
    /// <param name="onBroken">Takes a file that breaks a convention, which is then left out; null: it is thrown.</param>
    /// <exception cref="ClickpathException">A file breaks a convention; the message names it.</exception>
    public static SqlCatalog Read(string root, string engine, IReadOnlyDictionary<string, string> overrides, Action<string, ClickpathException>? onBroken = null)
    {
        if (!Directory.Exists(root))
            throw new ClickpathException($"no such folder: '{root}'. Give --sql the folder that holds reference/, data_quality/, transform/, analyze/ and monitor/.");
        var shown = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)));
        var known = Folder.All.Select(f => f.Name).Append("schema").ToList();
        foreach (var folder in Directory.EnumerateDirectories(root).Select(Path.GetFileName).Order(StringComparer.Ordinal))
        {
            if (!known.Contains(folder!))
                throw new ClickpathException($"{shown}/{folder}: unknown folder.{Nearest.Suggest(folder!, known)} The folders of SQL files are {string.Join(", ", known)}.");
        }

        foreach (var stray in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            RefuseStray(stray, Path.GetRelativePath(root, stray).Replace('\\', '/'), shown, known);

        var schema = SqlPaths(Path.Combine(root, "schema")).Select(path => ($"{shown}/schema/{Path.GetFileName(path)}", File.ReadAllText(path).ReplaceLineEndings("\n"))).ToList();
        if (schema.Count == 0)
            throw new ClickpathException($"{shown}/schema: no SQL file. It holds the load tables' DDL (V001__load_tables.sql); restore it.");

        var files = new List<SqlFile>();
        foreach (var folder in Folder.All)
        {
            var found = SqlPaths(Path.Combine(root, folder.Name))
                .Where(path => Variant(path) is null || Variant(path) == engine)
                .Select(path => (Variant: Variant(path), File: Parse(folder, $"{shown}/{folder.Name}/{Path.GetFileName(path)}", File.ReadAllText(path))!))
                .Where(f => f.File is not null)
                .OrderBy(f => f.File.Name, StringComparer.Ordinal).ThenBy(f => f.Variant is null).ThenBy(f => f.File.Path, StringComparer.Ordinal);
            foreach (var (variant, file) in found)
            {
                var twin = files.FirstOrDefault(f => f.Name == file.Name && (f.Folder == folder || (f.Folder.IsTable && folder.IsTable)));
                if (twin is null)
                    files.Add(file);
                else if (variant is not null || Variant(twin.Path) is null || twin.Folder != folder)
                    throw new ClickpathException($"{file.Path}: there is a '{file.Name}' already, in {twin.Path}. Rename one of them.");
            }
        }

        var loaded = schema.SelectMany(ddl => LoadTable.Names(ddl.Item2)).ToHashSet(StringComparer.Ordinal);
        if (files.Find(f => f.Folder.IsTable && loaded.Contains(f.Name)) is { } taken)
            throw new ClickpathException($"{taken.Path}: '{taken.Name}' is a table that the loader fills. Rename the file.");

        return new SqlCatalog(files, schema, overrides);

        SqlFile? Parse(Folder folder, string path, string text)
        {
            try
            {
                return SqlFile.Parse(folder, path, text);
            }
            catch (ClickpathException broken) when (onBroken is not null)
            {
                onBroken(path, broken);
                return null;
            }
        }
    }

    // A file that would be passed over in silence is a mistake of whoever put it there.
    private static void RefuseStray(string path, string relative, string shown, List<string> folders)
    {
        var parts = relative.Split('/');
        if (!relative.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) || parts[^1].StartsWith('.'))
            return;
        if (!relative.EndsWith(".sql", StringComparison.Ordinal))
            throw new ClickpathException($"{shown}/{relative}: the ending is not '.sql'. Rename it.");
        if (parts.Length != 2)
            throw new ClickpathException($"{shown}/{relative}: it lies in no folder that is read. Move it right into one of {string.Join(", ", folders)}.");
        if (Variant(path) is { } engine && !PipelineOptions.Engines.Contains(engine))
            throw new ClickpathException($"{shown}/{relative}: there is no engine '{engine}'.{Nearest.Suggest(engine, PipelineOptions.Engines)} A variant is called NAME.ENGINE.sql, of {string.Join(", ", PipelineOptions.Engines)}.");
    }

    // The file whose default a parameter takes: 'as in event_order'.
    private static string? Elsewhere(string value) => value.StartsWith("as in ", StringComparison.Ordinal) ? value["as in ".Length..].Trim() : null;

    private static string? Variant(string path)
    {
        var parts = Path.GetFileName(path).Split('.');
        return parts.Length > 2 ? parts[^2] : null;
    }

    private static IEnumerable<string> SqlPaths(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.sql").Order(StringComparer.Ordinal) : [];

    private void ReadParameters(IReadOnlyDictionary<string, string> overrides)
    {
        var declared = new Dictionary<string, (string Value, SqlFile File)>(StringComparer.Ordinal);
        foreach (var file in Files)
        {
            foreach (var (name, value) in file.Parameters.Where(parameter => Elsewhere(parameter.Value) is null))
            {
                if (declared.TryGetValue(name, out var first) && first.Value != value)
                    throw file.Error($"parameter '{name}' is {value} here and {first.Value} in {first.File.Path}. Write '-- param {name}: as in {first.File.Name}', or give it another name.");
                declared[name] = (value, file);
                _parameters[name] = value;
            }
        }

        // So that a default is changed in one file, whoever else uses the parameter.
        foreach (var file in Files)
        {
            foreach (var (name, other) in file.Parameters.Select(parameter => (parameter.Key, Elsewhere(parameter.Value))).Where(parameter => parameter.Item2 is not null))
            {
                if (Files.All(f => f.Name != other || !f.Parameters.TryGetValue(name, out var theirs) || Elsewhere(theirs) is not null))
                    throw file.Error($"parameter '{name}' is said to be as in '{other}', which declares none of that name. {(declared.TryGetValue(name, out var known) ? $"It is declared in {known.File.Path}." : "Give it a default here.")}");
            }
        }

        foreach (var (name, (value, _)) in declared)
            _defaults[name] = value;
        foreach (var (name, value) in overrides)
        {
            if (!declared.TryGetValue(name, out var known))
                throw new ClickpathException($"--param {name}: no SQL file declares it.{(Nearest.Suggest(name, declared.Keys) is { Length: > 0 } near ? near : $" The nearest are {string.Join(", ", Nearest.Few(name, declared.Keys))}; --target=Docs lists all.")}");
            var (expected, given) = (SqlText.TypeOf(known.Value), SqlText.TypeOf(value));
            if (expected != given && !(expected == "number" && given == "integer") && expected != "text")
                throw new ClickpathException($"--param {name}: '{value}' is no {expected}. Its default in {known.File.Path} is {known.Value}.");
            _parameters[name] = value;
        }
    }

    // A value takes the type of the default: 1 for a parameter of 0.5 is a number, 7 for one of 'all' is text.
    private string Literal(string name, SqlFile file)
    {
        var value = _parameters[name];
        return SqlText.TypeOf(_defaults.GetValueOrDefault(name) ?? file.Parameters[name]) switch
        {
            "text" => SqlText.Literal("'" + value.Trim('\'').Replace("'", "''", StringComparison.Ordinal) + "'"),
            "number" => SqlText.Literal(value).Replace(" AS BIGINT)", " AS DOUBLE PRECISION)", StringComparison.Ordinal),
            _ => SqlText.Literal(value),
        };
    }

    private List<SqlFile> InOrder()
    {
        var ordered = new List<SqlFile>();
        var state = new Dictionary<SqlFile, bool>();
        foreach (var file in Files.Where(f => f.Folder.IsTable))
            Visit(file, []);
        return ordered;

        void Visit(SqlFile file, List<SqlFile> path)
        {
            if (state.TryGetValue(file, out var done))
            {
                if (done)
                    return;
                var circle = path.SkipWhile(f => f != file).Append(file).Select(f => f.Name).ToList();
                throw file.ErrorAt(circle[1], $"it reads itself, through {string.Join(" -> ", circle)}. Break the circle.");
            }

            state[file] = false;
            path.Add(file);
            foreach (var source in file.Sources.Select(_tables.GetValueOrDefault).OfType<SqlFile>())
            {
                if (file.Folder.IsModel && !source.Folder.IsModel)
                    throw file.ErrorAt(source.Name, $"a model can't read the report '{source.Name}', which is made after it. Move what they share into a model.");
                Visit(source, path);
            }

            path.RemoveAt(path.Count - 1);
            state[file] = true;
            ordered.Add(file);
        }
    }
}
