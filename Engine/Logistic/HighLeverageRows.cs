using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Collectives;
using Engine.Data;
using Engine.Numerics;

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
        var (means, scales) = Standardize(some, options);
        var usual = (float)(UsualMeanSquare * some.FeatureCount);
        var far = new List<float>?[some.BlockCount];
        some.ForBlocks(options, block =>
        {
            for (var i = 0; i < block.RowCount; i++)
            {
                if (SquaredDistance(block.PaddedRow(i), means, scales) is var distance && distance > usual)
                    (far[block.FirstRow / SampleMatrix.RowsPerBlock] ??= []).Add(distance);
            }
        });
        // The last of them is the same whatever distances of other ranks are no larger.
        var most = (int)(some.RowCount / LargestShare) + 1;
        var largest = Largest(far.SelectMany(static block => block ?? []));
        if (some.IsSpread)
            largest = Largest(some.Share!.Collective.GatherLists<float>(largest));
        return largest.Length == 0 ? [] : FartherThan(largest.Length < most ? usual : largest[^1], samples, means, scales, options);

        float[] Largest(IEnumerable<float> distances) => [.. distances.OrderDescending().Take(most)];
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
    private static (float[] Means, float[] Scales) Standardize(SampleMatrix samples, ParallelOptions options)
    {
        using var hold = samples.Hold();
        var stride = samples.Stride;
        var total = new VectorSum(2 * stride);
        BlockReduction.Sum(
            samples.Share,
            samples.BlockCount,
            options,
            () => (Sums: new VectorSum(2 * stride), Scratch: new float[samples.BlockScratchLength]),
            static partial => partial.Sums,
            (partial, index) => AddBlock(samples.ReadHeldBlock(index, partial.Scratch), partial.Sums.Values.AsSpan(0, stride), partial.Sums.Values.AsSpan(stride)),
            total);
        var (means, scales) = (new float[stride], new float[stride]);
        for (var j = 0; j < samples.FeatureCount; j++)
        {
            var mean = total.Values[j] / samples.RowCount;
            var variance = (total.Values[stride + j] / samples.RowCount) - (mean * mean);
            means[j] = (float)mean;
            scales[j] = variance > 0 ? (float)(1 / Math.Sqrt(variance)) : 0;
        }

        return (means, scales);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddBlock(RowBlock block, Span<double> sums, Span<double> squares)
    {
        for (var i = 0; i < block.RowCount; i++)
        {
            var row = block.PaddedRow(i);
            for (var j = 0; j < row.Length; j += Vector256<float>.Count)
            {
                var (low, high) = Vector256.Widen(Vector256.Create(row[j..]));
                Add(low, sums[j..], squares[j..]);
                Add(high, sums[(j + Vector256<double>.Count)..], squares[(j + Vector256<double>.Count)..]);
            }
        }
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
