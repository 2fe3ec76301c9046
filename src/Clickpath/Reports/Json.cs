using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Clickpath.Reports;

/// <summary>JSON as all our files have it: snake_case, indented, \n, numbers in their shortest exact form.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // files of their own, never pasted into HTML
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Write(string path, object value) =>
        File.WriteAllText(path, JsonSerializer.Serialize(value, Options) + "\n");
}
