using System.Globalization;
using System.Text;

namespace Clickpath.Loading;

/// <summary>Turns what Python prints for a dict ({'name': "Men's", 'gift': True, 'note': None}) into JSON.</summary>
internal static class PythonLiteral
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["True"] = "true",
        ["False"] = "false",
        ["None"] = "null",
        ["true"] = "true",
        ["false"] = "false",
        ["null"] = "null",
        ["undefined"] = "null",
        ["NaN"] = "\"NaN\"",
        ["nan"] = "\"NaN\"",
        ["Infinity"] = "\"Infinity\"",
        ["inf"] = "\"Infinity\"",
    };

    /// <returns>Null where it is not such a literal; what comes back may still be no JSON.</returns>
    public static byte[]? ToJson(ReadOnlySpan<byte> payload)
    {
        var text = Encoding.UTF8.GetString(payload);
        var json = new StringBuilder(text.Length + 16);
        var position = 0;
        while (position < text.Length)
        {
            var c = text[position];
            if (c is '\'' or '"')
            {
                if (!TryString(text, ref position, json))
                    return null;
            }
            else if (char.IsAsciiLetter(c))
            {
                var start = position;
                while (position < text.Length && char.IsAsciiLetterOrDigit(text[position]))
                    position++;
                var word = text[start..position];
                // 1e5 is a number; u'text' was a string of Python 2.
                if (start > 0 && char.IsAsciiDigit(text[start - 1]))
                    json.Append(word);
                else if (word is "u" && position < text.Length && text[position] is '\'' or '"')
                    continue;
                else if (!Words.TryGetValue(word, out var known))
                    return null;
                else
                    AppendWord(json, known);
            }
            else
            {
                json.Append(c);
                position++;
            }
        }

        return Encoding.UTF8.GetBytes(json.ToString());
    }

    private static void AppendWord(StringBuilder json, string word)
    {
        // -Infinity is a word with a sign, that a string has to take in.
        if (word[0] == '"' && json.Length > 0 && json[^1] is '-' or '+')
        {
            json.Length--;
            json.Append("\"-").Append(word.AsSpan(1));
        }
        else
        {
            json.Append(word);
        }
    }

    private static bool TryString(string text, ref int position, StringBuilder json)
    {
        var quote = text[position++];
        json.Append('"');
        while (position < text.Length)
        {
            var c = text[position++];
            if (c == quote)
            {
                json.Append('"');
                return true;
            }

            if (c == '\\' && position < text.Length)
                AppendEscape(text, ref position, json);
            else if (c == '"')
                json.Append("\\\"");
            else if (c < ' ')
                json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                json.Append(c);
        }

        return false;
    }

    private static void AppendEscape(string text, ref int position, StringBuilder json)
    {
        var escaped = text[position++];
        if (escaped == 'x' && position + 2 <= text.Length)
        {
            json.Append("\\u00").Append(text.AsSpan(position, 2));
            position += 2;
        }
        else if (escaped == '\'')
        {
            json.Append('\'');
        }
        else
        {
            json.Append("\"\\/bfnrtu".Contains(escaped) ? "\\" : "\\\\").Append(escaped);
        }
    }
}
