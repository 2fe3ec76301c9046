using Cake.Frosting;
using Clickpath;

namespace Build.Tasks;

/// <summary>One order, whole.</summary>
[TaskName(nameof(Explain))]
[TaskDescription("Prints what the last run knows of an order: records, session, touches, credit")]
[Option("order", "ORDER_ID", "The order to explain")]
public sealed class Explain : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        // Without a stage, so that nothing is published.
        using var pipeline = new Pipeline(context.Options);
        pipeline.Explain(context.Argument("order") ?? throw new ClickpathException("which order? Give --order=ORDER_ID."));
    }
}
