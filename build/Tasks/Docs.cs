using Cake.Core.Diagnostics;
using Cake.Frosting;
using Clickpath;

namespace Build.Tasks;

/// <summary>Writes the catalogue of the SQL files.</summary>
[TaskName(nameof(Docs))]
[TaskDescription("Writes docs.html: every table, check, report and alarm with its columns, parameters, SQL and lineage; needs no run")]
public sealed class Docs : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => context.Log.Information("Wrote {0}", Documentation.Write(context.Options));
}
