namespace Build;

/// <summary>What <c>--help</c> prints: made of the tables that the options are checked against.</summary>
internal static class HelpPage
{
    public static int Print()
    {
        Console.Out.Write(Text());
        return 0;
    }

    public static string Text()
    {
        var page = new StringWriter { NewLine = "\n" };
        page.WriteLine("Clickpath: from daily web-event exports to quality checks, models, reports and alarms.");
        page.WriteLine();
        page.WriteLine("Usage: ./build.sh [--target=TASK] [options]        (Windows: ./build.ps1)");
        Section(page, "Tasks", TaskList.InOrder().Select(task => (task.Name, task.Description)));
        Section(page, "Options of a run", Options.Pipeline.Select(Row));
        foreach (var task in TaskList.InOrder().Where(task => task.Options.Count > 0))
            Section(page, $"Options of {task.Name}", task.Options.Select(Row));
        Section(page, "Options of the host", Options.Cake.Select(Row));
        Section(page, "Exit codes",
        [
            ("0", "All good"),
            ("1", "An error: nothing was published, the last artifacts stand"),
            ("2", "A critical data-quality check failed: its report is published, later stages did not run"),
            ("3", "Monitoring is critical: all reports are published"),
        ]);
        Section(page, "Examples",
        [
            ("./build.sh", "The committed sample, end to end"),
            ("./build.sh --events=../exports --artifacts=../results", ""),
            ("./build.sh --target=DataQuality --events='in/events_202503*.csv.gz'", ""),
            ("./build.sh --timezone=Europe/Berlin --fail-on=warn --param session_timeout_minutes=45", ""),
        ]);
        return page.ToString();
    }

    private static (string, string) Row(OptionAttribute option)
    {
        var flag = option.Names.FirstOrDefault(name => name.Length == 1 && char.IsAsciiLetter(name[0]));
        return ((flag is null ? "    " : $"-{flag}, ") + $"--{option.Name}" + (option.Value.Length > 0 ? $"={option.Value}" : ""),
            option.Help + (option.Repeatable ? "; repeatable" : ""));
    }

    private static void Section(StringWriter page, string title, IEnumerable<(string Term, string Text)> rows)
    {
        const int column = 32;
        page.WriteLine();
        page.WriteLine(title);
        foreach (var (term, text) in rows)
        {
            // A long term has a line of its own, so that the texts stay in their column.
            var sameLine = term.Length < column - 3;
            page.WriteLine(text.Length == 0 ? $"  {term}" : sameLine ? $"  {term.PadRight(column - 2)}{text}" : $"  {term}\n{new string(' ', column)}{text}");
        }
    }
}
