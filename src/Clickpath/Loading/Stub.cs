using Clickpath.Engines;
namespace Clickpath.Loading;
internal sealed record InputFile(string Name, string Path);
internal static class InputFiles { public static IReadOnlyList<InputFile> Find(string events) => []; }
internal sealed record LoadedFile(string Name, string Sha256, long Bytes, long Records, long Loaded, long Rejected);
internal sealed record LoadSummary(IReadOnlyList<LoadedFile> Files) { public long Records => Files.Sum(f => f.Records); public long Loaded => Files.Sum(f => f.Loaded); public long Rejected => Files.Sum(f => f.Rejected); }
internal static class Loader { public static LoadSummary Load(IEngine engine, IReadOnlyList<InputFile> files, TimeZoneInfo timeZone, Action<string>? log, CancellationToken token) => new([]); }
