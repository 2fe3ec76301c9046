namespace Clickpath.Sql;

/// <summary>Finds the name that was probably meant.</summary>
public static class Nearest
{
    /// <summary><c> Did you mean 'severity'?</c>, with a space before it, or nothing where no name is near.</summary>
    public static string Suggest(string given, IEnumerable<string> names) =>
        Of(given, names) is { } name ? $" Did you mean '{name}'?" : "";

    /// <summary>The nearest name by edit distance, at most a third of its length away, or one that says more: revenue_cents for revenue; null where none is.</summary>
    public static string? Of(string given, IEnumerable<string> names) =>
        names.Select(name => (Name: name, Distance: Distance(given.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(x => x.Distance <= Math.Max(1, Math.Max(given.Length, x.Name.Length) / 3))
            .OrderBy(x => x.Distance).ThenBy(x => x.Name, StringComparer.Ordinal)
            .Select(x => x.Name).FirstOrDefault()
            ?? (given.Length < 4 ? null : names.Where(name => name.StartsWith(given + "_", StringComparison.OrdinalIgnoreCase) || name.EndsWith("_" + given, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).FirstOrDefault());

    /// <summary>The five nearest names, whether they are near or not: those first that share a word.</summary>
    public static IEnumerable<string> Few(string given, IEnumerable<string> names) =>
        names.OrderByDescending(name => name.Split('_').Intersect(given.ToLowerInvariant().Split('_')).Count()).ThenBy(name => Distance(given.ToLowerInvariant(), name.ToLowerInvariant()))
            .ThenBy(name => name, StringComparer.Ordinal).Take(5);

    // Levenshtein, with a swap of neighbours counted as one.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }
}
