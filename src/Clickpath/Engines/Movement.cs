using System.Globalization;
using System.Text.Json;

namespace Clickpath.Engines;

/// <summary>What moves between the machines of an engine that has several.</summary>
/// <param name="How">In words, for a person.</param>
/// <param name="PulledRows">How many rows go to the machine that is asked, as the engine guesses.</param>
internal sealed record Movement(string How, long PulledRows)
{
    /// <summary>From so many rows on it is worth a warning: an event's row is some 150 bytes, and all of them pass through one machine.</summary>
    public const long ManyRows = 1_000_000;

    /// <summary>Whether many rows pass through one machine.</summary>
    public bool IsLarge => PulledRows >= ManyRows;

    /// <summary>Reads a plan of Citus.</summary>
    /// <param name="json">What <c>EXPLAIN (FORMAT JSON)</c> says of the statement.</param>
    public static Movement Of(string json)
    {
        using var plan = JsonDocument.Parse(json);
        var seen = new Seen();
        seen.Look(plan.RootElement);
        var rows = (long)seen.PulledRows;
        var pulled = string.Create(CultureInfo.InvariantCulture, $"about {rows:N0} {(rows == 1 ? "row goes" : "rows go")} to the coordinator");
        var how = seen switch
        {
            { TaskCount: 0 } => "on the coordinator alone: it reads nothing that is spread",
            { IsRepartitioned: true } when rows > 0 => $"repartitioned, and {pulled}",
            { IsRepartitioned: true } => "repartitioned: rows go from shard to shard",
            { IsPushedDown: true } when rows > 0 => $"shard-local in {seen.TaskCount} tasks, after {pulled}",
            { IsPushedDown: true } => $"shard-local in {seen.TaskCount} tasks",
            _ => $"pulled: {pulled}",
        };
        return new Movement(how, rows);
    }

    private sealed class Seen
    {
        public int TaskCount { get; private set; }

        public bool IsPushedDown { get; private set; }

        public bool IsRepartitioned { get; private set; }

        public double PulledRows { get; private set; }

        public void Look(JsonElement part, bool isGathered = false)
        {
            if (part.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in part.EnumerateArray())
                    Look(item, isGathered);
            }
            else if (part.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in part.EnumerateObject())
                {
                    if (property.Name == "Job")
                        Job(property.Value, isGathered);
                    else if (property.Name == "INSERT/SELECT method")
                        IsRepartitioned |= property.Value.GetString() == "repartition";
                    else
                        Look(property.Value, isGathered || property.Name == "Subplans");
                }
            }
        }

        // One task is asked of one machine, which has all that it needs; of many tasks one is shown. A subplan's rows are gathered before,
        // wherever those of the whole go.
        private void Job(JsonElement job, bool isGathered)
        {
            IsRepartitioned |= job.TryGetProperty("Dependent Jobs", out _);
            var tasks = job.GetProperty("Task Count").GetInt32();
            if (tasks <= 1)
                return;
            TaskCount = Math.Max(TaskCount, tasks);
            if (!job.TryGetProperty("Tasks", out var shown) || shown.EnumerateArray().FirstOrDefault() is not { ValueKind: JsonValueKind.Object } task)
                return;
            if (Top(task.GetProperty("Remote Plan")) is not { } plan)
                return;
            if (plan.GetProperty("Node Type").GetString() == "ModifyTable")
                IsPushedDown = true;
            else if (isGathered || !IsRepartitioned)
                PulledRows += tasks * plan.GetProperty("Plan Rows").GetDouble();
        }

        private static JsonElement? Top(JsonElement part) => part.ValueKind switch
        {
            JsonValueKind.Array => part.EnumerateArray().Select(Top).FirstOrDefault(plan => plan is not null),
            JsonValueKind.Object when part.TryGetProperty("Plan", out var plan) => plan,
            _ => null,
        };
    }
}
