using System.Globalization;
using System.Text;
using System.Text.Json;
using Clickpath.Engines;
using Clickpath.Reports;
using Dapper;

namespace Clickpath.Sql;

/// <summary>The results of an earlier run's SQL files, kept in its database, so that a file runs only where its result may be another.</summary>
/// <remarks>Two threads may find and keep results.</remarks>
internal sealed class ResultStore
{
    private const string TableName = "file_results";
    private const string ModelPart = "table", LoadPart = "load";

    // A report has hundreds of values; what has more is quicker run again than kept.
    private const int MostValues = 200_000;

    private readonly IEngine _engine;
    private readonly SqlCatalog _catalog;
    private readonly string _noEarlier;
    private readonly Dictionary<(string Path, string Part), Entry> _last;
    private readonly Dictionary<(string Path, string Part), Entry> _now = [];
    private readonly Dictionary<SqlFile, string?> _why = [];
    private readonly Lock _gate = new(); // of what is found and kept

    /// <summary>Reads what the database has.</summary>
    /// <param name="engine">With the load tables' schema.</param>
    /// <param name="catalog">The SQL files as they are now.</param>
    /// <param name="noEarlier">Why the database has no results, where it has none.</param>
    public ResultStore(IEngine engine, SqlCatalog catalog, string noEarlier = "there is no earlier run")
    {
        (_engine, _catalog, _noEarlier) = (engine, catalog, noEarlier);
        Versions = new Versions(catalog);
        _last = engine.Connection.Query<Entry>($"SELECT path AS Path, part AS Part, name AS Name, recipe AS Recipe, version AS Version, statement AS Statement, parameters AS Parameters, inputs AS Inputs, row_count AS Rows, content AS Content FROM {TableName}")
            .ToDictionary(entry => (entry.Path, entry.Part));
    }

    public Versions Versions { get; }

    /// <summary>Why a file ran, for a person; null where its result was that of an earlier run, or where it was not needed.</summary>
    public string? Why(SqlFile file) => _why.GetValueOrDefault(file);

    /// <summary>Adds to why a file ran how much of it did.</summary>
    public void Remark(SqlFile file, string remark)
    {
        lock (_gate)
            _why[file] = $"{_why.GetValueOrDefault(file)}; {remark}";
    }

    /// <summary>Goes on from an earlier run's tables, whatever their SQL files say now.</summary>
    public void Assume(IEnumerable<SqlFile> models)
    {
        foreach (var (key, entry) in _last)
            _now[key] = entry;
        Versions.Load(_last.Values.FirstOrDefault(entry => entry.Part == LoadPart)?.Version ?? "");
        foreach (var model in models)
        {
            if (_last.GetValueOrDefault((model.Path, ModelPart)) is { } entry)
                Versions.Set(model.Name, entry.Version);
        }
    }

    /// <summary>Says what is loaded now.</summary>
    /// <returns>The names of tables that no file makes any more: nothing may read them.</returns>
    public IReadOnlyList<string> Loaded(string version)
    {
        Versions.Load(version);
        _now[("", LoadPart)] = new Entry { Path = "", Part = LoadPart, Version = version };
        var gone = _last.Where(last => last.Value.Part == ModelPart && _catalog.Table(last.Value.Name)?.Path != last.Key.Path).ToList();
        gone.ForEach(last => _last.Remove(last.Key));
        return [.. gone.Select(last => last.Value.Name)];
    }

    /// <summary>The number of a model's rows, where its table is there already; else null.</summary>
    public long? Kept(SqlFile model) => Find(model, ModelPart, model.Body)?.Rows;

    /// <summary>The number of rows of the table that an earlier run has made of a model, however it made it; null where there is none.</summary>
    public long? Earlier(SqlFile model) => _last.GetValueOrDefault((model.Path, ModelPart))?.Rows;

    /// <summary>The version of a model's rows as an earlier run left them; null where there are none.</summary>
    public string? EarlierVersion(SqlFile model) => _last.GetValueOrDefault((model.Path, ModelPart))?.Version;

