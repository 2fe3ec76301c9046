using Clickpath.Monitoring;

namespace Clickpath.Tests.Monitoring;

/// <summary>An alert from its first day to its end. In the tests a day is a letter: r raised, R raised as critical, h raised as too high, l as too
/// low, c calm, - not judged.</summary>
public sealed class EpisodeTests
{
    [TestCase("ccccc", "")]
    [TestCase("ccrcc", "3..3")]
    [TestCase("crrrc", "2..4 stands")]
    [TestCase("crrrcc", "2..4")]
    [TestCase("rcrcrcc", "1..5", TestName = "What_comes_and_goes_is_one_alert")]
    [TestCase("rccrr", "1..1, 4..5 stands", TestName = "After_two_calm_days_it_is_another_alert")]
    [TestCase("r-c-c", "1..1", TestName = "A_day_that_was_not_judged_is_not_calm")]
    [TestCase("r-----", "1..1 stands")]
    [TestCase("hhlll", "1..2, 3..5 stands", TestName = "What_turns_from_too_much_to_too_little_is_another_alert")]
    [TestCase("hclh", "1..1, 3..3, 4..4 stands")]
    public void An_alert_stands_until_two_calm_days(string days, string expected) =>
        Assert.That(string.Join(", ", Episode.Of(Days(days)).Select(e => $"{e.Since.Date}..{e.Last.Date}{(e.Ended is null ? " stands" : "")}")), Is.EqualTo(expected));

    [Test]
    public void Its_severity_is_that_of_its_worst_day() => Assert.That(Episode.Of(Days("rRr")).Single().Worst.Date, Is.EqualTo("2"));

    [Test]
    public void It_ended_on_its_first_calm_day() => Assert.That(Episode.Of(Days("rrcc")).Single().Calm!.Date, Is.EqualTo("3"));

    private static IEnumerable<DayJudgement> Days(string days) => days.Select((day, i) => new DayJudgement(
        $"{i + 1}", "all", 1, 1L, 1L, day switch { 'c' => true, '-' => null, _ => false }, day == 'R' ? "critical" : "warn", "m")
    {
        Low = day is 'h' or 'l' ? 1 : null,
        Observed = day is 'h' ? 2L : day is 'l' ? 0L : 1L,
    });
}
