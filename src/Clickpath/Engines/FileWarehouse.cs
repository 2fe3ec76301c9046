using System.Security.Cryptography;

namespace Clickpath.Engines;

/// <summary>An embedded engine's: one file among the artifacts, or where <c>--database</c> says, made beside it and renamed.</summary>
internal sealed class FileWarehouse : IWarehouse
{
    // What engines keep beside their file while it is open, and a killed run leaves.
    private static readonly string[] Suffixes = ["", "-wal", "-shm", "-aside", "-aside-wal", "-aside-shm", ".wal"];

    private readonly string? _own;
    private readonly string _last;
    private readonly string _scratch;
    private readonly int _headerBytes;
    private readonly Func<string, bool, IEngine> _open;

    /// <summary>Looks, and touches nothing.</summary>
    /// <param name="engine">The engine's name.</param>
    /// <param name="options">Where the artifacts are, or the database.</param>
    /// <param name="name">The file's name among the artifacts.</param>
    /// <param name="scratch">The run's scratch folder; null where nothing is made.</param>
    /// <param name="headerBytes">How much of the file's beginning is another whenever somebody has written to it.</param>
    /// <param name="open">Opens a file, read-only or not.</param>
    public FileWarehouse(string engine, PipelineOptions options, string name, string? scratch, int headerBytes, Func<string, bool, IEngine> open)
    {
        Place = options.Database ?? Path.Combine(options.Artifacts, name);
        if (Directory.Exists(options.Database))
            throw new ClickpathException($"'{options.Database}' is a folder. Give --database a file.");
        (Engine, _headerBytes, _open) = (engine, headerBytes, open);
        _own = options.Database is null ? null : Path.GetFullPath(options.Database);
        _last = Path.GetFullPath(Place);
        _scratch = _own is null ? Path.Combine(scratch ?? "", name) : _own + ".scratch";
    }

    public string Engine { get; }

    public bool Exists => File.Exists(_last);

    public string Place { get; }

    public string State() => Header(_last);

    public IEngine OpenLast() => _open(_last, true);

    public IEngine OpenScratch(bool fromLast)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_scratch)!);
        DeleteScratch();
        if (fromLast)
            File.Copy(_last, _scratch);
        var engine = _open(_scratch, false);
        return fromLast ? engine.After(_last) : engine;
    }

    public string ScratchState() => Header(_scratch);

    // A file among the artifacts is published with their folder.
    public void Publish()
    {
        if (_own is not null)
            File.Move(_scratch, _own, overwrite: true);
    }

    public void Dispose()
    {
        if (_own is not null)
            DeleteScratch();
    }

    private void DeleteScratch() => Array.ForEach(Suffixes, suffix => File.Delete(_scratch + suffix));

    // Engines count in a file's header how often it was changed.
    private string Header(string path)
    {
        using var stream = File.OpenRead(path);
        var header = new byte[_headerBytes];
        return Convert.ToHexStringLower(SHA256.HashData(header.AsSpan(0, stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false))));
    }
}
