using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Fidelity;

/// <summary>The joint kernel density of two columns, real beside synthetic, on one grid.</summary>
/// <remarks><b>Source</b>: left of figure 2 of Smolyak et al. 2024.</remarks>
public sealed class JointDensity
{
    private JointDensity(string first, string second, double[] firstGrid, double[] secondGrid, double[]? real, double[]? synthetic) =>
        (First, Second, FirstGrid, SecondGrid, Real, Synthetic) = (first, second, firstGrid, secondGrid, real, synthetic);

    /// <summary>Gets the name of the first column.</summary>
    public string First { get; }

    /// <summary>Gets the name of the second column.</summary>
    public string Second { get; }

    /// <summary>Gets the points of the first column: equally far apart, from the smallest real or synthetic value to the largest.</summary>
    public ReadOnlyMemory<double> FirstGrid { get; }

    /// <summary>Gets the points of the second column, likewise.</summary>
    public ReadOnlyMemory<double> SecondGrid { get; }

    /// <summary>Gets the real density, points of the first column x points of the second, row-major; null where fewer than three rows have both, or one column is a line in the other.</summary>
    public ReadOnlyMemory<double>? Real { get; }

    /// <summary>Gets the synthetic density, likewise.</summary>
    public ReadOnlyMemory<double>? Synthetic { get; }

    /// <summary>Computes the densities of the rows that have both values.</summary>
    /// <param name="real">n real rows, 1 or more.</param>
    /// <param name="synthetic">m rows of the same columns, 1 or more.</param>
    /// <param name="first">The name of a column that is no category.</param>
    /// <param name="second">The name of another.</param>
    /// <param name="gridCount">The number of points a column, 2 to 1,000.</param>
    /// <param name="compute">How to use the machine; no bit of the result depends on it.</param>
    /// <returns>The densities.</returns>
    /// <exception cref="ArgumentException">A table has no row, the columns differ, a name is that of no such column, or a column has no or one value.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gridCount"/> is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static JointDensity Compute(SchemaTable real, SchemaTable synthetic, string first, string second, int gridCount = 64, ComputeOptions? compute = null)
    {
        TablePair.Check(real, synthetic);
        if (gridCount is < 2 or > 1_000)
            Throw.ArgumentOutOfRange(nameof(gridCount), gridCount, "2 to 1,000");
        var (x, y) = (Find(real.Schema, first, nameof(first)), Find(real.Schema, second, nameof(second)));
        var parallel = (compute ?? ComputeOptions.Default).ToParallelOptions();
        var (ofReal, ofSynthetic) = (Both(real.Rows, x, y, parallel), Both(synthetic.Rows, x, y, parallel));
        var firstGrid = Grid(ofReal.X, ofSynthetic.X, gridCount, first);
        var secondGrid = Grid(ofReal.Y, ofSynthetic.Y, gridCount, second);
        return new JointDensity(
            first,
            second,
            firstGrid,
            secondGrid,
            KernelDensity.OfPair(ofReal.X, ofReal.Y, firstGrid, secondGrid, parallel),
            KernelDensity.OfPair(ofSynthetic.X, ofSynthetic.Y, firstGrid, secondGrid, parallel));
    }

    private static int Find(TableSchema schema, string name, string parameter)
    {
        if (!schema.TryFind(name, out var column) || schema.Columns[column].Kind == ColumnKind.Category)
            Throw.Argument_Invalid(parameter, $"there is no column '{name}' of numbers; choose one of {string.Join(", ", schema.Columns.Where(static one => one.Kind != ColumnKind.Category).Select(static one => one.Name))}.");
        return column;
    }

    private static (float[] X, float[] Y) Both(SampleMatrix rows, int x, int y, ParallelOptions options)
    {
        var (first, second) = (TablePair.ReadColumns(rows, x, 1, options)[0], TablePair.ReadColumns(rows, y, 1, options)[0]);
        var both = Enumerable.Range(0, first.Length).Where(row => !float.IsNaN(first[row]) && !float.IsNaN(second[row])).ToArray();
        return (Array.ConvertAll(both, row => first[row]), Array.ConvertAll(both, row => second[row]));
    }

    private static double[] Grid(float[] real, float[] synthetic, int count, string name)
    {
        var values = real.Concat(synthetic);
        var (least, most) = (values.DefaultIfEmpty().Min(), values.DefaultIfEmpty().Max());
        if (least == most)
            Throw.Argument_Invalid("real", $"column '{name}' has no two different values where the other is present; a density needs them.");
        var grid = new double[count];
        for (var point = 0; point < count; point++)
            grid[point] = least + (((double)most - least) * point / (count - 1));
        return grid;
    }
}
