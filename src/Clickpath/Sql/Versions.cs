using System.Security.Cryptography;
using System.Text;

namespace Clickpath.Sql;

/// <summary>
/// What each table's and each SELECT's content hangs on, as one checksum, its recipe: the SELECT with its parameters, and the versions of all
/// it reads. A table's version is its recipe, or, where another made the same rows before, that one: what reads it need not be made again.
/// Two threads may ask.
/// </summary>
internal sealed class Versions
{
    private readonly SqlCatalog _catalog;
    private readonly HashSet<string> _loadTables;
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<SqlFile, string> _computed = [];
    private readonly Dictionary<(SqlFile File, string Select), string> _plain = [];
    private readonly Lock _gate = new();
    private string _loaded = "";

    public Versions(SqlCatalog catalog)
    {
        _catalog = catalog;
        _loadTables = catalog.Schema.SelectMany(s => LoadTable.Names(s.Text)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A checksum of texts, in order: SHA-256, lower-case hex.</summary>
    public static string Checksum(params IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            // The length before the text, so that no two lists of texts read the same.
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Says of what the load tables are.</summary>
    public void Load(string version)
    {
        lock (_gate)
        {
            _loaded = version;
            _computed.Clear();
        }
    }

    /// <summary>Says of what one table is, whatever its file says now.</summary>
    public void Set(string table, string version)
    {
        lock (_gate)
        {
            _given[table] = version;
            _computed.Clear();
        }
    }

    /// <summary>The version of a file's result.</summary>
    public string Of(SqlFile file)
    {
        lock (_gate)
        {
            if (_given.TryGetValue(file.Name, out var given) && !file.Folder.IsCheck)
                return given;
            if (!_computed.TryGetValue(file, out var version))
                _computed.Add(file, version = Recipe(file, file.Body));
            return version;
        }
    }

    /// <summary>The recipe of one of a file's SELECTs. Comments and line ends take no part.</summary>
    public string Recipe(SqlFile file, string select) => Recipe(file, select, Inputs(file));

    /// <summary>What the recipe would be, were these the versions of what the file reads.</summary>
    public string Recipe(SqlFile file, string select, IEnumerable<(string Name, string Version)> inputs) => Checksum([
        // What is read of a model's own rows hangs on how they are made.
        Storage(file), Plain(file, select), file.Folder.IsModel ? Plain(file, file.Body) : "",
        .. inputs.SelectMany(input => new[] { input.Name, input.Version })]);

    /// <summary>The models, reports and load tables that a file reads, each with its version.</summary>
    public IReadOnlyList<(string Name, string Version)> Inputs(SqlFile file)
    {
        lock (_gate)
        {
            return [
                .. file.Sources.Where(source => source != file.Name || file.Folder.IsCheck)
                    .Select(source => (source, Version: _catalog.Table(source) is { } made ? Of(made)
                        : _given.GetValueOrDefault(source) ?? (_loadTables.Contains(source) ? _loaded : null)))
                    .Where(input => input.Version is not null)
                    .Select(input => (input.source, input.Version!)),
            ];
        }
    }

    /// <summary>The values in force of the parameters that a file uses.</summary>
    public string Parameters(SqlFile file) =>
        string.Join(", ", file.Parameters.Keys.Order(StringComparer.Ordinal).Select(name => $"{name}={_catalog.Parameters[name]}"));

    private string Plain(SqlFile file, string select)
    {
        lock (_gate)
        {
            if (!_plain.TryGetValue((file, select), out var text))
                _plain.Add((file, select), text = SqlText.Plain(_catalog.Bind(file, select)));
            return text;
        }
    }

    // What a model's header says of how it is stored.
    private static string Storage(SqlFile file) => file.Folder.IsModel
        ? string.Join('\n', file.Folder.Keys.Where(key => key.Name is not ("title" or "description" or "grain" or "export" or "read_by" or "incremental" or "effort" or "param")).SelectMany(key => file.All(key.Name).Select(value => $"{key.Name}: {value}")))
        : "";
}
