namespace Clickpath.Loading;

/// <summary>What became of one input file: <see cref="Records"/> = <see cref="Loaded"/> + <see cref="Rejected"/>.</summary>
/// <param name="Name">Relative to the events folder.</param>
/// <param name="Sha256">Of the bytes on disk, lower-case hex.</param>
/// <param name="Bytes">On disk.</param>
/// <param name="Records">After the header.</param>
/// <param name="Loaded">Rows of raw_events.</param>
/// <param name="Rejected">Rows of rejected_rows.</param>
internal sealed record LoadedFile(string Name, string Sha256, long Bytes, long Records, long Loaded, long Rejected)
{
    /// <summary>Its rows were there from an earlier run, and it was not parsed again.</summary>
    public bool IsReused { get; init; }
}

/// <summary>What a load did.</summary>
/// <param name="Files">In the order of their ids.</param>
internal sealed record LoadSummary(IReadOnlyList<LoadedFile> Files)
{
    /// <summary>Records in all files.</summary>
    public long Records => Files.Sum(file => file.Records);

    /// <summary>Records that became events.</summary>
    public long Loaded => Files.Sum(file => file.Loaded);

    /// <summary>Records that could not be read.</summary>
    public long Rejected => Files.Sum(file => file.Rejected);

    /// <summary>Bytes on disk.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);
}
