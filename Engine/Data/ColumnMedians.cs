using Engine.Collectives;

namespace Engine.Data;

/// <summary>The medians of columns whose rows lie with several ranks: found by counting values, which are never sent.</summary>
/// <remarks>
/// <para><b>Computes</b>: a float's bits, negative ones turned over, rise with its value: its key. Counts of keys by their upper 11 bits say which values begin as the middle one does, counts by the next 11 which of those, and so on.</para>
/// <para><b>Cost</b>: three passes over the rows for every 128 columns, each of which sends 32 KiB a column from every rank to every other.</para>
/// </remarks>
internal static class ColumnMedians
{
    private const int ColumnsPerPass = 128;
    private const int LargestBinBits = 11;

    /// <summary>Of each pass: the bits of a key below its bin, and those of the bin.</summary>
    private static readonly (int Shift, int Bits)[] s_passes = [(21, 11), (10, 11), (0, 10)];

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
            var present = Array.ConvertAll(missingCounts[first..Math.Min(medians.Length, first + ColumnsPerPass)], missing => samples.RowCount - missing);
            // The two in the middle, which are one where the number is odd.
            var lower = new Place[present.Length];
            var upper = new Place[present.Length];
            for (var i = 0; i < present.Length; i++)
                (lower[i], upper[i]) = (new Place(0, Math.Max(0, present[i] - 1) / 2), new Place(0, present[i] / 2));
            foreach (var (shift, bits) in s_passes)
                Narrow(samples, first, lower, upper, shift, bits, options);
            for (var i = 0; i < present.Length; i++)
                medians[first + i] = present[i] == 0 ? 0 : (((double)FromKey(lower[i].Prefix) + FromKey(upper[i].Prefix)) / 2) + 0.0;
        }

        return medians;
    }

    /// <summary>Finds the next bits of the keys at two places of some columns.</summary>
    private static void Narrow(SampleMatrix samples, int first, Place[] lower, Place[] upper, int shift, int bits, ParallelOptions options)
    {
        // Where both keys begin alike, so far, they are found by the same counts.
        var counts = Count(samples, first, lower, upper, shift, bits, options);
        for (var i = 0; i < lower.Length; i++)
        {
            var ofLower = counts.AsSpan((2 * i) << LargestBinBits, 1 << bits);
            var ofUpper = upper[i].Prefix == lower[i].Prefix ? ofLower : counts.AsSpan(((2 * i) + 1) << LargestBinBits, 1 << bits);
            (lower[i], upper[i]) = (lower[i].Narrow(ofLower, bits), upper[i].Narrow(ofUpper, bits));
        }
    }

    /// <summary>Counts, over all ranks, the values of columns whose keys begin as those at two places, by their next bits.</summary>
    private static long[] Count(SampleMatrix samples, int first, Place[] lower, Place[] upper, int shift, int bits, ParallelOptions options)
    {
        var (length, mask) = ((2 * lower.Length) << LargestBinBits, (1u << bits) - 1);
        var (lowerPrefixes, upperPrefixes) = (Array.ConvertAll(lower, static place => place.Prefix), Array.ConvertAll(upper, static place => place.Prefix));
        // A rank has fewer rows than an int counts; smaller counts stay in the cache.
        using var ofThreads = new ThreadLocal<int[]>(() => new int[length], trackAllValues: true);
        samples.ForBlocks(options, block =>
        {
            var (counts, ofLower, ofUpper, below) = (ofThreads.Value!, lowerPrefixes, upperPrefixes, shift + bits);
            for (var row = 0; row < block.RowCount; row++)
            {
                var values = block.Row(row).Slice(first, ofLower.Length);
                for (var i = 0; i < values.Length; i++)
                {
                    if (float.IsNaN(values[i]))
                        continue;
                    var key = ToKey(values[i]);
                    // Of 32 bits none is left above them, which a shift of uint would not say.
                    var prefix = (uint)((ulong)key >> below);
                    var bin = (int)((key >> shift) & mask);
                    if (prefix == ofLower[i])
                        counts[((2 * i) << LargestBinBits) + bin]++;
                    else if (prefix == ofUpper[i])
                        counts[(((2 * i) + 1) << LargestBinBits) + bin]++;
                }
            }
        });
        var own = new long[length];
        foreach (var counts in ofThreads.Values)
        {
            for (var bin = 0; bin < own.Length; bin++)
                own[bin] += counts[bin];
        }

        // Whole numbers: their sum is the same in any order.
        var (collective, total) = (samples.Share!.Collective, new long[length]);
        for (var rank = 0; rank < collective.Size; rank++)
        {
            var counts = rank == collective.Rank ? own : new long[length];
            collective.BroadcastValues(counts.AsSpan(), rank);
            for (var bin = 0; bin < total.Length; bin++)
                total[bin] += counts[bin];
        }

        return total;
    }

    private static uint ToKey(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
    }

    private static float FromKey(uint key) => BitConverter.UInt32BitsToSingle((key & 0x8000_0000) != 0 ? key & 0x7FFF_FFFF : ~key);

    /// <summary>A place in the rising order of a column, as far as its key is known.</summary>
    /// <param name="Prefix">The upper bits of the key.</param>
    /// <param name="Left">The place among the values whose keys begin so.</param>
    private readonly record struct Place(uint Prefix, long Left)
    {
        /// <summary>Takes the next bits: the bin that holds the place.</summary>
        public Place Narrow(ReadOnlySpan<long> counts, int bits)
        {
            var (bin, left) = (0, Left);
            for (; bin < counts.Length - 1 && left >= counts[bin]; bin++)
                left -= counts[bin];
            return new Place((Prefix << bits) | (uint)bin, left);
        }
    }
}
