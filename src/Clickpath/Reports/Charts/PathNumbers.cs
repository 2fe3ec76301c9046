using System.Globalization;
using System.Text;

namespace Clickpath.Reports.Charts;

/// <summary>Rounds the numbers of an SVG path. Skia writes nine digits of each corner of each letter; a hundredth of a pixel
/// is enough, and a chart has ten thousands of them.</summary>
internal static class PathNumbers
{
    public static string Rounded(string path)
    {
        var text = new StringBuilder(path.Length);
        for (var i = 0; i < path.Length;)
        {
            if (!(char.IsAsciiDigit(path[i]) || path[i] is '-' or '.'))
            {
                text.Append(path[i++]);
                continue;
            }

            var start = i;
            long thousandths = 0;
            var decimals = -1;
            for (i += path[i] == '-' ? 1 : 0; i < path.Length && (char.IsAsciiDigit(path[i]) || path[i] == '.'); i++)
            {
                if (path[i] == '.')
                    decimals = 0;
                else if (decimals < 3)
                {
                    thousandths = thousandths * 10 + (path[i] - '0');
                    decimals += decimals < 0 ? 0 : 1;
                }
            }

            if (i < path.Length && path[i] is 'e' or 'E')
            {
                for (i++; i < path.Length && (char.IsAsciiDigit(path[i]) || path[i] is '-' or '+'); i++)
                    ;
                text.Append(CultureInfo.InvariantCulture, $"{Math.Round(double.Parse(path.AsSpan(start, i - start), CultureInfo.InvariantCulture), 2):0.##}");
                continue;
            }

            for (decimals = Math.Max(decimals, 0); decimals < 3; decimals++)
                thousandths *= 10;
            Append(text, path[start] == '-', (thousandths + 5) / 10);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, bool negative, long hundredths)
    {
        if (negative && hundredths > 0)
            text.Append('-');
        text.Append(hundredths / 100);
        if (hundredths % 100 is var rest and > 0)
            text.Append('.').Append((char)('0' + rest / 10)).Append(rest % 10 > 0 ? ((char)('0' + rest % 10)).ToString() : "");
    }
}
