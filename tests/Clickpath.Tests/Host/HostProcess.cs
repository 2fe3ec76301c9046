using System.Diagnostics;

namespace Clickpath.Tests.Host;

/// <summary>A program run to its end, as a shell would run it.</summary>
internal sealed record HostProcess(int ExitCode, string Output, string Error)
{
    /// <summary>Runs the host, with the repository's SQL, in a folder and with environment variables of the caller's choice.</summary>
    public static HostProcess Run(string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        Start(Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "dotnet" ? self : "dotnet", folder, environment,
            [Path.Combine(AppContext.BaseDirectory, "Build.dll"), .. arguments]);

    public static HostProcess Run(string folder, params IEnumerable<string> arguments) => Run(folder, new Dictionary<string, string>(), arguments);

    /// <summary>Runs any program, with nothing on its standard input.</summary>
    public static HostProcess Start(string program, string folder, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new HostProcess(process.ExitCode, output, error.Result);
    }
}
