using System.Reflection;
using Cake.Cli;
using Cake.Common.Modules;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Modules;
using Cake.Core.Scripting;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>Runs the tasks of the entry assembly (and of those added) on Cake's engine.</summary>
public sealed class CakeHost
{
    private readonly ServiceCollection services = [];
    private readonly List<Assembly> assemblies = Assembly.GetEntryAssembly() is { } entry ? [entry] : [];

    /// <summary>Makes a host with Cake's own services.</summary>
    public CakeHost()
    {
        services.AddCakeDiagnostics();
        services.UseModule<CoreModule>();
        services.UseModule<CommonModule>();
        services.AddSingleton<ICakeConfiguration>(new CakeConfiguration(new Dictionary<string, string>()));
        services.AddSingleton<FrostingContext>();
        services.AddSingleton<IFrostingContext>(provider => provider.GetRequiredService<FrostingContext>());
        services.AddSingleton<BuildScriptHost<IFrostingContext>>();
        services.AddSingleton<DryRunScriptHost<IFrostingContext>>();
        services.AddSingleton<TreeScriptHost>();
        services.AddSingleton<DescriptionScriptHost>();
        services.AddSingleton<IVersionResolver, VersionResolver>();
        services.AddSingleton<VersionFeature>();
        services.AddSingleton<InfoFeature>();

    }

    /// <summary>Takes the public tasks of another assembly too.</summary>
    public CakeHost AddAssembly(Assembly assembly)
    {
        assemblies.Add(assembly);
        return this;
    }

    /// <summary>Adds or replaces services.</summary>
    public CakeHost ConfigureServices(Action<IServiceCollection> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services(this.services);
        return this;
    }

    /// <summary>Runs what the arguments ask for. 0, or -1 when something threw, which is then in the log.</summary>
    public int Run(IEnumerable<string> args)
    {
        var line = new HostArguments(args);
        services.AddSingleton<ICakeArguments>(line.ToCakeArguments());
        foreach (var task in assemblies.Distinct().SelectMany(assembly => assembly.GetExportedTypes()).Where(IsTask))
            services.AddSingleton(typeof(IFrostingTask), task);

        using var provider = services.BuildServiceProvider();
        try
        {
            Run(line, provider);
            return 0;
        }
        catch (Exception exception)
        {
            provider.GetRequiredService<ICakeLog>().LogException(exception);
            return -1;
        }
    }

    private static void Run(HostArguments line, ServiceProvider provider)
    {
        if (line.Version || line.Info)
        {
            var console = provider.GetRequiredService<IConsole>();
            if (line.Version) provider.GetRequiredService<VersionFeature>().Run(console);
            else provider.GetRequiredService<InfoFeature>().Run(console);
            return;
        }

        provider.GetRequiredService<ICakeLog>().Verbosity = line.Verbosity;
        var environment = provider.GetRequiredService<ICakeEnvironment>();
        if ((line.WorkingDirectory ?? provider.GetService<WorkingDirectory>()?.Path)?.MakeAbsolute(environment) is { } folder)
        {
            if (!provider.GetRequiredService<IFileSystem>().Exist(folder))
                throw new FrostingException($"The working directory '{folder.FullPath}' does not exist.");
            environment.WorkingDirectory = folder;
        }

        ScriptHost host =
            line.DryRun ? provider.GetRequiredService<DryRunScriptHost<IFrostingContext>>() :
            line.Tree ? provider.GetRequiredService<TreeScriptHost>() :
            line.Description ? provider.GetRequiredService<DescriptionScriptHost>() :
            provider.GetRequiredService<BuildScriptHost<IFrostingContext>>();
        if (line.Exclusive) host.Settings.UseExclusiveTarget();
        TaskRegistration.RegisterAll(provider);
        host.RunTargets(line.Targets);
    }

    private static bool IsTask(Type type) => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFrostingTask));
}

internal sealed record WorkingDirectory(DirectoryPath Path);
