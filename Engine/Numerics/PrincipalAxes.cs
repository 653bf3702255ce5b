using System.Numerics;
using System.Runtime.CompilerServices;

namespace Engine.Numerics;

/// <summary>The directions in which sample rows vary most, found by one step of subspace iteration.</summary>
/// <remarks>
/// <para>Used where a good subspace saves work and a worse one costs nothing but work: the axes are orthonormal to rounding, not converged.</para>
/// <para><b>Cost</b>: about 6 x rows x axes x columns operations.</para>
/// <para><b>Source</b>: randomized range finder with a power iteration, then Rayleigh-Ritz; see docs/sources.md.</para>
/// </remarks>
internal static unsafe class PrincipalAxes
{
    private const int JacobiSweeps = 4;
    private const ulong StartSeed = 0x4158_4553;

    /// <summary>Finds axes.</summary>
    /// <param name="rows">Centered rows, of 1 or more columns.</param>
    /// <param name="rowCount">How many of the first rows to look at, 1 or more.</param>
    /// <param name="axisCount">The number of axes, 1 to the number of columns.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>Axes x columns, row-major, in order of falling variance; a row of zeros where the rows vary in fewer directions.</returns>
    public static double[] Find(NativeRows rows, int rowCount, int axisCount, ParallelOptions options)
    {
        var columnCount = rows.ColumnCount;
        var axes = new double[axisCount * columnCount];
        var stream = new RandomStream(StartSeed, 0);
        for (var i = 0; i < axes.Length; i++)
            axes[i] = stream.UniformDouble((ulong)i) - 0.5;
        // axes = scores' x rows: one power iteration.
        var (scores, stride) = Project(rows, rowCount, axes, axisCount, options);
        axes = Combine(scores, stride, axisCount, rows.All, rowCount, columnCount, options);
        Orthonormalize(axes, axisCount, columnCount);
        (scores, stride) = Project(rows, rowCount, axes, axisCount, options);
        return Combine(TurnsOf(scores, stride, rowCount, axisCount), stride, axisCount, axes, axisCount, columnCount, options);
    }

    /// <summary>Computes the scores of rows on axes.</summary>
    /// <param name="rows">Centered rows.</param>
    /// <param name="rowCount">How many of the first rows.</param>
    /// <param name="axes">axisCount x columns, row-major.</param>
    /// <param name="axisCount">The number of axes.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>The scores, one row every so many values.</returns>
    public static (double[] Scores, int Stride) Project(NativeRows rows, int rowCount, double[] axes, int axisCount, ParallelOptions options)
    {
        const int RowsPerStep = 8 * RowProjection.RowsPerTile;
        var projection = new RowProjection(axes, axisCount, rows.ColumnCount);
        var stride = projection.ScoreStride;
        var steps = (rowCount + RowsPerStep - 1) / RowsPerStep;
        var scores = new double[steps * RowsPerStep * stride];
        ParallelLoop.For(0, steps, options, step =>
        {
            var first = step * RowsPerStep;
            projection.Project(rows.From(first), Math.Min(RowsPerStep, rowCount - first), axisCount, scores.AsSpan(first * stride));
        });
        return (scores, stride);
    }

    /// <summary>Sums products in double; the order of the sum, and so its last bits, depend on the vectors of the machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Vector<double> sum0 = default, sum1 = default;
        var i = 0;
        for (; i <= x.Length - (2 * Vector<double>.Count); i += 2 * Vector<double>.Count)
        {
            sum0 += new Vector<double>(x[i..]) * new Vector<double>(y[i..]);
            sum1 += new Vector<double>(x[(i + Vector<double>.Count)..]) * new Vector<double>(y[(i + Vector<double>.Count)..]);
        }

