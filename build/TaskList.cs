using System.Reflection;
using Cake.Frosting;

namespace Build;

/// <summary>A task as its attributes describe it.</summary>
internal sealed record TaskEntry(Type Type, string Name, string Description, IReadOnlyList<Type> DependsOn, IReadOnlyList<OptionAttribute> Options);

/// <summary>The tasks of this program, read off the classes: a new one is a new file under <c>Tasks/</c>, and no more.</summary>
internal static class TaskList
{
    private static readonly Lazy<IReadOnlyList<TaskEntry>> Entries = new(() =>
    [
        .. typeof(TaskList).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && type.IsDefined(typeof(TaskNameAttribute)))
            .Select(type => new TaskEntry(
                type,
                type.GetCustomAttribute<TaskNameAttribute>()!.Name,
                type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? "",
                [.. type.GetCustomAttributes<IsDependentOnAttribute>().Select(before => before.Task)],
                [.. type.GetCustomAttributes<OptionAttribute>()]))
            .OrderBy(task => task.Name, StringComparer.Ordinal),
    ]);

    public static IReadOnlyList<TaskEntry> All => Entries.Value;

    /// <summary>Those of one chain, in the order in which they run, then those that stand alone.</summary>
    public static IEnumerable<TaskEntry> InOrder() =>
        All.OrderBy(task => Depth(task.Type) == 0 && !All.Any(other => other.DependsOn.Contains(task.Type)))
            .ThenBy(task => Depth(task.Type))
            .ThenBy(task => task.Name, StringComparer.Ordinal);

    private static int Depth(Type task) =>
        All.First(entry => entry.Type == task).DependsOn.Select(before => Depth(before) + 1).DefaultIfEmpty().Max();
}
