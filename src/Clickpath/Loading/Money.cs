using System.Buffers;
using System.Globalization;
using System.Text;

namespace Clickpath.Loading;

/// <summary>Reads amounts exactly, into cents.</summary>
internal static class Money
{
    private const decimal MostCents = 9e15m;

    private static readonly SearchValues<char> Plain = SearchValues.Create("0123456789.,");

    private static readonly string[] NotFinite = ["nan", "inf", "infinity"];

    /// <summary>Cents, halves rounded away from zero, of 1299, "1,299.00", "$1299" or "1.299,00 €".</summary>
    /// <returns>Ok, Null (an empty text), NotFinite or Invalid.</returns>
    public static RevenueStatus Cents(string text, out long cents)
    {
        cents = 0;
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
            return RevenueStatus.Null;
        if (NotFinite.Contains(trimmed.TrimStart('+', '-').ToLowerInvariant()))
            return RevenueStatus.NotFinite;
        if (!TryAmount(trimmed, out var amount) || Math.Abs(amount) > MostCents / 100)
            return RevenueStatus.Invalid;
        cents = (long)Math.Round(amount * 100, MidpointRounding.AwayFromZero);
        return RevenueStatus.Ok;
    }

    /// <summary>A number as JSON or a person writes it.</summary>
    public static bool TryAmount(string text, out decimal amount)
    {
        // 1e3 and the like; a comma is for the rules below.
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out amount))
            return true;
        return TryUnpunctuated(Core(text, out var isNegative), out var plain)
            && decimal.TryParse((isNegative ? "-" : "") + plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
    }

    // Without the currency around it and the spaces inside.
    private static string Core(string text, out bool isNegative)
    {
        isNegative = false;
        var core = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '-' or 0x2212 && core.Length == 0 && !isNegative)
                isNegative = true;
            else if (!(Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.CurrencySymbol || rune.Value == '+' && core.Length == 0))
                core.Append(rune.ToString());
        }

        // Letters of a currency stand before or after the number (USD 12), never inside.
        return core.ToString().Trim("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".ToCharArray());
    }

    // The last separator is the decimal one, unless it groups: 1,299 and 1.299.000 are whole.
    private static bool TryUnpunctuated(string core, out string plain)
    {
        plain = "";
        if (core.Length == 0 || core.AsSpan().ContainsAnyExcept(Plain))
            return false;
        var last = core.LastIndexOfAny(['.', ',']);
        if (last < 0)
        {
            plain = core;
            return true;
        }

        var mark = core[last];
        var isRepeated = core.IndexOf(mark) < last;
        var isMixed = core.Contains(mark == '.' ? ',' : '.');
        var groups = isRepeated || (mark == ',' && !isMixed && core.Length - last == 4 && last is >= 1 and <= 3 && core[0] != '0');
        if (isRepeated && isMixed)
            return false;
        var whole = groups ? core : core[..last];
        var fraction = groups ? "" : core[(last + 1)..];
        if (!AreThousands(whole.Split(groups ? mark : mark == '.' ? ',' : '.')))
            return false;
        plain = $"{whole.Replace(",", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal)}.{fraction}0";
        return true;
    }

    private static bool AreThousands(string[] groups) =>
        groups.Length == 1 || (groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(group => group.Length == 3));
}
