using Engine.Collectives;

namespace Engine.Data;

/// <summary>The medians of columns whose rows lie with several ranks: found by counting values, which are never sent.</summary>
/// <remarks>
/// <para><b>Computes</b>: a float's bits, negative ones turned over, rise with its value. Counts by the upper 16 bits say among which values the middle one is, counts by the lower 16 among those which it is.</para>
/// <para><b>Cost</b>: two or three passes over the rows for every 16 columns, each of which sends 8 MiB from every rank to every other.</para>
/// </remarks>
internal static class ColumnMedians
{
    private const int ColumnsPerPass = 16;
    private const int HalfBits = 16;
    private const int Halves = 1 << HalfBits;

    /// <summary>Finds the medians of the values that are present.</summary>
    /// <param name="samples">Rows of several ranks, NaN where a value is missing.</param>
    /// <param name="missingCounts">The missing values, one number a column.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>One a column, the mean of the middle two where their number is even; 0 where no value is present.</returns>
    public static double[] Of(SampleMatrix samples, long[] missingCounts, ParallelOptions options)
    {
        var medians = new double[samples.FeatureCount];
        for (var first = 0; first < medians.Length; first += ColumnsPerPass)
        {
            var columns = Enumerable.Range(first, Math.Min(ColumnsPerPass, medians.Length - first)).ToArray();
            var present = Array.ConvertAll(columns, column => samples.RowCount - missingCounts[column]);
            var counts = Count(samples, columns, static (_, key) => (int)(key >> HalfBits), options);
            var upper = Select(samples, columns, counts, Array.ConvertAll(present, static count => count / 2), options);
            var lower = present.All(static count => count % 2 == 1) ? upper : Select(samples, columns, counts, Array.ConvertAll(present, static count => Math.Max(0, count - 1) / 2), options);
            for (var i = 0; i < columns.Length; i++)
                medians[columns[i]] = present[i] == 0 ? 0 : (((double)lower[i] + upper[i]) / 2) + 0.0;
        }

        return medians;
    }

    /// <summary>Returns for each column the value at a place in rising order.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="counts">Of each the values by their upper bits.</param>
    /// <param name="places">A place in each.</param>
    /// <param name="options">How to use the machine.</param>
    private static float[] Select(SampleMatrix samples, int[] columns, long[] counts, long[] places, ParallelOptions options)
    {
        var left = places.AsSpan().ToArray();
        var uppers = columns.Select((_, i) => Find(counts.AsSpan(i * Halves, Halves), ref left[i])).ToArray();
        var within = Count(samples, columns, (i, key) => key >> HalfBits == uppers[i] ? (int)(key & (Halves - 1)) : -1, options);
        return [.. columns.Select((_, i) => FromKey((uppers[i] << HalfBits) | Find(within.AsSpan(i * Halves, Halves), ref left[i])))];
    }

    /// <summary>Counts the present values of columns, over all ranks, by what a function makes of their keys; -1 is not counted.</summary>
    private static long[] Count(SampleMatrix samples, int[] columns, Func<int, uint, int> binOf, ParallelOptions options)
    {
        using var ofThreads = new ThreadLocal<long[]>(() => new long[columns.Length * Halves], trackAllValues: true);
        samples.ForBlocks(options, block =>
        {
            var counts = ofThreads.Value!;
            for (var row = 0; row < block.RowCount; row++)
            {
                var values = block.Row(row);
                for (var i = 0; i < columns.Length; i++)
                {
                    var value = values[columns[i]];
                    if (!float.IsNaN(value) && binOf(i, ToKey(value)) is >= 0 and var bin)
                        counts[(i * Halves) + bin]++;
                }
            }
        });
        var own = new long[columns.Length * Halves];
        foreach (var counts in ofThreads.Values)
            Add(own, counts);
        // Whole numbers: their sum is the same in any order.
        var (collective, total) = (samples.Share!.Collective, new long[own.Length]);
        for (var rank = 0; rank < collective.Size; rank++)
        {
            var counts = rank == collective.Rank ? own : new long[own.Length];
            collective.BroadcastValues(counts.AsSpan(), rank);
            Add(total, counts);
        }

        return total;
    }

    private static void Add(long[] total, long[] counts)
    {
        for (var bin = 0; bin < total.Length; bin++)
            total[bin] += counts[bin];
    }

    /// <summary>Returns the bin that holds a place, and leaves the place within it.</summary>
    private static uint Find(ReadOnlySpan<long> counts, ref long place)
    {
        var bin = 0;
        for (; bin < counts.Length - 1 && place >= counts[bin]; bin++)
            place -= counts[bin];
        return (uint)bin;
    }

    private static uint ToKey(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
    }

    private static float FromKey(uint key) => BitConverter.UInt32BitsToSingle((key & 0x8000_0000) != 0 ? key & 0x7FFF_FFFF : ~key);
}
