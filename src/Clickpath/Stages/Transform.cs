using Clickpath.Reports;
using Clickpath.Runs;
using Clickpath.Sql;

namespace Clickpath.Stages;

/// <summary>Builds the models of <c>sql/reference</c> and <c>sql/transform</c>, and their Parquet files.</summary>
internal static class Transform
{
    public static void Run(Run run)
    {
        foreach (var model in run.Sql.Catalog.Models)
            run.Make(model);
        run.Sql.Engine.Analyze();
        Invariants.Check(run, file => !run.Sql.Catalog.Upstream(file).Any(f => f.Folder == Folder.Analyze));
        foreach (var model in run.Sql.Catalog.Models.Where(m => m["export"] is not null))
            Export(run, model);
    }

    // 'parquet', 'csv', or 'parquet FILE_NAME' where the file is not called as the table.
    private static void Export(Run run, SqlFile model)
    {
        var (format, name) = model["export"]!.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var f] => (f, model.Name),
            [var f, var n] => (f, n),
            _ => ("", ""),
        };
        if (format is not ("parquet" or "csv") || name != Path.GetFileName(name))
            throw model.Error("export is 'parquet' or 'csv', and a file name if it is not the table's.", "export");

        run.Output(Stage.Transform, $"{name}.{format}", model, run.MadeOf(model), path => Export(run, model, format, path));
    }

    private static void Export(Run run, SqlFile model, string format, string path)
    {
        var columns = model.List("cluster") is { Count: > 0 } cluster ? cluster : model.List("key");
        using var command = run.Sql.Engine.Connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {model.Name} ORDER BY {string.Join(", ", columns)}";
        using var reader = command.ExecuteReader();
        if (format == "parquet")
            ParquetFile.Write(path, reader).GetAwaiter().GetResult();
        else
            CsvFile.Write(path, SqlRunner.Read(model, reader), ColumnFormats.Parse(""));
    }
}
