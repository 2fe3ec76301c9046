using Cake.Cli;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;

namespace Cake.Frosting;

/// <summary>The options that Cake itself knows, and all the others as they are.</summary>
internal sealed class HostArguments
{
    private readonly List<(string Name, string Value)> others = [];

    public HostArguments(IEnumerable<string> args)
    {
        var words = new Queue<string>(args);
        while (words.TryDequeue(out var word))
        {
            if (!word.StartsWith('-')) throw new FrostingException($"Unknown command '{word}'.");
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? word : word[..equals]).TrimStart('-');
            string? Following() => words.TryPeek(out var next) && !next.StartsWith('-') ? words.Dequeue() : null;
            string? Text() => equals < 0 ? Following() : word[(equals + 1)..];
            string Needed() => Text() ?? throw new FrostingException($"Option '{name}' is defined but no value has been provided.");
            bool Flag() => equals < 0 || bool.Parse(Needed());

            switch (name)
            {
                case "target" or "Target" or "t": Targets.Add(Needed()); break;
                case "working" or "w": WorkingDirectory = new DirectoryPath(Needed()); break;
                case "verbosity" or "v": Verbosity = (Verbosity)new VerbosityConverter().ConvertFrom(Needed())!; break;
                case "description" or "descriptions" or "showdescription" or "showdescriptions": Description = Flag(); break;
                case "tree" or "showtree": Tree = Flag(); break;
                case "dryrun" or "noop" or "whatif": DryRun = Flag(); break;
                case "exclusive" or "e": Exclusive = Flag(); break;
                case "version" or "ver": Version = Flag(); break;
                case "info": Info = Flag(); break;
                default: others.Add((name, Text() ?? string.Empty)); break;
            }
        }

        if (Targets.Count == 0) Targets.Add("Default");
    }

    public List<string> Targets { get; } = [];

    public DirectoryPath? WorkingDirectory { get; }

    public Verbosity Verbosity { get; } = Verbosity.Normal;

    public bool Description { get; }

    public bool Tree { get; }

    public bool DryRun { get; }

    public bool Exclusive { get; }

    public bool Version { get; }

    public bool Info { get; }

    public CakeArguments ToCakeArguments() =>
        new(others.Concat(Targets.Select(target => (Name: "target", Value: target)))
            .ToLookup(option => option.Name, option => option.Value));
}
