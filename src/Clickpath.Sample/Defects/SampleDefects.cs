namespace Clickpath.Sample.Defects;

/// <summary>Every defect that the generator can plant. Names are stable: tests and benchmarks go by them.</summary>
public static partial class SampleDefects
{
    /// <summary>All, by what they strike.</summary>
    public static IReadOnlyList<SampleDefect> All { get; } =
    [
        .. OfColumns(), .. OfFiles(), .. OfLines(), .. OfTimes(), .. OfVolume(), .. OfClients(), .. OfPayloads(), .. OfEvents(),
        .. OfOrders(), .. OfFunnel(), .. OfChannels(), .. OfBots(), .. OfPrivacy(), .. OfFormats(),
    ];

    /// <summary>By its name; null where there is none.</summary>
    public static SampleDefect? Find(string name) => All.FirstOrDefault(defect => defect.Name == name);

    /// <summary>Late enough for days before it to compare with, and not the last.</summary>
    private static int Later(int days) => (days * 3 / 4) + 1;

    private static int Last(int days) => days;

    private static int First(int days) => 1;
}
