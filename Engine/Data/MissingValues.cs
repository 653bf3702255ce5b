using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Collectives;

namespace Engine.Data;

/// <summary>Counts missing values, NaN, column by column.</summary>
internal static class MissingValues
{
    /// <summary>Counts the missing values of every column, over the rows of all ranks.</summary>
    /// <param name="samples">n x p.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>p counts.</returns>
    public static long[] Count(SampleMatrix samples, ParallelOptions options)
    {
        // A thread has fewer rows than an int counts.
        using var ofThreads = new ThreadLocal<int[]>(() => new int[samples.Stride], trackAllValues: true);
        samples.ForBlocks(options, block => Count(block, ofThreads.Value!));
        var own = new long[samples.FeatureCount];
        foreach (var counts in ofThreads.Values)
        {
            for (var column = 0; column < own.Length; column++)
                own[column] += counts[column];
        }

        // Whole numbers: their sum is the same in any order.
        return samples.IsSpread ? samples.Share!.Collective.SumOfRanks<long>(own) : own;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Count(RowBlock block, int[] counts)
    {
        var sums = MemoryMarshal.Cast<int, Vector<int>>(counts.AsSpan());
        for (var row = 0; row < block.RowCount; row++)
        {
            var values = MemoryMarshal.Cast<float, Vector<float>>(block.PaddedRow(row));
            for (var i = 0; i < values.Length; i++)
                // A comparison that holds is -1.
                sums[i] -= Vector.OnesComplement(Vector.Equals(values[i], values[i]));
        }
    }
}
