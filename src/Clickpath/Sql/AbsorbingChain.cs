using Clickpath.Reports;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Clickpath.Sql;

/// <summary>
/// What a model with <c>-- solve: absorbing_chain</c> asks for: its SELECT counts the steps of Markov chains, its table holds
/// what follows from them. Solved exactly and on one thread, and cut to whole millionths: the same on every machine.
/// </summary>
/// <remarks>
/// The SELECT returns <c>chain, from_state, to_state, is_success, transition_count</c>: no from_state is a start, no to_state an
/// end, and is_success says of which kind. With Q the steps among states, N = (I - Q)^-1 counts visits (Kemeny and
/// Snell, Finite Markov Chains, chapter 3): x = N r is the chance to succeed from each state, v = s N the visits from
/// the start s, and h = v / diag N the chance to come to a state at all. Who is lost with a state is who comes to it and
/// would have succeeded from there, so its removal effect, 1 - P(without it) / P, is h x / P; no second solve is needed.
/// </remarks>
internal static class AbsorbingChain
{
    /// <summary>The columns of the table, as a CREATE TABLE lists them.</summary>
    public const string Columns = "chain TEXT NOT NULL, state TEXT NOT NULL, success_millionths BIGINT NOT NULL, removal_effect_millionths BIGINT NOT NULL";

    /// <summary>Their names.</summary>
    public static readonly IReadOnlyList<string> ColumnNames = [.. Columns.Split(", ").Select(c => c.Split(' ')[0])];

    /// <summary>One row per chain and state, in the order of their names.</summary>
    /// <exception cref="FormatException">A column is missing.</exception>
    public static IEnumerable<(string Chain, string State, long SuccessMillionths, long RemovalEffectMillionths)> Solve(Table steps)
    {
        int chain = steps.IndexOf("chain"), from = steps.IndexOf("from_state"), to = steps.IndexOf("to_state"),
            success = steps.IndexOf("is_success"), count = steps.IndexOf("transition_count");
        return steps.Rows.GroupBy(row => (string)row[chain]!).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(rows =>
        {
            var counted = rows.Select(row => new Step((string?)row[from], (string?)row[to], row[success] is 1L, (long)row[count]!)).ToList();
            return Solve(counted).Select(state => (rows.Key, state.Name, Millionths(state.Success), Millionths(state.Effect)));
        });
    }

    private static IEnumerable<(string Name, double Success, double Effect)> Solve(List<Step> steps)
    {
        // In .NET's own arithmetic: a native library that is found would round in its way, and looking for one takes longer than solving.
        LinearAlgebraControl.UseManaged();
        Control.UseSingleThread();
        var names = steps.SelectMany(s => new[] { s.From, s.To }).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
            return [];
        var numbers = names.Index().ToDictionary(n => n.Item, n => n.Index, StringComparer.Ordinal);
        var leaving = steps.GroupBy(s => s.From ?? "", StringComparer.Ordinal).ToDictionary(g => g.Key, g => (double)g.Sum(s => s.Count), StringComparer.Ordinal);
        var system = Matrix<double>.Build.DenseIdentity(names.Count);
        var start = Vector<double>.Build.Dense(names.Count);
        var succeed = Vector<double>.Build.Dense(names.Count);
        foreach (var step in steps)
        {
            if (step is { From: null, To: { } first })
                start[numbers[first]] += step.Count / leaving[""];
            else if (step is { From: { } here, To: { } next })
                system[numbers[here], numbers[next]] -= step.Count / leaving[here];
            else if (step is { From: { } last, IsSuccess: true })
                succeed[numbers[last]] += step.Count / leaving[last];
        }

        var visits = system.Inverse();
        var success = visits * succeed;
        var visited = start * visits;
        var total = start * success;
        return names.Select((name, i) => (name, success[i], total > 0 ? visited[i] / visits[i, i] * success[i] / total : 0));
    }

    // A chance that rounding has carried past 0 or 1 is 0 or 1.
    private static long Millionths(double chance) => (long)Math.Floor((Math.Clamp(chance, 0, 1) * 1_000_000) + 0.5);

    private readonly record struct Step(string? From, string? To, bool IsSuccess, long Count);
}
