using System.Globalization;
namespace Clickpath.Reports;
internal sealed class ColumnFormats
{
    public static ColumnFormats Parse(string s) => new();
    public string Text(string column, object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
    public string CsvText(string column, object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
