using Clickpath.Runs;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>Builds the models of <c>sql/reference</c> and <c>sql/transform</c>, and their files.</summary>
internal static class Transform
{
    public static void Run(Run run)
    {
        run.Exports ??= new Exports(run);
        run.Exports.Want();
        run.Make(run.Sql.Catalog.Models);
        run.Exports.Complete();
        run.Sql.Engine.Analyze();
        Invariants.Check(run, file => !run.Sql.Catalog.Upstream(file).Any(f => f.Folder == Folder.Analyze));
    }
}
