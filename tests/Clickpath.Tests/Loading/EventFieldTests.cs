using Clickpath.Loading;
using NUnit.Framework;

namespace Clickpath.Tests.Loading;

internal sealed class EventFieldTests
{
    [TestCase("2025-02-23T00:00:01.750Z", 1740268801750)]
    [TestCase("2025-02-23 00:00:01", 1740268801000)]
    [TestCase("2025-02-23T00:00Z", 1740268800000)]
    [TestCase("2025-02-23T00:00:01.7509999+00:00", 1740268801750)]
    [TestCase("2025-02-23T05:30:01,7+05:30", 1740268801700)]
    [TestCase("2025-02-22T19:00:01-0500", 1740268801000)]
    [TestCase("2025-02-23 00:00:01.5 UTC", 1740268801500)]
    [TestCase("1740268801", 1740268801000)]
    [TestCase("1740268801.75", 1740268801750)]
    [TestCase("1740268801750", 1740268801750)]
    [TestCase("1740268801750999", 1740268801750)]
    [TestCase("  2024-02-29T00:00:00Z ", 1709164800000)]
    public void A_timestamp_is_read(string timestamp, long expectedMs)
    {
        using var export = LoadedExport.OfEvent("timestamp", timestamp);

        Assert.That(export.Rows("SELECT occurred_at_ms, raw_timestamp FROM raw_events"), Is.EqualTo(new[] { $"{expectedMs}|NULL" }));
    }

    [TestCase("2025-02-29T00:00:00Z")]
    [TestCase("2025-13-01T00:00:00Z")]
    [TestCase("2025-02-23T24:00:00Z")]
    [TestCase("2025-02-23T00:00:01.Z")]
    [TestCase("2025-02-23T00:00:01Zx")]
    [TestCase("2025-02-23")]
    [TestCase("17402688012")]
    [TestCase("yesterday")]
    [TestCase("0001-01-01T00:00:00Z")]
    public void An_impossible_timestamp_is_kept_as_it_is(string timestamp)
    {
        using var export = LoadedExport.OfEvent("timestamp", timestamp);

        Assert.That(export.Rows("SELECT occurred_at_ms, event_date, hour_of_day, raw_timestamp FROM raw_events"), Is.EqualTo(new[] { $"NULL|NULL|NULL|{timestamp}" }));
    }

    [TestCase("2025-03-09T06:59:59.999Z", "2025-03-09|1")]
    [TestCase("2025-03-09T07:00:00Z", "2025-03-09|3")]
    [TestCase("2025-11-02T05:30:00Z", "2025-11-02|1")]
    [TestCase("2025-11-02T06:30:00Z", "2025-11-02|1")]
    [TestCase("2025-02-23T04:59:59Z", "2025-02-22|23")]
    [TestCase("1969-12-31T23:00:00Z", "1969-12-31|18")]
    public void Day_and_hour_are_those_of_the_time_zone(string timestamp, string expected)
    {
        using var export = LoadedExport.OfEvent("timestamp", timestamp, "America/New_York");

        Assert.That(export.Rows("SELECT event_date, hour_of_day FROM raw_events"), Is.EqualTo(new[] { expected }));
    }

    [TestCase("")]
    [TestCase("  ")]
    [TestCase("NULL")]
    [TestCase(" undefined ")]
    [TestCase("n/a")]
    [TestCase("(not set)")]
    public void No_client_is_no_client_and_every_such_event_its_own(string clientId)
    {
        using var export = LoadedExport.OfEvent("client_id", clientId);

        Assert.That(export.Rows("SELECT has_client, client_key + event_id, (SELECT COUNT(*) FROM clients) FROM raw_events"), Is.EqualTo(new[] { "0|0|0" }));
    }

