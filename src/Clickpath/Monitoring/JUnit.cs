using System.Globalization;
using System.Text;
using System.Xml;

namespace Clickpath.Monitoring;

/// <summary>Checks as JUnit XML, which every CI shows: a suite for each tier, a case for each check.</summary>
internal static class JUnit
{
    public static string Of(MonitoringReport report)
    {
        using var text = new Utf8Writer();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "Clickpath monitoring");
            foreach (var tier in report.Alarms.Zip(report.Results).GroupBy(c => c.First.Tier).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                xml.WriteStartElement("testsuite");
                xml.WriteAttributeString("name", tier.Key);
                xml.WriteAttributeString("tests", Number(tier.Count()));
                xml.WriteAttributeString("failures", Number(tier.Count(c => c.Second.Failed && c.Second.Severity != "info")));
                xml.WriteAttributeString("skipped", Number(tier.Count(c => c.Second.Status is "skipped" or "insufficient_history")));
                foreach (var (alarm, result) in tier)
                    Case(xml, report, alarm, result);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return text.ToString() + "\n";
    }

    private static void Case(XmlWriter xml, MonitoringReport report, Alarm alarm, Stages.CheckResult result)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", "monitor." + alarm.Tier);
        xml.WriteAttributeString("name", alarm.Name);
        var alerts = report.Alerts.Where(a => a.Alarm == alarm).ToList();
        if (alerts.Count > 0 && result.Severity != "info")
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("type", result.Severity);
            xml.WriteAttributeString("message", Clean(alerts[0].Sentences));
            xml.WriteString(Clean(string.Join('\n', alerts.Select(a => a.Sentences))));
            xml.WriteEndElement();
        }
        else if (result.Status is "skipped" or "insufficient_history")
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", result.Status);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    // What XML 1.0 has no way to write.
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(r =>
        r.Value is '\n' or '\t' or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or >= 0x10000 ? r.ToString() : " "));

    private sealed class Utf8Writer() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
