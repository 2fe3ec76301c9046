namespace Clickpath.Engines;

/// <summary>What moves between the machines of an engine that has several.</summary>
/// <param name="How">For a person.</param>
/// <param name="PulledRows">How many rows the machine that is asked gets from the others, as far as the engine guesses.</param>
internal sealed record Movement(string How, double PulledRows);
