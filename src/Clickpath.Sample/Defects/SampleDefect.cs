using Clickpath.Sample.Shop;

namespace Clickpath.Sample.Defects;

/// <summary>Something that can be wrong with an export. It changes what it says, and no other row.</summary>
/// <param name="Name">As <c>--defect</c> takes it.</param>
/// <param name="Description">What is then wrong, in a line.</param>
/// <param name="DefaultDay">The day that it strikes where none is given, numbered from 1, by the number of days.</param>
public sealed record SampleDefect(string Name, string Description, Func<int, int> DefaultDay)
{
    /// <summary>The file's columns, changed.</summary>
    internal Func<IReadOnlyList<Column>, IReadOnlyList<Column>>? Columns { get; init; }

    /// <summary>The day's rows, changed.</summary>
    internal Func<DefectOfDay, IEnumerable<SampleEvent>, IEnumerable<SampleEvent>>? Rows { get; init; }

    /// <summary>The day's lines, changed.</summary>
    internal Func<DefectOfDay, IEnumerable<string>, IEnumerable<string>>? Lines { get; init; }

    /// <summary>The written file, changed, given its path.</summary>
    internal Action<DefectOfDay, string>? File { get; init; }
}

/// <summary>A defect on a day, with a source of chance of its own.</summary>
internal sealed record DefectOfDay(SampleDefect Defect, int Day, SampleOptions Options)
{
    /// <summary>The defect's own on this day.</summary>
    public ulong Key { get; } = Defect.Name.Aggregate(
        SampleRandom.Mix(SampleRandom.Mix(0xDEFEC7, (ulong)(uint)Options.Seed), (ulong)Day), (key, letter) => SampleRandom.Mix(key, letter));

    public SampleRandom Random => field ??= new SampleRandom(Key);

    public DateOnly Date => Options.First.AddDays(Day - 1);

    /// <summary>Midnight, UTC epoch milliseconds.</summary>
    public long StartMs => (Date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * Traffic.DayMs;

    public IReadOnlyList<Column> StrikeColumns(IReadOnlyList<Column> columns) => Defect.Columns?.Invoke(columns) ?? columns;

    public IEnumerable<SampleEvent> StrikeRows(IEnumerable<SampleEvent> rows) => Defect.Rows?.Invoke(this, rows) ?? rows;

    public IEnumerable<string> StrikeLines(IEnumerable<string> lines) => Defect.Lines?.Invoke(this, lines) ?? lines;

    public void StrikeFile(string path)
    {
        // Another defect may have taken it away.
        if (File.Exists(path)) Defect.File?.Invoke(this, path);
    }
}
