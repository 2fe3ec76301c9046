using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Clickpath.Loading;

/// <summary>Reads an event's payload: its order and items, and which fields were there.</summary>
internal sealed class PayloadReader
{
    private readonly Candidate[] _best = new Candidate[Enum.GetValues<FieldRole>().Length];

    /// <summary>Entries of the last payload's item list, in its order.</summary>
    public List<OrderItem> Items { get; } = [];

    /// <summary>The last payload's order; null where it names neither an order nor a revenue.</summary>
    public Order? Order { get; private set; }

    /// <summary>Reads one payload; of a key that is there twice the last counts.</summary>
    /// <param name="payload">Not empty.</param>
    /// <param name="fields">Counts the payload's fields.</param>
    public PayloadStatus Read(ReadOnlySpan<byte> payload, FieldCounts fields)
    {
        Items.Clear();
        Order = null;
        using var document = Parse(payload, out var status);
        // What can't be read has no fields to miss.
        if (document is null)
            return status;
        var root = document.RootElement;
        fields.Count(""u8, StateOf(root));
        if (root.ValueKind == JsonValueKind.Object)
            ReadObject(root, fields);
        return status;
    }

    /// <returns>Null, and Invalid, where it is no JSON even after a repair.</returns>
    private static JsonDocument? Parse(ReadOnlySpan<byte> payload, out PayloadStatus status)
    {
        status = PayloadStatus.Valid;
        var text = Ascii.Trimmed(payload);
        // A quick look spares the exception that the parser would throw at each of a million Python dicts.
        var looksLikePython = text is [(byte)'{' or (byte)'[', ..] && Ascii.Trimmed(text[1..]) is [(byte)'\'', ..];
        if (!looksLikePython && TryParse(text) is { } document)
            return document;
        status = PayloadStatus.Repaired;
        if (text is [(byte)'{' or (byte)'[', ..] && PythonLiteral.ToJson(text) is { } repaired && TryParse(repaired) is { } second)
            return second;
        status = PayloadStatus.Invalid;
        return null;
    }

