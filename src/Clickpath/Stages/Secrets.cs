using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Clickpath.Stages;

/// <summary>What must not be repeated in a report, in whatever field of an export it stands: judged by its form alone.</summary>
internal static partial class Secrets
{
    /// <summary>A result whose texts tell of an e-mail address, a signed token or a password that it is there, and not what it is.</summary>
    public static CheckResult Hidden(CheckResult result) => result with
    {
        Subjects = [.. result.Subjects.Select(subject => subject with
        {
            Subject = Hidden(subject.Subject),
            Message = Hidden(subject.Message),
            Cause = Hidden(subject.Cause),
            Remedy = Hidden(subject.Remedy),
        })],
        Samples = result.Samples is { } samples ? samples with { Rows = [.. samples.Rows.Select(Hidden)] } : null,
    };

    /// <summary>A text without them.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Hidden(string? text) => text is null ? null : Email().Replace(Token().Replace(text, "(a token)"), "(an e-mail address)");

    private static object?[] Hidden(object?[] row) => [.. row.Select(value => value is string text ? Hidden(text) : value)];

    [GeneratedRegex(@"[\p{L}\p{N}._+-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+")]
    private static partial Regex Email();

    // Three parts in base64, name:password, or twenty letters of both cases with digits among them, as no word or hash has them.
    [GeneratedRegex(@"eyJ[\w-]+\.[\w.-]+|(?<=://)[^/@\s]+:[^/@\s]+(?=@)|\b(?=\w*[0-9])(?=\w*[a-z])(?=\w*[A-Z])\w{20,}\b")]
    private static partial Regex Token();
}
