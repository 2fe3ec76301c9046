using Clickpath.Reports.Html;
using Clickpath.Sql;

namespace Clickpath;

/// <summary>The catalogue of what the SQL files make: one self-contained page, written without a run.</summary>
public static class Documentation
{
    /// <summary>The page's name in the artifacts.</summary>
    public const string FileName = "docs.html";

    /// <summary>Reads the SQL files, compiles them over empty tables, and writes the page; returns its path.</summary>
    /// <param name="options">Where the SQL files are, parameters in place of the defaults, and the artifacts' folder.</param>
    /// <exception cref="ClickpathException">A file breaks a convention or does not compile; the message names it.</exception>
    public static string Write(PipelineOptions options)
    {
        var catalog = SqlCatalog.Read(options.Sql, "sqlite", options.Parameters);
        var path = Path.Combine(options.Artifacts, FileName);
        Directory.CreateDirectory(options.Artifacts);
        DocsPage.Of(catalog, Lineage.Of(catalog)).Write(path + ".new");
        File.Move(path + ".new", path, overwrite: true); // a reader sees the old page or the new one
        return path;
    }
}
