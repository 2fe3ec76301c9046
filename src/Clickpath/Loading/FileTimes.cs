namespace Clickpath.Loading;

/// <summary>What the times of a file's records are like: counted while it is read.</summary>
/// <param name="fileDay">The day in the file's name, or <see cref="Day.None"/>.</param>
internal sealed class FileTimes(int fileDay)
{
    private const long MsPerDay = 86_400_000;

    private long _latestMs = long.MinValue;

    /// <summary>The earliest; null where there is none.</summary>
    public long? FirstMs { get; private set; }

    /// <summary>The latest; null where there is none.</summary>
    public long? LastMs { get; private set; }

    /// <summary>Records with an earlier time than one before them. Those outside the file's day are left out: one stray time in the
    /// future would be later than all that follow.</summary>
    public long DisorderedCount { get; private set; }

    /// <summary>Records that are on the file's day neither in UTC nor in the report's time zone.</summary>
    public long OutsideDayCount { get; private set; }

    public void Add(long ms, int localDay)
    {
        var isOutside = fileDay != Day.None && localDay != fileDay && (ms < fileDay * MsPerDay || ms >= (fileDay + 1) * MsPerDay);
        if (isOutside)
            OutsideDayCount++;
        else if (ms < _latestMs)
            DisorderedCount++;
        else
            _latestMs = ms;
        FirstMs = FirstMs < ms ? FirstMs : ms;
        LastMs = LastMs > ms ? LastMs : ms;
    }
}