    [TestCase("https://user:pw@Shop.Example.:8443/a/B?x=1#top", "shop.example|/a/B| x ")]
    [TestCase("https://shop.example", "shop.example|/|NULL")]
    [TestCase("https://shop.example?b=1&A=2&b=3", "shop.example|/| a b ")]
    [TestCase("/products/x?utm_Source=y", "NULL|/products/x| utm_source ")]
    [TestCase("//shop.example/x", "shop.example|/x|NULL")]
    [TestCase("shop.example/x", "shop.example|/x|NULL")]
    [TestCase("https://[2001:db8::1]:80/x", "[2001:db8::1]|/x|NULL")]
    [TestCase("not a url", "NULL|NULL|NULL")]
    [TestCase("/?a=1&amp;b=2", "NULL|/| a b ")]
    [TestCase("/?a=b?c=d", "NULL|/| a c ")]
    [TestCase("/?q=why?", "NULL|/| q ")]
    [TestCase("/?a%20b=1&=2&&%C3%A9=3", "NULL|/| ab é ")]
    public void A_page_url_is_taken_apart(string url, string expected)
    {
        using var export = LoadedExport.OfEvent("page_url", url);

        Assert.That(
            export.Rows("SELECT host, path, parameter_names FROM places LEFT JOIN parameter_sets ON parameter_sets.parameter_set_key = places.parameter_set_key"),
            Is.EqualTo(new[] { expected }));
    }

    [TestCase("utm_source=a&utm_source=b", "a|1")]
    [TestCase("utm_source=&utm_source=+b+&utm_source=b", "b|0")]
    [TestCase("UTM_SOURCE=caf%C3%A9+%26+co", "café & co|0")]
    [TestCase("utm_source=100%&x=%zz", "100%|0")]
    [TestCase("utm_source=%ff%00%41", "%ff%00A|0")]
    [TestCase("utm_source", "NULL|0")]
    public void Utm_values_are_decoded_and_the_first_with_a_value_counts(string query, string expected)
    {
        using var export = LoadedExport.OfEvent("page_url", "https://shop.example/?" + query);

        Assert.That(export.Rows("SELECT utm_source, has_conflicting_utm FROM places"), Is.EqualTo(new[] { expected }));
    }

    [TestCase("https://shop.example/a?gclid=1&utm_source=b", "https://shop.example/a?gclid=2&utm_source=b#c", 1)]
    [TestCase("https://shop.example/a", "https://SHOP.example:443/a", 1)]
    [TestCase("https://shop.example/a?utm_term=1", "https://shop.example/a?utm_term=2", 1)]
    [TestCase("https://shop.example/a", "https://shop.example/b", 2)]
    [TestCase("https://shop.example/a", "/a", 2)]
    [TestCase("https://shop.example/a?gclid=1", "https://shop.example/a?fbclid=1", 2)]
    [TestCase("https://shop.example/a?utm_source=1", "https://shop.example/a?utm_source=2", 2)]
    [TestCase("https://shop.example/a?utm_source=1&utm_medium=", "https://shop.example/a?utm_source=&utm_medium=1", 2)]
    [TestCase("https://shop.example/a?utm_term=1&utm_term=2", "https://shop.example/a?utm_term=1&utm_term=1", 2)]
    [TestCase("https://shop.example/a?q=1", "https://shop.example/a?q=ann@mail.example", 2)]
    public void Pages_that_differ_in_the_values_of_parameters_alone_are_one_place(string one, string other, int places)
    {
        using var export = LoadedExport.Of($"page_url\n{one}\n{other}\n");

        Assert.That(
            export.Rows("SELECT (SELECT COUNT(*) FROM pages), (SELECT COUNT(*) FROM places), COUNT(DISTINCT raw_events.place_key) FROM raw_events JOIN pages ON pages.page_key = raw_events.page_key AND pages.place_key = raw_events.place_key"),
            Is.EqualTo(new[] { $"2|{places}|{places}" }));
    }

    [Test]
    public void Parameter_names_are_capped()
    {
        var query = string.Join('&', Enumerable.Range(0, 5000).Select(i => $"n{i}={i}").Prepend(new string('é', 40) + "=1"));
        using var export = LoadedExport.OfEvent("page_url", "/?" + query);

        var names = export.Rows("SELECT parameter_names FROM parameter_sets").Single().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(names, Has.Length.EqualTo(100));
        Assert.That(names[^1], Is.EqualTo(new string('é', 32)));
    }

