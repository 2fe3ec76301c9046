using Cake.Frosting;
using Clickpath;

namespace Build.Tasks;

/// <summary>Compares two runs.</summary>
[TaskName(nameof(Diff))]
[TaskDescription("Shows how the numbers of two runs differ, and why")]
[Option("against", "FOLDER", "The artifacts of the run to compare the last one with", Kind = OptionKind.Path)]
[Option("markdown", "FILE", "Writes the comparison to a file too, as for a comment on a pull request", Kind = OptionKind.Path)]
public sealed class Diff : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => new Workbench(context.Options).Diff(
        context.Argument("against") ?? throw new ClickpathException("give --against=FOLDER, the artifacts of the run to compare with."),
        context.Argument("markdown"));
}
