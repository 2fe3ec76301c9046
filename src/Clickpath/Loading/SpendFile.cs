using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Clickpath.Engines;
using CsvHelper;
using CsvHelper.Configuration;
using Dapper;

namespace Clickpath.Loading;

/// <summary>What advertising cost: <c>spend.csv</c> beside the events, with the columns date, channel and amount. It may be missing.</summary>
internal sealed class SpendFile
{
    private const string Name = "spend.csv";
    private static readonly string[] Columns = ["date", "channel", "amount"];

    private readonly byte[] _bytes;

    private SpendFile(byte[] bytes) => _bytes = bytes;

    /// <summary>Tells one content from another; the same where there is no file.</summary>
    public string Version => Convert.ToHexStringLower(SHA256.HashData(_bytes));

    /// <summary>Whether a file is not an export of events, but this one.</summary>
    public static bool Is(string path) => Path.GetFileName(path).Equals(Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The file beside the first export; without one, it is as good as empty.</summary>
    public static SpendFile Beside(IReadOnlyList<InputFile> exports)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(exports[0].Path))!;
        var path = Directory.EnumerateFiles(folder).Where(Is).Order(StringComparer.Ordinal).FirstOrDefault();
        return new SpendFile(path is null ? [] : File.ReadAllBytes(path));
    }

    /// <summary>Fills the table, whatever it held.</summary>
    /// <exception cref="ClickpathException">A line can't be read; the message names it.</exception>
    public void Load(IEngine engine)
    {
        engine.Connection.Execute("DELETE FROM spend");
        if (_bytes.Length == 0)
            return;
        using var writer = engine.BulkWriter("spend", ["line_number", "spend_date", "channel", "amount_cents"]);
        foreach (var (line, date, channel, cents) in Rows())
        {
            writer.Add(line);
            writer.Add(date);
            writer.Add(channel);
            writer.Add(cents);
            writer.EndRow();
        }

        writer.Complete();
    }

    private IEnumerable<(long Line, string Date, string Channel, long Cents)> Rows()
    {
        using var csv = new CsvParser(new StreamReader(new MemoryStream(_bytes), new UTF8Encoding(false, true)), new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim });
        if (!Read(csv))
            yield break;
        var header = csv.Record!.Select(ColumnName.Normalized).ToList();
        var missing = Columns.Where(column => !header.Contains(column)).ToList();
        if (missing.Count > 0)
            throw Error(csv, $"no column '{missing[0]}'", "The first line names the columns date, channel and amount.");
        var places = Columns.Select(column => header.IndexOf(column)).ToList();
        while (Read(csv))
        {
            if (csv.Record!.Length != header.Count)
                throw Error(csv, $"{csv.Record.Length} fields, {header.Count} expected", "A channel with a comma stands in double quotes.");
            var (date, channel, amount) = (csv[places[0]], csv[places[1]], csv[places[2]]);
            if (!Day.TryParse(Encoding.UTF8.GetBytes(date), out _))
                throw Error(csv, $"'{date}' is no date", "Write it as 2025-02-23.");
            if (channel.Length == 0)
                throw Error(csv, "the channel is empty", "Name a utm_source or a channel group.");
            if (!decimal.TryParse(amount, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var money) || Math.Abs(money) > 1_000_000_000_000m)
                throw Error(csv, $"'{amount}' is no amount", "Write it as 1234.50, without a currency or thousands.");
            yield return (csv.RawRow, date, channel, (long)Math.Round(money * 100, MidpointRounding.AwayFromZero));
        }
    }

    private static bool Read(CsvParser csv)
    {
        try
        {
            return csv.Read();
        }
        catch (DecoderFallbackException)
        {
            throw new ClickpathException($"{Name}: it is not UTF-8. Save it as UTF-8.");
        }
        catch (CsvHelperException)
        {
            throw Error(csv, "broken quoting", "Double a quote that is part of a value.");
        }
    }

    private static ClickpathException Error(CsvParser csv, string cause, string remedy) => new($"{Name}:{csv.RawRow}: {cause}. {remedy}");
}