    [TestCase("", "|NULL|NULL")]
    [TestCase("https://WWW.Google.com/?q=x", "https://WWW.Google.com/?q=x|https|www.google.com")]
    [TestCase("android-app://com.google.android.gm/", "android-app://com.google.android.gm/|android-app|com.google.android.gm")]
    [TestCase("m.example", "m.example|NULL|m.example")]
    [TestCase("(direct)", "(direct)|NULL|NULL")]
    public void A_referrer_is_taken_apart(string referrer, string expected)
    {
        using var export = LoadedExport.OfEvent("referrer", referrer);

        Assert.That(
            export.Rows("SELECT referrers.referrer_key, referrer, referrer_scheme, referrer_host FROM raw_events JOIN referrers ON referrers.referrer_key = raw_events.referrer_key").Select(row => row[(row.IndexOf('|', StringComparison.Ordinal) + 1)..]),
            Is.EqualTo(new[] { expected }));
    }

    [Test]
    public void Without_a_referrer_column_there_is_no_referrer_key()
    {
        using var export = LoadedExport.Of("client_id,page_url\na,/\n");

        Assert.That(export.Rows("SELECT referrer_key FROM raw_events"), Is.EqualTo(new[] { "NULL" }));
    }

    [Test]
    public void A_text_is_stored_once()
    {
        using var export = LoadedExport.Of(LoadedExport.Header + "\na,/,r,,e,{},ua\na,/,r,,e,{},ua\n");

        Assert.That(
            export.Rows("SELECT (SELECT COUNT(*) FROM raw_events), (SELECT COUNT(*) FROM clients), (SELECT COUNT(*) FROM pages), (SELECT COUNT(*) FROM referrers), (SELECT COUNT(*) FROM payloads), (SELECT COUNT(*) FROM user_agents)"),
            Is.EqualTo(new[] { "2|1|1|1|1|1" }));
    }

    [TestCase("events_20250223.csv", "2025-02-23")]
    [TestCase("2025-02-23 export.csv.gz", "2025-02-23")]
    [TestCase("x2025_02_23.csv", "2025-02-23")]
    [TestCase("events_20250229.csv", null)]
    [TestCase("events_1202502231.csv", null)]
    public void A_date_in_a_file_name_is_found(string name, string? expected)
    {
        var day = Day.InName(name);

        Assert.That(day == Day.None ? null : Day.Iso(day), Is.EqualTo(expected));
    }

    [Test]
    public void The_calendar_has_every_day_but_not_the_decades_to_a_broken_clock()
    {
        using var export = LoadedExport.Of("timestamp\n1970-01-01T00:00:00Z\n2025-02-25T00:00:00Z\n9999-01-01T00:00:00Z\n");

        Assert.That(export.Rows("SELECT * FROM calendar ORDER BY event_date"), Is.EqualTo(new[]
        {
            "1970-01-01|0|4|1970-W01|1970-01",
            "2025-02-23|20142|7|2025-W08|2025-02",
            "2025-02-24|20143|1|2025-W09|2025-02",
            "2025-02-25|20144|2|2025-W09|2025-02",
            "9999-01-01|2932532|5|9998-W53|9999-01",
        }));
    }

    [Test]
    public void Without_file_dates_the_calendar_is_around_the_median_event()
    {
        using var export = new LoadedExport(new Dictionary<string, byte[]>
        {
            ["a.csv"] = "timestamp\n1970-01-01T00:00:00Z\n2025-02-23T00:00:00Z\n2025-02-25T00:00:00Z\n"u8.ToArray(),
        });

        Assert.That(export.Rows("SELECT event_date FROM calendar ORDER BY 1"), Is.EqualTo(new[] { "1970-01-01", "2025-02-23", "2025-02-24", "2025-02-25" }));
    }
}
