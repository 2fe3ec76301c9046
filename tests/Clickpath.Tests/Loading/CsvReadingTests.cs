using System.IO.Compression;
using System.Text;
using Clickpath.Loading;
using CsCheck;
using NUnit.Framework;

namespace Clickpath.Tests.Loading;

internal sealed class CsvReadingTests
{
    private const string Events = "SELECT e.line_number, c.client_id, p.page_url FROM raw_events e LEFT JOIN clients c ON c.client_key = e.client_key LEFT JOIN pages p ON p.page_key = e.page_key ORDER BY event_id";
    private const string Rejected = "SELECT record_number, line_number, reason, detail FROM rejected_rows ORDER BY file_id, record_number";

    [TestCase("\n")]
    [TestCase("\r\n")]
    [TestCase("\r")]
    public void Any_line_end_ends_a_record_and_a_blank_line_is_none(string newline)
    {
        using var export = LoadedExport.Of($"client_id,page_url{newline}a,/1{newline}{newline}b,\"/2{newline}\"{newline}c,/3");

        Assert.That(export.Rows(Events), Is.EqualTo(new[] { "2|a|/1", $"4|b|/2{newline}", "6|c|/3" }));
        Assert.That(export.Rows("SELECT ends_with_newline FROM input_files"), Is.EqualTo(new[] { "0" }));
    }

    [Test]
    public void Quotes_hold_delimiters_and_doubled_quotes()
    {
        using var export = LoadedExport.Of("client_id,page_url\n\"a,\"\"b\"\"\",\"/x\"\"\"\n");

        Assert.That(export.Rows(Events), Is.EqualTo(new[] { "2|a,\"b\"|/x\"" }));
    }

    [TestCase("\uFEFFclient_id,page_url\na,/1\n")]
    [TestCase("client_id;page_url\na;/1\n")]
    [TestCase("client_id\tpage_url\na\t/1\n")]
    [TestCase("\"Client ID\",\"pageUrl\"\na,/1\n")]
    public void A_header_is_recognised(string csv)
    {
        using var export = LoadedExport.Of(csv);

        Assert.That(export.Rows(Events), Is.EqualTo(new[] { "2|a|/1" }));
    }

    [Test]
    public void Utf16_is_converted()
    {
        using var export = LoadedExport.Of([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("client_id,page_url\né,/1\n")]);

        Assert.That(export.Rows(Events), Is.EqualTo(new[] { "2|é|/1" }));
    }

    [Test]
    public void What_cannot_be_read_is_rejected_with_its_line_and_reason()
    {
        byte[] csv =
        [
            .. "client_id,page_url\na,/1\nb\nc,/1,3\n"u8, .. "d"u8, 0xFF, .. ",/1\ne\0,/1\n\"f\"g,/1\nh,\"/1\ni,/1\n"u8,
        ];
        using var export = LoadedExport.Of(csv);

        Assert.That(export.Rows(Rejected), Is.EqualTo(new[]
        {
            "2|3|ragged|1 fields, 2 expected",
            "3|4|ragged|3 fields, 2 expected",
            "4|5|invalid_utf8|bytes that are no UTF-8",
            "5|6|invalid_utf8|a NUL byte",
            "6|7|broken_quoting|text after a closing quote",
            "7|8|broken_quoting|a quote is never closed",
        }));
        Assert.That(export.Rows(Events), Is.EqualTo(new[] { "2|a|/1", "9|i|/1" }));
        Assert.That(export.Rows("SELECT record_count, loaded_count, rejected_count FROM input_files"), Is.EqualTo(new[] { "8|2|6" }));
    }

    [Test]
    public void A_quote_that_swallows_the_next_record_costs_only_its_own()
    {
        using var export = LoadedExport.Of("client_id,page_url\n\"x\ny\",\"/1\nb,\"/2\"\n");

        Assert.That(export.Rows(Rejected), Is.EqualTo(new[] { "1|2|broken_quoting|text after a closing quote" }));
        Assert.That(export.Rows(Events), Is.EqualTo(new[] { "4|b|/2" }));
    }

    [TestCase("\"")]
    [TestCase("")]
    public void A_record_longer_than_a_mebibyte_is_rejected_alone(string quote)
    {
        using var export = LoadedExport.Of($"client_id,page_url\n{quote}{new string('x', 5_000_000)},/1\nb,/2\n");

        Assert.That(export.Rows("SELECT record_number, line_number, reason FROM rejected_rows"), Is.EqualTo(new[] { "1|2|broken_quoting" }));
        Assert.That(export.Rows(Events), Is.EqualTo(new[] { "3|b|/2" }));
    }

