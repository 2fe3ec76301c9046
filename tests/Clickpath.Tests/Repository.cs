using System.Runtime.CompilerServices;

namespace Clickpath.Tests;

/// <summary>Where things lie in the checkout that the tests were compiled in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Sql { get; } = Path.Combine(Root, "sql");

    public static string Sample { get; } = Path.Combine(Root, "data", "sample");

    /// <summary>The real export beside the checkout; a test that needs it is ignored where it is absent.</summary>
    public static string RealExport()
    {
        var path = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", "export"));
        if (!Directory.Exists(path))
            Assert.Ignore($"The real export is not at {path}; this test needs it.");
        return path;
    }

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Clickpath.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("Clickpath.slnx is above the tests.");
    }
}