    private static JsonDocument? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            // A text that ends too early is no exception but a question for more, as long as it begins with a bracket.
            var isScalar = json is not [(byte)'{' or (byte)'[', ..];
            var reader = new Utf8JsonReader(json, isScalar, default);
            if (!JsonDocument.TryParseValue(ref reader, out var document))
                return null;
            if (Ascii.Trimmed(json[(int)reader.BytesConsumed..]).IsEmpty)
                return document;
            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static FieldState StateOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => FieldState.Null,
        JsonValueKind.String => Ascii.Trimmed(JsonMarshal.GetRawUtf8Value(value)[1..^1]).IsEmpty ? FieldState.Empty : FieldState.Value,
        JsonValueKind.Object => value.GetPropertyCount() == 0 ? FieldState.Empty : FieldState.Value,
        JsonValueKind.Array => value.GetArrayLength() == 0 ? FieldState.Empty : FieldState.Value,
        _ => FieldState.Value,
    };

    private static bool IsPersonal(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && UrlTraits.IsPersonal(JsonMarshal.GetRawUtf8Value(value)[1..^1]);

    private void ReadObject(JsonElement root, FieldCounts fields)
    {
        Array.Clear(_best);
        var nested = new List<JsonElement>();
        foreach (var property in root.EnumerateObject())
        {
            var name = NameOf(property);
            fields.Count(name, StateOf(property.Value), IsPersonal(property.Value));
            Consider(PayloadFields.InPayload(name), property.Value, depth: 0);
            if (property.Value.ValueKind == JsonValueKind.Object && PayloadFields.InPayload(name).Role == FieldRole.Nested)
                nested.Add(property.Value);
        }

        for (var i = 0; i < nested.Count; i++)
        {
            foreach (var property in nested[i].EnumerateObject())
                Consider(PayloadFields.InPayload(NameOf(property)), property.Value, depth: i + 1);
        }

        if (Best(FieldRole.Items) is { ValueKind: JsonValueKind.Array } list)
            ReadItems(list, fields);
        Order = OrderOf();
    }

    // A field of the payload itself goes before one of its parts, and one with a value before an empty one.
    private void Consider(FieldMeaning meaning, JsonElement value, int depth)
    {
        if (meaning.Role is FieldRole.None or FieldRole.Nested)
            return;
        // A list of items that is no list is something else of the same name.
        if (meaning.Role == FieldRole.Items && value.ValueKind != JsonValueKind.Array)
            return;
        var rank = (StateOf(value) == FieldState.Value ? 0 : 1_000_000) + (depth * 100) + meaning.Rank;
        ref var best = ref _best[(int)meaning.Role];
        if (best.Value.ValueKind == JsonValueKind.Undefined || rank <= best.Rank)
            best = new Candidate(value, rank);
    }

    private JsonElement? Best(FieldRole role) =>
        _best[(int)role].Value is { ValueKind: not JsonValueKind.Undefined } value ? value : null;

    private Order? OrderOf()
    {
        var revenue = Best(FieldRole.Revenue);
        var id = Best(FieldRole.OrderId);
        if (id is not null && _best[(int)FieldRole.OrderId].Rank % 100 == PayloadFields.BareIdRank && revenue is null)
            id = null;
        if (id is null && revenue is null)
            return null;
        long cents = 0;
        var status = revenue is { } amount ? CentsOf(amount, out cents) : RevenueStatus.Missing;
        return new Order(
            TextOf(id),
            status,
            cents,
            TextOf(Best(FieldRole.Currency))?.ToUpperInvariant(),
            TextOf(Best(FieldRole.Customer)) is { } customer ? TextKey.Of(Encoding.UTF8.GetBytes(customer.ToLowerInvariant())) : 0,
            Items.Count);
    }

    private void ReadItems(JsonElement list, FieldCounts fields)
    {
        foreach (var item in list.EnumerateArray())
        {
            fields.CountItem(StateOf(item));
            foreach (var role in (ReadOnlySpan<FieldRole>)[FieldRole.ProductId, FieldRole.ProductName, FieldRole.Variant, FieldRole.Quantity, FieldRole.Price])
                _best[(int)role] = default;
            if (item.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in item.EnumerateObject())
                {
                    var name = NameOf(property);
                    fields.CountItemField(name, StateOf(property.Value), IsPersonal(property.Value));
                    Consider(PayloadFields.InItem(name), property.Value, depth: 0);
                }
            }

            Items.Add(new OrderItem(
                // A list of bare product ids is common, too.
                item.ValueKind == JsonValueKind.Object ? TextOf(Best(FieldRole.ProductId)) : TextOf(item),
                TextOf(Best(FieldRole.ProductName)),
                TextOf(Best(FieldRole.Variant)),
                QuantityOf(Best(FieldRole.Quantity)),
                Best(FieldRole.Price) is { } price && CentsOf(price, out var cents) == RevenueStatus.Ok ? cents : null));
        }
    }

    private static RevenueStatus CentsOf(JsonElement value, out long cents)
    {
        cents = 0;
        return value.ValueKind switch
        {
            JsonValueKind.Null => RevenueStatus.Null,
            JsonValueKind.Number or JsonValueKind.String => Money.Cents(TextOf(value) ?? "", out cents),
            _ => RevenueStatus.Invalid,
        };
    }

    private static long? QuantityOf(JsonElement? value) =>
        TextOf(value) is { } text
        && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
        && number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue
            ? (long)number
            : null;

    // Trimmed; null where there is no text or number.
    private static string? TextOf(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.String or JsonValueKind.Number } known)
            return null;
        var text = (known.ValueKind == JsonValueKind.Number ? known.GetRawText() : StringOf(known)).Trim();
        return text.Length == 0 ? null : text;
    }

    private static string StringOf(JsonElement value)
    {
        try
        {
            return WithoutNul(value.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair (\ud800) is valid JSON, and no text.
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value)[1..^1]);
        }
    }

    private static ReadOnlySpan<byte> NameOf(JsonProperty property)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        if (raw.IndexOf((byte)'\\') < 0)
            return raw;
        try
        {
            return Encoding.UTF8.GetBytes(WithoutNul(property.Name));
        }
        catch (InvalidOperationException)
        {
            return raw;
        }
    }

    // No engine but SQLite keeps a NUL in a text.
    private static string WithoutNul(string text) => text.Replace("\0", "", StringComparison.Ordinal);

    private readonly record struct Candidate(JsonElement Value, int Rank);
}
