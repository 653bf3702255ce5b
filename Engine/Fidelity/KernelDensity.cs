using Engine.Compute;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Fidelity;

/// <summary>Gaussian kernel densities of one or two columns.</summary>
/// <remarks>
/// <para><b>Computes</b>: the mean over rows of the normal density around the row whose covariance is that of the rows (with n - 1) times f², f = n^(-1 / (d + 4)), Scott's rule.</para>
/// <para><b>Error</b>: a kernel is left out where it is below e^-40 of its peak, so a density is too small by at most 5e-18 of a kernel's peak.</para>
/// <para><b>Cost</b>: a sort, and the kernels of different values: probabilities of a forest and what nurses write down repeat.</para>
/// <para><b>Determinism</b>: values are added in fixed runs of blocks; the same bits for any number of threads.</para>
/// <para><b>Source</b>: Scott, Multivariate Density Estimation, 1992; gaussian_kde of SciPy.</para>
/// </remarks>
internal static class KernelDensity
{
    private const double LargestExponent = 40;
    private const double TwoPi = 6.283185307179586;
    private const int ValuesPerBlock = 4096;

    /// <summary>Computes the density of values at the points of a grid.</summary>
    /// <param name="values">n values, finite, two at least and not all equal.</param>
    /// <param name="grid">Rising points of equal distance.</param>
    /// <param name="density">One density a point; undefined where there are too few values.</param>
    /// <param name="compute">How to use the machine; no bit of the result depends on it.</param>
    /// <returns>False where fewer than two values differ.</returns>
    /// <exception cref="ArgumentException">The grid has fewer than two points.</exception>
    public static bool TryCompute(ReadOnlyMemory<double> values, double[] grid, out double[] density, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(grid);
        if (grid.Length < 2)
            Throw.Argument_Invalid(nameof(grid), $"the grid has {grid.Length} points; a density is asked for at two or more.");
        density = [];
        var (mean, squares) = (0.0, new CompensatedSum());
        var sum = new CompensatedSum();
        foreach (var value in values.Span)
            sum.Add(value);
        mean = values.Length == 0 ? 0 : sum.Value / values.Length;
        foreach (var value in values.Span)
            squares.Add((value - mean) * (value - mean));
        if (values.Length < 2 || squares.Value == 0)
            return false;
        var variance = squares.Value / (values.Length - 1) * FactorSquared(values.Length, 1);
        var total = new double[grid.Length];
        var (step, reach) = ((grid[^1] - grid[0]) / (grid.Length - 1), Math.Sqrt(2 * LargestExponent * variance));
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var counts = CountEqual(sorted);
        BlockReduction.Sum(
            (counts.Length + ValuesPerBlock - 1) / ValuesPerBlock,
            (compute ?? ComputeOptions.Default).ToParallelOptions(),
            () => new double[grid.Length],
            static partial => Array.Clear(partial),
            (partial, block) =>
            {
                var start = (int)block * ValuesPerBlock;
                for (var place = start; place < Math.Min(counts.Length, start + ValuesPerBlock); place++)
                {
                    var value = sorted[place];
                    var (first, last) = Within(grid, step, value, reach);
                    for (var point = first; point <= last; point++)
                        partial[point] += counts[place] * PortableMath.Exp(-(grid[point] - value) * (grid[point] - value) / (2 * variance));
                }
            },
            partial => DoubleVector.AddScaled(total, 1, partial));
        var norm = 1 / (values.Length * Math.Sqrt(TwoPi * variance));
        density = Array.ConvertAll(total, value => value * norm);
        return true;
    }

    /// <summary>Returns Scott's factor, squared: n^(-2 / (d + 4)).</summary>
    internal static double FactorSquared(long count, int dimensions) => PortableMath.Exp(-2.0 / (dimensions + 4) * PortableMath.Log(count));

    /// <summary>Finds the points of a grid near a value; one more on either side for rounding.</summary>
    internal static (int First, int Last) Within(double[] grid, double step, double value, double reach)
    {
        var first = Math.Floor((value - reach - grid[0]) / step);
        var last = Math.Ceiling((value + reach - grid[0]) / step);
        return ((int)Math.Clamp(first, 0, grid.Length), (int)Math.Clamp(last, -1, grid.Length - 1));
    }

