namespace Clickpath.Loading;

/// <summary>What form a column's values have, by the first one that is there: enough to tell a column that is under another name.</summary>
internal static class ValueForm
{
    /// <returns>time, url, json, agent, the shape of a client id, or text; null of an empty value.</returns>
    public static string? Of(ReadOnlySpan<byte> value)
    {
        value = Ascii.Trimmed(value);
        if (value.IsEmpty)
            return null;
        if (EventTime.TryParse(value, out _))
            return "time";
        if (value.Contains((byte)':') && value.IndexOf("://"u8) > 0)
            return "url";
        if (value[0] is (byte)'{' or (byte)'[')
            return "json";
        if (value.IndexOf("Mozilla/"u8) >= 0)
            return "agent";
        var shape = ClientShape.Of(value).Name;
        return shape.StartsWith("text:", StringComparison.Ordinal) ? "text" : shape;
    }
}
