namespace Clickpath.Loading;

/// <summary>A text within a batch's <see cref="TextBuffer"/>; a negative length is NULL.</summary>
internal readonly record struct Text(int Start, int Length)
{
    public static readonly Text None = new(0, -1);

    public static readonly Text Empty = new(0, 0);
}

/// <summary>The texts of a batch, one behind another.</summary>
internal sealed class TextBuffer
{
    private byte[] _bytes = new byte[1 << 16];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> this[Text text] => _bytes.AsSpan(text.Start, text.Length);

    public Text Add(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Free(utf8.Length));
        Length += utf8.Length;
        return new Text(Length - utf8.Length, utf8.Length);
    }

    public void Clear() => Length = 0;

    private Span<byte> Free(int length)
    {
        if (_bytes.Length - Length < length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + length));
        return _bytes.AsSpan(Length);
    }
}

// The rows of the load tables, in the schema's terms. Keys and days that are NULL are 0 and Day.None.
internal readonly record struct EventRow(
    long EventId,
    long FileId,
    long LineNumber,
    long ClientKey,
    bool HasClient,
    long OccurredAtMs,
    Text RawTimestamp,
    int Day,
    int Hour,
    Text EventName,
    long PageKey,
    long PlaceKey,
    long ReferrerKey,
    long UserAgentKey,
    long PayloadKey);

internal readonly record struct TextRow(long Key, Text Text);

internal readonly record struct ClientRow(long Key, Text Id, ClientShape Shape);

internal readonly record struct PageRow(long Key, Text Url, long PlaceKey, PageUrl Parts, UrlTraits Traits);

internal readonly record struct PlaceRow(long Key, PageUrl Parts, PersonalData PersonalData);

internal readonly record struct ReferrerRow(long Key, Text Referrer, Text Scheme, Text Host, bool IsOpaque, UrlTraits Traits);

internal readonly record struct PayloadRow(long Key, Text Payload, PayloadStatus Status);

internal sealed record OrderRow(long EventId, Order Order);

internal sealed record ItemRow(long EventId, int ItemNumber, OrderItem Item);

internal sealed record FieldCountRow(long FileId, int Day, string EventName, string FieldPath, string State, long Count, long PersonalCount);

internal sealed record NotationRow(long FileId, int Day, string ColumnName, string Notation, long Count, long FirstLine);

internal readonly record struct FileDayRow(long FileId, int Day, long Count);

internal sealed record RejectedRow(long FileId, long RecordNumber, long LineNumber, Rejection Rejection);

internal sealed record ColumnRow(long FileId, int Position, string RawName, string? CanonicalName, bool IsUsed)
{
    /// <summary>What form its values have, as far as the file was read.</summary>
    public string? ValueForm { get; set; }
}

internal sealed record FileRow(long FileId, int Date, LoadedFile File, bool EndsWithNewline, FileTimes Times);

/// <summary>Rows on their way from the parsing to the writing thread.</summary>
internal sealed class Batch
{
    private const int EnoughEvents = 16_384;
    private const int EnoughText = 8 << 20;

    public TextBuffer Text { get; } = new();

    public List<EventRow> Events { get; } = new(EnoughEvents);

    public List<ClientRow> Clients { get; } = [];

    public List<PageRow> Pages { get; } = [];

    public List<PlaceRow> Places { get; } = [];

    public List<TextRow> ParameterSets { get; } = [];

    public List<ReferrerRow> Referrers { get; } = [];

    public List<TextRow> UserAgents { get; } = [];

    public List<PayloadRow> Payloads { get; } = [];

    public List<OrderRow> Orders { get; } = [];

    public List<ItemRow> Items { get; } = [];

    public List<FieldCountRow> FieldCounts { get; } = [];

    public List<NotationRow> Notations { get; } = [];

    public List<FileDayRow> FileDays { get; } = [];

    public List<RejectedRow> Rejected { get; } = [];

    public List<ColumnRow> Columns { get; } = [];

    public List<FileRow> Files { get; } = [];

    public bool IsFull =>
        Events.Count >= EnoughEvents || Text.Length >= EnoughText || Items.Count >= EnoughEvents || Rejected.Count >= EnoughEvents;

    public void Clear()
    {
        Text.Clear();
        Events.Clear();
        Clients.Clear();
        Pages.Clear();
        Places.Clear();
        ParameterSets.Clear();
        Referrers.Clear();
        UserAgents.Clear();
        Payloads.Clear();
        Orders.Clear();
        Items.Clear();
        FieldCounts.Clear();
        Notations.Clear();
        FileDays.Clear();
        Rejected.Clear();
        Columns.Clear();
        Files.Clear();
    }
}
