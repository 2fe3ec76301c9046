using BenchmarkDotNet.Attributes;
using Clickpath.Engines;
using Clickpath.Loading;
using Clickpath.Sample;

namespace Clickpath.Benchmarks;

/// <summary>The loader on one day of 50,000 events: reading records alone, parsing them, and loading them.</summary>
[MemoryDiagnoser]
[InProcess]
public class LoaderBenchmarks
{
    private string _folder = "";
    private InputFile _file = null!;

    /// <summary>Writes the file, and says how large it is: MB/s and allocations per row follow from it.</summary>
    [GlobalSetup]
    public void Write()
    {
        _folder = Directory.CreateTempSubdirectory("clickpath-benchmark-").FullName;
        SampleShop.Write(new SampleOptions { Folder = Path.Combine(_folder, "export"), Days = 1, EventsPerDay = 50_000 });
        _file = InputFiles.Find(Path.Combine(_folder, "export"))[0];
        Console.WriteLine($"// {new FileInfo(_file.Path).Length / 1e6:0.0} MB, {Records():N0} records");
    }

    /// <summary>Removes it.</summary>
    [GlobalCleanup]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    /// <summary>Finds the fields of all records.</summary>
    [Benchmark]
    public long Records()
    {
        using var content = new InputContent(_file);
        using var csv = new CsvReader(content);
        csv.ReadHeader();
        long records = 0;
        while (csv.Read())
            records++;
        return records;
    }

    /// <summary>Makes rows of them, which nobody writes.</summary>
    [Benchmark]
    public void Rows()
    {
        var parser = new FileParser(new LocalClock(TimeZoneInfo.Utc), batch =>
        {
            batch.Clear();
            return batch;
        });
        parser.Parse(_file, 1);
        parser.Finish();
    }

    /// <summary>Loads them into a new SQLite database.</summary>
    [Benchmark]
    public void Load()
    {
        var path = Path.Combine(_folder, "events.db");
        File.Delete(path);
        using var engine = new SqliteEngine(path);
        engine.ExecuteSchema(File.ReadAllText(Path.Combine(Schema(), "V001__load_tables.sql")));
        Loader.Load(engine, [_file], TimeZoneInfo.Utc, null, CancellationToken.None);
    }

    private static string Schema()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Clickpath.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run it from a checkout.");
        return Path.Combine(folder, "sql", "schema");
    }
}
