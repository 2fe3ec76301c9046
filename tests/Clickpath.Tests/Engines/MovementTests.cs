using Clickpath.Engines;
using Npgsql;

namespace Clickpath.Tests.Engines;

/// <summary>What a cluster's plans say of rows that move.</summary>
public sealed class MovementTests
{
    [Test]
    public void An_insert_inside_the_shards_moves_nothing() =>
        Assert.That(Movement.Of(Plan(Job(32, "ModifyTable", 0))), Is.EqualTo(new Movement("shard-local in 32 tasks", 0)));

    [Test]
    public void Rows_of_all_shards_are_counted() =>
        Assert.That(Movement.Of(Plan(Job(32, "Seq Scan", 100))), Is.EqualTo(new Movement("pulled: about 3,200 rows go to the coordinator", 3200)));

    [Test]
    public void An_insert_inside_the_shards_may_wait_for_rows_that_are_gathered() =>
        Assert.That(
            Movement.Of(Plan($$$$$$"""{"Subplans": [{"Subplan": "1_1", "PlannedStmt": [{"Plan": {"Distributed Query": {{{{{{Job(4, "Aggregate", 1)}}}}}}}}]}], "Job": {"Task Count": 4, "Tasks": [{"Remote Plan": [[{"Plan": {"Node Type": "ModifyTable", "Plan Rows": 0}}]]}]}}""")),
            Is.EqualTo(new Movement("shard-local in 4 tasks, after about 4 rows go to the coordinator", 4)));

    [Test]
    public void Rows_that_go_from_shard_to_shard_are_no_pull() =>
        Assert.That(
            Movement.Of($$$$$$"""[{"Plan": {"Custom Plan Provider": "Citus INSERT ... SELECT", "INSERT/SELECT method": "repartition", "Plans": [{"Distributed Query": {{{{{{Job(8, "Seq Scan", 500_000)}}}}}}}]}}]"""),
            Is.EqualTo(new Movement("repartitioned: rows go from shard to shard", 0)));

    [Test]
    public void What_is_gathered_before_rows_go_from_shard_to_shard_is_a_pull() =>
        Assert.That(
            Movement.Of($$$$$$"""[{"Plan": {"INSERT/SELECT method": "repartition", "Plans": [{"Distributed Query": {"Subplans": [{"Subplan": "1_1", "PlannedStmt": [{"Plan": {"Distributed Query": {{{{{{Job(8, "Seq Scan", 500_000)}}}}}}}}]}], {{{{{{Job(8, "Seq Scan", 10)[1..]}}}}}}}]}}]"""),
            Is.EqualTo(new Movement("repartitioned, and about 4,000,000 rows go to the coordinator", 4_000_000)));

    [Test]
    public void What_one_machine_has_moves_nothing() =>
        Assert.That(Movement.Of(Plan(Job(1, "Seq Scan", 100))).How, Does.StartWith("on the coordinator alone"));

    [Test]
    public void A_pull_of_a_million_rows_is_large() =>
        Assert.That(new[] { 31_249, 31_250 }.Select(rows => Movement.Of(Plan(Job(32, "Seq Scan", rows))).IsLarge), Is.EqualTo(new[] { false, true }));

    [TestCase("SSL SYSCALL error: EOF detected", "XX000", true)]
    [TestCase("connection to the remote node 10.0.0.7:5432 failed", "08006", true)]
    [TestCase("failed to find conversion function from unknown to text", "XX000", false)]
    [TestCase("column shares.part does not exist", "42703", false)]
    public void A_worker_that_is_lost_is_the_servers_trouble_and_not_the_statements(string message, string state, bool isTrouble) =>
        Assert.That(PostgresEngine.Trouble(new PostgresException(message, "ERROR", "ERROR", state)), isTrouble ? Is.EqualTo($"{message}, SQLSTATE {state}") : Is.Null);

    private static string Plan(string query) => $$$$$$"""[{"Plan": {"Node Type": "Custom Scan", "Custom Plan Provider": "Citus Adaptive", "Distributed Query": {{{{{{query}}}}}}}}]""";

    private static string Job(int tasks, string node, int rows) =>
        $$$$$$"""{"Job": {"Task Count": {{{{{{tasks}}}}}}, "Tasks Shown": "One of {{{{{{tasks}}}}}}", "Tasks": [{"Node": "host=10.0.0.7", "Remote Plan": [[{"Plan": {"Node Type": "{{{{{{node}}}}}}", "Plan Rows": {{{{{{rows}}}}}}}}]]}]}}""";
}
