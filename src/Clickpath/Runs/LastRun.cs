using System.Security.Cryptography;
using System.Text.Json;
using Clickpath.Engines;
using Clickpath.Loading;

namespace Clickpath.Runs;

/// <summary>What the last run left that this one may build on, as its run.json says.</summary>
internal sealed class LastRun
{
    private readonly string _folder;
    private readonly Dictionary<string, Output> _outputs = new(StringComparer.Ordinal);
    private readonly JsonElement _manifest;

    private LastRun(string folder, JsonElement manifest)
    {
        (_folder, _manifest) = (folder, manifest);
        foreach (var output in manifest.GetProperty("outputs").EnumerateArray())
        {
            _outputs.Add(output.GetProperty("path").GetString()!, new Output(
                output.GetProperty("bytes").GetInt64(),
                output.GetProperty("sha256").GetString()!,
                output.GetProperty("source").GetString(),
                output.GetProperty("made_of").GetString()));
        }
    }

    /// <summary>An output of the last run.</summary>
    /// <param name="Bytes">Its length.</param>
    /// <param name="Sha256">Of its bytes.</param>
    /// <param name="Source">The SQL file that made it; null: several.</param>
    /// <param name="MadeOf">The version of all that went into it; null: not known.</param>
    public sealed record Output(long Bytes, string Sha256, string? Source, string? MadeOf);

    /// <summary>The code that it ended with.</summary>
    public int ExitCode => _manifest.GetProperty("exit_code").GetInt32();

    /// <summary>The stages that it ran.</summary>
    public IReadOnlyList<string> Stages => [.. _manifest.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("name").GetString()!)];

    /// <summary>The SQL files that it ran or reused.</summary>
    public IEnumerable<string> SqlFiles => _manifest.GetProperty("sql").EnumerateArray().Select(file => file.GetProperty("path").GetString()!);

    public IReadOnlyDictionary<string, Output> Outputs => _outputs;

    /// <summary>Reads run.json; null where there is none, or where another build of Clickpath has written it.</summary>
    public static LastRun? Read(string folder)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, RunFolder.ManifestName)));
            return json.RootElement.GetProperty("made_by").GetString() == Product.Checksum ? new LastRun(folder, json.RootElement.Clone()) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether it was told the same: the options, the SQL files, and the names and lengths of the input files.</summary>
    public bool WasAsked(string question) => Text("asked") == question;

    /// <summary>Whether its input files are, byte for byte, these.</summary>
    public bool Had(IReadOnlyList<InputFile> files)
    {
        var inputs = Inputs();
        return inputs.Count == files.Count && files.AsParallel().All(file => inputs.TryGetValue(file.Name, out var last) && InputContent.Is(file, last));
    }

    /// <summary>Whether its outputs are as it left them.</summary>
    public bool IsWhole() => _outputs.AsParallel().All(output => IsAsItWas(output.Key, output.Value));

    /// <summary>Why its database can't be built upon; null where it can.</summary>
    /// <param name="loader">What the load tables hang on, beside the files.</param>
    /// <param name="warehouse">Where its tables are.</param>
    /// <param name="files">The input files now.</param>
    public string? Obstacle(string loader, IWarehouse warehouse, IReadOnlyList<InputFile> files)
    {
        if (Text("loader") != loader)
            return "the engine, the time zone or the load tables changed";
        if (!warehouse.Exists)
            return "the last run's database is gone";
        if (Text("database") != warehouse.State())
            return "the database was changed since the last run";

        // Taking most files out again costs more than a load of all.
        var inputs = Inputs();
        var (known, all) = (0L, 0L);
        foreach (var file in files)
        {
            var bytes = new FileInfo(file.Path).Length;
            all += bytes;
            if (inputs.TryGetValue(file.Name, out var last) && last.Bytes == bytes)
                known += bytes;
        }

        return 2 * known < all ? "most input files are new" : null;
    }

    /// <summary>Copies an output, unless it was made of something else or is not as the last run left it.</summary>
    /// <returns>Whether the output is there now.</returns>
    public bool TryCopy(string path, string madeOf, string target)
    {
        if (!_outputs.TryGetValue(path, out var output) || output.MadeOf != madeOf || !IsAsItWas(path, output))
            return false;
        File.Copy(Path.Combine(_folder, path), target, overwrite: true);
        return true;
    }

    private bool IsAsItWas(string path, Output output)
    {
        var file = new FileInfo(Path.Combine(_folder, path));
        if (!file.Exists || file.Length != output.Bytes)
            return false;
        using var stream = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == output.Sha256;
    }

    private Dictionary<string, LoadedFile> Inputs() => _manifest.GetProperty("inputs") is { ValueKind: JsonValueKind.Array } inputs
        ? inputs.EnumerateArray().Select(input => new LoadedFile(
            input.GetProperty("name").GetString()!,
            input.GetProperty("sha256").GetString()!,
            input.GetProperty("bytes").GetInt64(),
            input.GetProperty("records").GetInt64(),
            input.GetProperty("loaded").GetInt64(),
            input.GetProperty("rejected").GetInt64())).ToDictionary(input => input.Name, StringComparer.Ordinal)
        : [];

    private string? Text(string name) => _manifest.TryGetProperty(name, out var value) ? value.GetString() : null;
}
