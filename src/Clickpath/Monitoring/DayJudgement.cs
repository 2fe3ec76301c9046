using Clickpath.Reports;

namespace Clickpath.Monitoring;

/// <summary>What an alarm says of one subject on one day, as if that day were today.</summary>
/// <param name="Date">The ISO day; for a check that knows no days, the monitored one.</param>
/// <param name="Subject">What: a channel, a field; <c>all</c> for the whole.</param>
/// <param name="Population">How many rows it speaks of.</param>
/// <param name="Observed">long, double or null.</param>
/// <param name="Expected">long, double or null.</param>
/// <param name="Passed">Null: it was not judged.</param>
/// <param name="Severity">critical, warn or info, were it raised.</param>
/// <param name="Message">For a person, where it did not pass.</param>
internal sealed record DayJudgement(string Date, string Subject, long Population, object? Observed, object? Expected, bool? Passed, string Severity, string? Message)
{
    /// <summary>The range outside which one day in a thousand falls.</summary>
    public double? Low { get; init; }

    /// <inheritdoc cref="Low"/>
    public double? High { get; init; }

    /// <summary>Why it was not judged: insufficient_history, too_small, muted.</summary>
    public string? Unjudged { get; init; }

    /// <summary>How likely so large a deviation is by chance; null: no statistics were asked.</summary>
    public double? Probability { get; init; }

    /// <summary>The segment that accounts for most of the change, and its share of it.</summary>
    public string? ExplainedBy { get; init; }

    /// <inheritdoc cref="ExplainedBy"/>
    public double? ExplainedShare { get; init; }

    /// <summary>In units of the currency; above 0: lost, or resting on these figures.</summary>
    public double? MoneyAtStake { get; init; }

    /// <summary>The note of the known event that the day is in.</summary>
    public string? KnownEvent { get; init; }

    /// <summary>The levels that would have been found in nine of ten cases.</summary>
    public double? FoundLow { get; init; }

    /// <inheritdoc cref="FoundLow"/>
    public double? FoundHigh { get; init; }

    /// <summary>By design and by how this shop's quiet days behave.</summary>
    public double? FalseAlarmsAMonth { get; init; }

    public bool Raised => Passed == false;

    /// <summary>1 above what was expected, -1 below; 0 where no range says what was.</summary>
    public int Side => Low is not null && Table.Number(Observed) - Table.Number(Expected) is var difference && double.IsFinite(difference) ? Math.Sign(difference) : 0;

    /// <summary>Whether it is raised as one of two unusual days in three, neither of which would do alone.</summary>
    public bool IsSecondDay { get; init; }
}
