using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Collectives;

namespace Engine.Data;

/// <summary>The medians of columns whose rows lie with several ranks: found by counting values, of which only a sample is sent.</summary>
/// <remarks>
/// <para><b>Computes</b>: a float's bits, those of negative values below the sign turned over, rise with its value: its key. Values of sampled rows bracket the median; counts of keys below the bracket and in equal parts of it
/// say in which part the median is, and so on until the part is one key. A bracket that missed is known by its counts, and what lies beside it is the next.</para>
/// <para><b>Cost</b>: the sampled rows, once; three passes over the rows as a rule, each of which sends 8 KiB a column that is still open from every rank to every other.</para>
/// </remarks>
internal static class ColumnMedians
{
    /// <summary>The passes over the rows that medians take as a rule, for any number of columns up to 1,024.</summary>
    public const int UsualPasses = 3;

    private const int SampledRows = 4096;
    private const int ColumnsPerPass = 1024;

    /// <summary>A bracket has at most so many parts.</summary>
    private const int PartBits = 11;

    /// <summary>The bracket reaches so many square roots of the sample's size, four standard deviations, to both sides of its median.</summary>
    private const double BracketWidth = 2;

    /// <summary>Finds the medians of the values that are present.</summary>
    /// <param name="samples">Rows of several ranks, NaN where a value is missing.</param>
    /// <param name="missingCounts">The missing values, one number a column.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>One a column, the mean of the middle two where their number is even; 0 where no value is present.</returns>
    public static double[] Of(SampleMatrix samples, long[] missingCounts, ParallelOptions options)
    {
        using var hold = samples.Hold();
        var medians = new double[samples.FeatureCount];
        for (var first = 0; first < medians.Length; first += ColumnsPerPass)
        {
            var present = Array.ConvertAll(missingCounts[first..Math.Min(medians.Length, first + ColumnsPerPass)], missing => samples.RowCount - missing);
            // The two in the middle, which are one where the number is odd.
            var (lower, upper) = (new Brackets(Array.ConvertAll(present, static count => (count - 1) / 2)), new Brackets(Array.ConvertAll(present, static count => count / 2)));
            Start(samples, first, present, lower, upper);
            while (lower.AreOpen || upper.AreOpen)
            {
                // Brackets that are still the same are counted once.
                var (ofLower, ofUpper) = (Count(samples, first, lower, options), Count(samples, first, upper.Except(lower), options));
                for (var i = 0; i < present.Length; i++)
                {
                    upper.Narrow(i, ofUpper[i] ?? ofLower[i]);
                    lower.Narrow(i, ofLower[i]);
                }
            }

            for (var i = 0; i < present.Length; i++)
                medians[first + i] = present[i] == 0 ? 0 : (((double)FromKey(lower.Low[i]) + FromKey(upper.Low[i])) / 2) + 0.0;
        }

        return medians;
    }

    /// <summary>Brackets the medians by rows at equal distances, of which every rank sends its own.</summary>
    private static void Start(SampleMatrix samples, int first, long[] present, Brackets lower, Brackets upper)
    {
        var (share, rowCount) = (samples.Share!, Math.Min(SampledRows, samples.RowCount));
        var (own, row) = (new List<float>(), new float[samples.FeatureCount]);
        for (var i = 0L; i < rowCount; i++)
        {
            var sampled = (long)((Int128)samples.RowCount * i / rowCount);
            if (share.OwnerOf(sampled / SampleMatrix.RowsPerBlock) != share.Collective.Rank)
                continue;
            samples.CopyHeldRow(sampled, row);
            own.AddRange(row.AsSpan(first, present.Length));
        }

        var all = share.Collective.GatherLists<float>(CollectionsMarshal.AsSpan(own));
        var keys = new List<int>();
        for (var column = 0; column < present.Length; column++)
        {
            keys.Clear();
            for (var place = column; place < all.Length; place += present.Length)
            {
                if (!float.IsNaN(all[place]))
                    keys.Add(ToKey(all[place]));
            }

            keys.Sort();
            var (middle, width) = (keys.Count / 2, (int)(BracketWidth * Math.Sqrt(keys.Count)) + 1);
            var (low, high) = (middle - width < 0 ? int.MinValue : keys[middle - width], middle + width >= keys.Count ? int.MaxValue : keys[middle + width]);
            // One key would need no counts, and is only what a sample says.
            foreach (var brackets in present[column] == 0 ? [] : new[] { lower, upper })
                brackets.Set(column, low, Math.Max(high, low + 1));
        }
    }

