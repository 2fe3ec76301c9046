using System.Buffers;
using System.Globalization;
using System.Text;

namespace Clickpath.Loading;

/// <summary>Decodes the form encoding of a query: + is a space, %C3%A9 is é. What is no text stays as it is.</summary>
internal static class PercentDecoding
{
    /// <returns>The length of the decoded text, never longer than the encoded one.</returns>
    public static int Decode(ReadOnlySpan<byte> encoded, Span<byte> decoded)
    {
        var length = 0;
        Span<byte> sequence = stackalloc byte[4];
        while (!encoded.IsEmpty)
        {
            if (encoded[0] != '%')
            {
                decoded[length++] = encoded[0] == '+' ? (byte)' ' : encoded[0];
                encoded = encoded[1..];
                continue;
            }

            var count = 0;
            while (count < 4 && TryByte(encoded[(3 * count)..], out sequence[count]))
                count++;
            // A NUL, a lone continuation byte or half a letter would not be text that every engine keeps.
            if (count > 0 && sequence[0] != 0
                && Rune.DecodeFromUtf8(sequence[..count], out _, out var used) == OperationStatus.Done)
            {
                sequence[..used].CopyTo(decoded[length..]);
                length += used;
                encoded = encoded[(3 * used)..];
            }
            else
            {
                decoded[length++] = (byte)'%';
                encoded = encoded[1..];
            }
        }

        return length;
    }

    private static bool TryByte(ReadOnlySpan<byte> text, out byte value)
    {
        value = 0;
        return text.Length >= 3 && text[0] == '%'
            && byte.TryParse(text[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
