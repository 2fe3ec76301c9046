using System.Xml;
using Cake.Common.IO;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Test;
using Cake.Frosting;
using Clickpath;

namespace Build.Tasks;

/// <summary>Runs the tests and closes with how many passed.</summary>
[TaskName(nameof(Test))]
[TaskDescription("Runs all tests")]
public sealed class Test : FrostingTask<BuildContext>
{
    private static readonly string Results = Path.Combine(".build", "test-results");

    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        context.CleanDirectory(Results);
        var exitCode = 0;
        context.DotNetTest("Clickpath.slnx", new DotNetTestSettings
        {
            Configuration = "Release",
            Loggers = ["trx"],
            ResultsDirectory = Results,
            // The SDK that runs this program, which need not be the first on the PATH.
            ToolPath = Environment.ProcessPath!,
            HandleExitCode = code =>
            {
                exitCode = code;
                return true;
            },
        });

        var outcomes = Directory.EnumerateFiles(Results, "*.trx", SearchOption.AllDirectories).SelectMany(Outcomes).ToList();
        var passed = outcomes.Count(outcome => outcome == "Passed");
        var skipped = outcomes.Count(outcome => outcome == "NotExecuted");
        var failed = outcomes.Count - passed - skipped;
        // A run that was cut off has counted a part of the tests, and says nothing rather than that.
        if (exitCode == 0 || failed > 0)
            context.Outcome.LastLines = [$"{passed} passed, {failed} failed" + (skipped > 0 ? $", {skipped} skipped" : "")];

        if (failed > 0) throw new ClickpathException($"{failed} of {outcomes.Count} tests failed; see above, or {Results}.");
        if (exitCode != 0) throw new ClickpathException($"dotnet test ended with {exitCode}, though no test failed; see above.");
        if (outcomes.Count == 0) throw new ClickpathException("no test ran.");
    }

    /// <summary>Each test's outcome; the file's own counters leave the skipped ones out.</summary>
    private static IEnumerable<string> Outcomes(string trx)
    {
        using var reader = XmlReader.Create(trx);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "UnitTestResult")
                yield return reader.GetAttribute("outcome") ?? "";
        }
    }
}
