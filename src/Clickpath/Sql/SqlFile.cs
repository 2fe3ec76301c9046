using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Clickpath.Sql;

/// <summary>One file, one SELECT, one name: a comment header and a body.</summary>
internal sealed partial class SqlFile
{
    private readonly Dictionary<string, List<(string Value, int Line)>> _header = new(StringComparer.Ordinal);

    private SqlFile(Folder folder, string path, string name, string text)
    {
        (Folder, Path, Name, Text) = (folder, path, name, text);
        Checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The folder it lies in, which says what it is.</summary>
    public Folder Folder { get; }

    /// <summary>The path to show: <c>sql/analyze/daily_revenue.sql</c>.</summary>
    public string Path { get; }

    /// <summary>The file's name without order prefix, engine and ending: the name of what it makes.</summary>
    public string Name { get; }

    public string Text { get; }

    /// <summary>SHA-256 of the text with \n line ends, lower-case hex.</summary>
    public string Checksum { get; }

    /// <summary>The SELECT, with <c>:parameters</c> unbound.</summary>
    public string Body { get; private set; } = "";

    /// <summary>A check's second SELECT, after <c>-- samples</c>: rows to look at.</summary>
    public string? Samples { get; private set; }

    /// <summary>Parameters and their defaults.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; private set; } = new Dictionary<string, string>();

    /// <summary>The names that its SELECTs read.</summary>
    public IReadOnlyList<string> Sources { get; private set; } = [];

    /// <summary>The header's value of a key; null where it is not given.</summary>
    public string? this[string key] => _header.TryGetValue(key, out var values) ? values[0].Value : null;

    /// <summary>All values of a key that may be repeated.</summary>
    public IReadOnlyList<string> All(string key) => _header.TryGetValue(key, out var values) ? [.. values.Select(v => v.Value)] : [];

    /// <summary>A key's value as a list of names, split at commas.</summary>
    public IReadOnlyList<string> List(string key) => Names(this[key] ?? "");

    public static IReadOnlyList<string> Names(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An error that names this file and the line on which a header key stands.</summary>
    /// <param name="message">The cause and the remedy.</param>
    /// <param name="key">The header key; null: none.</param>
    /// <param name="nth">Which of its values, where it is repeated.</param>
    public ClickpathException Error(string message, string? key = null, int nth = 0) =>
        new(key is not null && _header.TryGetValue(key, out var values) ? $"{Path}:{values[nth].Line}: {message}" : $"{Path}: {message}");

    /// <summary>An error that names this file and the place where it reads a table.</summary>
    public ClickpathException ErrorAt(string table, string message) => new($"{Path}:{SqlText.Place(Text, SqlText.ReadsAt(Text, table))}: {message}");

    /// <summary>The name of what a file makes.</summary>
    public static string NameOf(string path) => OrderPrefix().Replace(System.IO.Path.GetFileNameWithoutExtension(path), "").Split('.')[0];

    /// <summary>Reads a file's text.</summary>
    /// <param name="folder">The folder it lies in.</param>
    /// <param name="path">The path to show in messages.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ClickpathException">The header or the body breaks a convention.</exception>
    public static SqlFile Parse(Folder folder, string path, string text)
    {
        text = text.ReplaceLineEndings("\n").TrimStart('\uFEFF');
        if (text.IndexOf('\uFFFD', StringComparison.Ordinal) is var broken and >= 0)
            throw new ClickpathException($"{path}:{SqlText.Place(text, broken)}: a character that is not UTF-8. Save the file as UTF-8.");
        var name = NameOf(path);
        if (!Identifier().IsMatch(name))
            throw new ClickpathException($"{path}: '{name}' can't be a table's name. Use lower-case letters, digits and _, a letter first.");

        var file = new SqlFile(folder, path, name, text);
        file.ReadHeader();
        file.ReadBody();
        return file;
    }

    /// <summary>A SELECT that somebody asks, in no file of its own: a header, as a file has it, is left aside.</summary>
    /// <exception cref="ClickpathException">It is no SELECT, or uses a parameter that there is not.</exception>
    /// <param name="text">The SELECT.</param>
    /// <param name="parameters">Those that it may use.</param>
    /// <param name="name">What to call it in messages.</param>
    public static SqlFile Question(string text, IReadOnlyDictionary<string, string> parameters, string name)
    {
        var question = new SqlFile(Folder.Analyze, name, "query", text.ReplaceLineEndings("\n")) { Parameters = parameters };
        question.Body = question.Statement(SamplesMark().Split(question.Text, 2)[0], 0);
        question.Declared();
        return question;
    }

    private void ReadHeader()
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = Text.Split('\n');
        string? last = null;
        for (var i = 0; i < lines.Length && lines[i].StartsWith("--", StringComparison.Ordinal); i++)
        {
            var match = HeaderLine().Match(lines[i]);
            if (!match.Success)
            {
                if (lines[i].StartsWith("-- param", StringComparison.Ordinal))
                    throw new ClickpathException($"{Path}:{i + 1}: write '-- param name: default'; a parameter's name is lower-case letters, digits and _.");
                if (last is null || !Continuation().IsMatch(lines[i]))
                    throw new ClickpathException($"{Path}:{i + 1}: not a header line: '{lines[i]}'. Write '-- key: value', the key in lower case; a value goes on in the next line after '--   '.");
                var (value, line) = _header[last][^1];
                _header[last][^1] = (value + " " + lines[i][2..].Trim(), line);
                continue;
            }

            var (key, argument, text) = (match.Groups["key"].Value, match.Groups["name"].Value, match.Groups["value"].Value.Trim());
            var allowed = Folder.Keys.FirstOrDefault(k => k.Name == key)
                ?? throw new ClickpathException($"{Path}:{i + 1}: unknown key '{key}'.{Nearest.Suggest(key, Folder.Keys.Select(k => k.Name))} Allowed: {string.Join(", ", Folder.Keys.Select(k => k.Name))}.");
            if (key == "param" != argument.Length > 0)
                throw new ClickpathException($"{Path}:{i + 1}: write '-- param name: default', and '-- key: value' for any other key.");
            if (text.Length == 0)
                throw new ClickpathException($"{Path}:{i + 1}: '{key}' has no value.");
            if (allowed.Values.Count > 0 && !allowed.Values.Contains(text))
                throw new ClickpathException($"{Path}:{i + 1}: {key} can't be '{text}'.{Nearest.Suggest(text, allowed.Values)} Allowed: {string.Join(", ", allowed.Values)}.");

            if (allowed.IsWhole && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                throw new ClickpathException($"{Path}:{i + 1}: {key} can't be '{text}'. Write a whole number.");

            if (key == "param")
            {
                if (!parameters.TryAdd(argument, text))
                    throw new ClickpathException($"{Path}:{i + 1}: parameter '{argument}' is declared twice. Keep one.");
                last = null;
                continue;
            }

            if (!_header.TryGetValue(key, out var values))
                _header[key] = values = [];
            else if (!allowed.Repeatable)
                throw new ClickpathException($"{Path}:{i + 1}: '{key}' is given twice. Keep one.");
            values.Add((text, i + 1));
            last = key;
        }

        var missing = Folder.Keys.Where(k => k.Required && !_header.ContainsKey(k.Name)).Select(k => k.Name).ToList();
        if (missing.Count > 0)
        {
            var late = Array.FindIndex(lines, line => missing.Any(m => line.StartsWith($"-- {m}:", StringComparison.Ordinal)));
            throw new ClickpathException($"{Path}:{Math.Max(late, 0) + 1}: the header lacks {string.Join(" and ", missing.Select(m => $"'{m}'"))}. {(late < 0 ? $"Add '-- {missing[0]}: ...' at the top." : "This line comes too late: the header is the lines at the very top, with no other between them.")}");
        }

        Parameters = parameters;
    }

    private void ReadBody()
    {
        var parts = SamplesMark().Split(Text, 2);
        if (AlmostSamples().Match(Text) is { Success: true } almost)
            throw new ClickpathException($"{Path}:{SqlText.Place(Text, almost.Index).Split(':')[0]}: write '-- samples' with nothing after it.");
        Body = Statement(parts[0], 0);
        if (parts.Length > 1)
        {
            if (!Folder.IsCheck)
                throw new ClickpathException($"{Path}: only a check has samples. Take '-- samples' and what follows out.");
            Samples = Statement(parts[1], Text.Length - parts[1].Length);
        }

        Sources = [.. SqlText.TablesRead(Body).Union(Samples is null ? [] : SqlText.TablesRead(Samples)).Order(StringComparer.Ordinal)];
        var used = SqlText.Tokens(Body + "\n" + Samples).Where(t => t.Kind == SqlText.Kind.Parameter).Select(t => t.Text).ToHashSet(StringComparer.Ordinal);
        Declared();
        var unused = Parameters.Keys.Where(p => !used.Contains(p)).Order(StringComparer.Ordinal).FirstOrDefault();
        if (unused is not null)
            throw new ClickpathException($"{Path}: parameter '{unused}' is declared and not used. Take its line out, or use :{unused}.");
    }

    private void Declared()
    {
        var undeclared = SqlText.Tokens(Text).FirstOrDefault(t => t.Kind == SqlText.Kind.Parameter && !Parameters.ContainsKey(t.Text));
        if (undeclared.Text is { } unknown)
            throw new ClickpathException($"{Path}:{SqlText.Place(Text, undeclared.Start)}: parameter ':{unknown}' is not declared.{Nearest.Suggest(unknown, Parameters.Keys)} Add '-- param {unknown}: DEFAULT' to the header.");
    }

    private string Statement(string sql, int offset)
    {
        var tokens = SqlText.Tokens(sql).ToList();
        if (tokens.Count == 0)
            throw new ClickpathException($"{Path}: there is no SELECT. A file is a header and one SELECT.");
        if (tokens[0].Text.ToUpperInvariant() is not ("SELECT" or "WITH"))
            throw new ClickpathException($"{Path}:{SqlText.Place(Text, offset + tokens[0].Start)}: '{tokens[0].Text}' is no SELECT.{Nearest.Suggest(tokens[0].Text, ["SELECT", "WITH"])} A file is a header and one SELECT (or WITH ... SELECT).");
        var end = tokens.FindIndex(t => t.Text == ";");
        if (end >= 0 && tokens.FindIndex(end, t => t.Text != ";") is var second and >= 0)
            throw new ClickpathException($"{Path}:{SqlText.Place(Text, offset + tokens[second].Start)}: a second statement. One file holds one SELECT; put this one into a file of its own.");
        return sql[tokens[0].Start..(end < 0 ? sql.Length : tokens[end].Start)].TrimEnd();
    }

    [GeneratedRegex(@"^-- (?<key>[a-z_]+)(?: (?<name>[a-z][a-z0-9_]*))?:(?: +(?<value>.*))?$")]
    private static partial Regex HeaderLine();

    [GeneratedRegex(@"^--\s{2,}\S")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"^\d+_")]
    private static partial Regex OrderPrefix();

    [GeneratedRegex(@"^[a-z][a-z0-9_]*\z")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"(?m)^-- samples[ \t]*$")]
    private static partial Regex SamplesMark();

    [GeneratedRegex(@"(?mi)^--[ \t]*samples[ \t]*[:;.]+[ \t]*$")]
    private static partial Regex AlmostSamples();
}
