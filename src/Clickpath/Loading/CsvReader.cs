using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Clickpath.Loading;

/// <summary>Why a record cannot be read; the names are those of <c>rejected_rows.reason</c>.</summary>
internal sealed record Rejection(string Reason, string Detail);

/// <summary>
/// Records of a CSV text (RFC 4180, with any of the three line ends) as spans over one buffer. What is wrong with a
/// record is said by <see cref="Rejection"/>, and the reader goes on behind it.
/// </summary>
internal sealed class CsvReader(InputContent content) : IDisposable
{
    /// <summary>Bytes; what is longer is a quote gone astray, and would be held in memory.</summary>
    public const int LongestRecord = 1 << 20;

    private const int Window = LongestRecord + 2;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private byte _delimiter = (byte)',';
    private SearchValues<byte> _stops = SearchValues.Create(",\r\n"u8);
    private Cell[] _cells = new Cell[64];
    private int _cellCount;
    private int _expectedCount = -1;
    private int _recordStart;
    private int _fieldStart;
    private long _linesBeforeField;
    private bool _isQuoted;
    private long _nextLine = 1;
    private long _linesInRecord;
    private int _recordLength;
    private int _consumed;
    private string _problem = "";

    private enum Scan
    {
        Whole,
        NeedsMore,
        Broken,
    }

    /// <summary>The physical line on which the record starts, from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>Null where the record is sound.</summary>
    public Rejection? Rejection { get; private set; }

    /// <summary>Whether the text read so far ends with a line end (or is empty).</summary>
    public bool EndsWithNewline { get; private set; } = true;

    /// <summary>Reads the header, and finds the delimiter by it: comma, semicolon or tab.</summary>
    /// <returns>The names as they are; none where the text is empty.</returns>
    public IReadOnlyList<string> ReadHeader()
    {
        Fill();
        if (_buffer.AsSpan(_start, _end - _start).StartsWith("\uFEFF"u8))
            _start += 3;
        SniffDelimiter();
        if (!Read())
            return [];

        // A header that cannot be read has no column that anyone knows.
        var names = Rejection is null
            ? Enumerable.Range(0, _cellCount).Select(i => Encoding.UTF8.GetString(Field(i))).ToArray()
            : ["(unreadable header)"];
        _expectedCount = names.Length;
        return names;
    }

    /// <summary>Moves to the next record, sound or not; a blank line is none.</summary>
    public bool Read()
    {
        while (true)
        {
            Rejection = null;
            LineNumber = _nextLine;
            switch (ScanBuffered())
            {
                case Scan.Broken:
                    Rejection = new Rejection("broken_quoting", _problem);
                    _nextLine += _linesBeforeField;
                    SkipLine(_start + _fieldStart);
                    return true;
                case Scan.NeedsMore:
                    return false;
                default:
                    _recordStart = _start;
                    _start += _consumed;
                    _nextLine += _linesInRecord;
                    if (_recordLength == 0)
                        continue;
                    Rejection = Flaw(_buffer.AsSpan(_recordStart, _recordLength));
                    return true;
            }
        }
    }

    /// <summary>A field of the current record, without its quotes; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Field(int index)
    {
        ref var cell = ref _cells[index];
        var text = _buffer.AsSpan(_recordStart + cell.Start, cell.Length);
        if (cell.HasDoubledQuotes)
        {
            cell = new Cell(cell.Start, Undouble(text), false);
            text = text[..cell.Length];
        }

        return text;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private static int Undouble(Span<byte> text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            text[length++] = text[i];
            if (text[i] == '"')
                i++;
        }

        return length;
    }

