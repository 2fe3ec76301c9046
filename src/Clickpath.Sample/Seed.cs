namespace Clickpath.Sample;

/// <summary>What the sample is to look like.</summary>
public sealed record SampleOptions
{
    /// <summary>Where the files go.</summary>
    public string Folder { get; init; } = "data/sample";

    /// <summary>The same seed makes the same bytes.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many daily files.</summary>
    public int Days { get; init; } = 14;

    /// <summary>Roughly how many events a day has.</summary>
    public int EventsPerDay { get; init; } = 400;

    /// <summary>The first file's day, ISO.</summary>
    public string FirstDay { get; init; } = "2025-03-03";

    /// <summary>NAME or NAME:DAY.</summary>
    public IReadOnlyList<string> Defects { get; init; } = [];
}

/// <summary>An invented shop.</summary>
public static class SampleShop
{
    /// <summary>Writes the daily files.</summary>
    public static void Write(SampleOptions options) => throw new NotImplementedException(options.Folder);
}
