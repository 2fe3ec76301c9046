using System.Globalization;
using Cake.Frosting;
using Clickpath.Sample;

namespace Build.Tasks;

/// <summary>Measures how good the alarms are; its figures are kept in <c>sql/monitor/README.md</c>.</summary>
[TaskName(nameof(AlarmTrials))]
[TaskDescription("Counts false alarms on clean invented shops, and planted incidents that are found")]
[Option("seeds", "N", "How many clean exports; half as many with incidents (default: 20)", Kind = OptionKind.Number)]
[Option("first-seed", "N", "The first of the seeds; no threshold was chosen on those from 9001 on (default: 9001)", Kind = OptionKind.Number)]
public sealed class AlarmTrials : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        var seeds = int.Parse(context.Argument("seeds") ?? "20", CultureInfo.InvariantCulture);
        var first = int.Parse(context.Argument("first-seed") ?? "9001", CultureInfo.InvariantCulture);
        foreach (var (events, orders, clean) in new[] { (3500, 21, seeds), (12_000, 200, 0) })
        {
            var shop = new SampleOptions { Seed = first, EventsPerDay = events, OrdersPerDay = orders };
            Clickpath.Sample.AlarmTrials.Run(context.Options.Sql, shop, clean, (seeds + 1) / 2, context.Progress);
        }
    }
}
