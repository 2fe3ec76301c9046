namespace Clickpath.Loading;

/// <summary>
/// Numbers files by the date in their name, then by name. A file's number does not hang on files of other days, so one
/// that is added, late, or removed leaves the rows of the others as they are: the result is that of a load of all.
/// </summary>
internal static class FileIds
{
    /// <summary>Event ids are <c>file_id * 2^32 + record number</c>: the day takes 16 bits of the other 31.</summary>
    private const long FilesOfADay = 1 << 15;

    /// <returns>In the order of their numbers. Files without a date in their name come first.</returns>
    /// <exception cref="ClickpathException">A day has too many files.</exception>
    public static IReadOnlyList<(long Id, InputFile File)> Of(IReadOnlyList<InputFile> files) =>
    [
        .. files
            .GroupBy(file => Day.InName(file.Name))
            .OrderBy(day => day.Key)
            .SelectMany(day => day.OrderBy(file => file.Name, StringComparer.Ordinal).Select((file, rank) => (Id(day.Key, rank), file))),
    ];

    private static long Id(int day, int rank) => rank < FilesOfADay - 1
        ? ((day == Day.None ? 0 : day) * FilesOfADay) + rank + 1
        : throw new ClickpathException($"more than {FilesOfADay - 1:N0} files {(day == Day.None ? "without a date in their name" : "of " + Day.Iso(day))}. Put them together into fewer.");
}
