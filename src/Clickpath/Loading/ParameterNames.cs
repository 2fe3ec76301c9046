using System.Buffers;

namespace Clickpath.Loading;

/// <summary>The distinct parameter names of one query: lower case, sorted, capped in number and length.</summary>
internal sealed class ParameterNames
{
    // A hostile or broken link may have thousands; people name fewer, and shorter.
    private const int MostNames = 100;
    private const int LongestName = 64;

    private readonly List<byte[]> _names = [];
    private readonly ArrayBufferWriter<byte> _joined = new();

    /// <summary><c>' gclid utm_source '</c>, or empty, after <see cref="Join"/>.</summary>
    public ReadOnlySpan<byte> Joined => _joined.WrittenSpan;

    public void Clear() => _names.Clear();

    /// <returns>0 to 4 for utm_source, medium, campaign, content, term; else -1.</returns>
    public int Add(ReadOnlySpan<byte> decoded)
    {
        Span<byte> name = stackalloc byte[LongestName + 1];
        name = name[..Canonical(decoded, name)];
        if (!name.IsEmpty && _names.Count < MostNames)
            Insert(name);
        if (!name.StartsWith("utm_"u8))
            return -1;
        var suffix = name["utm_".Length..];
        return suffix.SequenceEqual("source"u8) ? 0
            : suffix.SequenceEqual("medium"u8) ? 1
            : suffix.SequenceEqual("campaign"u8) ? 2
            : suffix.SequenceEqual("content"u8) ? 3
            : suffix.SequenceEqual("term"u8) ? 4
            : -1;
    }

    public void Join()
    {
        _joined.ResetWrittenCount();
        foreach (var name in _names)
        {
            _joined.Write(" "u8);
            _joined.Write(name);
        }

        if (_names.Count > 0)
            _joined.Write(" "u8);
    }

    private static int Canonical(ReadOnlySpan<byte> decoded, Span<byte> name)
    {
        var length = 0;
        foreach (var value in decoded)
        {
            // Names are told apart by spaces, so none is inside a name.
            if (value is <= (byte)' ' or 0x7F)
                continue;
            if (length == name.Length)
                break;
            name[length++] = value;
        }

        Ascii.Lower(name[..length]);
        return Ascii.Cut(name[..length], LongestName).Length;
    }

    private void Insert(ReadOnlySpan<byte> name)
    {
        var index = 0;
        for (; index < _names.Count; index++)
        {
            var order = name.SequenceCompareTo(_names[index]);
            if (order == 0)
                return;
            if (order < 0)
                break;
        }

        _names.Insert(index, name.ToArray());
    }
}
