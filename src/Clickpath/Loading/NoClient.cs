namespace Clickpath.Loading;

/// <summary>What trackers write where they know no client.</summary>
internal static class NoClient
{
    private static readonly string[] Words = ["null", "undefined", "none", "nan", "n/a", "(not set)"];

    /// <param name="id">Trimmed.</param>
    public static bool Is(ReadOnlySpan<byte> id)
    {
        if (id.Length is 0 or > 9)
            return id.IsEmpty;
        foreach (var word in Words)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(id, word))
                return true;
        }

        return false;
    }
}