    /// <summary>Adds the kernels of rows of two columns to a grid.</summary>
    /// <param name="x">n values of the first column.</param>
    /// <param name="y">n values of the second column.</param>
    /// <param name="gridX">Points of the first column.</param>
    /// <param name="gridY">Points of the second column.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>Densities, points of the first x points of the second, row-major; null where the covariance is singular.</returns>
    internal static double[]? OfPair(float[] x, float[] y, double[] gridX, double[] gridY, ParallelOptions options)
    {
        if (x.Length < 3)
            return null;
        var (meanX, meanY) = (MeanOf(x), MeanOf(y));
        var (xx, xy, yy) = (new CompensatedSum(), new CompensatedSum(), new CompensatedSum());
        for (var row = 0; row < x.Length; row++)
        {
            xx.Add((x[row] - meanX) * (x[row] - meanX));
            xy.Add((x[row] - meanX) * (y[row] - meanY));
            yy.Add((y[row] - meanY) * (y[row] - meanY));
        }

        var scale = FactorSquared(x.Length, 2) / (x.Length - 1);
        var (a, b, c) = (xx.Value * scale, xy.Value * scale, yy.Value * scale);
        var determinant = (a * c) - (b * b);
        if (!(determinant > 1e-12 * a * c))
            return null;
        var (inverseX, inverseXy, inverseY) = (c / determinant, -b / determinant, a / determinant);
        // A kernel reaches exponent 40 nowhere beyond these distances.
        var (reachX, reachY) = (Math.Sqrt(2 * LargestExponent * a), Math.Sqrt(2 * LargestExponent * c));
        var (stepX, stepY) = ((gridX[^1] - gridX[0]) / (gridX.Length - 1), (gridY[^1] - gridY[0]) / (gridY.Length - 1));
        var total = new double[gridX.Length * gridY.Length];
        var pairs = new ulong[x.Length];
        for (var row = 0; row < pairs.Length; row++)
            pairs[row] = ((ulong)BitConverter.SingleToUInt32Bits(x[row]) << 32) | BitConverter.SingleToUInt32Bits(y[row]);
        Array.Sort(pairs);
        var counts = CountEqual(pairs);
        BlockReduction.Sum(
            (counts.Length + ValuesPerBlock - 1) / ValuesPerBlock,
            options,
            () => new double[total.Length],
            static partial => Array.Clear(partial),
            (partial, block) =>
            {
                var start = (int)block * ValuesPerBlock;
                for (var place = start; place < Math.Min(counts.Length, start + ValuesPerBlock); place++)
                {
                    var (valueX, valueY) = (BitConverter.UInt32BitsToSingle((uint)(pairs[place] >> 32)), BitConverter.UInt32BitsToSingle((uint)pairs[place]));
                    var (firstX, lastX) = Within(gridX, stepX, valueX, reachX);
                    var (firstY, lastY) = Within(gridY, stepY, valueY, reachY);
                    for (var i = firstX; i <= lastX; i++)
                    {
                        var u = gridX[i] - valueX;
                        for (var j = firstY; j <= lastY; j++)
                        {
                            var v = gridY[j] - valueY;
                            var exponent = ((inverseX * u * u) + (2 * inverseXy * u * v) + (inverseY * v * v)) / 2;
                            if (exponent <= LargestExponent)
                                partial[(i * gridY.Length) + j] += counts[place] * PortableMath.Exp(-exponent);
                        }
                    }
                }
            },
            partial => DoubleVector.AddScaled(total, 1, partial));
        var norm = 1 / (x.Length * TwoPi * Math.Sqrt(determinant));
        for (var point = 0; point < total.Length; point++)
            total[point] *= norm;
        return total;
    }

    /// <summary>Moves the first of every set of equal values to the front, in their order.</summary>
    /// <param name="sorted">Values of which equal ones follow each other.</param>
    /// <returns>How often each of the values at the front occurs.</returns>
    private static int[] CountEqual<T>(T[] sorted)
        where T : IEquatable<T>
    {
        var (counts, different) = (new int[sorted.Length], 0);
        for (var place = 0; place < sorted.Length; place++)
        {
            if (different == 0 || !sorted[place].Equals(sorted[different - 1]))
                sorted[different++] = sorted[place];
            counts[different - 1]++;
        }

        return counts[..different];
    }

    private static double MeanOf(float[] values)
    {
        var sum = new CompensatedSum();
        foreach (var value in values)
            sum.Add(value);
        return sum.Value / values.Length;
    }
}
