using System.Globalization;
using Clickpath.Sql;

namespace Clickpath.Sample.Defects;

/// <summary>A defect and the days it strikes, numbered from 1.</summary>
internal sealed record PlantedDefect(SampleDefect Defect, int From, int To)
{
    /// <summary>Reads NAME, NAME:DAY, NAME:DAY..DAY or NAME:all.</summary>
    public static PlantedDefect Parse(string text, SampleOptions options)
    {
        var parts = text.Split(':', 2);
        var name = parts[0].Trim();
        var defect = SampleDefects.Find(name) ?? throw new ClickpathException(
            $"--defect={text}: unknown defect '{name}'.{Nearest.Suggest(name, SampleDefects.All.Select(known => known.Name))} --defect=list prints them all.");
        if (parts.Length == 1)
        {
            var day = Math.Clamp(defect.DefaultDay(options.Days), 1, options.Days);
            return new PlantedDefect(defect, day, day);
        }

        if (parts[1] == "all")
            return new PlantedDefect(defect, 1, options.Days);
        var days = parts[1].Split("..");
        var (from, to) = (DayNumber(days[0]), DayNumber(days[^1]));
        return days.Length <= 2 && from <= to
            ? new PlantedDefect(defect, from, to)
            : throw new ClickpathException($"--defect={text}: '{parts[1]}' is no span of days. Give two, such as 5..8.");

        int DayNumber(string given)
        {
            var number = DateOnly.TryParseExact(given, "yyyy-MM-dd", out var date) ? date.DayNumber - options.First.DayNumber + 1
                : int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
                : throw new ClickpathException($"--defect={text}: '{given}' is no day. Give its number from 1, or a date such as {options.FirstDay}.");
            return number >= 1 && number <= options.Days
                ? number
                : throw new ClickpathException($"--defect={text}: the export has the days 1 to {options.Days}, {options.FirstDay} to {options.First.AddDays(options.Days - 1):yyyy-MM-dd}. Give one of them.");
        }
    }

    public bool Strikes(int day) => day >= From && day <= To;

    public DefectOfDay On(int day, SampleOptions options) => new(Defect, day, options);
}
