using System.Globalization;
using Clickpath.Engines;

namespace Clickpath.Loading;

/// <summary>Writes batches into the load tables, table by table, as an engine has one writer open at a time.</summary>
internal sealed class BatchWriter(IEngine engine)
{
    private readonly Dictionary<int, string> _days = [];

    public void Write(Batch batch)
    {
        var text = batch.Text;
        // Their keys are hashes: in order they go through the tree once, at half the time.
        batch.Clients.Sort(static (a, b) => a.Key.CompareTo(b.Key));
        batch.Pages.Sort(static (a, b) => a.Key.CompareTo(b.Key));
        Rows("clients", ["client_key", "client_id", "client_shape", "issued_at_ms"], batch.Clients, (w, row) => Client(w, text, row), ignoreExisting: true);
        Rows("parameter_sets", ["parameter_set_key", "parameter_names"], batch.ParameterSets, (w, row) => TextRow(w, text, row), ignoreExisting: true);
        Rows("user_agents", ["user_agent_key", "user_agent"], batch.UserAgents, (w, row) => TextRow(w, text, row), ignoreExisting: true);
        Rows(
            "pages",
            ["page_key", "page_url", "place_key", "utm_content", "utm_term", "value_count", "hashed_count"],
            batch.Pages,
            (w, row) => Page(w, text, row),
            ignoreExisting: true);
        Rows(
            "places",
            ["place_key", "host", "path", "page_name", "utm_source", "utm_medium", "utm_campaign", "has_conflicting_utm", "parameter_set_key", "personal_data"],
            batch.Places,
            (w, row) => Place(w, text, row),
            ignoreExisting: true);
        Rows("referrers", ["referrer_key", "referrer", "referrer_scheme", "referrer_host", "is_opaque_host", "personal_data", "value_count", "hashed_count"], batch.Referrers, (w, row) => Referrer(w, text, row), ignoreExisting: true);
        Rows("payloads", ["payload_key", "payload", "payload_status"], batch.Payloads, (w, row) => Payload(w, text, row), ignoreExisting: true);
        Rows(
            "raw_events",
            ["event_id", "file_id", "line_number", "client_key", "has_client", "occurred_at_ms", "raw_timestamp", "event_date", "hour_of_day", "event_name", "page_key", "place_key", "referrer_key", "user_agent_key", "payload_key"],
            batch.Events,
            (w, row) => Event(w, text, row));
        Rows("raw_orders", ["event_id", "order_id", "revenue_cents", "revenue_status", "currency", "customer_key", "item_count"], batch.Orders, Order);
        Rows("raw_order_items", ["event_id", "item_number", "product_id", "product_name", "variant", "quantity", "price_cents"], batch.Items, Item);
        Rows("payload_field_counts", ["file_id", "event_date", "event_name", "field_path", "state", "value_count", "personal_count"], batch.FieldCounts, FieldCount);
        Rows("notation_counts", ["file_id", "event_date", "column_name", "notation", "value_count", "first_line_number"], batch.Notations, NotationCount);
        Rows("file_days", ["file_id", "event_date", "event_count"], batch.FileDays, FileDay);
        Rows("rejected_rows", ["file_id", "record_number", "line_number", "reason", "detail"], batch.Rejected, Rejected);
        Rows("input_columns", ["file_id", "position", "raw_name", "canonical_name", "is_used", "value_form"], batch.Columns, Column);
        Rows(
            "input_files",
            ["file_id", "file_name", "file_date", "sha256", "byte_count", "record_count", "loaded_count", "rejected_count", "ends_with_newline", "first_event_ms", "last_event_ms", "disordered_count", "outside_day_count"],
            batch.Files,
            InputFile);
    }

    public void WriteCalendar(IEnumerable<int> days) =>
        Rows("calendar", ["event_date", "day_number", "weekday", "iso_week", "month"], [.. days], (w, day) =>
        {
            var date = Day.Date(day);
            w.Add(Iso(day));
            w.Add(day);
            w.Add(date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek);
            var time = date.ToDateTime(TimeOnly.MinValue);
            w.Add(string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(time):D4}-W{ISOWeek.GetWeekOfYear(time):D2}"));
            w.Add(Day.Iso(day)[..7]);
        });

    private void Rows<T>(string table, IReadOnlyList<string> columns, List<T> rows, Action<IBulkWriter, T> addValues, bool ignoreExisting = false)
    {
        if (rows.Count == 0)
            return;
        using var writer = engine.BulkWriter(table, columns, ignoreExisting);
        foreach (var row in rows)
        {
            addValues(writer, row);
            writer.EndRow();
        }

        writer.Complete();
    }

    private static void TextRow(IBulkWriter w, TextBuffer text, TextRow row)
    {
        w.Add(row.Key);
        w.Add(text[row.Text]);
    }

    private static void Page(IBulkWriter w, TextBuffer text, PageRow row)
    {
        w.Add(row.Key);
        w.Add(text[row.Url]);
        w.Add(row.PlaceKey);
        Add(w, text, row.Parts.UtmContent);
        Add(w, text, row.Parts.UtmTerm);
        w.Add(row.Traits.ValueCount);
        w.Add(row.Traits.HashedCount);
    }

    private static void Place(IBulkWriter w, TextBuffer text, PlaceRow row)
    {
        w.Add(row.Key);
        Add(w, text, row.Parts.Host);
        Add(w, text, row.Parts.Path);
        Add(w, text, PageName(text, row.Parts.Path));
        Add(w, text, row.Parts.UtmSource);
        Add(w, text, row.Parts.UtmMedium);
        Add(w, text, row.Parts.UtmCampaign);
        w.Add(row.Parts.HasConflictingUtm ? 1 : 0);
        AddKey(w, row.Parts.ParameterSetKey);
        Found(w, row.PersonalData);
    }

