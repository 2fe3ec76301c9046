using System.Text.Json;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Clickpath;

namespace Build.Tasks;

/// <summary>Removes what building, testing and running have made.</summary>
[TaskName(nameof(Clean))]
[TaskDescription("Removes build output, test results and the published artifacts")]
public sealed class Clean : FrostingTask<BuildContext>
{
    private static readonly string[] Folders = ["build", "src", "tests"];

    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        // This program runs from build/bin, so that stays; without the stamp in .build the next build.sh builds anew.
        var projects = Folders
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories))
            .Select(project => Path.GetDirectoryName(project)!);
        foreach (var project in projects)
        {
            if (!IsOrHolds(Path.Combine(project, "bin"), AppContext.BaseDirectory)) Remove(context, Path.Combine(project, "bin"));
            Remove(context, Path.Combine(project, "obj"));
        }

        Remove(context, ".build");
        RemoveArtifacts(context, context.Options.Artifacts);
    }

    private static void RemoveArtifacts(BuildContext context, string folder)
    {
        if (!Directory.Exists(folder)) return;
        if (!IsRun(Path.Combine(folder, "run.json")) || IsOrHolds(folder, Environment.CurrentDirectory))
            throw new ClickpathException($"{folder}: not removed, because it holds no run.json of Clickpath's. Remove it by hand if you mean to.");
        Remove(context, folder);
    }

    private static bool IsRun(string file)
    {
        try
        {
            using var run = JsonDocument.Parse(File.ReadAllBytes(file));
            return run.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            return false;
        }
    }

    private static bool IsOrHolds(string folder, string other)
    {
        var relative = Path.GetRelativePath(folder, other);
        return !Path.IsPathRooted(relative) && relative.Split(Path.DirectorySeparatorChar)[0] != "..";
    }

    private static void Remove(BuildContext context, string folder)
    {
        if (!Directory.Exists(folder)) return;
        Directory.Delete(folder, recursive: true);
        context.Log.Information("Removed {0}", folder);
    }
}
