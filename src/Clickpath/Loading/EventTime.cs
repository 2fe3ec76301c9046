namespace Clickpath.Loading;

/// <summary>Reads the timestamps that exports have: ISO 8601 to the minute or finer, and epoch seconds, ms or µs.</summary>
internal static class EventTime
{
    // Room for a time zone's offset on either side of the days that DateOnly knows.
    private static readonly long Earliest = new DateTimeOffset(1, 1, 3, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long Latest = new DateTimeOffset(9999, 12, 29, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>UTC epoch milliseconds, finer digits cut off; a time without a zone is UTC.</summary>
    /// <param name="text">Trimmed.</param>
    /// <param name="ms">The time; 0 where there is none.</param>
    /// <returns>Whether it is a time that there is: not February 29th of 2025.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out long ms)
    {
        var scanner = new Scanner(text);
        if ((scanner.TryIso(out ms) || TryEpoch(text, out ms)) && ms >= Earliest && ms <= Latest)
            return true;
        ms = 0;
        return false;
    }

    private static bool TryEpoch(ReadOnlySpan<byte> text, out long ms)
    {
        ms = 0;
        var scanner = new Scanner(text);
        var digits = scanner.DigitCount;
        if (digits is not (10 or 13 or 16) || !scanner.TryNumber(digits, out var number))
            return false;
        ms = digits switch { 10 => number * 1000, 13 => number, _ => number / 1000 };
        if (scanner.IsAtEnd)
            return true;
        if (!scanner.TryMilliseconds(out var fraction) || !scanner.IsAtEnd)
            return false;
        ms += digits == 10 ? fraction : 0;
        return true;
    }

    private ref struct Scanner(ReadOnlySpan<byte> text)
    {
        private ReadOnlySpan<byte> _rest = text;

        public readonly bool IsAtEnd => _rest.IsEmpty;

        public readonly int DigitCount => _rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is var end and >= 0 ? end : _rest.Length;

        public bool TryIso(out long ms)
        {
            ms = 0;
            if (!TryNumber(4, out var year) || !TrySkip('-') || !TryNumber(2, out var month) || !TrySkip('-') || !TryNumber(2, out var day)
                || !(TrySkip('T') || TrySkip('t') || TrySkip(' '))
                || !TryNumber(2, out var hour) || !TrySkip(':') || !TryNumber(2, out var minute))
                return false;
            long second = 0, fraction = 0;
            if (TrySkip(':') && (!TryNumber(2, out second) || (!IsAtEnd && _rest[0] is (byte)'.' or (byte)',' && !TryMilliseconds(out fraction))))
                return false;
            if (!TryOffset(out var offsetMinutes) || !IsAtEnd)
                return false;
            if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth((int)year, (int)month) || hour > 23 || minute > 59 || second > 59)
                return false;
            var dayNumber = Day.Of(new DateOnly((int)year, (int)month, (int)day));
            ms = (((((dayNumber * 24L) + hour) * 60) + minute - offsetMinutes) * 60_000) + (second * 1000) + fraction;
            return true;
        }

        public bool TryNumber(int digits, out long number)
        {
            number = 0;
            if (_rest.Length < digits)
                return false;
            foreach (var digit in _rest[..digits])
            {
                if (!char.IsAsciiDigit((char)digit))
                    return false;
                number = (number * 10) + (digit - '0');
            }

            _rest = _rest[digits..];
            return true;
        }

        /// <summary>A separator and at least one digit; those behind the third are cut off.</summary>
        public bool TryMilliseconds(out long ms)
        {
            ms = 0;
            if (!TrySkip('.') && !TrySkip(','))
                return false;
            var digits = DigitCount;
            for (var i = 0; i < 3; i++)
                ms = (ms * 10) + (i < digits ? _rest[i] - '0' : 0);
            _rest = _rest[digits..];
            return digits > 0;
        }

        private bool TryOffset(out long minutes)
        {
            minutes = 0;
            if (IsAtEnd || TrySkip('Z') || TrySkip('z'))
                return true;
            _ = TrySkip(' ');
            if (_rest.SequenceEqual("UTC"u8) || _rest.SequenceEqual("GMT"u8))
            {
                _rest = default;
                return true;
            }

            var isNegative = TrySkip('-');
            if (!isNegative && !TrySkip('+'))
                return false;
            if (!TryNumber(2, out var hours))
                return false;
            _ = TrySkip(':');
            if (!IsAtEnd && !TryNumber(2, out minutes))
                return false;
            var isPossible = hours <= 18 && minutes <= 59;
            minutes = (isNegative ? -1 : 1) * ((hours * 60) + minutes);
            return isPossible;
        }

        private bool TrySkip(char expected)
        {
            if (IsAtEnd || _rest[0] != expected)
                return false;
            _rest = _rest[1..];
            return true;
        }
    }
}
