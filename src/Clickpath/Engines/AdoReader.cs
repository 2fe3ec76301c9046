using System.Data.Common;
using System.Text;
using Clickpath.Sql;

namespace Clickpath.Engines;

/// <summary>A data reader, value by value.</summary>
internal sealed class AdoReader : IRowReader
{
    private readonly DbCommand _command;
    private readonly DbDataReader _rows;
    private readonly object?[] _values;

    public AdoReader(DbConnection connection, string select)
    {
        _command = connection.CreateCommand();
        _command.CommandText = select;
        _rows = _command.ExecuteReader();
        Columns = [.. Enumerable.Range(0, _rows.FieldCount).Select(_rows.GetName)];
        _values = new object?[Columns.Count];
    }

    public IReadOnlyList<string> Columns { get; }

    public bool Read()
    {
        if (!_rows.Read())
            return false;
        for (var i = 0; i < _values.Length; i++)
            _values[i] = _rows.IsDBNull(i) ? null : SqlRunner.Normal(_rows.GetValue(i));
        return true;
    }

    public ValueKind Kind(int column) => _values[column] switch
    {
        null => ValueKind.Null,
        long => ValueKind.Whole,
        double => ValueKind.Fraction,
        _ => ValueKind.Text,
    };

    public long Whole(int column) => (long)_values[column]!;

    public double Fraction(int column) => (double)_values[column]!;

    public ReadOnlySpan<byte> Utf8(int column) => Encoding.UTF8.GetBytes((string)_values[column]!);

    public void Dispose()
    {
        _rows.Dispose();
        _command.Dispose();
    }
}
