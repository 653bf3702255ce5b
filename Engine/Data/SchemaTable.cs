using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Rows together with the schema that says what their values are.</summary>
/// <remarks>Values are float32, one a column of the schema: a number, 0 or 1, or the place of a level; NaN where missing. Nothing is copied.</remarks>
public sealed class SchemaTable
{
    /// <summary>Puts a schema and rows together.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="rows">n rows of as many values as the schema has columns.</param>
    /// <exception cref="ArgumentException">The number of columns differs.</exception>
    public SchemaTable(TableSchema schema, SampleMatrix rows)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.FeatureCount != schema.Columns.Count)
            Throw.Argument_FeatureCountsDiffer(nameof(rows), rows.FeatureCount, nameof(schema), schema.Columns.Count);
        (Schema, Rows) = (schema, rows);
    }

    /// <summary>Gets the columns.</summary>
    public TableSchema Schema { get; }

    /// <summary>Gets the rows.</summary>
    public SampleMatrix Rows { get; }

    /// <summary>Gets the number of rows.</summary>
    public long RowCount => Rows.RowCount;

    /// <summary>Returns the rows with the given indices, in the given order, as a view.</summary>
    /// <param name="rows">Row indices, each 0 to <see cref="RowCount"/> - 1; an index may occur more than once.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the table.</exception>
    public SchemaTable SelectRows(ReadOnlyMemory<long> rows) => new(Schema, Rows.SelectRows(rows));

    /// <summary>Throws when a value is not legal under the schema, naming the first such row, and its column.</summary>
    /// <param name="name">The name of the table in the message.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">A value is missing where none may be, of another kind, outside its range, or no level.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signaled.</exception>
    public void EnsureLegal(string name, CancellationToken cancellation = default)
    {
        if (RowLoop.FindFirst(Rows, new ParallelOptions { CancellationToken = cancellation }, row => FindFault(row) is not null) is not { } firstBad)
            return;
        var values = new float[Rows.FeatureCount];
        Rows.CopyRow(firstBad, values);
        Throw.Argument_Invalid(name, $"{name} contradicts its schema at row {firstBad:N0}, {FindFault(values)}; correct the table or the schema.");
    }

    private string? FindFault(ReadOnlySpan<float> row)
    {
        for (var column = 0; column < row.Length; column++)
        {
            if (Schema.Columns[column].FindFault(row[column]) is { } fault)
                return $"column {column:N0}, '{Schema.Columns[column].Name}', which holds {row[column]}: {fault}";
        }

        return null;
    }
}
