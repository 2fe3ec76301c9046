using System.Runtime.InteropServices;

namespace Clickpath.Runs;

/// <summary>
/// A run's scratch folder beside the artifacts, published by rename when it is whole: a reader sees the old
/// artifacts or the new, whatever is killed when. The lock beside it keeps a second run out.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>What marks a folder as ours, and is written last.</summary>
    public const string ManifestName = "run.json";

    private static readonly HashSet<string> Ours = [ManifestName, Run.DatabaseName, Run.DuckDbName, .. Enum.GetValues<Stages.Stage>().Select(Run.Name)];

    // EWOULDBLOCK on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.
    private const int Locked = 11, LockedOnMac = 35, LockedOnWindows = unchecked((int)0x80070020);

    private readonly FileStream _lock;

    /// <summary>Locks the artifacts folder, clears what a killed run left, and makes the scratch folder.</summary>
    public RunFolder(string artifacts)
    {
        Published = Path.TrimEndingDirectorySeparator(Path.GetFullPath(artifacts));
        if (File.Exists(Published))
            throw new ClickpathException($"'{artifacts}' is a file. Give --artifacts a folder.");
        if (Directory.Exists(Published) && !File.Exists(Path.Combine(Published, ManifestName)) && Directory.EnumerateFileSystemEntries(Published).Any(entry => Path.GetFileName(entry) != Documentation.FileName))
            throw new ClickpathException($"'{artifacts}' holds files that are not a run's artifacts. Give --artifacts a new or empty folder, so that nothing of yours is replaced.");

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Published)!);
            _lock = new FileStream(Published + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (e.HResult is Locked or LockedOnWindows or LockedOnMac)
        {
            throw new ClickpathException($"another run is writing '{artifacts}'. Wait until it ends, or give --artifacts another folder.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClickpathException($"can't write beside '{artifacts}' ({e.Message.TrimEnd('.')}). Give --artifacts a folder that you may write to.", e);
        }

        Scratch = Published + ".scratch";
        Recover();
        Directory.CreateDirectory(Scratch);
    }

    /// <summary>Where the artifacts will be.</summary>
    public string Published { get; }

    /// <summary>Where this run writes.</summary>
    public string Scratch { get; }

    private string Previous => Published + ".previous";

    /// <summary>A path in the scratch folder; its folder is made.</summary>
    public string PathOf(string relative)
    {
        var path = Path.Combine(Scratch, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Puts the scratch folder in the artifacts' place.</summary>
    public void Publish()
    {
        if (!Directory.Exists(Published))
        {
            Directory.Move(Scratch, Published);
        }
        else if (Exchange(Scratch, Published))
        {
            Retire(Scratch);
        }
        else
        {
            // Two renames where the system can't swap two folders in one step; Recover() finishes what is cut between them.
            Directory.Move(Published, Previous);
            Directory.Move(Scratch, Published);
            Retire(Previous);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Scratch))
            Directory.Delete(Scratch, recursive: true);
        _lock.Dispose();
    }

    private void Recover()
    {
        if (Directory.Exists(Previous))
        {
            if (Directory.Exists(Published))
                Retire(Previous);
            else
                Directory.Move(Previous, Published);
        }

        if (Directory.Exists(Scratch))
            Directory.Delete(Scratch, recursive: true);
    }

    // What somebody else put among the artifacts is kept.
    private void Retire(string old)
    {
        foreach (var entry in new DirectoryInfo(old).EnumerateFileSystemInfos())
        {
            var target = Path.Combine(Published, entry.Name);
            if (Ours.Contains(entry.Name) || Path.Exists(target))
                continue;
            if (entry is DirectoryInfo folder)
                folder.MoveTo(target);
            else
                ((FileInfo)entry).MoveTo(target);
        }

        Directory.Delete(old, recursive: true);
    }

    // renameat2(2) with RENAME_EXCHANGE: Linux swaps two folders in one step.
    private static bool Exchange(string a, string b)
    {
        const int CurrentFolder = -100, ExchangeFlag = 2;
        try
        {
            return OperatingSystem.IsLinux() && renameat2(CurrentFolder, a, CurrentFolder, b, ExchangeFlag) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
#pragma warning disable SYSLIB1054, IDE1006, CA2101 // one call of libc; UTF-8 is what ANSI means on Linux
    private static extern int renameat2(int oldFolder, string oldPath, int newFolder, string newPath, int flags);
#pragma warning restore SYSLIB1054, IDE1006, CA2101
}
