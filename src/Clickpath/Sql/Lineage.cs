using Clickpath.Engines;
using Clickpath.Loading;

namespace Clickpath.Sql;

/// <summary>Where the columns of a file come from.</summary>
/// <param name="File">The file.</param>
/// <param name="Columns">Its columns, in order, each with the columns that its value is made of.</param>
/// <param name="Rows">The columns that decide which rows there are: those of joins, filters and groups.</param>
internal sealed record FileLineage(SqlFile File, IReadOnlyList<(string Name, IReadOnlySet<ColumnRead> From)> Columns, IReadOnlySet<ColumnRead> Rows);

/// <summary>
/// The columns of all files and what each is made of, as the engine itself says: a SELECT is compiled once with each of its
/// columns alone, and the engine tells what it reads more than for the rest. WITH tables become empty tables, one after the
/// other, so that each is compiled by itself.
/// </summary>
internal sealed class Lineage
{
    private readonly Dictionary<SqlFile, FileLineage> _files = [];

    private Lineage(SqlCatalog catalog, SqliteCompiler compiler)
    {
        foreach (var file in InOrder(catalog))
        {
            try
            {
                _files.Add(file, Of(file, compiler));
            }
            catch (SqlMistake mistake)
            {
                throw SqlReview.MistakeIn(catalog, file) is { } message ? new ClickpathException(message) : file.Error($"{mistake.Message}. Run --target=Check, which says more.");
            }

            if (file.Folder.IsTable)
                compiler.Add(file.Name, _files[file].Columns.Select(c => c.Name));
        }
    }

    /// <summary>Every file's, in the order in which they run.</summary>
    public IReadOnlyCollection<FileLineage> Files => _files.Values;

    /// <summary>Compiles all files of a catalog.</summary>
    /// <exception cref="ClickpathException">A file does not compile; the Check task says more.</exception>
    public static Lineage Of(SqlCatalog catalog)
    {
        using var compiler = new SqliteCompiler(catalog.Schema.Select(ddl => ddl.Text));
        return new Lineage(catalog, compiler);
    }

    /// <summary>What a file makes: models first, each after those it reads, then reports, then what reads both.</summary>
    public static IEnumerable<SqlFile> InOrder(SqlCatalog catalog) =>
        catalog.Models.Concat(catalog.Reports).Concat(catalog.Files.Where(f => !f.Folder.IsTable));

    /// <summary>The columns that a file's SELECT returns, and from which columns they come.</summary>
    public static FileLineage Of(SqlFile file, SqliteCompiler compiler)
    {
        var (columns, rows) = new Query(compiler).Read(file.Body);
        // What is solved has columns of its own, and each comes of all that the SELECT returns.
        if (file["solve"] is not null)
            columns = [.. AbsorbingChain.ColumnNames.Select(name => (name, columns.SelectMany(c => c.From).ToHashSet()))];
        return new FileLineage(file, [.. columns.Select(c => (c.Name, (IReadOnlySet<ColumnRead>)c.From))], rows);
    }

    /// <summary>A name as a file or load table and a column: <c>sessions.channel</c>; or all columns of <c>sessions</c>.</summary>
    public IEnumerable<FileLineage> Named(string table) => Files.Where(f => f.File.Name == table);

    /// <summary>The files and columns that are made of a column; the whole file (an empty column) where it only decides which rows there are.</summary>
    public IEnumerable<(FileLineage File, string Column)> Dependents(ColumnRead source)
    {
        foreach (var file in Files)
        {
            var made = file.Columns.Where(c => c.From.Contains(source)).Select(c => c.Name).ToList();
            foreach (var column in made)
                yield return (file, column);
            if (made.Count == 0 && file.Rows.Contains(source))
                yield return (file, "");
        }
    }

    /// <summary>One SELECT with its WITH tables.</summary>
    private sealed class Query
    {
        private readonly SqliteCompiler _compiler;

        // What each column of a WITH table comes from, and what decides its rows.
        private readonly Dictionary<string, (Dictionary<string, HashSet<ColumnRead>> Columns, HashSet<ColumnRead> Rows)> _with = new(StringComparer.OrdinalIgnoreCase);

        public Query(SqliteCompiler compiler) => _compiler = compiler;

        private Query(Query outer)
        {
            _compiler = outer._compiler;
            _with = new(outer._with, StringComparer.OrdinalIgnoreCase);
        }