    /// <summary>What of all that a model reads has changed since an earlier run made its table; null where there is none, or where more has changed
    /// than what it reads: a file by the name of a part of its SELECT is one more.</summary>
    public IReadOnlyList<string>? ChangedInputs(SqlFile model)
    {
        lock (_gate)
        {
            if (_last.GetValueOrDefault((model.Path, ModelPart)) is not { } last)
                return null;
            var before = last.Inputs.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(input => input.Split('=')).Select(input => (Name: input[0], Version: input[1])).ToList();
            var now = Versions.Inputs(model);
            return now.Select(input => input.Name).SequenceEqual(before.Select(input => input.Name)) && Versions.Recipe(model, model.Body, before) == last.Recipe
                ? [.. now.Except(before).Select(input => input.Name)] : null;
        }
    }

    /// <summary>Notes that a model's table was made.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">How many it has.</param>
    /// <param name="isAsEarlier">Whether they are those of the table that an earlier run made.</param>
    public void Keep(SqlFile model, long rows, bool isAsEarlier = false)
    {
        if (isAsEarlier)
            Versions.Set(model.Name, _last[(model.Path, ModelPart)].Version);
        Keep(model, ModelPart, model.Body, rows, null);
    }

    /// <summary>Takes back that a model's table was made.</summary>
    public void Forget(SqlFile model)
    {
        lock (_gate)
            _now.Remove((model.Path, ModelPart));
    }

    /// <summary>The rows of one of a file's SELECTs, where they are known already; else null.</summary>
    public Table? Rows(SqlFile file, string select) => Find(file, Part(file, select), select) is { Content: { } content } ? Decoded(file.Name, content) : null;

    /// <summary>Keeps the rows of one of a file's SELECTs.</summary>
    public void Keep(SqlFile file, string select, Table table)
    {
        if (table.Rows.Count * Math.Max(1, table.Columns.Count) <= MostValues && Encoded(table) is { } content)
            Keep(file, Part(file, select), select, table.Rows.Count, content);
    }

    /// <summary>Writes what is known now into the database.</summary>
    /// <returns>The names of tables that an earlier run has left and this one has not asked for.</returns>
    public IReadOnlyList<string> Save()
    {
        _engine.Connection.Execute($"DELETE FROM {TableName}");
        using (var writer = _engine.BulkWriter(TableName, ["path", "part", "name", "recipe", "version", "statement", "parameters", "inputs", "row_count", "content"]))
        {
            foreach (var entry in _now.Values.OrderBy(entry => entry.Path, StringComparer.Ordinal).ThenBy(entry => entry.Part, StringComparer.Ordinal))
            {
                writer.Add(entry.Path);
                writer.Add(entry.Part);
                writer.Add(entry.Name);
                writer.Add(entry.Recipe);
                writer.Add(entry.Version);
                writer.Add(entry.Statement);
                writer.Add(entry.Parameters);
                writer.Add(entry.Inputs);
                writer.Add(entry.Rows);
                writer.Add(entry.Content);
                writer.EndRow();
            }

            writer.Complete();
        }

        var made = _now.Values.Where(entry => entry.Part == ModelPart).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        return [.. _last.Values.Where(entry => entry.Part == ModelPart && !made.Contains(entry.Name)).Select(entry => entry.Name)];
    }

    // The SELECT itself is the name of one that is neither the file's own nor its samples.
    private static string Part(SqlFile file, string select) => select == file.Body ? "rows" : select == file.Samples ? "samples" : select;

    private Entry? Find(SqlFile file, string part, string select)
    {
        lock (_gate)
            return FindAlone(file, part, select);
    }

