using System.Text;
using Clickpath.Loading;

namespace Clickpath.Tests.Loading;

/// <summary>How values are written.</summary>
public sealed class NotationTests
{
    [TestCase("1042", "digits")]
    [TestCase("5081234567", "10 digits or more")]
    [TestCase("#1042", "digits with #")]
    [TestCase("LL-1042", "capitals and digits with -")]
    [TestCase("page_viewed", "small letters")]
    [TestCase("Page viewed", "small letters and capitals with spaces")]
    [TestCase("PAGE_VIEWED", "capitals")]
    [TestCase("0F8FAD5B-d9cb-469f-A165-70867728950e", "uuid")]
    [TestCase("0123456789abcdef", "hex")]
    [TestCase("0123456789abcde", "small letters and digits")]
    [TestCase("aB3", "small letters, capitals and digits")]
    [TestCase("cafe.7/b:1", "small letters and digits with . : /")]
    [TestCase("größe", "small letters and other characters")]
    [TestCase("__", "underscores")]
    [TestCase("-", "-")]
    public void Ids_and_names_are_told_by_their_characters(string text, string expected) => Assert.Multiple(() =>
    {
        Assert.That(Notation.OfText(Encoding.UTF8.GetBytes(text)), Is.EqualTo(expected));
        Assert.That(Notation.OfText(text), Is.EqualTo(expected));
    });

    [Test]
    public void A_long_text_is_told_by_its_beginning() =>
        Assert.That(Notation.OfText(new string('a', 64) + "-€"), Is.EqualTo("small letters"));

    [TestCase("https://shop.example/a?b=c:1", "https://", "no slash at the end")]
    [TestCase("HTTP://shop.example", "http://", null)]
    [TestCase("https://shop.example/", "https://", null)]
    [TestCase("https://shop.example:443/a/?b=c", "https:// with a port", "a slash at the end")]
    [TestCase("http://jo:pw@shop.example/a#/", "http://", "no slash at the end")]
    [TestCase("http://[2001:db8::1]/a/", "http://", "a slash at the end")]
    [TestCase("http://[2001:db8::1]:8080/a/", "http:// with a port", "a slash at the end")]
    [TestCase("android-app://com.example.mail/", "another scheme", null)]
    [TestCase("//shop.example/a", "// without a scheme", "no slash at the end")]
    [TestCase("/a/b/?to=https://x.example", "a path alone", "a slash at the end")]
    [TestCase("shop.example/a?to=https://x.example", "no scheme", "no slash at the end")]
    [TestCase("(direct)", "no scheme", "no slash at the end")]
    public void Urls_are_told_by_scheme_port_and_slash(string url, string ofUrl, string? ofPath) => Assert.Multiple(() =>
    {
        Assert.That(Notation.OfUrl(Encoding.UTF8.GetBytes(url), out var path), Is.EqualTo(ofUrl));
        Assert.That(path, Is.EqualTo(ofPath));
    });

    [TestCase("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36", "whole")]
    [TestCase("Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0) like Gecko", "whole")]
    [TestCase("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "whole")]
    [TestCase("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Saf", "cut off")]
    [TestCase("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, li", "cut off")]
    [TestCase("Mozilla/5.0%20(X11;%20Linux%20x86_64)", "one word")]
    [TestCase("Mozilla/5.0", "short")]
    public void User_agents_are_whole_or_cut_off(string agent, string expected) => Assert.That(Notation.OfAgent(Encoding.UTF8.GetBytes(agent)), Is.EqualTo(expected));

    [TestCase("EUR", "three letters")]
    [TestCase("EURO", "not three letters")]
    [TestCase("978", "not three letters")]
    public void A_currency_is_a_code_or_not(string currency, string expected) => Assert.That(Notation.OfCurrency(currency), Is.EqualTo(expected));

    [TestCase("https://shop.example/a", null)]
    [TestCase("https://shop.example/a?b&c=#d=e", null)]
    [TestCase("https://shop.example/a?utm_source=1f0e3dad99908345f7439f8ffabdffc4&b=", "hashed")]
    [TestCase("https://shop.example/a?utm_source=1f0e3dad99908345f7439f8ffabdffc4&b=c", "written out")]
    [TestCase("https://shop.example/a?variant=41234567890123456", "written out")]
    public void Parameters_are_hashed_or_written_out(string url, string? expected) => Assert.That(Notation.OfQuery(Encoding.UTF8.GetBytes(url)), Is.EqualTo(expected));

    [Test]
    public void Notations_are_counted_by_day_with_the_line_of_the_first()
    {
        using var export = LoadedExport.Of("""
            timestamp,event_name,page_url,referrer,user_agent,event_data
            2025-02-23T10:00:00Z,view,https://shop.example/,,,
            2025-02-23T10:01:00Z,view,https://shop.example/a,"",,
            2025-02-23T10:02:00Z,VIEW,http://shop.example/a/,google.com,,
            2025-02-24T10:03:00Z,buy,,,,"{""transaction_id"": ""A-1"", ""revenue"": 1, ""currency"": ""eur"", ""items"": [{""item_id"": ""7""}, {""item_id"": ""8""}, {""item_name"": ""x""}]}"
            2025-02-24T10:04:00Z,buy,,,,
            ,,,,python,
            """);

        Assert.That(export.Rows("SELECT event_date, column_name, notation, value_count, first_line_number FROM notation_counts ORDER BY 1, 2, 3"), Is.EqualTo(new[]
        {
            "|user_agent|short|1|7",
            "2025-02-23|event_name|capitals|1|4",
            "2025-02-23|event_name|small letters|2|2",
            "2025-02-23|page path|a slash at the end|1|4",
            "2025-02-23|page path|no slash at the end|1|3",
            "2025-02-23|page_url|http://|1|4",
            "2025-02-23|page_url|https://|2|2",
            "2025-02-23|referrer|no scheme|1|4",
            "2025-02-24|currency|three letters|1|5",
            "2025-02-24|event_name|small letters|2|5",
            "2025-02-24|order_id|capitals and digits with -|1|5",
            "2025-02-24|product_id|digits|2|5",
        }));
    }
}
