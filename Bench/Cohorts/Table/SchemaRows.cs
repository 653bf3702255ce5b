using System.Globalization;
using Engine.Data;

namespace Bench.Cohorts.Table;

/// <summary>Rows under a schema while they are read: blocks, so that growing copies nothing.</summary>
/// <param name="schema">The columns.</param>
internal sealed class SchemaRows(TableSchema schema)
{
    private const int RowsPerBlock = 4096;

    private readonly int _width = schema.Columns.Count;
    private readonly List<float[]?> _blocks = [];

    /// <summary>Gets the number of rows added.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the values of a row.</summary>
    public Span<float> this[int row] => _blocks[row / RowsPerBlock].AsSpan(row % RowsPerBlock * _width, _width);

    /// <summary>Adds a row.</summary>
    /// <param name="values">One value a column; NaN where missing.</param>
    public void Add(ReadOnlySpan<float> values)
    {
        if (Count == _blocks.Count * RowsPerBlock)
            _blocks.Add(new float[RowsPerBlock * _width]);
        values.CopyTo(this[Count++]);
    }

    /// <summary>Moves the rows into a table with padded rows of its own; each block is let go as soon as it is copied.</summary>
    /// <exception cref="InsufficientMemoryException">There is no memory for it.</exception>
    public SchemaTable ToTable()
    {
        MemoryNeed.Require((double)Count * _width * sizeof(float), $"{_width:N0} columns of {Count:N0} rows");
        var samples = SampleMatrix.Create(Count, _width);
        for (var row = 0; row < Count; row++)
        {
            this[row].CopyTo(samples.GetWritableRow(row));
            if (row % RowsPerBlock == RowsPerBlock - 1)
                _blocks[row / RowsPerBlock] = null;
        }

        return new SchemaTable(schema, samples);
    }

    /// <summary>Reads a cell of numbers, or of 0 and 1, which may be written False and True.</summary>
    /// <param name="table">The file, at a row.</param>
    /// <param name="cell">The column of the file.</param>
    /// <param name="column">What its values are.</param>
    /// <param name="missing">The file's word for a missing value, beside an empty cell.</param>
    /// <returns>The value; NaN where missing.</returns>
    /// <exception cref="CohortFormatException">The cell holds what may not stand in the column.</exception>
    public static float Read(TextTable table, int cell, ColumnDescription column, string missing = "") => table[cell] switch
    {
        "0" or "0.0" when column.Minimum is null or <= 0 => 0,
        "False" or "false" when column.Kind == ColumnKind.Binary => 0,
        "True" or "true" when column.Kind == ColumnKind.Binary => 1,
        _ => Check(table, cell, column, table.NumberOrMissing(cell, missing)),
    };

    /// <summary>Says what is wrong with a number that may not stand in a column; null where it may.</summary>
    public static string? FaultOf(ColumnDescription column, double value) => column.Kind switch
    {
        _ when double.IsNaN(value) => column.MayBeMissing ? null : "a value is missing where none may be.",
        ColumnKind.Binary => value is 0 or 1 ? null : "0 or 1 was expected.",
        ColumnKind.Integer when value != Math.Floor(value) => "a whole number was expected.",
        _ when value < column.Minimum || value > column.Maximum => $"a number {RangeOf(column)} was expected.",
        _ => null,
    };

    private static float Check(TextTable table, int cell, ColumnDescription column, double value) =>
        FaultOf(column, value) is { } fault ? throw table.Error(cell, fault) : (float)value;

    private static string RangeOf(ColumnDescription column) => (column.Minimum, column.Maximum) switch
    {
        ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $"of {least} or more"),
        (null, { } most) => string.Create(CultureInfo.InvariantCulture, $"of at most {most}"),
        var (least, most) => string.Create(CultureInfo.InvariantCulture, $"from {least} to {most}"),
    };
}
