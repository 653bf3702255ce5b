using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>What the columns of a table hold: numbers, 0/1 masks, or categories as one-hot groups of columns.</summary>
/// <remarks>A schema is immutable; each With method returns a new one: <c>ColumnSchema.Continuous(76).WithOneHot(2..7).WithMasks(59..)</c>.</remarks>
public sealed class ColumnSchema
{
    private readonly int[] _masks;
    private readonly int[][] _oneHotGroups;
    private readonly bool[] _isNominal;

    private ColumnSchema(int featureCount, int[] masks, int[][] oneHotGroups)
    {
        FeatureCount = featureCount;
        _masks = masks;
        _oneHotGroups = oneHotGroups;
        _isNominal = new bool[featureCount];
        foreach (var column in masks.Concat(oneHotGroups.SelectMany(group => group)))
            _isNominal[column] = true;
        NominalRuns = [.. FindRuns(_isNominal)];
    }

    /// <summary>Gets the number of columns.</summary>
    public int FeatureCount { get; }

    /// <summary>Gets the columns that hold 0 or 1.</summary>
    public IReadOnlyList<int> Masks => _masks;

    /// <summary>Gets the groups of columns of which exactly one holds 1 and the others 0.</summary>
    public IReadOnlyList<IReadOnlyList<int>> OneHotGroups => _oneHotGroups;

    /// <summary>Gets the nominal columns as runs of neighboring ones, ascending.</summary>
    internal (int First, int Count)[] NominalRuns { get; }

    /// <summary>Creates a schema in which every column holds a number.</summary>
    /// <param name="featureCount">The number of columns, 1 to <see cref="SampleMatrix.MaxFeatureCount"/>.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is outside its range.</exception>
    public static ColumnSchema Continuous(int featureCount)
    {
        SampleMatrix.CheckShape(0, featureCount);
        return new ColumnSchema(featureCount, [], []);
    }

    /// <summary>Declares columns that hold 0 or 1.</summary>
    /// <param name="columns">Columns, each 0 to <see cref="FeatureCount"/> - 1 and not yet declared.</param>
    /// <returns>The schema with these columns as masks.</returns>
    /// <exception cref="ArgumentException">A column is declared twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is outside the table.</exception>
    public ColumnSchema WithMasks(params int[] columns)
    {
        CheckUndeclared(columns);
        return new ColumnSchema(FeatureCount, [.. _masks, .. columns], _oneHotGroups);
    }

    /// <summary>Declares neighboring columns that hold 0 or 1.</summary>
    /// <param name="columns">A range within the table, such as <c>59..76</c>.</param>
    /// <returns>The schema with these columns as masks.</returns>
    /// <exception cref="ArgumentException">A column is declared twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the table.</exception>
    public ColumnSchema WithMasks(Range columns) => WithMasks(ColumnsOf(columns));

    /// <summary>Declares one category as columns of which exactly one holds 1 and the others 0.</summary>
    /// <param name="columns">Two or more columns, each 0 to <see cref="FeatureCount"/> - 1 and not yet declared.</param>
    /// <returns>The schema with these columns as a one-hot group.</returns>
    /// <exception cref="ArgumentException">A column is declared twice, or there are fewer than two.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is outside the table.</exception>
    public ColumnSchema WithOneHot(params int[] columns)
    {
        CheckUndeclared(columns);
        if (columns.Length < 2)
            Throw.Argument_Invalid(nameof(columns), $"a one-hot group of {columns.Length} columns holds no choice; give two or more, or declare a mask.");
        return new ColumnSchema(FeatureCount, _masks, [.. _oneHotGroups, [.. columns]]);
    }

    /// <summary>Declares one category as neighboring columns of which exactly one holds 1 and the others 0.</summary>
    /// <param name="columns">A range within the table, such as <c>2..7</c>.</param>
    /// <returns>The schema with these columns as a one-hot group.</returns>
    /// <exception cref="ArgumentException">A column is declared twice, or there are fewer than two.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the table.</exception>
    public ColumnSchema WithOneHot(Range columns) => WithOneHot(ColumnsOf(columns));

    /// <summary>Returns whether a column is a mask or part of a one-hot group.</summary>
    /// <param name="column">The column, 0 to <see cref="FeatureCount"/> - 1.</param>
    /// <returns>False for a column that holds numbers.</returns>
    public bool IsNominal(int column) => _isNominal[column];

    /// <summary>Throws when a table contradicts the schema, naming the first such row, and its column.</summary>
    /// <param name="samples">n x <see cref="FeatureCount"/>.</param>
    /// <param name="name">The name of the table in the message.</param>
    /// <exception cref="ArgumentException">The number of columns differs, a nominal value is neither 0 nor 1, or a group has no 1 or several.</exception>
    public void EnsureAgrees(SampleMatrix samples, string name)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.FeatureCount != FeatureCount)
            Throw.Argument_FeatureCountsDiffer(name, samples.FeatureCount, "the schema", FeatureCount);
        if (NominalRuns.Length == 0)
            return;
        if (RowLoop.FindFirst(samples, new ParallelOptions(), row => FindContradiction(row) is not null) is not { } firstBad)
            return;
        var values = new float[FeatureCount];
        // Of a table of several ranks all learn what it holds.
        samples.SelectRows(new[] { firstBad }).CopyRow(0, values);
        Throw.Argument_Invalid(name, $"{name} contradicts the schema at row {firstBad:N0}, {FindContradiction(values)}; correct the schema, or pass the table before it is scaled.");
    }

    private static IEnumerable<(int First, int Count)> FindRuns(bool[] isNominal)
    {
        for (var first = 0; first < isNominal.Length; first++)
        {
            if (!isNominal[first])
                continue;
            var end = first + 1;
            while (end < isNominal.Length && isNominal[end])
                end++;
            yield return (first, end - first);
            first = end;
        }
    }

    private string? FindContradiction(ReadOnlySpan<float> row)
    {
        foreach (var column in _masks)
        {
            if (row[column] is not (0f or 1f))
                return $"column {column:N0}: the mask holds {row[column]} where 0 or 1 is legal";
        }

        foreach (var group in _oneHotGroups)
        {
            var ones = 0;
            foreach (var column in group)
            {
                if (row[column] is not (0f or 1f))
                    return $"column {column:N0}: the one-hot column holds {row[column]} where 0 or 1 is legal";
                ones += (int)row[column];
            }

            if (ones != 1)
                return $"column {group[0]:N0}: its one-hot group has {ones} ones where exactly one is legal";
        }

        return null;
    }

    private int[] ColumnsOf(Range columns)
    {
        var (first, count) = columns.GetOffsetAndLength(FeatureCount);
        return [.. Enumerable.Range(first, count)];
    }

    private void CheckUndeclared(int[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var seen = (bool[])_isNominal.Clone();
        foreach (var column in columns)
        {
            if ((uint)column >= (uint)FeatureCount)
                Throw.ArgumentOutOfRange(nameof(columns), column, $"0 to {FeatureCount - 1:N0}");
            if (seen[column])
                Throw.Argument_Invalid(nameof(columns), $"column {column:N0} is declared twice; a column is a mask or in one one-hot group.");
            seen[column] = true;
        }
    }
}
