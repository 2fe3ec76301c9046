using BenchmarkDotNet.Running;
using Clickpath.Benchmarks;

// "duckdb" is started by "compare", as a process of its own.
switch (args)
{
    case ["duckdb", var script, var events, var output]:
        DuckDbScript.Run(script, events, output);
        return 0;
    case ["compare", var host, var sql, var script, var folder, var rows, var times]:
        return Comparison.Run(host, sql, script, folder, [.. rows.Split(',').Select(int.Parse)], int.Parse(times));
    case ["loader", .. var rest]:
        BenchmarkRunner.Run<LoaderBenchmarks>(args: rest);
        return 0;
    default:
        Console.Error.WriteLine("Run it with ./build.sh --target=Benchmark, or as 'loader' for the micro-benchmarks.");
        return 1;
}
