using NUnit.Framework;

namespace Clickpath.Tests.Loading;

internal sealed class PayloadTests
{
    [TestCase("""{"a": 1}""", "valid")]
    [TestCase("""[1, "a"]""", "valid")]
    [TestCase("\"text\"", "valid")]
    [TestCase("12", "valid")]
    [TestCase("{'name': \"Men's\", 'x': 'it\\'s', 'ok': True, 'no': None, 'n': -1e5}", "repaired")]
    [TestCase("""{"revenue": NaN}""", "repaired")]
    [TestCase("""{"a": 1""", "invalid")]
    [TestCase("""{"a": 1} x""", "invalid")]
    [TestCase("{'a': ", "invalid")]
    [TestCase("plain", "invalid")]
    public void A_payload_is_valid_repaired_or_invalid(string payload, string expected)
    {
        using var export = LoadedExport.OfEvent("event_data", payload);

        Assert.That(export.Rows("SELECT payload, payload_status FROM payloads"), Is.EqualTo(new[] { $"{payload}|{expected}" }));
    }

    [Test]
    public void A_payload_nested_without_end_is_invalid()
    {
        using var export = LoadedExport.OfEvent("event_data", new string('[', 100_000));

        Assert.That(export.Rows("SELECT payload_status FROM payloads"), Is.EqualTo(new[] { "invalid" }));
    }

    [TestCase("245", "24500|ok")]
    [TestCase("0.1", "10|ok")]
    [TestCase("1.005", "101|ok")]
    [TestCase("-1.005", "-101|ok")]
    [TestCase("0", "0|ok")]
    [TestCase("1e2", "10000|ok")]
    [TestCase("\"1,299.00\"", "129900|ok")]
    [TestCase("\"1,299\"", "129900|ok")]
    [TestCase("\"12,99\"", "1299|ok")]
    [TestCase("\"1.299,00 €\"", "129900|ok")]
    [TestCase("\"$1299\"", "129900|ok")]
    [TestCase("\"USD 1 299.5\"", "129950|ok")]
    [TestCase("\"1.299.000\"", "129900000|ok")]
    [TestCase("\"1,29,9.5\"", "NULL|invalid")]
    [TestCase("\"12 apples 3\"", "NULL|invalid")]
    [TestCase("1e30", "NULL|invalid")]
    [TestCase("90000000000001", "NULL|invalid")]
    [TestCase("true", "NULL|invalid")]
    [TestCase("{}", "NULL|invalid")]
    [TestCase("\"NaN\"", "NULL|not_finite")]
    [TestCase("-Infinity", "NULL|not_finite")]
    [TestCase("null", "NULL|null")]
    [TestCase("\" \"", "NULL|null")]
    public void Revenue_becomes_cents_or_says_why_not(string revenue, string expected)
    {
        using var export = LoadedExport.OfEvent("event_data", $$"""{"revenue": {{revenue}}}""");

        Assert.That(export.Rows("SELECT revenue_cents, revenue_status FROM raw_orders"), Is.EqualTo(new[] { expected }));
    }

    [TestCase("""{"transaction_id": "T1"}""", "T1|NULL|missing|NULL|0")]
    [TestCase("""{"orderId": 17, "value": 2, "currency": "usd"}""", "17|200|ok|USD|0")]
    [TestCase("""{"id": "p", "total": 3}""", "p|300|ok|NULL|0")]
    [TestCase("""{"ecommerce": {"transaction_id": "T2", "value": 4, "items": [{}]}}""", "T2|400|ok|NULL|1")]
    [TestCase("""{"revenue": null, "value": 5}""", "NULL|500|ok|NULL|0")]
    [TestCase("""{"revenue": 1, "revenue": 2}""", "NULL|200|ok|NULL|0")]
    [TestCase("""{"order_id": "a\u0000b\u0041", "revenue": 1}""", "abA|100|ok|NULL|0")]
    public void An_order_is_found_under_the_names_that_shops_use(string payload, string expected)
    {
        using var export = LoadedExport.OfEvent("event_data", payload);

        Assert.That(export.Rows("SELECT order_id, revenue_cents, revenue_status, currency, item_count FROM raw_orders"), Is.EqualTo(new[] { expected }));
    }

