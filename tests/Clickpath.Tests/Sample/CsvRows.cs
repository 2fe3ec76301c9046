using System.Globalization;
using Clickpath.Sample;
using CsvHelper;

namespace Clickpath.Tests.Sample;

/// <summary>A generated export, read back by a CSV reader that is not ours.</summary>
internal static class CsvRows
{
    /// <summary>Writes an export into a folder of its own below the given one, and reads it: one list of rows per file.</summary>
    public static List<List<Dictionary<string, string>>> Of(TempFolder temp, SampleOptions options)
    {
        var folder = Path.Combine(temp.Path, Guid.NewGuid().ToString("N"));
        SampleShop.Write(options with { Folder = folder });
        return [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(Read)];
    }

    public static List<Dictionary<string, string>> Read(string path)
    {
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        var rows = new List<Dictionary<string, string>>();
        csv.Read();
        csv.ReadHeader();
        while (csv.Read()) rows.Add(csv.HeaderRecord!.ToDictionary(name => name, name => csv.GetField(name)!));
        return rows;
    }

    public static string Text(this Dictionary<string, string> row) => string.Join('\u001f', row.Values);
}
