using Clickpath.Engines;
using Clickpath.Loading;

namespace Clickpath.Sql;

/// <summary>Lineage as lines for a person.</summary>
internal static class LineageText
{
    private const string Indent = "  ";

    /// <summary>The files in the order in which they run, with what they read.</summary>
    public static IEnumerable<string> Order(Lineage lineage)
    {
        var number = 0;
        foreach (var file in lineage.Files)
        {
            var reads = file.Columns.SelectMany(c => c.From).Concat(file.Rows).Select(r => r.Table).Distinct().Order(StringComparer.Ordinal).ToList();
            yield return $"{++number,3}. {file.File.Path}{(reads.Count > 0 ? $" reads {string.Join(", ", reads)}" : "")}";
        }
    }

    /// <summary>A column, or all of a table's: back to the export, then on to what depends on it.</summary>
    public static IEnumerable<string> Of(Lineage lineage, SqlCatalog catalog, string of)
    {
        var (table, column) = Found(lineage, catalog, of);
        var columns = column is not null ? [column] : ColumnsOf(lineage, catalog, table);
        foreach (var name in columns)
        {
            yield return $"{table}.{name}";
            yield return $"{Indent}comes from";
            foreach (var line in Back(lineage, new ColumnRead(table, name), 2, []))
                yield return line;
            yield return $"{Indent}is used by";
            var used = Forward(lineage, new ColumnRead(table, name), 2, []).ToList();
            foreach (var line in used.DefaultIfEmpty($"{Indent}{Indent}nothing"))
                yield return line;
        }
    }

    private static (string Table, string? Column) Found(Lineage lineage, SqlCatalog catalog, string of)
    {
        var parts = of.Split('.', 2);
        var tables = lineage.Files.Select(f => f.File.Name).Concat(Loaded(catalog).Select(t => t.Table)).Distinct().ToList();
        if (!tables.Contains(parts[0]))
            throw new ClickpathException($"no such table, report or check: '{parts[0]}'.{Nearest.Suggest(parts[0], tables)} Give --of a name or NAME.COLUMN; --target=Lineage alone lists all.");
        var columns = ColumnsOf(lineage, catalog, parts[0]);
        if (parts.Length > 1 && !columns.Contains(parts[1]))
            throw new ClickpathException($"'{parts[0]}' has no column '{parts[1]}'.{Nearest.Suggest(parts[1], columns)} It has {string.Join(", ", columns)}.");
        return (parts[0], parts.Length > 1 ? parts[1] : null);
    }

    private static IReadOnlyList<string> ColumnsOf(Lineage lineage, SqlCatalog catalog, string table) =>
        [.. lineage.Named(table).SelectMany(f => f.Columns).Select(c => c.Name).Concat(Loaded(catalog).Where(t => t.Table == table).SelectMany(t => t.Columns)).Distinct()];

    private static List<(string Table, IReadOnlyList<string> Columns)> Loaded(SqlCatalog catalog)
    {
        using var compiler = new SqliteCompiler(catalog.Schema.Select(ddl => ddl.Text));
        return [.. compiler.Tables().Select(table => (table, compiler.Columns(table)))];
    }

    // A column that stands above already is named, and not followed again.
    private static IEnumerable<string> Back(Lineage lineage, ColumnRead of, int depth, HashSet<ColumnRead> seen)
    {
        var from = lineage.Named(of.Table).SelectMany(f => f.Columns).Where(c => c.Name == of.Column).SelectMany(c => c.From).Distinct()
            .OrderBy(r => r.Table, StringComparer.Ordinal).ThenBy(r => r.Column, StringComparer.Ordinal).ToList();
        if (from.Count == 0)
        {
            yield return Line(depth, lineage.Named(of.Table).Any() ? "what the file itself says"
                : Origins.Of(of.Table, of.Column) is { } column ? $"the export's column {column}" : "the files as they were loaded");
        }

        foreach (var read in from)
        {
            var known = !seen.Add(read);
            var rows = read.Column.Length == 0;
            var file = lineage.Named(read.Table).FirstOrDefault()?.File;
            var origin = file is null && !rows && Origins.Of(read.Table, read.Column) is { } export ? $" <- the export's column {export}" : "";
            yield return Line(depth, $"{(rows ? $"the rows of {read.Table}" : $"{read.Table}.{read.Column}")}{(file is null ? rows || origin.Length > 0 ? origin : " <- the files as they were loaded" : $" ({file.Path})")}{(known && file is not null ? ", see above" : "")}");
            if (!known && file is not null && !rows)
            {
                foreach (var line in Back(lineage, read, depth + 1, seen))
                    yield return line;
            }
        }
    }

    private static IEnumerable<string> Forward(Lineage lineage, ColumnRead of, int depth, HashSet<ColumnRead> seen)
    {
        foreach (var (file, column) in lineage.Dependents(of))
        {
            var next = new ColumnRead(file.File.Name, column);
            var known = !seen.Add(next);
            yield return Line(depth, $"{(column.Length == 0 ? $"which rows {file.File.Name} has" : $"{file.File.Name}.{column}")} ({file.File.Path}){(known ? ", see above" : "")}");
            if (!known && file.File.Folder.IsTable && column.Length > 0)
            {
                foreach (var line in Forward(lineage, next, depth + 1, seen))
                    yield return line;
            }
        }
    }

    private static string Line(int depth, string text) => string.Concat(Enumerable.Repeat(Indent, depth)) + text;
}
