using Clickpath.Sql;

namespace Clickpath.Runs;

/// <summary>Which build of Clickpath this is: what another has made is not built upon.</summary>
internal static class Product
{
    public const string Name = "Clickpath";

    public static string Version { get; } = typeof(Product).Assembly.GetName().Version!.ToString(3);

    /// <summary>Of this library's code, and of the packages and the runtime that it runs with.</summary>
    public static string Checksum { get; } = Versions.Checksum([
        typeof(Product).Assembly.ManifestModule.ModuleVersionId.ToString(),
        .. ((string?)AppContext.GetData("APP_CONTEXT_DEPS_FILES") ?? "").Split(';').Where(File.Exists).Select(File.ReadAllText),
    ]);
}
