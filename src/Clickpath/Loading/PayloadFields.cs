using System.Collections.Frozen;

namespace Clickpath.Loading;

/// <summary>What a payload's field means, whatever it is called.</summary>
internal enum FieldRole
{
    None,
    OrderId,
    Revenue,
    Currency,
    Customer,
    Items,
    Nested,
    ProductId,
    ProductName,
    Variant,
    Quantity,
    Price,
}

/// <summary>A field's meaning; of two fields of one meaning the lower rank counts.</summary>
internal readonly record struct FieldMeaning(FieldRole Role, int Rank);

/// <summary>The names that shops' payloads give to the same thing, best first; compared without case and punctuation.</summary>
internal static class PayloadFields
{
    /// <summary>The rank of a mere <c>id</c>, which is an order's only beside a revenue.</summary>
    public const int BareIdRank = 2;

    private static readonly FrozenDictionary<string, FieldMeaning>.AlternateLookup<ReadOnlySpan<char>> OfPayload = Lookup(
        (FieldRole.OrderId, ["transaction_id", "order_id", "id", "order_number"]),
        (FieldRole.Revenue, ["revenue", "value", "total", "total_price", "order_value", "amount"]),
        (FieldRole.Currency, ["currency", "currency_code"]),
        (FieldRole.Customer, ["user_email", "email", "customer_id", "customer_email", "user_id"]),
        (FieldRole.Items, ["items", "products", "line_items", "contents"]),
        (FieldRole.Nested, ["ecommerce", "data", "order", "checkout", "payload"]));

    private static readonly FrozenDictionary<string, FieldMeaning>.AlternateLookup<ReadOnlySpan<char>> OfItem = Lookup(
        (FieldRole.ProductId, ["item_id", "product_id", "sku", "id"]),
        (FieldRole.ProductName, ["item_name", "product_name", "name", "title"]),
        (FieldRole.Variant, ["item_variant", "variant", "variant_title"]),
        (FieldRole.Quantity, ["quantity", "qty"]),
        (FieldRole.Price, ["item_price", "price", "unit_price"]));

    public static FieldMeaning InPayload(ReadOnlySpan<byte> name) => Find(OfPayload, name);

    public static FieldMeaning InItem(ReadOnlySpan<byte> name) => Find(OfItem, name);

    private static FrozenDictionary<string, FieldMeaning>.AlternateLookup<ReadOnlySpan<char>> Lookup(params (FieldRole Role, string[] Names)[] roles) =>
        roles
            .SelectMany(role => role.Names.Select((name, rank) => KeyValuePair.Create(ColumnName.Normalized(name), new FieldMeaning(role.Role, rank))))
            .ToFrozenDictionary(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    private static FieldMeaning Find(FrozenDictionary<string, FieldMeaning>.AlternateLookup<ReadOnlySpan<char>> meanings, ReadOnlySpan<byte> name)
    {
        Span<char> normalized = stackalloc char[32];
        var length = 0;
        foreach (var value in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)value))
                continue;
            if (length == normalized.Length)
                return default;
            normalized[length++] = (char)(value | 0x20);
        }

        return meanings.TryGetValue(normalized[..length], out var meaning) ? meaning : default;
    }
}
