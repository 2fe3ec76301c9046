namespace Clickpath.Browser;

/// <summary>Runs the pipeline for the pages to be tried.</summary>
internal static class Export
{
    /// <summary>Runs all stages over an export, whatever its quality.</summary>
    public static void Run(string events, string artifacts)
    {
        using var pipeline = new Pipeline(new PipelineOptions { Events = events, Artifacts = artifacts, Sql = Repository.Sql, FailOn = FailOn.None });
        pipeline.DataQuality();
        pipeline.Transform();
        pipeline.Analyze();
        pipeline.Monitor();
        pipeline.Publish();
    }

    /// <summary>The pages of a run, relative to its artifacts.</summary>
    public static IEnumerable<string> Pages(string artifacts) => Directory.EnumerateFiles(artifacts, "*.html", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
