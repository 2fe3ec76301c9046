using Clickpath.Sample.Shop;

namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private static IEnumerable<SampleDefect> OfOrders() =>
    [
        new("revenue_drop", "Orders worth 30 % of the day's revenue are not there", Last)
        {
            Rows = (_, rows) => WithoutPurchases(rows, Share(0.3)),
        },
    ];

    /// <summary>Loses purchases such that the revenue lost comes near a share of the revenue so far, at any time.</summary>
    private static Func<SampleEvent, bool> Share(double share)
    {
        double all = 0, lost = 0;
        return row =>
        {
            var cents = row.Order!.Cents;
            all += cents;
            // Lose it where that brings the sum nearer to the share.
            if (lost + (cents / 2.0) > share * all) return false;
            lost += cents;
            return true;
        };
    }

    /// <summary>Takes purchases out together with their confirmation pages, which come a moment before them.</summary>
    private static IEnumerable<SampleEvent> WithoutPurchases(IEnumerable<SampleEvent> rows, Func<SampleEvent, bool> isLost)
    {
        var held = new List<SampleEvent>();
        var open = 0;
        foreach (var row in rows)
        {
            if (row.IsConfirmation) open++;
            if (row.IsPurchase)
            {
                open = Math.Max(0, open - 1);
                if (isLost(row)) held.RemoveAll(other => other.IsConfirmation && other.Visit == row.Visit);
                else held.Add(row);
            }
            else
            {
                held.Add(row);
            }

            if (open > 0) continue;
            foreach (var free in held) yield return free;
            held.Clear();
        }

        foreach (var free in held) yield return free;
    }
}