    /// <summary>Counts, over all ranks, the values of columns below their brackets and in each part of them.</summary>
    /// <returns>For each column whose bracket is open the count below it, then those of its parts; null for others.</returns>
    private static long[]?[] Count(SampleMatrix samples, int first, Brackets brackets, ParallelOptions options)
    {
        var (open, ofColumns) = (Enumerable.Range(0, brackets.Count).Where(brackets.IsOpen).ToArray(), new long[]?[brackets.Count]);
        if (open.Length == 0)
            return ofColumns;
        using var ofThreads = new ThreadLocal<Counts>(() => new Counts(brackets), trackAllValues: true);
        samples.ForBlocks(options, block => ofThreads.Value!.Add(block, first));
        var own = new int[open.Length * Counts.LengthOfColumn];
        foreach (var counts in ofThreads.Values)
        {
            for (var i = 0; i < open.Length; i++)
                counts.AddTo(own.AsSpan(i * Counts.LengthOfColumn, Counts.LengthOfColumn), open[i]);
        }

        // A rank has fewer rows than an int counts.
        var total = samples.Share!.Collective.SumOfRanks<int>(own);
        for (var i = 0; i < open.Length; i++)
            ofColumns[open[i]] = total[(i * Counts.LengthOfColumn)..((i + 1) * Counts.LengthOfColumn)];
        return ofColumns;
    }

    private static int ToKey(float value)
    {
        var bits = BitConverter.SingleToInt32Bits(value);
        return bits ^ ((bits >> 31) & int.MaxValue);
    }

    private static float FromKey(int key) => BitConverter.Int32BitsToSingle(key ^ ((key >> 31) & int.MaxValue));

    /// <summary>Of each column the keys, lowest and highest, between which a place of its rising order is.</summary>
    private sealed class Brackets(long[] places)
    {
        /// <summary>Gets the lowest keys; behind the columns, and of a bracket that is not counted, the largest there is: no vector of columns needs to ask.</summary>
        public int[] Low { get; } = Filled(places.Length, int.MaxValue);

        /// <summary>Gets the highest keys.</summary>
        public int[] High { get; } = Filled(places.Length, int.MaxValue);

        public int Count => places.Length;

        public bool AreOpen => Enumerable.Range(0, Count).Any(IsOpen);

        /// <summary>Returns whether a bracket holds more than one key.</summary>
        public bool IsOpen(int column) => Low[column] < High[column];

        /// <summary>Returns by how many bits keys in a bracket are shortened to the number of their part.</summary>
        public int ShiftOf(int column)
        {
            var width = (uint)(High[column] - Low[column]);
            return Math.Max(0, 32 - BitOperations.LeadingZeroCount(width) - PartBits);
        }

        public void Set(int column, int low, int high) => (Low[column], High[column]) = (low, high);

        /// <summary>Returns the brackets that are not those of other places.</summary>
        public Brackets Except(Brackets others)
        {
            var brackets = new Brackets(places);
            for (var column = 0; column < Count; column++)
            {
                if (Low[column] != others.Low[column] || High[column] != others.High[column])
                    brackets.Set(column, Low[column], High[column]);
            }

            return brackets;
        }

