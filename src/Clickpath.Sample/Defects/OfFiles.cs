using System.Text;

namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private static IEnumerable<SampleDefect> OfFiles() =>
    [
        new("missing_day", "There is no file of the day", Later) { File = (_, path) => File.Delete(path) },
        new("empty_file", "The file has no byte", Later) { File = (_, path) => File.WriteAllBytes(path, []) },
        new("header_only_file", "The file has its header and no row", Later)
        {
            File = (_, path) => File.WriteAllText(path, File.ReadLines(path).First() + "\n"),
        },
        new("copied_file", "The file is that of the day before, under this day's name", Later)
        {
            File = (day, path) => File.Copy(day.PathOfNeighbour(), path, overwrite: true),
        },
        new("overlapping_content", "The file begins with the last quarter of the day before", Later)
        {
            File = (day, path) =>
            {
                var before = File.ReadAllLines(day.PathOfNeighbour())[1..];
                var lines = File.ReadAllLines(path);
                File.WriteAllLines(path, [lines[0], .. before[(before.Length * 3 / 4)..], .. lines[1..]]);
            },
        },
        new("truncated_record", "The file ends in the middle of its last row", Later)
        {
            File = (_, path) =>
            {
                using var file = new FileStream(path, FileMode.Open);
                var lastLine = File.ReadLines(path).Last().Length;
                file.SetLength(file.Length - (lastLine / 2) - 1);
            },
        },
        new("invalid_utf8", "One row in 50 has a byte of Latin-1 in its page_url", Later)
        {
            File = (day, path) => EditLines(path, Encoding.Latin1, day.OneIn(50), line => Spliced(line, "\u00e9")),
        },
        new("byte_order_mark", "The file begins with a byte order mark and its lines end with CR LF, as a spreadsheet writes them: no harm done", Later)
        {
            File = (_, path) => File.WriteAllText(path, File.ReadAllText(path).Replace("\n", "\r\n", StringComparison.Ordinal), new UTF8Encoding(true)),
        },
    ];

    private static string Spliced(string line, string text) => line.Insert(line.IndexOf("example/", StringComparison.Ordinal) + "example/".Length, text);

    private static void EditLines(string path, Encoding encoding, Func<string, bool> fits, Func<string, string> change)
    {
        var lines = File.ReadAllLines(path, encoding);
        for (var i = 1; i < lines.Length; i++)
        {
            if (fits(lines[i])) lines[i] = change(lines[i]);
        }

        File.WriteAllText(path, string.Join('\n', lines) + "\n", encoding);
    }

    private static Func<string, bool> OneIn(this DefectOfDay day, int lines)
    {
        var seen = 0;
        return _ => seen++ == 0 | day.Random.Next(lines) == 0;
    }

    private static string PathOfNeighbour(this DefectOfDay day) => day.Options.Days == 1
        ? throw new ClickpathException($"--defect={day.Defect.Name}: takes rows from the day before. Give --days=2 or more.")
        : SampleShop.PathOf(day.Options, day.Day > 1 ? day.Day - 1 : 2);
}
