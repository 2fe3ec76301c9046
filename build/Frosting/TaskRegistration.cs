using System.Reflection;
using Cake.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>Turns task and lifetime classes into what Cake's engine runs.</summary>
internal static class TaskRegistration
{
    public static void RegisterAll(IServiceProvider provider)
    {
        var engine = provider.GetRequiredService<ICakeEngine>();
        var context = provider.GetRequiredService<IFrostingContext>();
        foreach (var task in provider.GetServices<IFrostingTask>()) Register(task, engine, context);

        if (provider.GetService<IFrostingSetup>() is { } setup)
            engine.RegisterSetupAction(info => setup.Setup(context, info));
        if (provider.GetService<IFrostingTeardown>() is { } teardown)
            engine.RegisterTeardownAction(info => teardown.Teardown(context, info));
        if (provider.GetService<IFrostingTaskSetup>() is { } taskSetup)
            engine.RegisterTaskSetupAction(info => taskSetup.Setup(context, info));
        if (provider.GetService<IFrostingTaskTeardown>() is { } taskTeardown)
            engine.RegisterTaskTeardownAction(info => taskTeardown.Teardown(context, info));
    }

    private static void Register(IFrostingTask task, ICakeEngine engine, IFrostingContext context)
    {
        var type = task.GetType();
        var registered = engine.RegisterTask(Name(type));
        if (type.GetCustomAttribute<TaskDescriptionAttribute>() is { } text) registered.Description(text.Description);

        // Cake tells a task that does nothing, or handles nothing, from one that does: only overrides count.
        if (Overrides(type, "Run") || Overrides(type, "RunAsync")) registered.Does(_ => task.RunAsync(context));
        if (Overrides(type, "ShouldRun")) registered.WithCriteria(_ => task.ShouldRun(context), task.SkippedMessage);
        if (Overrides(type, "OnError")) registered.OnError(exception => task.OnError(exception, context));
        if (Overrides(type, "Finally")) registered.Finally(() => task.Finally(context));
        if (type.IsDefined(typeof(ContinueOnErrorAttribute), inherit: false)) registered.ContinueOnError();

        foreach (var before in type.GetCustomAttributes<IsDependentOnAttribute>()) registered.IsDependentOn(Name(before.Task));
        foreach (var after in type.GetCustomAttributes<IsDependeeOfAttribute>()) registered.IsDependeeOf(Name(after.Task));
    }

    private static bool Overrides(Type type, string method) =>
        type.GetMethods().Any(candidate => candidate.Name == method && candidate.IsVirtual
            && candidate.GetBaseDefinition().DeclaringType != candidate.DeclaringType);

    private static string Name(Type task)
    {
        if (!task.IsAssignableTo(typeof(IFrostingTask))) throw new FrostingException($"The dependency '{task.Name}' is not a valid task.");
        return task.GetCustomAttribute<TaskNameAttribute>()?.Name ?? task.Name;
    }
}
