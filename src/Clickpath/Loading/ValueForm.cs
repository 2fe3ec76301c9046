namespace Clickpath.Loading;

/// <summary>What form a column's values have, by the first one that is there: enough to tell a column that is under another name.</summary>
internal static class ValueForm
{
    /// <returns>time:zoned, time:local, time:epoch, url, json, agent, the shape of a client id, or text; null of an empty value.</returns>
    public static string? Of(ReadOnlySpan<byte> value)
    {
        value = Ascii.Trimmed(value);
        if (value.IsEmpty)
            return null;
        if (EventTime.TryParse(value, out _))
            return value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 ? "time:epoch" : value[^1] is (byte)'Z' or (byte)'z' || value[^Math.Min(6, value.Length)..].ContainsAny("+-"u8) ? "time:zoned" : "time:local";
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
