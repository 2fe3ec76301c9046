using System.Globalization;
using Cake.Frosting;
using Clickpath.Sample;

namespace Build.Tasks;

/// <summary>Measures how good the alarms are; its figures are kept in <c>sql/monitor/README.md</c>.</summary>
[TaskName(nameof(AlarmTrials))]
[TaskDescription("Counts false alarms on clean invented shops, and planted incidents that are found")]
[Option("seeds", "N", "How many clean exports; half as many with incidents (default: 20)", Kind = OptionKind.Number)]
public sealed class AlarmTrials : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        var seeds = int.Parse(context.Argument("seeds") ?? "20", CultureInfo.InvariantCulture);
        Clickpath.Sample.AlarmTrials.Run(context.Options.Sql, new SampleOptions { EventsPerDay = 3500, OrdersPerDay = 21 }, seeds, (seeds + 1) / 2, context.Progress);
        Clickpath.Sample.AlarmTrials.Run(context.Options.Sql, new SampleOptions { EventsPerDay = 3500, OrdersPerDay = 200 }, 0, (seeds + 1) / 2, context.Progress);
    }
}
