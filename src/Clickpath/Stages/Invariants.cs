using System.Globalization;
using Clickpath.Runs;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>What must hold in every run: records and revenue are the same however they are counted. A breach ends the run.</summary>
internal static class Invariants
{
    private const int MostExamples = 3;

    /// <summary>Checks the invariants that can be checked now.</summary>
    public static void Check(Run run, Func<SqlFile, bool> which)
    {
        var broken = run.Checks(Folder.Invariants, which).FirstOrDefault(r => r.Failed);
        if (broken is null)
            return;
        var failed = broken.Subjects.Where(s => s.Passed == false).ToList();
        var models = string.Join(", ", broken.File.Sources.Where(source => run.Sql.Catalog.Models.Any(m => m.Name == source && m.Folder == Folder.Transform)));
        throw broken.File.Error(
            $"invariant broken: {failed[0].Message} {Examples(broken, failed)}It reads {models}. Nothing was published: look for a join that multiplies or drops rows in these models.");
    }

    // Rows to look at, where the file has some; else what else did not pass.
    private static string Examples(CheckResult broken, List<CheckSubject> failed)
    {
        var examples = broken.Samples is { Rows.Count: > 0 } samples
            ? samples.Rows.Take(MostExamples).Select(row => "(" + string.Join(", ", samples.Columns.Select((column, i) => $"{column} {Convert.ToString(row[i], CultureInfo.InvariantCulture) ?? "NULL"}")) + ")")
            : failed.Skip(1).Take(MostExamples).Select(subject => $"({subject.Message?.TrimEnd('.')})");
        return string.Join("; ", examples) is { Length: > 0 } text ? $"Such as {text}. " : "";
    }
}
