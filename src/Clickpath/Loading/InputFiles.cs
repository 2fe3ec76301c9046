using System.IO.Enumeration;

namespace Clickpath.Loading;

/// <summary>A daily export on disk.</summary>
/// <param name="Name">Relative to the events folder, with /.</param>
/// <param name="Path">Where it is.</param>
internal sealed record InputFile(string Name, string Path);

/// <summary>Finds the input files that <c>--events</c> names.</summary>
internal static class InputFiles
{
    private const string Remedy = "Give --events a folder, a glob or a file of daily exports (.csv, .csv.gz).";

    /// <summary>The files in the order of their names, compared byte by byte.</summary>
    /// <param name="events">A folder (its own files only), a glob (<c>data/*.csv*</c>; <c>**</c> is any number of folders) or a file.</param>
    /// <exception cref="ClickpathException">Nothing is there.</exception>
    public static IReadOnlyList<InputFile> Find(string events)
    {
        if (File.Exists(events))
            return [new InputFile(Path.GetFileName(events), events)];
        if (Directory.Exists(events))
            return Sorted(events, FilesIn(events, "*"), $"no .csv or .csv.gz file in the folder '{events}'; those of its folders are '{events.TrimEnd('/')}/**/*.csv*'.");
        if (events.AsSpan().ContainsAny('*', '?'))
            return Glob(events);
        throw new ClickpathException($"no such folder or file: '{events}'. {Remedy}");
    }

    private static List<InputFile> Glob(string pattern)
    {
        var segments = pattern.Replace('\\', '/').Split('/');
        var fixedCount = Array.FindIndex(segments, segment => segment.AsSpan().ContainsAny('*', '?'));
        var root = string.Join('/', segments[..fixedCount]);
        if (root.Length == 0)
            root = pattern[0] == '/' ? "/" : ".";

        IEnumerable<string> folders = Directory.Exists(root) ? [root] : [];
        foreach (var segment in segments[fixedCount..^1])
            folders = [.. folders.SelectMany(folder => segment == "**" ? Below(folder) : Matching(Directory.EnumerateDirectories(folder), segment))];
        return Sorted(root, folders.SelectMany(folder => FilesIn(folder, segments[^1])), $"no .csv or .csv.gz file matches '{pattern}'.");
    }

    // Links to folders are left out, lest one lead back to where it is.
    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateDirectories(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Prepend(folder);

    private static IEnumerable<string> FilesIn(string folder, string pattern) =>
        Matching(Directory.EnumerateFiles(folder), pattern).Where(IsExport);

    private static IEnumerable<string> Matching(IEnumerable<string> paths, string pattern) =>
        paths.Where(path => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path), ignoreCase: false));

    private static bool IsExport(string path) =>
        (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase)) && !SpendFile.Is(path);

    private static List<InputFile> Sorted(string root, IEnumerable<string> paths, string problem)
    {
        List<InputFile> files =
        [
            .. paths
                .DistinctBy(Path.GetFullPath, StringComparer.Ordinal)
                .Select(path => new InputFile(Path.GetRelativePath(root, path).Replace('\\', '/'), path))
                .OrderBy(file => file.Name, StringComparer.Ordinal),
        ];
        return files.Count > 0 ? files : throw new ClickpathException($"{problem} {Remedy}");
    }
}
