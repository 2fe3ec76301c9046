using Build;
using Cake.Cli;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Clickpath;
using Microsoft.Extensions.DependencyInjection;

try
{
    var line = CommandLine.Parse(args, Environment.CurrentDirectory);
    if (line.Help) return HelpPage.Print();

    var outcome = new Outcome();
    using var signals = new Signals(outcome);
    var code = new CakeHost()
        .UseContext<BuildContext>()
        .UseLifetime<Lifetime>()
        .UseWorkingDirectory(Repository.Root)
        .ConfigureServices(services => services
            .AddSingleton(outcome)
            .AddSingleton<ICakeLog, OutcomeLog>()
            .AddSingleton<HostConsole>()
            .AddSingleton<IConsole>(provider => provider.GetRequiredService<HostConsole>())
            .AddSingleton<ICakeReportPrinter, RunPrinter>()
            .AddSingleton<IVersionResolver, HostVersion>())
        .Run(line.Arguments);
    return outcome.Close(code);
}
catch (ClickpathException exception)
{
    Console.Error.WriteLine($"error: {exception.Message}");
    return 1;
}
