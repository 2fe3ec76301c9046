namespace Clickpath.Loading;

/// <summary>Turns files into batches of rows, on the parsing thread.</summary>
/// <param name="clock">Says which day it was.</param>
/// <param name="exchange">Takes a full batch (or one to end with) and gives an empty one.</param>
/// <param name="aliases">Other names of columns, normalized; null: none.</param>
internal sealed class FileParser(LocalClock clock, Func<Batch, Batch> exchange, IReadOnlyDictionary<string, Column>? aliases = null)
{
    // Columns that are empty in so many records are as good as empty.
    private const int FormRecords = 1000;

    private static readonly IReadOnlyDictionary<string, Column> NoAliases = ColumnName.Aliases([]);

    private readonly UrlParser _urls = new();
    private readonly PayloadReader _payloads = new();

    // What was handed over already in this load. Eight bytes a text, not the text; of a page its place too.
    private readonly HashSet<long> _clients = [];
    private readonly Dictionary<long, long> _pages = [];
    private readonly HashSet<long> _places = [];
    private readonly HashSet<long> _parameterSets = [];
    private readonly HashSet<long> _referrers = [];
    private readonly HashSet<long> _userAgents = [];
    private readonly HashSet<long> _knownPayloads = [];
    private Batch _batch = new();
    private FileTimes _times = new(Day.None);

    /// <summary>Reads a file to its end.</summary>
    public void Parse(InputFile file, long fileId)
    {
        using var content = new InputContent(file);
        using var csv = new CsvReader(content);
        var header = new HeaderMap(fileId, csv.ReadHeader(), aliases ?? NoAliases);
        var fields = new FieldCounts(fileId);
        var notations = new NotationCounts(fileId);
        var days = new DayCounts();
        long records = 0, rejected = 0;
        _times = new FileTimes(Day.InName(file.Name));
        while (csv.Read())
        {
            records++;
            if (csv.Rejection is { } rejection)
            {
                rejected++;
                _batch.Rejected.Add(new RejectedRow(fileId, records, csv.LineNumber, rejection));
            }
            else
            {
                if (records <= FormRecords)
                    header.LookAt(csv);
                var day = AddEvent(csv, header, fields, days, fileId, (fileId << 32) + records);
                AddNotations(csv, header, notations, day);
            }

            if (_batch.IsFull)
                _batch = exchange(_batch);
        }

        _batch.Columns.AddRange(header.Rows);
        _batch.FieldCounts.AddRange(fields.Rows());
        _batch.Notations.AddRange(notations.Rows());
        _batch.FileDays.AddRange(days.Counts().Select(day => new FileDayRow(fileId, day.Day, day.Count)));
        var sha256 = content.Finish();
        _batch.Files.Add(new FileRow(
            fileId,
            Day.InName(file.Name),
            new LoadedFile(file.Name, sha256, content.ByteCount, records, records - rejected, rejected),
            csv.EndsWithNewline,
            _times));
    }

    /// <summary>Hands over what is left.</summary>
    public void Finish() => _batch = exchange(_batch);

    private static ReadOnlySpan<byte> Field(CsvReader csv, HeaderMap header, Column column)
    {
        var index = header[column];
        return index < 0 ? default : csv.Field(index);
    }

    private int AddEvent(CsvReader csv, HeaderMap header, FieldCounts fields, DayCounts days, long fileId, long eventId)
    {
        var (day, hour) = (Day.None, 0);
        var timestamp = Field(csv, header, Column.Timestamp);
        var rawTimestamp = Text.None;
        var trimmedTimestamp = Ascii.Trimmed(timestamp);
        if (EventTime.TryParse(trimmedTimestamp, out var ms))
        {
            (day, hour) = clock.At(ms);
            days.Add(day);
            _times.Add(ms, day);
        }
        else if (!trimmedTimestamp.IsEmpty)
        {
            rawTimestamp = _batch.Text.Add(timestamp);
        }

        var name = Field(csv, header, Column.EventName);
        var eventName = Ascii.Trimmed(name).IsEmpty ? Text.None : _batch.Text.Add(name);
        fields.Begin(day, eventName.Length < 0 ? default : name);
        var clientKey = ClientKey(Ascii.Trimmed(Field(csv, header, Column.ClientId)));
        var (pageKey, placeKey) = PageKeys(Field(csv, header, Column.PageUrl));
        _batch.Events.Add(new EventRow(
            eventId,
            fileId,
            csv.LineNumber,
            clientKey == 0 ? -eventId : clientKey,
            clientKey != 0,
            ms,
            rawTimestamp,
            day,
            hour,
            eventName,
            pageKey,
            placeKey,
            header[Column.Referrer] < 0 ? 0 : ReferrerKey(Ascii.Trimmed(Field(csv, header, Column.Referrer))),
            TextRowKey(Field(csv, header, Column.UserAgent), _userAgents, _batch.UserAgents),
            PayloadKey(Field(csv, header, Column.EventData), header, fields, eventId)));
        return day;
    }

