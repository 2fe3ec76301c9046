namespace Clickpath.Tests.Host;

/// <summary>build.sh and build.ps1 over a small project and a dotnet that only notes what it is asked to do.</summary>
[TestFixture("build.sh")]
[TestFixture("build.ps1")]
public sealed class ScriptTests(string script)
{
    private TempFolder _temp = null!;

    private string Project => Path.Combine(_temp.Path, "a project");

    [SetUp]
    public void Make()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("The dotnet of this test is a shell script.");
        if (script == "build.ps1" && !OnPath("pwsh"))
            Assert.Ignore("pwsh is not installed, so build.ps1 is not run.");
        _temp = new TempFolder();
        _temp.Write($"a project/{script}", File.ReadAllText(Path.Combine(Repository.Root, script)));
        foreach (var file in new[] { "global.json", "Directory.Build.props", "Directory.Packages.props", "build/Build.csproj", "src/A.cs" })
            _temp.Write($"a project/{file}", "{}");
        _temp.Write("bin/dotnet", """
            #!/bin/sh
            here=$(dirname "$0")
            case $1 in
                --version) exit 0 ;;
                publish)
                    echo built >> "$here/builds"
                    mkdir -p build/bin/host
                    date +%N > build/bin/host/Build.dll ;;
                *)
                    shift
                    for word in "$@"; do printf '<%s>' "$word"; done
                    exit 42 ;;
            esac
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(_temp.Path, "bin", "dotnet"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [TearDown]
    public void Remove() => _temp?.Dispose();

    [Test]
    public void Arguments_arrive_as_they_were_given_and_the_exit_code_comes_back()
    {
        string[] arguments = ["--events=a b/*.csv", "", "say \"hi\"", "it's", "$(id)", "c:\\x y\\", "-v", "d", "--param", "a=1,2", "é"];
        var run = Run(_temp.Path, Project, arguments);

        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Is.EqualTo(string.Concat(arguments.Select(word => $"<{word}>"))));
            Assert.That(run.ExitCode, Is.EqualTo(42), run.Error);
        });
    }

    [Test]
    public void It_builds_only_when_something_has_changed()
    {
        Run(_temp.Path, Project);
        Run(_temp.Path, Project);
        Assert.That(Builds(), Is.EqualTo(1));

        _temp.Write("a project/src/A.cs", "{ }");
        Run(_temp.Path, Project);
        Assert.That(Builds(), Is.EqualTo(2), "a changed source");

        File.Delete(Path.Combine(Project, "src", "A.cs"));
        Run(_temp.Path, Project);
        Assert.That(Builds(), Is.EqualTo(3), "a source that is gone");

        _temp.Write("a project/build/bin/host/Build.dll", "built elsewhere, from other sources");
        Run(_temp.Path, Project);
        Assert.That(Builds(), Is.EqualTo(4), "a host that it has not built");
    }

    [Test]
    public void It_works_through_a_link()
    {
        Directory.CreateDirectory(Path.Combine(_temp.Path, "links"));
        File.CreateSymbolicLink(Path.Combine(_temp.Path, "links", script), Path.Combine("..", "a project", script));

        Assert.That(Run(_temp.Path, Path.Combine(_temp.Path, "links"), "x").Output, Is.EqualTo("<x>"));
    }

    [Test]
    public void Of_two_at_once_one_builds_and_both_run()
    {
        var both = Task.WhenAll(Task.Run(() => Run(_temp.Path, Project, "1")), Task.Run(() => Run(_temp.Path, Project, "2")));

        Assert.That(both.Result.Select(run => run.Output), Is.EqualTo(new[] { "<1>", "<2>" }));
        Assert.That(Builds(), Is.EqualTo(1));
    }

    [Test]
    public void A_build_that_fails_is_shown_and_ends_with_1()
    {
        var dotnet = Path.Combine(_temp.Path, "bin", "dotnet");
        File.WriteAllText(dotnet, File.ReadAllText(dotnet).Replace("echo built", "echo 'A.cs(1,1): error CS1001'; exit 1; echo built", StringComparison.Ordinal));
        var run = Run(_temp.Path, Project);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Error, Does.Contain("error CS1001").And.Contain("error: the host did not build; see above."));
        });
    }

    [Test]
    public void Where_it_cannot_be_compiled_ahead_it_is_built_without()
    {
        var dotnet = Path.Combine(_temp.Path, "bin", "dotnet");
        File.WriteAllText(dotnet, File.ReadAllText(dotnet).Replace("publish)", "publish)\n        case \"$*\" in *ReadyToRun*) echo 'NU1101: no such package'; exit 1 ;; esac", StringComparison.Ordinal));

        Assert.That(Run(_temp.Path, Project, "x").Output, Is.EqualTo("<x>"));
        Assert.That(Builds(), Is.EqualTo(1));
    }

    private HostProcess Run(string folder, string scriptFolder, params string[] arguments)
    {
        var path = Path.Combine(scriptFolder, script);
        var search = Path.Combine(_temp.Path, "bin") + ":" + Environment.GetEnvironmentVariable("PATH");
        if (script == "build.sh")
            return HostProcess.Start("bash", folder, new Dictionary<string, string> { ["PATH"] = search, ["DOTNET_ROOT"] = "" }, [path, .. arguments]);

        // pwsh itself may be a tool that needs the real dotnet: the search path changes inside it.
        var wrapper = _temp.Write("wrapper.ps1", $"$env:PATH = '{search}'; $env:DOTNET_ROOT = ''; & '{path}' @args; exit $LASTEXITCODE");
        return HostProcess.Start("pwsh", folder, new Dictionary<string, string>(), ["-NoProfile", "-File", wrapper, .. arguments]);
    }

    private int Builds() => File.ReadAllLines(Path.Combine(_temp.Path, "bin", "builds")).Length;

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
