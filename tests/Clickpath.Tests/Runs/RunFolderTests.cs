using Clickpath.Runs;

namespace Clickpath.Tests.Runs;

public sealed class RunFolderTests
{
    private TempFolder _temp = null!;

    private string Artifacts => Path.Combine(_temp.Path, "artifacts");

    [SetUp]
    public void Make() => _temp = new TempFolder();

    [TearDown]
    public void Remove() => _temp.Dispose();

    [Test]
    public void A_published_run_takes_the_place_of_the_last_whole()
    {
        Publish(("analyze/old.csv", "old"));
        Publish(("monitor/new.json", "new"));

        Assert.That(Files(), Is.EqualTo(new[] { "monitor/new.json", "run.json" }));
    }

    [Test]
    public void A_run_that_is_not_published_leaves_the_last_as_it_was()
    {
        Publish(("analyze/old.csv", "old"));
        using (var folder = new RunFolder(Artifacts))
            File.WriteAllText(folder.PathOf("analyze/new.csv"), "new");

        Assert.That(Files(), Is.EqualTo(new[] { "analyze/old.csv", "run.json" }));
        Assert.That(Directory.EnumerateFileSystemEntries(_temp.Path), Has.Exactly(1).Items);
    }

    [Test]
    public void What_somebody_put_among_the_artifacts_is_kept()
    {
        Publish(("analyze/old.csv", "old"));
        File.WriteAllText(Path.Combine(Artifacts, "notes.txt"), "mine");
        Publish(("analyze/new.csv", "new"));

        Assert.That(Files(), Is.EqualTo(new[] { "analyze/new.csv", "notes.txt", "run.json" }));
    }

    [Test]
    public void A_folder_that_is_not_ours_is_refused()
    {
        _temp.Write("artifacts/thesis.doc", "years of work");

        Assert.That(() => new RunFolder(Artifacts), Throws.TypeOf<ClickpathException>().With.Message.Contains("not a run's artifacts"));
        Assert.That(File.Exists(Path.Combine(Artifacts, "thesis.doc")));
    }

    [Test]
    public void A_second_run_at_the_same_time_is_refused()
    {
        using var first = new RunFolder(Artifacts);

        Assert.That(() => new RunFolder(Artifacts), Throws.TypeOf<ClickpathException>().With.Message.Contains("another run is writing"));
    }

    [Test]
    public void What_a_killed_run_left_is_cleared()
    {
        _temp.Write("artifacts.scratch/analyze/half.csv", "half");
        _temp.Write("artifacts.previous/run.json", "{}"); // killed between the two renames
        Publish(("analyze/new.csv", "new"));

        Assert.That(Files(), Is.EqualTo(new[] { "analyze/new.csv", "run.json" }));
        Assert.That(Directory.EnumerateFileSystemEntries(_temp.Path), Has.Exactly(1).Items);
    }

    private void Publish(params (string Path, string Text)[] files)
    {
        using var folder = new RunFolder(Artifacts);
        foreach (var (path, text) in files.Append(("run.json", "{}")))
            File.WriteAllText(folder.PathOf(path), text);
        folder.Publish();
    }

    private string[] Files() =>
        [.. Directory.EnumerateFiles(Artifacts, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Artifacts, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