        var sum = Vector.Sum(sum0 + sum1);
        for (; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    /// <summary>Computes sum over steps of factors[i] x values, for every axis i.</summary>
    /// <param name="factors">A step every <paramref name="stride"/> values, one an axis, zeros behind them.</param>
    /// <param name="stride">A multiple of 8.</param>
    /// <param name="axisCount">The number of axes.</param>
    /// <param name="values">A step every <paramref name="columnCount"/> values.</param>
    /// <param name="stepCount">The number of steps.</param>
    /// <param name="columnCount">The number of columns.</param>
    /// <param name="options">How to use the machine.</param>
    private static double[] Combine(double[] factors, int stride, int axisCount, ReadOnlySpan<double> values, int stepCount, int columnCount, ParallelOptions options)
    {
        const int Width = 16;
        var combined = new double[axisCount * columnCount];
        fixed (double* first = values, allFactors = factors)
        {
            var (firstValue, firstFactor) = ((nint)first, (nint)allFactors);
            ParallelLoop.For(
                0,
                (columnCount + Width - 1) / Width,
                options,
                () => new double[(stepCount + stride) * Width],
                (panel, _, scratch) =>
                {
                    // Some columns of all steps side by side.
                    var column = panel * Width;
                    var count = Math.Min(Width, columnCount - column);
                    Span<double> steps = scratch.AsSpan(0, stepCount * Width), sums = scratch.AsSpan(stepCount * Width);
                    for (var step = 0; step < stepCount; step++)
                        new ReadOnlySpan<double>((double*)firstValue + ((long)step * columnCount) + column, count).CopyTo(steps[(step * Width)..]);
                    fixed (double* right = steps, result = sums)
                        MatrixTile.Multiply(new((double*)firstFactor, 1, stride), stride, new(right, 1, Width), Width, stepCount, result, Width, adds: false);
                    for (var axis = 0; axis < axisCount; axis++)
                        sums.Slice(axis * Width, count).CopyTo(combined.AsSpan((axis * columnCount) + column));
                    return scratch;
                },
                static _ => { });
        }

        return combined;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(Span<double> sum, ReadOnlySpan<double> values, double factor)
    {
        var i = 0;
        var factors = new Vector<double>(factor);
        for (; i <= sum.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(sum[i..]) + (factors * new Vector<double>(values[i..]))).CopyTo(sum[i..]);
        for (; i < sum.Length; i++)
            sum[i] += factor * values[i];
    }

    /// <summary>Gram-Schmidt, twice over, which leaves axes orthogonal to rounding; an axis that is a combination of earlier ones becomes 0.</summary>
    private static void Orthonormalize(double[] axes, int axisCount, int columnCount)
    {
        for (var axis = 0; axis < axisCount; axis++)
        {
            var current = axes.AsSpan(axis * columnCount, columnCount);
            var before = Math.Sqrt(Dot(current, current));
            for (var pass = 0; pass < 2; pass++)
            {
                for (var other = 0; other < axis; other++)
                {
                    var previous = axes.AsSpan(other * columnCount, columnCount);
                    AddScaled(current, previous, -Dot(current, previous));
                }
            }

            var length = Math.Sqrt(Dot(current, current));
            var isNew = length > 1e-9 * before && double.IsFinite(length);
            for (var column = 0; column < columnCount; column++)
                current[column] = isNew ? current[column] / length : 0;
        }
    }

    /// <summary>Finds how to turn the axes within their subspace so that the scores on them are uncorrelated, largest variance first.</summary>
    /// <returns>A step for each axis as it was, a factor for each axis that is to be.</returns>
    private static double[] TurnsOf(double[] scores, int stride, int rowCount, int axisCount)
    {
        var covariance = new double[axisCount * axisCount];
        for (var row = 0; row < rowCount; row++)
        {
            var values = scores.AsSpan(row * stride, axisCount);
            for (var axis = 0; axis < axisCount; axis++)
                AddScaled(covariance.AsSpan(axis * axisCount, axisCount), values, values[axis]);
        }

        var vectors = Diagonalize(covariance, axisCount);
        var order = Enumerable.Range(0, axisCount).OrderByDescending(axis => covariance[(axis * axisCount) + axis]).ToArray();
        var turns = new double[axisCount * stride];
        for (var axis = 0; axis < axisCount; axis++)
        {
            for (var from = 0; from < axisCount; from++)
                turns[(from * stride) + axis] = vectors[(order[axis] * axisCount) + from];
        }

        return turns;
    }

    /// <summary>Jacobi rotations: the matrix becomes diagonal, the rows of the result are its eigenvectors.</summary>
    private static double[] Diagonalize(double[] matrix, int size)
    {
        var vectors = new double[size * size];
        for (var i = 0; i < size; i++)
            vectors[(i * size) + i] = 1;
        for (var sweep = 0; sweep < JacobiSweeps; sweep++)
        {
            var turned = false;
            for (var p = 0; p < size; p++)
            {
                for (var q = p + 1; q < size; q++)
                {
                    var off = matrix[(p * size) + q];
                    var (first, second) = (matrix[(p * size) + p], matrix[(q * size) + q]);
                    if (Math.Abs(off) <= 1e-3 * Math.Sqrt(Math.Abs(first * second)))
                        continue;
                    turned = true;
                    var theta = (second - first) / (2 * off);
                    var tangent = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
                    var cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
                    TurnRows(vectors, size, p, q, cosine, tangent * cosine);
                    TurnRows(matrix, size, p, q, cosine, tangent * cosine);
                    // The columns are turned alike: they are the rows, but for where both meet.
                    (matrix[(p * size) + p], matrix[(q * size) + q]) = (first - (tangent * off), second + (tangent * off));
                    matrix[(p * size) + q] = matrix[(q * size) + p] = 0;
                    CopyToColumn(matrix, size, p);
                    CopyToColumn(matrix, size, q);
                }
            }

            if (!turned)
                break;
        }

        return vectors;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyToColumn(double[] matrix, int size, int row)
    {
        var values = matrix.AsSpan(row * size, size);
        for (int i = 0, place = row; i < values.Length; i++, place += size)
            matrix[place] = values[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TurnRows(double[] matrix, int size, int p, int q, double cosine, double sine)
    {
        Span<double> first = matrix.AsSpan(p * size, size), second = matrix.AsSpan(q * size, size);
        var (cosines, sines) = (new Vector<double>(cosine), new Vector<double>(sine));
        var i = 0;
        for (; i <= size - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> x = new(first[i..]), y = new(second[i..]);
            ((cosines * x) - (sines * y)).CopyTo(first[i..]);
            ((sines * x) + (cosines * y)).CopyTo(second[i..]);
        }

        for (; i < size; i++)
            (first[i], second[i]) = ((cosine * first[i]) - (sine * second[i]), (sine * first[i]) + (cosine * second[i]));
    }
}
