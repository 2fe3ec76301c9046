using System.Globalization;
using Cake.Frosting;
using Clickpath.Sample;

namespace Build.Tasks;

/// <summary>Writes an export of an invented shop.</summary>
[TaskName(nameof(Sample))]
[TaskDescription("Writes an invented shop's export, the same for the same seed")]
[Option("out", "FOLDER", "Where the files go (default: data/sample)", Kind = OptionKind.Path)]
[Option("seed", "N", "The same seed makes the same bytes", Kind = OptionKind.Number)]
[Option("days", "N", "How many daily files", Kind = OptionKind.Number)]
[Option("events-per-day", "N", "Roughly how many events a day has", Kind = OptionKind.Number)]
[Option("defect", "NAME[:DAY]", "A defect to put in, on a day or on all", Repeatable = true)]
public sealed class Sample : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        var options = new SampleOptions();
        SampleShop.Write(options with
        {
            Folder = context.Argument("out") ?? options.Folder,
            Seed = Number("seed") ?? options.Seed,
            Days = Number("days") ?? options.Days,
            EventsPerDay = Number("events-per-day") ?? options.EventsPerDay,
            Defects = [.. context.Arguments.GetArguments("defect")],
        });

        int? Number(string name) => context.Argument(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
    }
}
