namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private static IEnumerable<SampleDefect> OfLines() =>
    [
        new("exact_duplicates", "One row in 20 stands twice", Later)
        {
            Rows = (day, rows) =>
            {
                var isTwice = day.Share(0.05, _ => true);
                return rows.SelectMany(row => Enumerable.Repeat(row, isTwice(row) ? 2 : 1));
            },
        },
        new("ragged_rows", "One row in 50 has a field more or one fewer", Later)
        {
            Lines = (day, lines) => Change(lines, day.OneIn(50), line => day.Random.Chance(0.5) ? line + ",1" : line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..]),
        },
        new("broken_quoting", "One row in 50 goes on after a closing quote", Later)
        {
            Lines = (day, lines) => Change(lines, day.OneIn(50), line => $"\"{line[..line.IndexOf(',', StringComparison.Ordinal)]}\"?{line[line.IndexOf(',', StringComparison.Ordinal)..]}"),
        },
    ];

    private static IEnumerable<string> Change(IEnumerable<string> lines, Func<string, bool> fits, Func<string, string> change) =>
        lines.Select(line => fits(line) ? change(line) : line);
}
