using Cake.Frosting;
using Clickpath;

namespace Build.Tasks;

/// <summary>Answers a question over the last run.</summary>
[TaskName(nameof(Query))]
[TaskDescription("Runs a SELECT over the last run, read-only, and prints its rows")]
[Option("sql-text", "SELECT", "What to run; events, sessions, orders and all reports are tables")]
[Option("sql-file", "FILE", "A file that holds it", Kind = OptionKind.Path)]
public sealed class Query : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        var (text, file) = (context.Argument("sql-text"), context.Argument("sql-file"));
        if (text is null == file is null) throw new ClickpathException("give --sql-text=\"SELECT ...\" or --sql-file=FILE, one of them.");
        if (file is not null && !File.Exists(file)) throw new ClickpathException($"no such file: '{file}'. Give --sql-file a file that holds a SELECT.");
        new Workbench(context.Options).Query(text ?? File.ReadAllText(file!), file ?? "query");
    }
}
