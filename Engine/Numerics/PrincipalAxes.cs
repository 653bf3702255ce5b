using System.Numerics;
using System.Runtime.CompilerServices;

namespace Engine.Numerics;

/// <summary>The directions in which sample rows vary most, found by one step of subspace iteration.</summary>
/// <remarks>
/// <para>Used where a good subspace saves work and a worse one costs nothing but work: the axes are orthonormal to rounding, not converged.</para>
/// <para><b>Cost</b>: about 6 x rows x axes x columns operations.</para>
/// <para><b>Source</b>: randomized range finder with a power iteration, then Rayleigh-Ritz; see docs/sources.md.</para>
/// </remarks>
internal static class PrincipalAxes
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
        var scores = new double[rowCount * axisCount];
        Project(rows, rowCount, axes, axisCount, scores, options);
        // axes = scores' x rows: one power iteration.
        ParallelLoop.For(0, axisCount, options, axis =>
        {
            var sum = axes.AsSpan(axis * columnCount, columnCount);
            sum.Clear();
            for (var row = 0; row < rowCount; row++)
                AddScaled(sum, rows[row], scores[(row * axisCount) + axis]);
        });
        Orthonormalize(axes, axisCount, columnCount);
        Project(rows, rowCount, axes, axisCount, scores, options);
        return Rotate(axes, scores, rowCount, axisCount, columnCount);
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

    private static void Project(NativeRows rows, int rowCount, double[] axes, int axisCount, double[] scores, ParallelOptions options) =>
        ParallelLoop.For(0, rowCount, options, row =>
        {
            for (var axis = 0; axis < axisCount; axis++)
                scores[(row * axisCount) + axis] = Dot(rows[row], axes.AsSpan(axis * rows.ColumnCount, rows.ColumnCount));
        });

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

    /// <summary>Turns the axes within their subspace so that the scores on them are uncorrelated, largest variance first.</summary>
    private static double[] Rotate(double[] axes, double[] scores, int rowCount, int axisCount, int columnCount)
    {
        var covariance = new double[axisCount * axisCount];
        for (var row = 0; row < rowCount; row++)
        {
            for (var axis = 0; axis < axisCount; axis++)
                AddScaled(covariance.AsSpan(axis * axisCount, axisCount), scores.AsSpan(row * axisCount, axisCount), scores[(row * axisCount) + axis]);
        }

        var vectors = Diagonalize(covariance, axisCount);
        var order = Enumerable.Range(0, axisCount).OrderByDescending(axis => covariance[(axis * axisCount) + axis]).ToArray();
        var rotated = new double[axes.Length];
        for (var axis = 0; axis < axisCount; axis++)
        {
            for (var from = 0; from < axisCount; from++)
                AddScaled(rotated.AsSpan(axis * columnCount, columnCount), axes.AsSpan(from * columnCount, columnCount), vectors[(order[axis] * axisCount) + from]);
        }

        return rotated;
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
                    Turn(matrix, vectors, size, p, q, cosine, tangent * cosine);
                }
            }

            if (!turned)
                break;
        }

        return vectors;
    }

    private static void Turn(double[] matrix, double[] vectors, int size, int p, int q, double cosine, double sine)
    {
        for (var i = 0; i < size; i++)
        {
            var (x, y) = (matrix[(i * size) + p], matrix[(i * size) + q]);
            matrix[(i * size) + p] = (cosine * x) - (sine * y);
            matrix[(i * size) + q] = (sine * x) + (cosine * y);
        }

        TurnRows(matrix, size, p, q, cosine, sine);
        TurnRows(vectors, size, p, q, cosine, sine);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TurnRows(double[] matrix, int size, int p, int q, double cosine, double sine)
    {
        Span<double> first = matrix.AsSpan(p * size, size), second = matrix.AsSpan(q * size, size);
        for (var i = 0; i < size; i++)
            (first[i], second[i]) = ((cosine * first[i]) - (sine * second[i]), (sine * first[i]) + (cosine * second[i]));
    }
}
