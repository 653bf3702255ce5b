using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Fidelity;

/// <summary>Checks of the tables that are compared, and their columns one after the other.</summary>
internal static class TablePair
{
    /// <summary>Columns that are read in one pass: as many as share a cache line of the rows.</summary>
    public const int ColumnsPerPass = 16;

    /// <summary>Checks that two tables can be compared.</summary>
    /// <param name="real">The real rows.</param>
    /// <param name="synthetic">The rows to judge.</param>
    /// <param name="name">What the second table is called in a message.</param>
    /// <exception cref="ArgumentException">A table has no row or too many, or the columns differ.</exception>
    public static void Check(SchemaTable real, SchemaTable synthetic, string name = "synthetic")
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(synthetic, name);
        CheckRowCount(real, nameof(real));
        CheckRowCount(synthetic, name);
        var (columns, others) = (real.Schema.Columns, synthetic.Schema.Columns);
        if (columns.Count != others.Count)
            Throw.Argument_FeatureCountsDiffer(name, others.Count, nameof(real), columns.Count);
        for (var column = 0; column < columns.Count; column++)
        {
            if (!Equals(columns[column], others[column]))
                Throw.Argument_Invalid(name, $"column {column:N0} is '{others[column].Name}', {others[column].Kind}, where the real table has '{columns[column].Name}', {columns[column].Kind}; both need the same names, kinds and levels.");
        }

        CheckValues(real, nameof(real));
        CheckValues(synthetic, name);
    }

    /// <summary>Reads neighboring columns of all rows.</summary>
    /// <param name="rows">n x p.</param>
    /// <param name="first">The first column.</param>
    /// <param name="count">How many.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>One array of n values a column.</returns>
    public static float[][] ReadColumns(SampleMatrix rows, int first, int count, ParallelOptions options)
    {
        var columns = new float[count][];
        for (var column = 0; column < count; column++)
            columns[column] = new float[rows.RowCount];
        RowLoop.For(rows, options, (row, values) =>
        {
            for (var column = 0; column < count; column++)
                columns[column][row] = values[first + column];
        });
        return columns;
    }

    private static bool Equals(ColumnDescription first, ColumnDescription second) =>
        first.Name == second.Name && first.Kind == second.Kind && first.Levels.SequenceEqual(second.Levels, StringComparer.Ordinal);

    /// <summary>Checks that levels are levels and numbers finite; a value may be missing from any column.</summary>
    private static void CheckValues(SchemaTable table, string name)
    {
        var levelCounts = table.Schema.Columns.Select(static column => column.IsNominal ? column.LevelCount : 0).ToArray();
        if (RowLoop.FindFirst(table.Rows, new ParallelOptions(), row => FindIllegal(row, levelCounts) >= 0) is not { } firstBad)
            return;
        var values = new float[levelCounts.Length];
        table.Rows.CopyRow(firstBad, values);
        var place = FindIllegal(values, levelCounts);
        var column = table.Schema.Columns[place];
        Throw.Argument_Invalid(name, $"row {firstBad:N0}, column '{column.Name}' of {name} holds {values[place]}, where {column.FindFault(values[place]) ?? "a finite number is legal"}.");
    }

    private static int FindIllegal(ReadOnlySpan<float> values, int[] levelCounts)
    {
        for (var column = 0; column < values.Length; column++)
        {
            if (!IsLegal(values[column], levelCounts[column]))
                return column;
        }

        return -1;
    }

    private static bool IsLegal(float value, int levelCount) =>
        levelCount == 0 ? !float.IsInfinity(value) : float.IsNaN(value) || (value >= 0 && value < levelCount && value == (int)value);

    private static void CheckRowCount(SchemaTable table, string name)
    {
        if (table.RowCount is 0 or > int.MaxValue / 2)
            Throw.Argument_Invalid(name, $"{name} has {table.RowCount:N0} rows; fidelity is measured over 1 to {int.MaxValue / 2:N0}.");
    }
}
