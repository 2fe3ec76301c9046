using Build;

namespace Clickpath.Tests.Host;

public sealed class CommandLineTests
{
    private static readonly string Root = Build.Repository.Root;

    [TestCase("--evnets=x", "unknown option '--evnets'. Did you mean '--events'?")]
    [TestCase("--event=x", "unknown option '--event'. Did you mean '--events'?")]
    [TestCase("--time-zone=UTC", "unknown option '--time-zone'. Did you mean '--timezone'?")]
    [TestCase("--verbose", "unknown option '--verbose'. Did you mean '--verbosity'?")]
    [TestCase("--xyzzy", "unknown option '--xyzzy'. Run with --help for all options.")]
    [TestCase("--target=Moniter", "unknown target 'Moniter'. Did you mean 'Monitor'?")]
    [TestCase("Monitor", "unexpected 'Monitor'. Did you mean '--target=Monitor'?")]
    [TestCase("b.csv", "unexpected 'b.csv'. Options are given as --name=value; a pattern needs quotes")]
    [TestCase("--fail-on=warning", "--fail-on can't be 'warning'. Allowed: warn, critical, none.")]
    [TestCase("--fail-on=wran", "--fail-on can't be 'wran'. Did you mean 'warn'?")]
    [TestCase("--verbosity=loud", "--verbosity can't be 'loud'.")]
    [TestCase("--events=", "--events needs a value: --events=PATH.")]
    [TestCase("--param=x", "--param must be NAME=VALUE, and is 'x'.")]
    [TestCase("--dryrun=maybe", "--dryrun takes no value, and has 'maybe'.")]
    [TestCase("--days=0", "--days must be a whole number above 0, and is '0'.")]
    public void A_wrong_argument_is_an_error_that_says_what_is_right(string argument, string message) =>
        Assert.That(() => CommandLine.Parse([argument], Root), Throws.TypeOf<ClickpathException>().With.Message.StartsWith(message));

    [Test]
    public void An_option_that_counts_once_is_not_taken_twice() =>
        Assert.That(() => CommandLine.Parse(["--events=a", "--events=b"], Root), Throws.TypeOf<ClickpathException>().With.Message.StartsWith("--events is given twice."));

    [TestCase(new[] { "--target", "monitor" }, new[] { "--target=Monitor" })]
    [TestCase(new[] { "-t=Monitor", "-v=d", "-e" }, new[] { "--target=Monitor", "--verbosity=diagnostic", "--exclusive" })]
    [TestCase(new[] { "--whatif", "--showtree=false" }, new[] { "--dryrun" })]
    [TestCase(new[] { "--param", "a=1", "--param=b=x=y" }, new[] { "--param=a=1", "--param=b=x=y" })]
    [TestCase(new[] { "--events", "a folder/*.csv" }, new[] { "--events=a folder/*.csv" })]
    public void Arguments_are_taken_as_Cake_takes_them(string[] given, string[] expected) =>
        Assert.That(CommandLine.Parse(given, Root).Arguments, Is.EqualTo(expected));

    [Test]
    public void A_path_is_relative_to_where_the_user_stands()
    {
        using var temp = new TempFolder();

        Assert.That(CommandLine.Parse(["--events=x"], temp.Path).Arguments, Is.EqualTo(new[] { "--events=" + Path.Combine(temp.Path, "x") }));
    }

    [Test]
    public void The_help_names_every_option_and_every_task()
    {
        var page = HelpPage.Text();

        Assert.Multiple(() =>
        {
            foreach (var option in Options.All)
                Assert.That(page, Does.Contain("--" + option.Name));
            foreach (var task in TaskList.All)
                Assert.That(page, Does.Match($"(?m)^  {task.Name} +{System.Text.RegularExpressions.Regex.Escape(task.Description)}$"));
        });
    }

    [Test]
    public void The_readme_names_every_option_of_a_run()
    {
        var readme = File.ReadAllText(Path.Combine(Root, "README.md"));

        Assert.That(Options.Pipeline.Where(option => !readme.Contains("`--" + option.Name, StringComparison.Ordinal)).Select(option => option.Name), Is.Empty);
    }
}
