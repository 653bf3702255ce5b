using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Collectives;
using Engine.Data;

namespace Engine.Logistic;

/// <summary>The few rows far from all others, on which the curvature of a fit can hang: a sample must hold every one of them.</summary>
/// <remarks>
/// The curvature that a row adds grows with the square of its features: one in ten thousand, fifteen standard deviations out, can outweigh the rest in some direction;
/// a sample that misses it, or counts it sixteen times, takes Newton steps that have to be halved again and again.
/// </remarks>
internal static class HighLeverageRows
{
    /// <summary>At most about one row in so many has high leverage.</summary>
    private const int LargestShare = 512;

    /// <summary>The mean squared standardized feature beyond which a row can have high leverage; its expectation is 1.</summary>
    private const double UsualMeanSquare = 8;

    /// <summary>Finds the rows by their squared distance to the mean, each feature in its standard deviations.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="some">Some of them, which show means, deviations and what is far.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>Rising rows; none where none of <paramref name="some"/> is unusually far.</returns>
    public static long[] Find(SampleMatrix samples, SampleMatrix some, ParallelOptions options)
    {
        var (means, scales) = Standardize(some);
        var distances = new float[some.RowCount];
        var row = new float[some.Stride];
        for (var i = 0; i < distances.Length; i++)
        {
            some.CopyRow(i, row.AsSpan(0, some.FeatureCount));
            distances[i] = SquaredDistance(row, means, scales);
        }

        var usual = (float)(UsualMeanSquare * some.FeatureCount);
        if (!distances.Any(distance => distance > usual))
            return [];
        Array.Sort(distances);
        return FartherThan(Math.Max(usual, distances[^((distances.Length / LargestShare) + 1)]), samples, means, scales, options);
    }

    private static long[] FartherThan(float threshold, SampleMatrix samples, float[] means, float[] scales, ParallelOptions options)
    {
        using var hold = samples.Hold();
        var found = new List<long>?[samples.BlockCount];
        samples.ForBlocks(options, block =>
        {
            for (var i = 0; i < block.RowCount; i++)
            {
                if (SquaredDistance(block.PaddedRow(i), means, scales) > threshold)
                    (found[block.FirstRow / SampleMatrix.RowsPerBlock] ??= []).Add(block.FirstRow + i);
            }
        });
        long[] far = [.. found.SelectMany(static rows => rows ?? [])];
        return samples.IsSpread ? [.. samples.Share!.Collective.GatherLists<long>(far).Order()] : far;
    }

    /// <summary>Returns mean and reciprocal standard deviation of each feature, 0 for the padding and where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float[] Means, float[] Scales) Standardize(SampleMatrix samples)
    {
        var (sums, squares) = (new double[samples.Stride], new double[samples.Stride]);
        var row = new float[samples.Stride];
        for (var i = 0L; i < samples.RowCount; i++)
        {
            samples.CopyRow(i, row.AsSpan(0, samples.FeatureCount));
            for (var j = 0; j < row.Length; j += Vector256<float>.Count)
            {
                var (low, high) = Vector256.Widen(Vector256.Create<float>(row.AsSpan(j)));
                Add(low, sums.AsSpan(j), squares.AsSpan(j));
                Add(high, sums.AsSpan(j + Vector256<double>.Count), squares.AsSpan(j + Vector256<double>.Count));
            }
        }

        var (means, scales) = (new float[samples.Stride], new float[samples.Stride]);
        for (var j = 0; j < samples.FeatureCount; j++)
        {
            var mean = sums[j] / samples.RowCount;
            var variance = (squares[j] / samples.RowCount) - (mean * mean);
            means[j] = (float)mean;
            scales[j] = variance > 0 ? (float)(1 / Math.Sqrt(variance)) : 0;
        }

        return (means, scales);
    }

    private static void Add(Vector256<double> values, Span<double> sums, Span<double> squares)
    {
        (Vector256.Create<double>(sums) + values).CopyTo(sums);
        (Vector256.Create<double>(squares) + (values * values)).CopyTo(squares);
    }

    /// <summary>Eight lanes, multiply and add rounded apart, then the lanes in order: the same bits on every machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SquaredDistance(ReadOnlySpan<float> row, float[] means, float[] scales)
    {
        var sum = Vector256<float>.Zero;
        for (var i = 0; i < row.Length; i += Vector256<float>.Count)
        {
            var z = (Vector256.Create(row[i..]) - Vector256.Create<float>(means.AsSpan(i))) * Vector256.Create<float>(scales.AsSpan(i));
            sum += z * z;
        }

        var total = 0f;
        for (var lane = 0; lane < Vector256<float>.Count; lane++)
            total += sum[lane];
        return total;
    }
}
