namespace Build;

/// <summary>What an option's value is, and so how it is checked.</summary>
public enum OptionKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>No value: it is there or not.</summary>
    Flag,

    /// <summary>A file, folder or pattern, relative to where the user stands.</summary>
    Path,

    /// <summary>A whole number above 0.</summary>
    Number,

    /// <summary>NAME=VALUE.</summary>
    Pair,
}

/// <summary>An option of a task: put on the task's class, it is all that help and checking need.</summary>
/// <param name="name">Without dashes; further spellings after <c>|</c>.</param>
/// <param name="value">The value's name in the help; or what is allowed, as <c>a|b|c</c>.</param>
/// <param name="help">One line.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OptionAttribute(string name, string value, string help) : Attribute
{
    /// <summary>The name, without dashes.</summary>
    public string Name => Names[0];

    /// <summary>The name, and what else it is called.</summary>
    public IReadOnlyList<string> Names { get; } = name.Split('|');

    /// <summary>What stands for the value in the help.</summary>
    public string Value { get; } = value;

    /// <summary>What it does, in one line.</summary>
    public string Help { get; } = help;

    /// <summary>How the value is checked.</summary>
    public OptionKind Kind { get; init; }

    /// <summary>Whether it may be given more than once.</summary>
    public bool Repeatable { get; init; }

    /// <summary>The values allowed; empty: any.</summary>
    public IReadOnlyList<string> Allowed { get; } = value.Contains('|', StringComparison.Ordinal) ? value.Split('|') : [];
}