    private static long CountLines(ReadOnlySpan<byte> text)
    {
        var lines = 0L;
        for (var at = text.IndexOfAny((byte)'\r', (byte)'\n'); at >= 0; at = text.IndexOfAny((byte)'\r', (byte)'\n'))
        {
            lines++;
            text = text[(at + (text[at..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }

        return lines;
    }

    private Rejection? Flaw(ReadOnlySpan<byte> record)
    {
        if (!Utf8.IsValid(record))
            return new Rejection("invalid_utf8", "bytes that are no UTF-8");
        // No engine but SQLite keeps a NUL in a text.
        if (record.Contains((byte)0))
            return new Rejection("invalid_utf8", "a NUL byte");
        return _expectedCount >= 0 && _cellCount != _expectedCount
            ? new Rejection("ragged", FormattableString.Invariant($"{_cellCount} fields, {_expectedCount} expected"))
            : null;
    }

    private Scan ScanBuffered()
    {
        while (true)
        {
            // The window is never longer than a record may be, so that the outcome does not hang on what is buffered.
            var length = Math.Min(_end - _start, Window);
            var isLast = _isAtEnd && length == _end - _start;
            if (isLast && length == 0)
                return Scan.NeedsMore;
            var outcome = ScanRecord(_buffer.AsSpan(_start, length), isLast);
            if (outcome == Scan.Whole && _recordLength > LongestRecord)
                return Broken("longer than 1 MiB");
            if (outcome != Scan.NeedsMore)
                return outcome;
            if (length == Window)
                return Broken(_isQuoted ? "a quote is not closed within 1 MiB" : "longer than 1 MiB");
            Fill();
        }
    }

    private Scan ScanRecord(ReadOnlySpan<byte> text, bool isLast)
    {
        _cellCount = 0;
        _linesInRecord = 0;
        var position = 0;
        while (true)
        {
            (_fieldStart, _linesBeforeField) = (position, _linesInRecord);
            var start = position;
            var hasDoubledQuotes = false;
            _isQuoted = position < text.Length && text[position] == '"';
            if (_isQuoted)
            {
                start = ++position;
                while (true)
                {
                    var quote = text[position..].IndexOf((byte)'"');
                    if (quote < 0)
                        return isLast ? Broken("a quote is never closed") : Scan.NeedsMore;
                    position += quote + 1;
                    if (position == text.Length && !isLast)
                        return Scan.NeedsMore;
                    if (position == text.Length || text[position] != '"')
                        break;
                    hasDoubledQuotes = true;
                    position++;
                }

                AddCell(start, position - 1 - start, hasDoubledQuotes);
                if (position < text.Length && !_stops.Contains(text[position]))
                    return Broken("text after a closing quote");
                _linesInRecord += CountLines(text[start..(position - 1)]);
            }
            else
            {
                var stop = text[position..].IndexOfAny(_stops);
                if (stop < 0 && !isLast)
                    return Scan.NeedsMore;
                position = stop < 0 ? text.Length : position + stop;
                AddCell(start, position - start, false);
            }

            if (position < text.Length && text[position] == _delimiter)
            {
                position++;
                continue;
            }

            _recordLength = _consumed = position;
            if (position == text.Length)
                return Scan.Whole;
            if (text[position] == '\r' && position + 1 == text.Length && !isLast)
                return Scan.NeedsMore;
            _consumed += text[position..].StartsWith("\r\n"u8) ? 2 : 1;
            _linesInRecord++;
            return Scan.Whole;
        }
    }

    private Scan Broken(string problem)
    {
        _problem = problem;
        return Scan.Broken;
    }

    private void AddCell(int start, int length, bool hasDoubledQuotes)
    {
        // Cells that no column stands for are counted only.
        if (_expectedCount < 0 && _cellCount == _cells.Length)
            Array.Resize(ref _cells, 2 * _cells.Length);
        if (_cellCount < _cells.Length)
            _cells[_cellCount] = new Cell(start, length, hasDoubledQuotes);
        _cellCount++;
    }

    // A broken record ends with the line on which its broken field began: what follows may well be sound.
    private void SkipLine(int from)
    {
        while (true)
        {
            var offset = _buffer.AsSpan(from, _end - from).IndexOfAny((byte)'\r', (byte)'\n');
            _start = offset < 0 ? _end : from + offset;
            if (offset >= 0 && (_isAtEnd || _buffer[_start] == '\n' || _start + 1 < _end))
            {
                _start += _buffer.AsSpan(_start, _end - _start).StartsWith("\r\n"u8) ? 2 : 1;
                _nextLine++;
                return;
            }

            if (_isAtEnd)
                return;
            Fill();
            from = _start;
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        else if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var count = content.Read(_buffer.AsMemory(_end));
        _isAtEnd = count < _buffer.Length - _end;
        _end += count;
        if (count > 0)
            EndsWithNewline = _buffer[_end - 1] is (byte)'\r' or (byte)'\n';
    }

    private void SniffDelimiter()
    {
        int commas = 0, semicolons = 0, tabs = 0;
        var isQuoted = false;
        foreach (var value in _buffer.AsSpan(_start, _end - _start).TrimStart("\r\n"u8))
        {
            isQuoted ^= value == '"';
            if (isQuoted)
                continue;
            if (value is (byte)'\r' or (byte)'\n')
                break;
            commas += value == ',' ? 1 : 0;
            semicolons += value == ';' ? 1 : 0;
            tabs += value == '\t' ? 1 : 0;
        }

        if (Math.Max(semicolons, tabs) > commas)
        {
            _delimiter = tabs > semicolons ? (byte)'\t' : (byte)';';
            _stops = SearchValues.Create([_delimiter, (byte)'\r', (byte)'\n']);
        }
    }

    private readonly record struct Cell(int Start, int Length, bool HasDoubledQuotes);
}
