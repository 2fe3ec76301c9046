using Dapper;
using Npgsql;

namespace Clickpath.Tests;

/// <summary>A Citus cluster that the tests are pointed to; without one, tests that need it are skipped, saying so.</summary>
internal static class CitusCluster
{
    private const string Variable = "CLICKPATH_TEST_CITUS";

    public static bool IsAtHand => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>How to connect to its coordinator.</summary>
    /// <exception cref="IgnoreException">The tests are pointed to none.</exception>
    public static string Connection()
    {
        if (!IsAtHand)
            Assert.Ignore($"{Variable} is not set: this test needs a Citus cluster. Set it to its coordinator's \"Host=...;Database=...;Username=...\".");
        return Environment.GetEnvironmentVariable(Variable)!;
    }

    /// <summary>Takes a run's schema away, as the cluster stays.</summary>
    public static void Drop(string schema)
    {
        using var connection = Open();
        connection.Execute($"DROP SCHEMA IF EXISTS {schema} CASCADE");
    }

    /// <summary>Asks the coordinator.</summary>
    public static List<T> Query<T>(string select)
    {
        using var connection = Open();
        return [.. connection.Query<T>(select)];
    }

    private static NpgsqlConnection Open() => new(Connection() + ";Pooling=false");
}
