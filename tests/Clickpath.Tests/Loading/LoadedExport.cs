using System.Text;
using Clickpath.Engines;
using Clickpath.Loading;
using Dapper;
using NUnit.Framework;

namespace Clickpath.Tests.Loading;

/// <summary>Files in a fresh folder, loaded into a fresh database.</summary>
internal sealed class LoadedExport : IDisposable
{
    public const string Header = "client_id,page_url,referrer,timestamp,event_name,event_data,user_agent";

    private readonly string _folder = Directory.CreateTempSubdirectory("clickpath-load-").FullName;
    private readonly IEngine _engine;

    public LoadedExport(IReadOnlyDictionary<string, byte[]> files, string engine = "sqlite", string timeZone = "UTC")
    {
        foreach (var (name, bytes) in files)
            File.WriteAllBytes(Path.Combine(_folder, name), bytes);
        _engine = Open(engine, Path.Combine(_folder, "events.db"));
        Summary = Load(_engine, InputFiles.Find(_folder), timeZone);
    }

    public LoadSummary Summary { get; }

    /// <summary>One file, 2025-02-23's.</summary>
    public static LoadedExport Of(string csv, string timeZone = "UTC") => Of(Encoding.UTF8.GetBytes(csv), timeZone);

    public static LoadedExport Of(byte[] csv, string timeZone = "UTC") =>
        new(new Dictionary<string, byte[]> { ["events_20250223.csv"] = csv }, timeZone: timeZone);

    /// <summary>One event with these values, all others empty.</summary>
    public static LoadedExport OfEvent(string column, string value, string timeZone = "UTC")
    {
        var cells = Header.Split(',').Select(name => name == column ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : "");
        return Of(Header + "\n" + string.Join(',', cells) + "\n", timeZone);
    }

    public static IEngine Open(string engine, string path)
    {
        IEngine opened = engine switch
        {
            "duckdb" => new DuckDbEngine(path),
            "sqlite, texts waiting" => new SqliteEngine(path) { TextsInPlace = 0 },
            _ => new SqliteEngine(path),
        };
        opened.ExecuteSchema(File.ReadAllText(Path.Combine(RepositoryRoot(), "sql", "schema", "V001__load_tables.sql")));
        return opened;
    }

    public static LoadSummary Load(IEngine engine, IReadOnlyList<InputFile> files, string timeZone = "UTC")
    {
        LoadSummary summary = null!;
        engine.Fill(() => summary = Loader.Load(engine, files, TimeZoneInfo.FindSystemTimeZoneById(timeZone), null, CancellationToken.None));
        return summary;
    }

    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Clickpath.slnx")))
            folder = folder.Parent;
        return folder.FullName;
    }

    /// <summary>The rows of a query, each as its values with | between.</summary>
    public string[] Rows(string sql) => Rows(_engine, sql);

    public static string[] Rows(IEngine engine, string sql)
    {
        using var reader = engine.Connection.ExecuteReader(sql);
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount)
                .Select(i => reader.IsDBNull(i) ? "NULL" : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
        }

        return [.. rows];
    }

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
