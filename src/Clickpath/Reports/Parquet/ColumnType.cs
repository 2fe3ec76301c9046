namespace Clickpath.Reports.Parquet;

/// <summary>What a column holds.</summary>
internal enum ColumnType
{
    /// <summary>64 bits.</summary>
    Whole,

    /// <summary>64 bits of IEEE 754.</summary>
    Fraction,

    /// <summary>UTF-8.</summary>
    Text,

    /// <summary>Epoch milliseconds, UTC.</summary>
    Timestamp,

    /// <summary>Whole hundredths of the currency's unit: a decimal with 18 digits, 2 of them after the point.</summary>
    Money,

    /// <summary>Days since 1970-01-01.</summary>
    Date,
}