    private Entry? FindAlone(SqlFile file, string part, string select)
    {
        var last = _last.GetValueOrDefault((file.Path, part));
        if (last is not null && last.Recipe == Versions.Recipe(file, select))
        {
            if (part == ModelPart && Versions.Of(file) != last.Version)
                Versions.Set(file.Name, last.Version);
            if (part == ModelPart)
                _why.Remove(file); // it seemed to hang on what is made anew, which then was the same
            _why.TryAdd(file, null);
            return _now[(file.Path, part)] = last;
        }

        if (_why.GetValueOrDefault(file) is null)
            _why[file] = Reason(file, last, select);
        return null;
    }

    private void Keep(SqlFile file, string part, string select, long rows, string? content)
    {
        lock (_gate)
        {
            _now[(file.Path, part)] = new Entry
            {
                Path = file.Path,
                Part = part,
                Name = file.Folder.IsCheck ? "" : file.Name,
                Recipe = Versions.Recipe(file, select),
                Version = part == ModelPart ? Versions.Of(file) : "",
                Statement = Versions.Checksum([SqlText.Plain(select)]),
                Parameters = Versions.Parameters(file),
                Inputs = Inputs(file),
                Rows = rows,
                Content = content,
            };
        }
    }

    private string Reason(SqlFile file, Entry? last, string select)
    {
        if (last is null)
            return _last.Count == 0 ? _noEarlier : "it did not run before";
        if (last.Statement != Versions.Checksum([SqlText.Plain(select)]))
            return "its SQL changed";
        if (last.Parameters != Versions.Parameters(file))
            return $"its parameters changed from {last.Parameters} to {Versions.Parameters(file)}";
        var before = last.Inputs.Split(", ");
        var changed = Versions.Inputs(file).Where(input => !before.Contains($"{input.Name}={input.Version}")).Select(input => input.Name).ToList();
        return changed.Count > 0 ? $"what it reads changed: {string.Join(", ", changed)}" : "its header changed";
    }

    private string Inputs(SqlFile file) => string.Join(", ", Versions.Inputs(file).Select(input => $"{input.Name}={input.Version}"));

    private static string? Encoded(Table table)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            Write(json, table.Columns);
            foreach (var row in table.Rows)
            {
                if (row.Any(value => value is double.NaN))
                    return null; // JSON knows none
                Write(json, row);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<object?> values)
    {
        json.WriteStartArray();
        foreach (var value in values)
        {
            if (value is null)
                json.WriteNullValue();
            else if (value is long whole)
                json.WriteNumberValue(whole);
            else if (value is double fraction)
                json.WriteRawValue(Fraction(fraction), skipInputValidation: true);
            else
                json.WriteStringValue((string)value);
        }

        json.WriteEndArray();
    }

    // A fraction keeps a point or an exponent, also where it is a whole number, so that it is read back as one.
    private static string Fraction(double value)
    {
        var text = double.IsInfinity(value) ? (value > 0 ? "9e999" : "-9e999") : value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E', 'e') ? text : text + ".0";
    }

    private static Table Decoded(string name, string content)
    {
        using var json = JsonDocument.Parse(content);
        var lines = json.RootElement.EnumerateArray().Select(line => line.EnumerateArray().Select(Value).ToArray()).ToList();
        return new Table(name, [.. lines[0].Select(column => (string)column!)], [.. lines.Skip(1)]);

        static object? Value(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText() is var text && text.AsSpan().ContainsAny('.', 'E', 'e')
                ? double.Parse(text, CultureInfo.InvariantCulture)
                : (object)value.GetInt64(),
        };
    }

    /// <summary>A row of the table. The content is the rows as JSON, the first the columns' names; NULL of a model.</summary>
    private sealed record Entry
    {
        public required string Path { get; init; }

        public required string Part { get; init; }

        public string Name { get; init; } = "";

        public string Recipe { get; init; } = "";

        public required string Version { get; init; }

        public string Statement { get; init; } = "";

        public string Parameters { get; init; } = "";

        public string Inputs { get; init; } = "";

        public long Rows { get; init; }

        public string? Content { get; init; }
    }
}
