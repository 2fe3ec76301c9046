namespace Clickpath.Sample;

/// <summary>
/// xoshiro256** (Blackman and Vigna), seeded by SplitMix64. A sequence of our own, as System.Random's is no contract, and with
/// our own exp and ln, as Math's differ in their last bits between platforms: the same seed is to make the same bytes anywhere.
/// </summary>
internal sealed class SampleRandom
{
    private ulong a;
    private ulong b;
    private ulong c;
    private ulong d;

    public SampleRandom(ulong key)
    {
        a = Mix(key, 1);
        b = Mix(key, 2);
        c = Mix(key, 3);
        d = Mix(key, 4);
    }

    /// <summary>SplitMix64's finalizer over both: a key of its own for whatever has an own number.</summary>
    public static ulong Mix(ulong key, ulong number)
    {
        var z = key + (number + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public ulong Bits()
    {
        var result = ulong.RotateLeft(b * 5, 7) * 9;
        var t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = ulong.RotateLeft(d, 45);
        return result;
    }

    /// <summary>0 to <paramref name="below"/> - 1.</summary>
    public int Next(int below) => (int)(((Bits() >> 32) * (ulong)below) >> 32);

    /// <summary>0 to 1, 1 left out.</summary>
    public double Unit() => (Bits() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Unit() < probability;

    /// <summary>Standard normal: twelve uniforms less six (never beyond 6, which does here).</summary>
    public double Normal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++) sum += Unit();
        return sum;
    }

    /// <summary>Log-normal with a mean of 1.</summary>
    public double Noise(double sigma) => Exp((sigma * Normal()) - (sigma * sigma / 2));

    public double Exponential(double mean) => -mean * Ln(1 - Unit());

    public int Poisson(double mean)
    {
        // Large means in parts: the sum of Poissons is one, and exp(-mean) stays above 0.
        var count = 0;
        for (; mean > 500; mean -= 500) count += Small(500);
        return count + Small(mean);

        int Small(double part)
        {
            var limit = Exp(-part);
            var product = Unit();
            var n = 0;
            for (; product > limit; n++) product *= Unit();
            return n;
        }
    }

    public string Text(int length, string alphabet) =>
        string.Create(length, (this, alphabet), static (span, of) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = of.alphabet[of.Item1.Next(of.alphabet.Length)];
        });

    public T Pick<T>(IReadOnlyList<T> from) => from[Next(from.Count)];

    internal static double Exp(double x)
    {
        const double ln2 = 0.69314718055994530942;
        var halvings = (int)(x / ln2);
        var rest = x - (halvings * ln2);
        var sum = 1.0;
        for (var i = 20; i > 0; i--) sum = 1 + (sum * rest / i);
        return sum * BitConverter.Int64BitsToDouble((long)(halvings + 1023) << 52);
    }

    internal static double Ln(double x)
    {
        const double ln2 = 0.69314718055994530942;
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)((bits >> 52) & 0x7FF) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | (1023L << 52));
        // ln m = 2 artanh((m - 1) / (m + 1)); m is in 1 to 2, so 21 odd powers are enough.
        var s = (mantissa - 1) / (mantissa + 1);
        var sum = 0.0;
        for (var power = 41; power > 0; power -= 2) sum = (1.0 / power) + (sum * s * s);
        return (exponent * ln2) + (2 * s * sum);
    }
}
