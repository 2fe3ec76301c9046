using Clickpath.Sample.Shop;

namespace Clickpath.Sample.Defects;

/// <summary>What several defects do to a day's rows.</summary>
internal static class Rows
{
    /// <summary>Changes those rows that fit, and no other.</summary>
    public static IEnumerable<SampleEvent> Change(this IEnumerable<SampleEvent> rows, Func<SampleEvent, bool> fits, Func<SampleEvent, SampleEvent> change) =>
        rows.Select(row => fits(row) ? change(row) : row);

    /// <summary>Changes a share of those that fit: the day's first of them, so that a small export has one too, and each further one by chance.</summary>
    public static IEnumerable<SampleEvent> ChangeShare(
        this IEnumerable<SampleEvent> rows, DefectOfDay day, double share, Func<SampleEvent, bool> fits, Func<SampleEvent, SampleEvent> change) =>
        rows.Change(day.Share(share, fits), change);

    /// <summary>Puts in what follows from a row, at its own time. What would be after midnight is left out.</summary>
    public static IEnumerable<SampleEvent> Add(this IEnumerable<SampleEvent> rows, DefectOfDay day, Func<SampleEvent, IEnumerable<SampleEvent>> following)
    {
        var toCome = new PriorityQueue<SampleEvent, (long, int)>();
        var count = 0;
        foreach (var row in rows)
        {
            while (toCome.TryPeek(out var next, out _) && next.TimeMs < row.TimeMs) yield return toCome.Dequeue();
            yield return row;
            foreach (var next in following(row)) toCome.Enqueue(next, (next.TimeMs, count++));
        }

        while (toCome.TryDequeue(out var next, out _))
        {
            if (next.TimeMs < day.StartMs + Traffic.DayMs) yield return next;
        }
    }

    /// <summary>The same at a later time.</summary>
    public static SampleEvent After(this SampleEvent row, double seconds) => row with { TimeMs = row.TimeMs + (long)(1000 * seconds) };

    /// <summary>A choice by chance, but of the first that fits in any case.</summary>
    public static Func<SampleEvent, bool> Share(this DefectOfDay day, double share, Func<SampleEvent, bool> fits)
    {
        var seen = 0;
        return row => fits(row) && (seen++ == 0 | day.Random.Chance(share));
    }

    /// <summary>A choice of whole visits, which lasts over midnight.</summary>
    public static bool IsVisitIn(this DefectOfDay day, SampleEvent row, double share) =>
        new SampleRandom(SampleRandom.Mix(row.Visit.Client, (ulong)row.Visit.Number) ^ day.Key).Chance(share);

    /// <summary>A choice of whole clients.</summary>
    public static bool IsClientIn(this DefectOfDay day, SampleEvent row, double share) => new SampleRandom(row.Visit.Client ^ day.Key).Chance(share);

    /// <summary>Takes purchases out together with their confirmation pages, which come a moment before them.</summary>
    public static IEnumerable<SampleEvent> WithoutPurchases(this IEnumerable<SampleEvent> rows, Func<SampleEvent, bool> isLost)
    {
        var held = new List<SampleEvent>();
        var open = 0;
        foreach (var row in rows)
        {
            if (row.IsConfirmation) open++;
            if (!row.IsPurchase)
            {
                held.Add(row);
            }
            else
            {
                open = Math.Max(0, open - 1);
                if (isLost(row)) held.RemoveAll(other => other.IsConfirmation && other.Visit == row.Visit);
                else held.Add(row);
            }

            if (open > 0) continue;
            foreach (var free in held) yield return free;
            held.Clear();
        }

        foreach (var free in held) yield return free;
    }

    /// <summary>Chooses such that the sum of what is chosen comes near a share of the sum so far, at any time: no luck in it.</summary>
    public static Func<SampleEvent, bool> Evenly(double share, Func<SampleEvent, double> amount)
    {
        double all = 0, chosen = 0;
        return row =>
        {
            all += amount(row);
            if (chosen + (amount(row) / 2) > share * all) return false;
            chosen += amount(row);
            return true;
        };
    }
}
