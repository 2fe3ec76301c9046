namespace Build;

/// <summary>Where this project is on disk.</summary>
public static class Repository
{
    /// <summary>The folder of <c>Clickpath.slnx</c>, which defaults are relative to; or the current folder, for a host that was moved out of it.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory) ?? Environment.CurrentDirectory;

    private static string? Find(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "Clickpath.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder;
    }
}
