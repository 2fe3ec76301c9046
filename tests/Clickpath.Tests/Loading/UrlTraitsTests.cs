using System.Text;
using Clickpath.Loading;

namespace Clickpath.Tests.Loading;

/// <summary>What URLs, ids and values are told by.</summary>
public sealed class UrlTraitsTests
{
    [TestCase("https://shop.example/?email=jo%40mail.example", " email ")]
    [TestCase("https://shop.example/u/jo@mail.example/x", " email ")]
    [TestCase("https://jo@shop.example/", "")]
    [TestCase("https://shop.example/@40.7,-74.0", "")]
    [TestCase("https://shop.example/?to=%2B49%20151%2012345678", " phone ")]
    [TestCase("https://shop.example/?phone=015112345678", " phone ")]
    [TestCase("https://shop.example/?sub1=20008007001", "")]
    [TestCase("https://shop.example/?card=4111-1111-1111-1111", " card ")]
    [TestCase("https://shop.example/?card=4111111111111112", "")]
    [TestCase("https://shop.example/?access_token=abcdefgh1234", " token ")]
    [TestCase("https://shop.example/?access_token=", "")]
    [TestCase("https://shop.example/?j=eyJhbGciOi.eyJzdWIi.x", " token ")]
    [TestCase("https://shop.example/reset/eyJhbGciOi.eyJzdWIi.x/step", " token ")]
    [TestCase("https://shop.example/eyJunk/page.html", "")]
    [TestCase("https://jo:pa55@shop.example/x", " token ")]
    [TestCase("https://shop.example:8443/@jo", "")]
    [TestCase("https://shop.example/?a=1&email=a%40b.example#access_token=abcdefgh1234", " email token ")]
    public void A_url_is_told_what_it_seems_to_hold(string url, string expected) =>
        Assert.That(UrlTraits.Names(UrlTraits.Of(Encoding.UTF8.GetBytes(url)).PersonalData).Replace(",", "", StringComparison.Ordinal), Is.EqualTo(expected));

    [Test]
    public void Hashed_values_are_told_from_raw_ones() =>
        Assert.That(UrlTraits.Of("https://shop.example/?a=0A1B2C&b=plain&c=&d=0123456789abcdef"u8), Is.EqualTo(new UrlTraits(PersonalData.None, 3, 2)));

    [TestCase("source-0a1b2c3d.com", true)]
    [TestCase("deadbeef.example", false)]
    [TestCase("www.google.com", false)]
    public void A_hash_for_a_host_is_opaque(string host, bool expected) => Assert.That(UrlTraits.IsOpaqueHost(Encoding.UTF8.GetBytes(host)), Is.EqualTo(expected));

    [TestCase("1741234567-aB3dE5fG7hJ9", "digits:10-text:12", 1741234567000L)]
    [TestCase("GA1.2.1234567890.1741234567", "digits.digits", 1741234567000L)]
    [TestCase("0F8FAD5B-d9cb-469f-A165-70867728950e", "uuid", null)]
    [TestCase("0123456789abcdef0123456789abcdef", "hex:32", null)]
    [TestCase("visitor-7", "text:9", null)]
    public void A_client_id_has_a_form_and_perhaps_a_time(string id, string shape, long? issued) =>
        Assert.That(ClientShape.Of(Encoding.UTF8.GetBytes(id)), Is.EqualTo(new ClientShape(shape, issued)));

    [TestCase("2025-03-03T10:00:00Z", "time:zoned")]
    [TestCase("2025-03-03T10:00:00.250+01:00", "time:zoned")]
    [TestCase("2025-03-03 10:00:00", "time:local")]
    [TestCase("1741000000123", "time:epoch")]
    [TestCase("https://shop.example/", "url")]
    [TestCase("{\"a\":1}", "json")]
    [TestCase("Mozilla/5.0 (X11)", "agent")]
    [TestCase(" ", null)]
    public void A_value_has_a_form(string value, string? form) => Assert.That(ValueForm.Of(Encoding.UTF8.GetBytes(value)), Is.EqualTo(form));
}
