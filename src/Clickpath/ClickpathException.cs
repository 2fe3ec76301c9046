namespace Clickpath;

/// <summary>An error for a person: what happened, where, and what to do, in one line; it ends the run.</summary>
/// <param name="message">Begins with <c>file:line:</c> where there is one, and ends with the remedy.</param>
public sealed class ClickpathException(string message, Exception? inner = null) : Exception(message, inner);
