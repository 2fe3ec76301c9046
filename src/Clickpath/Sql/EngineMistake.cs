using System.Data.Common;
using Clickpath.Engines;

namespace Clickpath.Sql;

/// <summary>What another engine has against a file that SQLite takes, mostly the types of values: with the place in the file, and the remedy.</summary>
internal static class EngineMistake
{
    private const string Cast = "The values are of types that do not go together: convert with CAST(x AS BIGINT), CAST(x AS DOUBLE PRECISION) or CAST(x AS TEXT).";

    // The engines' words, and what to do about them.
    private static readonly (string Words, string Remedy)[] Remedies =
    [
        ("argument types", Cast),
        ("operator does not exist", Cast),
        ("function ", Cast),
        ("cannot be matched", Cast),
        ("annot compare values", Cast),
        ("annot mix values", Cast),
        ("must be type boolean", "Write a comparison: x > 0."),
        ("must appear in the GROUP BY", "Add it to GROUP BY, or write MAX(x)."),
    ];

    /// <summary>The mistake; without a place where the engine finds none in what it can read beforehand.</summary>
    public static ClickpathException Of(IEngine engine, SqlFile file, Func<string, string> bound, DbException error)
    {
        foreach (var select in new[] { file.Body, file.Samples }.OfType<string>())
        {
            var statement = $"{engine.Explain} {bound(select)}";
            try
            {
                using var command = engine.Connection.CreateCommand();
                command.CommandText = statement;
                command.ExecuteNonQuery();
            }
            catch (DbException again)
            {
                // In a transaction that the first error has ended, an engine says that, and no place.
                var place = engine.PlaceOf(again, statement) - engine.Explain.Length - 1;
                if (place >= 0)
                    return new($"{file.Path}:{SqlText.Place(file.Text, file.Text.LastIndexOf(select, StringComparison.Ordinal) + Unbound(select, bound, place))}: {Said(engine, again)}", error);
            }
        }

        return new($"{file.Path}: {Said(engine, error)}", error);
    }

    // Which token of the SELECT stands there once parameters and literals are as the engine gets them.
    private static int Unbound(string select, Func<string, string> bound, int place) =>
        SqlText.Tokens(select).TakeWhile(token => bound(select[..token.Start]).Length <= place).LastOrDefault().Start;

    private static string Said(IEngine engine, DbException error)
    {
        var words = engine.Words(error).ReplaceLineEndings(" ").Trim(' ', '\'', '.');
        return $"{words}. {Array.Find(Remedies, r => words.Contains(r.Words, StringComparison.Ordinal)).Remedy ?? "Correct the SQL and run again."}";
    }
}
