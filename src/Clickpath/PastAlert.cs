namespace Clickpath;

/// <summary>An alert that a day of the data would have raised, had it been today.</summary>
/// <param name="Check">The file of <c>sql/monitor</c>, without its ending.</param>
/// <param name="Subject">What it speaks of: a channel, a field; <c>all</c> for the whole.</param>
/// <param name="Severity">critical, warn or info: the worst of its days.</param>
/// <param name="FirstDay">The ISO day on which it was raised.</param>
/// <param name="Message">What it said on its first day.</param>
public sealed record PastAlert(string Check, string Subject, string Severity, string FirstDay, string Message);
