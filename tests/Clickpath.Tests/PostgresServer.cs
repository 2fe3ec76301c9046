using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Clickpath.Tests;

/// <summary>
/// A PostgreSQL server for the tests: on loopback, on a free port, in a folder that is gone after. Its texts sort by a language's rules, and it
/// wants a password. Where the machine has no server, tests that need one are skipped, saying so.
/// </summary>
internal sealed class PostgresServer : IDisposable
{
    /// <summary>In no message, file or log may this stand.</summary>
    public static readonly string Password = "pw-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private static readonly Lock Gate = new();
    private static PostgresServer? _running;

    private readonly TempFolder _folder = new();
    private readonly Process _process;
    private readonly int _port;

    private PostgresServer(string binaries)
    {
        _port = FreePort();
        var data = Path.Combine(_folder.Path, "data");
        File.WriteAllText(Path.Combine(_folder.Path, "password"), Password);
        // PostgreSQL does not run as root; Debian's package brings an account for it.
        var asOther = Environment.UserName == "root" ? new[] { "runuser", "-u", "postgres", "--" } : [];
        if (asOther.Length > 0)
            Wait("chown", "-R", "postgres", _folder.Path);
        Wait([.. asOther, Path.Combine(binaries, "initdb"), "-D", data, "-U", "clickpath", "-A", "scram-sha-256", "--pwfile", Path.Combine(_folder.Path, "password"), "-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US", "-N"]);
        // The shell ends the server as soon as its own input does, also where the tests are killed.
        _process = Start([.. asOther, "sh", "-c", "\"$@\" & pid=$!; cat >/dev/null; kill -INT $pid; wait $pid", "sh", Path.Combine(binaries, "postgres"),
            "-D", data, "-p", _port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "max_connections=60"]);
    }

    /// <summary>How to connect to it.</summary>
    /// <exception cref="IgnoreException">This machine has no server's binary.</exception>
    public static string Connection()
    {
        lock (Gate)
        {
            if (_running is null)
            {
                var binaries = Binaries();
                if (binaries is null)
                    Assert.Ignore("There is no PostgreSQL server here (initdb and postgres, on the PATH or in /usr/lib/postgresql): this test needs one.");
                _running = new PostgresServer(binaries!);
                _running.WaitUntilReady();
            }

            return _running.Text;
        }
    }

    /// <summary>Whether this machine has one.</summary>
    public static bool IsAtHand => Binaries() is not null;

    /// <summary>Stops it, if a test has started it.</summary>
    public static void StopIfRunning()
    {
        lock (Gate)
        {
            _running?.Dispose();
            _running = null;
        }
    }

    private string Text => $"Host=127.0.0.1;Port={_port};Database=postgres;Username=clickpath;Password={Password}";

    private static string? Binaries() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : [])
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Process Start(params string[] command) => Process.Start(new ProcessStartInfo(command[0], command[1..])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Path.GetTempPath(),
    })!;

    private static void Wait(params string[] command)
    {
        using var process = Start(command);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command[0]} failed: {output.Result} {errors}");
    }

    private void WaitUntilReady()
    {
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (var watch = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var connection = new NpgsqlConnection(Text + ";Pooling=false");
                connection.Open();
                return;
            }
            catch (NpgsqlException) when (watch.Elapsed < TimeSpan.FromSeconds(60) && !_process.HasExited)
            {
                _process.WaitForExit(50);
            }
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(TimeSpan.FromSeconds(20));
        _process.Dispose();
        _folder.Dispose();
    }
}

/// <summary>When all tests are over.</summary>
[SetUpFixture]
public sealed class AfterAllTests
{
    [OneTimeTearDown]
    public void StopServer() => PostgresServer.StopIfRunning();
}
