using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Clickpath.Sample.Shop;

namespace Clickpath.Sample.Defects;

/// <summary>Changes to a row's payload.</summary>
internal static class Payloads
{
    private static readonly JsonSerializerOptions AsBrowsersDo = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The row with its payload's JSON changed; numbers that are not touched keep their digits. Where another defect has been
    /// at it and left nothing to change, it stays as it is.
    /// </summary>
    public static SampleEvent Edit(this SampleEvent row, Action<JsonObject> change)
    {
        if (!IsWhole(row)) return row;
        var payload = JsonNode.Parse(row.EventData)!.AsObject();
        change(payload);
        return row with { Payload = payload.ToJsonString(AsBrowsersDo) };
    }

    /// <summary>Whether the payload still has the fields that the shop gave it.</summary>
    public static bool IsWhole(SampleEvent row)
    {
        try
        {
            var payload = JsonDocument.Parse(row.EventData).RootElement;
            return row.Order is null || (Has(payload, "revenue", JsonValueKind.Number) && payload.TryGetProperty("items", out var items)
                && items.EnumerateArray().All(item => Has(item, "item_price", JsonValueKind.Number)));
        }
        catch (JsonException)
        {
            return false;
        }

        static bool Has(JsonElement holder, string name, JsonValueKind kind) => holder.TryGetProperty(name, out var value) && value.ValueKind == kind;
    }

    public static IEnumerable<JsonObject> Items(this JsonObject payload) => payload["items"]!.AsArray().Select(item => item!.AsObject());

    /// <summary>An amount times a factor of a hundred, as a number of at most two decimals.</summary>
    public static void Scale(this JsonObject holder, string field, int percent)
    {
        var cents = (long)(holder[field]!.GetValue<decimal>() * 100) * percent / 100;
        holder[field] = JsonNode.Parse(Order.Money(cents));
    }

    /// <summary>As Python prints a dictionary: the work of somebody who wrote <c>str(payload)</c>.</summary>
    public static string AsPython(string json) => Python(JsonNode.Parse(json));

    private static string Python(JsonNode? node) => node switch
    {
        null => "None",
        JsonObject fields => "{" + string.Join(", ", fields.Select(field => $"{Quoted(field.Key)}: {Python(field.Value)}")) + "}",
        JsonArray items => "[" + string.Join(", ", items.Select(Python)) + "]",
        _ => node.GetValueKind() == JsonValueKind.String ? Quoted(node.GetValue<string>()) : node.GetValue<decimal>().ToString(CultureInfo.InvariantCulture),
    };

    private static string Quoted(string text) => "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";
}