    [TestCase("""{"id": "p"}""")]
    [TestCase("""{"user_email": "a@example.com"}""")]
    [TestCase("""[{"revenue": 1}]""")]
    public void A_payload_without_order_or_revenue_is_no_order(string payload)
    {
        using var export = LoadedExport.OfEvent("event_data", payload);

        Assert.That(export.Rows("SELECT * FROM raw_orders"), Is.Empty);
    }

    [Test]
    public void Half_a_surrogate_pair_does_not_stop_the_load()
    {
        using var export = LoadedExport.OfEvent("event_data", """{"order_id": "\ud800", "\ud800": 1, "revenue": 1}""");

        Assert.That(export.Rows("SELECT revenue_cents FROM raw_orders"), Is.EqualTo(new[] { "100" }));
    }

    [Test]
    public void A_customer_is_the_same_however_the_address_is_written()
    {
        using var export = LoadedExport.Of(
            "event_data\n\"{\"\"revenue\"\": 1, \"\"email\"\": \"\" Ann@Example.com\"\"}\"\n\"{\"\"value\"\": 2, \"\"user_email\"\": \"\"ann@example.com\"\"}\"\n");

        Assert.That(export.Rows("SELECT COUNT(*), COUNT(DISTINCT customer_key) FROM raw_orders WHERE customer_key > 0"), Is.EqualTo(new[] { "2|1" }));
    }

    [Test]
    public void Items_are_rows_in_the_payloads_order()
    {
        using var export = LoadedExport.OfEvent(
            "event_data",
            """{"products": [{"sku": 7, "title": "Bed", "variant": "Q", "qty": "2", "price": "1,099.50"}, {"item_id": "x", "quantity": 1.5}, "y", null]}""");

        Assert.That(export.Rows("SELECT item_number, product_id, product_name, variant, quantity, price_cents FROM raw_order_items ORDER BY 1"), Is.EqualTo(new[]
        {
            "1|7|Bed|Q|2|109950", "2|x|NULL|NULL|NULL|NULL", "3|y|NULL|NULL|NULL|NULL", "4|NULL|NULL|NULL|NULL|NULL",
        }));
    }

    [Test]
    public void Payload_fields_are_counted_by_day_event_and_state()
    {
        using var export = LoadedExport.Of("""""
            timestamp,event_name,event_data
            2025-02-23T00:00:00Z,buy,"{""revenue"": 1, ""items"": [{""sku"": null}, {""sku"": ""a""}]}"
            2025-02-23T00:00:00Z,buy,"{""revenue"": """"}"
            2025-02-23T00:00:00Z,buy,
            ,,{}
            """"");

        Assert.That(export.Rows("SELECT event_date, event_name, field_path, state, value_count FROM payload_field_counts ORDER BY 1, 2, 3, 4"), Is.EqualTo(new[]
        {
            "|||empty|1",
            "2025-02-23|buy||empty|1",
            "2025-02-23|buy||value|2",
            "2025-02-23|buy|items|value|1",
            "2025-02-23|buy|items[]|value|2",
            "2025-02-23|buy|items[].sku|null|1",
            "2025-02-23|buy|items[].sku|value|1",
            "2025-02-23|buy|revenue|empty|1",
            "2025-02-23|buy|revenue|value|1",
        }));
    }

    [Test]
    public void Field_names_without_end_are_counted_to_a_limit()
    {
        var payload = "{" + string.Join(',', Enumerable.Range(0, 600).Select(i => $"\"{new string('n', 200)}\": 1, \"f{i}\": 1")) + "}";
        using var export = LoadedExport.OfEvent("event_data", payload);

        Assert.That(export.Rows("SELECT COUNT(*), MAX(LENGTH(field_path)) FROM payload_field_counts"), Is.EqualTo(new[] { "500|80" }));
    }
}