        public (List<(string Name, HashSet<ColumnRead> From)> Columns, HashSet<ColumnRead> Rows) Read(string sql)
        {
            var shape = SelectShape.Of(sql);
            var added = new List<string>();
            try
            {
                foreach (var table in shape.With)
                {
                    var (columns, rows) = WithTable(table);
                    Shadow(table, columns, rows);
                    added.Add(table.Name);
                }

                return Parts(shape);
            }
            finally
            {
                foreach (var name in added)
                {
                    _compiler.Unshadow(name);
                    _with.Remove(name);
                }
            }
        }

        // One that reads itself is what its first SELECT makes, and then what follows from that.
        private (List<(string Name, HashSet<ColumnRead> From)> Columns, HashSet<ColumnRead> Rows) WithTable(SelectShape.WithTable table)
        {
            if (!SqlText.Sources(table.Body.Text).Contains(table.Name, StringComparer.OrdinalIgnoreCase))
                return new Query(this).Read(table.Body.Text);
            var shape = SelectShape.Of(table.Body.Text);
            var (columns, rows) = new Query(this).Parts(shape with { Parts = [shape.Parts[0]] });
            Shadow(table, columns, rows);
            return new Query(this).Read(table.Body.Text);
        }

        private void Shadow(SelectShape.WithTable table, List<(string Name, HashSet<ColumnRead> From)> columns, HashSet<ColumnRead> rows)
        {
            IReadOnlyList<string> names = table.Columns.Count > 0 ? table.Columns : [.. columns.Select(c => c.Name)];
            _compiler.Shadow(table.Name, names);
            _with[table.Name] = (names.Zip(columns, (name, c) => (name, c.From)).DistinctBy(c => c.name).ToDictionary(c => c.name, c => c.From, StringComparer.OrdinalIgnoreCase), rows);
        }

        private (List<(string, HashSet<ColumnRead>)> Columns, HashSet<ColumnRead> Rows) Parts(SelectShape shape)
        {
            List<(string Name, HashSet<ColumnRead> From)>? all = null;
            var rows = new HashSet<ColumnRead>();
            foreach (var part in shape.Parts)
            {
                var columns = Part(part, rows);
                if (all is null)
                    all = columns;
                else
                    for (var i = 0; i < Math.Min(all.Count, columns.Count); i++)
                        all[i].From.UnionWith(columns[i].From);
            }

            return (all ?? [], rows);
        }

        private List<(string Name, HashSet<ColumnRead> From)> Part(SelectShape.Part part, HashSet<ColumnRead> rows)
        {
            if (part.IsValues)
                return [.. _compiler.Compile(part.Text.Text).Columns.Select(name => (name, new HashSet<ColumnRead>()))];
            // HAVING without GROUP BY wants an aggregate in what is returned.
            var counted = part.Rest.Contains("HAVING", StringComparison.OrdinalIgnoreCase) ? ", COUNT(*) " : " ";
            var rest = _compiler.Compile($"SELECT 1{counted}{part.Rest}").Reads;
            var restRows = Flat(rest);
            rows.UnionWith(restRows);
            var columns = new List<(string, HashSet<ColumnRead>)>();
            foreach (var item in part.Items)
            {
                var compiled = _compiler.Compile($"SELECT {item.Text}\n{counted}{part.Rest}");
                var reads = compiled.Reads.ToList();
                foreach (var read in rest)
                    reads.Remove(read);
                if (item.Text.EndsWith('*'))
                {
                    columns.AddRange(compiled.Columns.Select(name => (name, Flat(reads.Where(r => r.Column.Equals(name, StringComparison.OrdinalIgnoreCase))))));
                    continue;
                }

                var from = Flat(reads);
                if (from.Count == 0 && item.Text.Contains("COUNT(", StringComparison.OrdinalIgnoreCase))
                    from = [.. restRows.Select(read => read with { Column = "" })]; // COUNT(*) counts rows
                columns.Add((compiled.Columns[0], from));
            }

            return columns;
        }

        // Columns of WITH tables are replaced by what those come from.
        private HashSet<ColumnRead> Flat(IEnumerable<ColumnRead> reads)
        {
            var flat = new HashSet<ColumnRead>();
            foreach (var read in reads)
            {
                if (!_with.TryGetValue(read.Table, out var table))
                    flat.Add(read);
                else if (read.Column.Length == 0)
                    flat.UnionWith(table.Rows.Select(row => row with { Column = "" }));
                else if (table.Columns.TryGetValue(read.Column, out var from))
                    flat.UnionWith(from);
            }

            return flat;
        }
    }
}
