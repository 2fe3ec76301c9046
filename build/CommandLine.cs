using System.Globalization;
using Clickpath;

namespace Build;

/// <summary>The arguments, checked before anything runs, and rewritten as <c>--name=value</c> for Cake.</summary>
internal sealed class CommandLine
{
    private readonly List<string> arguments = [];

    /// <summary>What Cake is handed.</summary>
    public IReadOnlyList<string> Arguments => arguments;

    public bool Help { get; private set; }

    /// <summary>Reads the arguments.</summary>
    /// <param name="args">As the shell passed them.</param>
    /// <param name="folder">Where the user stands: relative paths that the user gave are relative to it.</param>
    /// <exception cref="ClickpathException">An option is unknown, has no or a wrong value, or stands twice.</exception>
    public static CommandLine Parse(IReadOnlyList<string> args, string folder)
    {
        var line = new CommandLine();
        var given = new HashSet<string>(StringComparer.Ordinal);
        var options = Options.All.ToList();
        var words = new Queue<string>(args);
        while (words.TryDequeue(out var word))
        {
            var (option, value) = Split(word, options);
            if (value is null && option.Kind != OptionKind.Flag && words.TryPeek(out var next) && !next.StartsWith("--", StringComparison.Ordinal))
                value = words.Dequeue();
            if (!given.Add(option.Name) && !option.Repeatable)
                throw new ClickpathException($"--{option.Name} is given twice. Give it once.");

            value = Checked(option, value);
            if (option.Kind == OptionKind.Flag && value == "false") continue;
            line.Help |= option.Name == "help";
            if (option.Name == "watch")
            {
                line.arguments.RemoveAll(argument => argument.StartsWith("--target=", StringComparison.Ordinal));
                line.arguments.Add($"--target={nameof(Tasks.Watch)}");
                continue;
            }

            line.arguments.Add(option.Kind == OptionKind.Flag ? $"--{option.Name}" : $"--{option.Name}={(option.Kind == OptionKind.Path ? FromRoot(value, folder, args) : value)}");
        }

        return line;
    }

    private static (OptionAttribute Option, string? Value) Split(string word, List<OptionAttribute> options)
    {
        if (word.Length < 2 || word[0] != '-')
        {
            var target = TaskList.All.FirstOrDefault(task => task.Name.Equals(word, StringComparison.OrdinalIgnoreCase));
            throw new ClickpathException(target is not null
                ? $"unexpected '{word}'. Did you mean '--target={target.Name}'?"
                : $"unexpected '{word}'. Options are given as --name=value; a pattern needs quotes, lest the shell expand it: --events='data/*.csv'.");
        }

        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var dashed = equals < 0 ? word : word[..equals];
        var name = dashed.TrimStart('-');
        var option = options.FirstOrDefault(known => known.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
            ?? throw new ClickpathException(
                $"unknown option '{dashed}'.{Nearest.Hint("--" + name, options.Select(known => "--" + known.Name))} Run with --help for all options.");
        return (option, equals < 0 ? null : word[(equals + 1)..]);
    }

    private static string Checked(OptionAttribute option, string? value)
    {
        if (option.Kind == OptionKind.Flag)
        {
            return value?.ToLowerInvariant() switch
            {
                null or "true" => "true",
                "false" => "false",
                _ => throw new ClickpathException($"--{option.Name} takes no value, and has '{value}'. Leave the value out."),
            };
        }

        if (string.IsNullOrWhiteSpace(value))
            throw new ClickpathException($"--{option.Name} needs a value: --{option.Name}={option.Value}.");

        if (option.Name == "target")
        {
            return TaskList.All.FirstOrDefault(task => task.Name.Equals(value, StringComparison.OrdinalIgnoreCase))?.Name
                ?? throw new ClickpathException($"unknown target '{value}'.{Nearest.Hint(value, TaskList.All.Select(task => task.Name))} "
                    + $"There are: {string.Join(", ", TaskList.All.Select(task => task.Name))}.");
        }

        if (option.Allowed.Count > 0)
        {
            // Cake takes -v=d for diagnostic; a first letter will do wherever it is unambiguous.
            var near = option.Allowed.Where(allowed => allowed.StartsWith(value, StringComparison.OrdinalIgnoreCase)).ToList();
            return near.Count == 1
                ? near[0]
                : throw new ClickpathException($"--{option.Name} can't be '{value}'.{Nearest.Hint(value, option.Allowed)} Allowed: {string.Join(", ", option.Allowed)}.");
        }

        if (option.Kind == OptionKind.Number && (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1))
            throw new ClickpathException($"--{option.Name} must be a whole number above 0, and is '{value}'.");
        if (option.Kind == OptionKind.Pair && value.IndexOf('=', StringComparison.Ordinal) < 1)
            throw new ClickpathException($"--{option.Name} must be {option.Value}, and is '{value}'.");
        return value;
    }

    /// <summary>Defaults are relative to the project, what the user gives to where the user stands; stages run in the project.</summary>
    private static string FromRoot(string path, string folder, IReadOnlyList<string> args)
    {
        var elsewhere = args.Any(word => word.StartsWith("--working", StringComparison.OrdinalIgnoreCase) || word.StartsWith("-w", StringComparison.Ordinal));
        return elsewhere || Path.IsPathRooted(path) || folder == Repository.Root
            ? path
            : Path.GetFullPath(path, folder);
    }
}
