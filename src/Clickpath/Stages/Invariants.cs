using Clickpath.Runs;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>What must hold in every run: records and revenue are the same however they are counted. A breach ends the run.</summary>
internal static class Invariants
{
    /// <summary>Checks the invariants that can be checked now.</summary>
    public static void Check(Run run, Func<SqlFile, bool> which)
    {
        var broken = run.Checks(Folder.Invariants, which).FirstOrDefault(r => r.Failed);
        if (broken is null)
            return;
        var first = broken.Subjects.First(s => s.Passed == false);
        throw broken.File.Error($"invariant broken: {first.Message} Nothing was published. Look for a join that multiplies or drops rows in the models it reads.");
    }
}
