using System.Globalization;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Clickpath;
using Clickpath.Sample;
using Clickpath.Sample.Defects;

namespace Build.Tasks;

/// <summary>Writes an export of an invented shop.</summary>
[TaskName(nameof(Sample))]
[TaskDescription("Writes an invented shop's export, the same for the same seed")]
[Option("out", "FOLDER", "Where the files go (default: data/sample, with the defects of data/README.md)", Kind = OptionKind.Path)]
[Option("seed", "N", "The same seed makes the same bytes (default: 1)", Kind = OptionKind.Number)]
[Option("days", "N", "How many daily files (default: 14)", Kind = OptionKind.Number)]
[Option("first-day", "DATE", "The first file's day (default: 2025-03-03)")]
[Option("events-per-day", "N", "Roughly how many events a day has (default: 320)", Kind = OptionKind.Number)]
[Option("orders-per-day", "N", "Roughly how many orders a day has (default: 6 in 1,000 events, or up to 12)")]
[Option("defect", "NAME[:DAY[..DAY]|:all]", "A defect to plant; 'list' prints them, 'none' plants none", Repeatable = true)]
public sealed class Sample : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        var defects = context.Arguments.GetArguments("defect");
        if (defects.Contains("list"))
        {
            foreach (var defect in SampleDefects.All) context.Log.Information("{0}", $"{defect.Name,-34}{defect.Description}");
            return;
        }

        var options = context.Argument("out") is { } folder ? new SampleOptions { Folder = folder } : SampleOptions.Committed;
        options = options with
        {
            Seed = Whole("seed") ?? options.Seed,
            Days = Whole("days") ?? options.Days,
            FirstDay = context.Argument("first-day") ?? options.FirstDay,
            EventsPerDay = Whole("events-per-day") ?? options.EventsPerDay,
            OrdersPerDay = Number("orders-per-day") ?? options.OrdersPerDay,
            Defects = defects.Count > 0 ? [.. defects.Where(name => name != "none")] : options.Defects,
        };
        SampleShop.Write(options);
        context.Log.Information("{0}", $"{options.Folder}: {options.Days} days from {options.FirstDay} on");

        int? Whole(string name) => context.Argument(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

        double? Number(string name) => context.Argument(name) is not { } text ? null
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
            : throw new ClickpathException($"--{name} must be a number, and is '{text}'.");
    }
}