        /// <summary>Takes the part of a bracket that holds the place, or what lies beside the bracket.</summary>
        /// <param name="column">The column.</param>
        /// <param name="counts">Of the values below the bracket, then of those in its parts; not asked where it holds one key.</param>
        public void Narrow(int column, long[]? counts)
        {
            if (!IsOpen(column))
                return;
            var (left, low, high, shift) = (places[column] - counts![0], Low[column], High[column], ShiftOf(column));
            if (left < 0)
            {
                Set(column, int.MinValue, low - 1);
                return;
            }

            for (var part = 0; part + 1 < counts.Length; part++)
            {
                if (left < counts[part + 1])
                {
                    var start = (long)low + ((long)part << shift);
                    Set(column, (int)start, (int)Math.Min(high, start + (1L << shift) - 1));
                    return;
                }

                left -= counts[part + 1];
            }

            Set(column, high + 1, int.MaxValue);
        }

        private static int[] Filled(int length, int value)
        {
            var filled = new int[SampleMatrix.PaddedLength(length)];
            Array.Fill(filled, value);
            return filled;
        }
    }

    /// <summary>What a thread counts.</summary>
    private sealed class Counts(Brackets brackets)
    {
        /// <summary>Below the bracket, and in each of its parts.</summary>
        public const int LengthOfColumn = 1 + (1 << PartBits);

        private readonly int[] _shifts = [.. Enumerable.Range(0, brackets.Count).Select(brackets.ShiftOf)];

        private readonly int[] _below = new int[brackets.Low.Length];

        // Where values are few, as of categories, nearly all are ends of a bracket: they are counted as many columns at a time as a vector has.
        private readonly int[] _lowest = new int[brackets.Low.Length];
        private readonly int[] _highest = new int[brackets.Low.Length];
        private readonly int[] _parts = new int[brackets.Count << PartBits];

        /// <summary>Counts the values of a block.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add(RowBlock block, int first)
        {
            Span<Vector<int>> lows = VectorsOf(brackets.Low), highs = VectorsOf(brackets.High), below = VectorsOf(_below), lowest = VectorsOf(_lowest), highest = VectorsOf(_highest);
            for (var row = 0; row < block.RowCount; row++)
            {
                var values = MemoryMarshal.Cast<float, Vector<float>>(block.PaddedRow(row).Slice(first, _below.Length));
                for (var i = 0; i < values.Length; i++)
                {
                    var bits = Vector.AsVectorInt32(values[i]);
                    var keys = bits ^ (Vector.ShiftRightArithmetic(bits, 31) & new Vector<int>(int.MaxValue));
                    var isPresent = Vector.Equals(values[i], values[i]);
                    // A comparison that holds is -1.
                    below[i] -= Vector.LessThan(keys, lows[i]) & isPresent;
                    lowest[i] -= Vector.Equals(keys, lows[i]) & isPresent;
                    highest[i] -= Vector.Equals(keys, highs[i]) & isPresent;
                    var isInside = Vector.GreaterThan(keys, lows[i]) & Vector.LessThan(keys, highs[i]) & isPresent;
                    if (isInside != Vector<int>.Zero)
                        AddInside(keys, isInside, i * Vector<int>.Count);
                }
            }
        }

        /// <summary>Adds the counts of a column to others.</summary>
        public void AddTo(Span<int> counts, int column)
        {
            counts[0] += _below[column];
            for (var part = 0; part < 1 << PartBits; part++)
                counts[part + 1] += _parts[(column << PartBits) + part];
            counts[1] += _lowest[column];
            counts[1 + PartOf(brackets.High[column], column)] += _highest[column];
        }

        private static Span<Vector<int>> VectorsOf(int[] values) => MemoryMarshal.Cast<int, Vector<int>>(values.AsSpan());

        private void AddInside(Vector<int> keys, Vector<int> isInside, int column)
        {
            for (var lane = 0; lane < Vector<int>.Count; lane++, column++)
            {
                if (isInside[lane] != 0)
                    _parts[(column << PartBits) + PartOf(keys[lane], column)]++;
            }
        }

        private int PartOf(int key, int column) => (int)((uint)(key - brackets.Low[column]) >> _shifts[column]);
    }
}
