using Clickpath.Runs;

namespace Clickpath.Tests.Runs;

/// <summary>A run that takes much longer than the runs before it is told.</summary>
public sealed class RunTimeTests
{
    private static readonly IReadOnlyList<RunTime> Usual = [.. Enumerable.Range(0, 6).Select(i => new RunTime(true, 6000 + (100 * i))), new RunTime(false, 300)];

    [TestCase(true, 20_000, true)]
    [TestCase(true, 11_000, false, TestName = "Twice_as_long_is_not_reached")]
    [TestCase(false, 20_000, false, TestName = "One_run_of_its_kind_is_no_history")]
    public void What_takes_twice_as_long_as_usual_is_told(bool fromStart, double durationMs, bool isTold) =>
        Assert.That(new RunTime(fromStart, durationMs).Unusual(Usual), isTold ? Does.Contain("took 20.0 s, where 6.3 s is usual (6 runs)") : Is.Null);

    [Test]
    public void A_second_more_is_nothing_to_tell() => Assert.That(new RunTime(true, 900).Unusual([.. Usual.Select(run => run with { DurationMs = 300 })]), Is.Null);

    [Test]
    public void The_last_thirty_are_kept_in_run_json_and_what_is_no_manifest_is_no_history()
    {
        using var temp = new TempFolder();
        var path = temp.Write("run.json", "{}");
        Assert.That(RunTime.ReadFrom(path), Is.Empty);

        var runs = new RunTime(false, 1).After([.. Enumerable.Range(0, 40).Select(i => new RunTime(true, i))]);
        Clickpath.Reports.Json.Write(path, new { RunTimes = runs });
        Assert.That(RunTime.ReadFrom(path), Is.EqualTo(runs).And.Count.EqualTo(30));
    }
}