    [TestCase(CsvReader.LongestRecord, "1|0")]
    [TestCase(CsvReader.LongestRecord + 1, "0|1")]
    public void The_longest_record_is_a_mebibyte_to_the_byte(int length, string expected)
    {
        using var export = LoadedExport.Of($"client_id,page_url\n{new string('x', length - 3)},/1\r\n");

        Assert.That(export.Rows("SELECT loaded_count, rejected_count FROM input_files"), Is.EqualTo(new[] { expected }));
    }

    [TestCase("", 0)]
    [TestCase("client_id,page_url", 2)]
    [TestCase("client_id,page_url\r\n", 2)]
    public void A_file_without_records_has_none(string csv, int columns)
    {
        using var export = LoadedExport.Of(csv);

        Assert.That(export.Rows("SELECT record_count, (SELECT COUNT(*) FROM input_columns) FROM input_files"), Is.EqualTo(new[] { $"0|{columns}" }));
    }

    [Test]
    public void Columns_are_matched_file_by_file_and_kept_as_they_are()
    {
        using var export = new LoadedExport(new Dictionary<string, byte[]>
        {
            ["a.csv"] = "Client-ID,clientId,shoe size\n1,2,3\n"u8.ToArray(),
            ["b.csv"] = "x,client_id\n1,2\n"u8.ToArray(),
            ["c.csv"] = "x,y\n1,2\n"u8.ToArray(),
        });

        Assert.That(export.Rows("SELECT file_id, position, raw_name, canonical_name, is_used FROM input_columns ORDER BY 1, 2"), Is.EqualTo(new[]
        {
            "1|1|Client-ID|client_id|1", "1|2|clientId|client_id|0", "1|3|shoe size|NULL|0",
            "2|1|x|NULL|0", "2|2|client_id|client_id|1",
            "3|1|x|NULL|0", "3|2|y|NULL|0",
        }));
        Assert.That(export.Rows(Events), Is.EqualTo(new[] { "2|1|NULL", "2|2|NULL", "2|NULL|NULL" }));
        Assert.That(export.Rows("SELECT event_id - file_id * 4294967296 FROM raw_events"), Is.EqualTo(new[] { "1", "1", "1" }));
    }

    [Test]
    public void A_packed_file_is_read_and_known_by_its_bytes_on_disk()
    {
        var packed = Packed("client_id,page_url\na,/1\n");
        using var export = new LoadedExport(new Dictionary<string, byte[]> { ["a.csv.gz"] = packed });

        Assert.That(export.Rows(Events), Is.EqualTo(new[] { "2|a|/1" }));
        Assert.That(
            export.Rows("SELECT sha256, byte_count FROM input_files"),
            Is.EqualTo(new[] { $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(packed))}|{packed.Length}" }));
    }

    [Test]
    public void Archives_strung_together_are_one_text()
    {
        using var export = new LoadedExport(new Dictionary<string, byte[]>
        {
            ["a.csv.gz"] = [.. Packed("client_id,page_url\na,/1\nb,"), .. Packed("/2\n")],
        });

        Assert.That(export.Rows(Events), Is.EqualTo(new[] { "2|a|/1", "3|b|/2" }));
    }

    [Test]
    public void A_damaged_or_cut_off_archive_is_an_error_that_names_it()
    {
        var packed = Packed(string.Join('\n', Enumerable.Range(0, 9999)));
        foreach (var damaged in new[] { packed[..^9], packed[..(packed.Length / 2)], [.. "no archive"u8], [.. packed[..50], 1, 2, 3, .. packed[53..]] })
        {
            Assert.That(
                () => new LoadedExport(new Dictionary<string, byte[]> { ["a.csv.gz"] = damaged }),
                Throws.TypeOf<ClickpathException>().With.Message.StartsWith("a.csv.gz: the gzip archive is damaged or cut off."));
        }
    }

    [Test]
    public void Every_record_is_loaded_or_rejected_whatever_the_bytes() =>
        Gen.OneOfConst<byte>([(byte)'"', (byte)',', (byte)'\n', (byte)'\r', (byte)'a', 0, 0xC3, 0xA9, (byte)'{', (byte)'\'']).Array[0, 60].Sample(
            bytes =>
            {
                using var export = LoadedExport.Of([.. "client_id,event_data\n"u8, .. bytes]);
                return export.Rows("SELECT record_count = loaded_count + rejected_count AND loaded_count = (SELECT COUNT(*) FROM raw_events) AND rejected_count = (SELECT COUNT(*) FROM rejected_rows) FROM input_files") is ["1"];
            },
            iter: 150,
            seed: "0000000000000");

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
