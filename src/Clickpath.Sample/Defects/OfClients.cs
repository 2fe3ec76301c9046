namespace Clickpath.Sample.Defects;

public static partial class SampleDefects
{
    private static IEnumerable<SampleDefect> OfClients() =>
    [
        new("null_client_ids", "Three rows in ten have no client_id", Later)
        {
            Rows = (day, rows) => rows.Select(row => day.Random.Chance(0.3) ? row with { ClientId = "" } : row),
        },
    ];
}
