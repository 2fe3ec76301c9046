namespace Clickpath.Sample;

/// <summary>Values, each with how often it is drawn.</summary>
internal sealed class Weighted<T>
{
    private readonly T[] values;
    private readonly int[] ends;

    public Weighted(params IEnumerable<(int Weight, T Value)> rows)
    {
        var list = rows.ToList();
        values = [.. list.Select(row => row.Value)];
        ends = new int[values.Length];
        var end = 0;
        for (var i = 0; i < ends.Length; i++) ends[i] = end += list[i].Weight;
    }

    public IReadOnlyList<T> Values => values;

    public T Pick(SampleRandom random)
    {
        var at = Array.BinarySearch(ends, random.Next(ends[^1]) + 1);
        return values[at < 0 ? ~at : at];
    }
}