    private static Text PageName(TextBuffer text, Text path)
    {
        if (path.Length < 0)
            return Text.None;
        var trimmed = text[path].TrimEnd((byte)'/');
        var start = trimmed.LastIndexOf((byte)'/') + 1;
        return start == trimmed.Length ? Text.None : new Text(path.Start + start, trimmed.Length - start);
    }

    private static void Client(IBulkWriter w, TextBuffer text, ClientRow row)
    {
        w.Add(row.Key);
        w.Add(text[row.Id]);
        w.Add(row.Shape.Name);
        w.Add(row.Shape.IssuedAtMs);
    }

    private static void Found(IBulkWriter w, PersonalData data) => w.Add(data == PersonalData.None ? null : UrlTraits.Names(data));

    private static void Referrer(IBulkWriter w, TextBuffer text, ReferrerRow row)
    {
        w.Add(row.Key);
        w.Add(text[row.Referrer]);
        Add(w, text, row.Scheme);
        Add(w, text, row.Host);
        w.Add(row.IsOpaque ? 1 : 0);
        Found(w, row.Traits.PersonalData);
        w.Add(row.Traits.ValueCount);
        w.Add(row.Traits.HashedCount);
    }

    private static void Payload(IBulkWriter w, TextBuffer text, PayloadRow row)
    {
        w.Add(row.Key);
        w.Add(text[row.Payload]);
        w.Add(Names.Of(row.Status));
    }

    private void Event(IBulkWriter w, TextBuffer text, in EventRow row)
    {
        w.Add(row.EventId);
        w.Add(row.FileId);
        w.Add(row.LineNumber);
        w.Add(row.ClientKey);
        w.Add(row.HasClient ? 1 : 0);
        if (row.Day == Day.None)
        {
            w.AddNull();
            Add(w, text, row.RawTimestamp);
            w.AddNull();
            w.AddNull();
        }
        else
        {
            w.Add(row.OccurredAtMs);
            w.AddNull();
            w.Add(Iso(row.Day));
            w.Add(row.Hour);
        }

        Add(w, text, row.EventName);
        AddKey(w, row.PageKey);
        AddKey(w, row.PlaceKey);
        AddKey(w, row.ReferrerKey);
        AddKey(w, row.UserAgentKey);
        AddKey(w, row.PayloadKey);
    }

    private static void Order(IBulkWriter w, OrderRow row)
    {
        w.Add(row.EventId);
        w.Add(row.Order.Id);
        w.Add(row.Order.RevenueStatus == RevenueStatus.Ok ? row.Order.RevenueCents : null);
        w.Add(Names.Of(row.Order.RevenueStatus));
        w.Add(row.Order.Currency);
        AddKey(w, row.Order.CustomerKey);
        w.Add(row.Order.ItemCount);
    }

    private static void Item(IBulkWriter w, ItemRow row)
    {
        w.Add(row.EventId);
        w.Add(row.ItemNumber);
        w.Add(row.Item.ProductId);
        w.Add(row.Item.ProductName);
        w.Add(row.Item.Variant);
        w.Add(row.Item.Quantity);
        w.Add(row.Item.PriceCents);
    }

    private void FieldCount(IBulkWriter w, FieldCountRow row)
    {
        w.Add(row.FileId);
        w.Add(Iso(row.Day) ?? "");
        w.Add(row.EventName);
        w.Add(row.FieldPath);
        w.Add(row.State);
        w.Add(row.Count);
        w.Add(row.PersonalCount);
    }

    private void NotationCount(IBulkWriter w, NotationRow row)
    {
        w.Add(row.FileId);
        w.Add(Iso(row.Day) ?? "");
        w.Add(row.ColumnName);
        w.Add(row.Notation);
        w.Add(row.Count);
        w.Add(row.FirstLine);
    }

    private void FileDay(IBulkWriter w, FileDayRow row)
    {
        w.Add(row.FileId);
        w.Add(Iso(row.Day));
        w.Add(row.Count);
    }

    private static void Rejected(IBulkWriter w, RejectedRow row)
    {
        w.Add(row.FileId);
        w.Add(row.RecordNumber);
        w.Add(row.LineNumber);
        w.Add(row.Rejection.Reason);
        w.Add(row.Rejection.Detail);
    }

    private static void Column(IBulkWriter w, ColumnRow row)
    {
        w.Add(row.FileId);
        w.Add(row.Position);
        w.Add(row.RawName);
        w.Add(row.CanonicalName);
        w.Add(row.IsUsed ? 1 : 0);
        w.Add(row.ValueForm);
    }

    private void InputFile(IBulkWriter w, FileRow row)
    {
        w.Add(row.FileId);
        w.Add(row.File.Name);
        w.Add(Iso(row.Date));
        w.Add(row.File.Sha256);
        w.Add(row.File.Bytes);
        w.Add(row.File.Records);
        w.Add(row.File.Loaded);
        w.Add(row.File.Rejected);
        w.Add(row.EndsWithNewline ? 1 : 0);
        w.Add(row.Times.FirstMs);
        w.Add(row.Times.LastMs);
        w.Add(row.Times.DisorderedCount);
        w.Add(row.Times.OutsideDayCount);
    }

    private static void Add(IBulkWriter w, TextBuffer text, Text value)
    {
        if (value.Length < 0)
            w.AddNull();
        else
            w.Add(text[value]);
    }

    private static void AddKey(IBulkWriter w, long key)
    {
        if (key == 0)
            w.AddNull();
        else
            w.Add(key);
    }

    private string? Iso(int day)
    {
        if (day == Day.None)
            return null;
        if (!_days.TryGetValue(day, out var iso))
            _days.Add(day, iso = Day.Iso(day));
        return iso;
    }
}
