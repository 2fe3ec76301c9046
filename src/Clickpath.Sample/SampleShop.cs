using System.Text;
using Clickpath.Sample.Defects;
using Clickpath.Sample.Shop;

namespace Clickpath.Sample;

/// <summary>Writes the export of an invented shop.</summary>
public static class SampleShop
{
    /// <summary>Writes the daily files <c>events_YYYYMMDD.csv</c>. Memory is bounded by a day's visits, whatever the number of days.</summary>
    /// <exception cref="ClickpathException">An option or a defect is wrong, or the folder holds what is no sample.</exception>
    public static void Write(SampleOptions options)
    {
        options.Check();
        var planted = options.Defects.Select(text => PlantedDefect.Parse(text, options)).ToList();
        Directory.CreateDirectory(options.Folder);
        RemoveLastSample(options.Folder);

        var number = 0;
        foreach (var rows in new Lumenloft(options).Days())
        {
            number++;
            DailyFile.Write(rows, [.. planted.Where(defect => defect.Strikes(number)).Select(defect => defect.On(number, options))], Path(number));
        }

        // What is done to whole files comes last, as it may read its neighbours.
        for (number = 1; number <= options.Days; number++)
        {
            foreach (var defect in planted.Where(defect => defect.Strikes(number))) defect.On(number, options).StrikeFile(Path(number));
        }

        string Path(int day) => PathOf(options, day);
    }

    /// <summary>The file of a day, numbered from 1.</summary>
    internal static string PathOf(SampleOptions options, int day) => System.IO.Path.Combine(
        options.Folder, FormattableString.Invariant($"events_{options.First.AddDays(day - 1):yyyyMMdd}.csv"));

    private static void RemoveLastSample(string folder)
    {
        var files = Directory.GetFiles(folder);
        foreach (var file in files.Where(file => !IsSample(file)))
            throw new ClickpathException($"{file}: is no file of a sample, and the folder is to hold nothing else. Give an empty folder: --out=FOLDER.");
        foreach (var file in files) File.Delete(file);
    }

    // By its first row, or that it has none: an export of a real shop is never replaced.
    private static bool IsSample(string file)
    {
        if (!System.IO.Path.GetFileName(file).StartsWith("events_", StringComparison.Ordinal)) return false;
        using var stream = File.OpenRead(file);
        var start = new byte[8192];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var text = Encoding.Latin1.GetString(start, 0, length);
        return !text.TrimEnd('\n').Contains('\n', StringComparison.Ordinal) || text.Contains(Catalogue.Host, StringComparison.Ordinal);
    }
}