    // After AddEvent: the payload that was read last is this record's.
    private void AddNotations(CsvReader csv, HeaderMap header, NotationCounts notations, int day)
    {
        var line = csv.LineNumber;
        if (Value(Column.EventName) is { IsEmpty: false } name)
            notations.Add(day, line, Noted.EventName, Notation.OfText(name));
        if (Value(Column.PageUrl) is { IsEmpty: false } page)
        {
            notations.Add(day, line, Noted.PageUrl, Notation.OfUrl(page, out var path));
            if (path is not null)
                notations.Add(day, line, Noted.PagePath, path);
            if (Notation.OfQuery(page) is { } query)
                notations.Add(day, line, Noted.PageQuery, query);
        }

        if (Value(Column.Referrer) is { IsEmpty: false } referrer)
        {
            notations.Add(day, line, Noted.Referrer, Notation.OfUrl(referrer, out _));
            if (Notation.OfQuery(referrer) is { } query)
                notations.Add(day, line, Noted.ReferrerQuery, query);
        }

        if (Value(Column.UserAgent) is { IsEmpty: false } agent)
            notations.Add(day, line, Noted.UserAgent, Notation.OfAgent(agent));
        if (Value(Column.EventData).IsEmpty)
            return;
        if (_payloads.Order is { } order)
        {
            if (!string.IsNullOrEmpty(order.Id))
                notations.Add(day, line, Noted.OrderId, Notation.OfText(order.Id));
            if (!string.IsNullOrEmpty(order.Currency))
                notations.Add(day, line, Noted.Currency, Notation.OfCurrency(order.Currency));
        }

        foreach (var item in _payloads.Items)
        {
            if (!string.IsNullOrEmpty(item.ProductId))
                notations.Add(day, line, Noted.ProductId, Notation.OfText(item.ProductId));
        }

        ReadOnlySpan<byte> Value(Column column) => Ascii.Trimmed(Field(csv, header, column));
    }

    private long ClientKey(ReadOnlySpan<byte> id)
    {
        if (NoClient.Is(id))
            return 0;
        var key = TextKey.Of(id);
        if (_clients.Add(key))
            _batch.Clients.Add(new ClientRow(key, _batch.Text.Add(id), ClientShape.Of(id)));
        return key;
    }

    private long TextRowKey(ReadOnlySpan<byte> text, HashSet<long> known, List<TextRow> rows)
    {
        if (Ascii.Trimmed(text).IsEmpty)
            return 0;
        var key = TextKey.Of(text);
        if (known.Add(key))
            rows.Add(new TextRow(key, _batch.Text.Add(text)));
        return key;
    }

    private (long Page, long Place) PageKeys(ReadOnlySpan<byte> url)
    {
        if (Ascii.Trimmed(url).IsEmpty)
            return (0, 0);
        var key = TextKey.Of(url);
        if (_pages.TryGetValue(key, out var placeKey))
            return (key, placeKey);
        var text = _batch.Text.Add(url);
        var parts = _urls.Page(_batch.Text, text);
        var traits = UrlTraits.Of(_batch.Text[text]);
        placeKey = _urls.PlaceKey(_batch.Text, parts, traits.PersonalData);
        _pages.Add(key, placeKey);
        _batch.Pages.Add(new PageRow(key, text, placeKey, parts, traits));
        if (_places.Add(placeKey))
            _batch.Places.Add(new PlaceRow(placeKey, parts, traits.PersonalData));
        if (parts.ParameterSetKey != 0 && _parameterSets.Add(parts.ParameterSetKey))
            _batch.ParameterSets.Add(new TextRow(parts.ParameterSetKey, _batch.Text.Add(_urls.ParameterNames)));
        return (key, placeKey);
    }

    private long ReferrerKey(ReadOnlySpan<byte> referrer)
    {
        var key = TextKey.Of(referrer);
        if (!_referrers.Add(key))
            return key;
        var text = _batch.Text.Add(referrer);
        var (scheme, host) = UrlParser.Referrer(_batch.Text, text);
        _batch.Referrers.Add(new ReferrerRow(
            key, text, scheme, host, host.Length > 0 && UrlTraits.IsOpaqueHost(_batch.Text[host]), UrlTraits.Of(_batch.Text[text])));
        return key;
    }

    private long PayloadKey(ReadOnlySpan<byte> payload, HeaderMap header, FieldCounts fields, long eventId)
    {
        if (Ascii.Trimmed(payload).IsEmpty)
        {
            if (header[Column.EventData] >= 0)
                fields.Count(default, FieldState.Empty);
            return 0;
        }

        var status = _payloads.Read(payload, fields);
        var key = TextKey.Of(payload);
        if (_knownPayloads.Add(key))
            _batch.Payloads.Add(new PayloadRow(key, _batch.Text.Add(payload), status));
        if (_payloads.Order is { } order)
            _batch.Orders.Add(new OrderRow(eventId, order));
        for (var i = 0; i < _payloads.Items.Count; i++)
            _batch.Items.Add(new ItemRow(eventId, i + 1, _payloads.Items[i]));
        return key;
    }
}
