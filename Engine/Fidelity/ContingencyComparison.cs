using Engine.Compute;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Fidelity;

/// <summary>How well two synthetic columns have the joint distribution of the real ones.</summary>
/// <param name="First">The name of the first column.</param>
/// <param name="Second">The name of the second column.</param>
/// <param name="Similarity">1 - the total variation distance of the two contingency tables, 0 to 1; 1 is best.</param>
public sealed record ContingencySimilarity(string First, string Second, FidelityScore Similarity);

/// <summary>Contingency tables of real columns beside those of synthetic ones.</summary>
/// <remarks>
/// <para><b>Computes</b>, for every pair of which one column at least holds levels: 1 - sum |real share - synthetic share| / 2 over the cells of the table. Numbers are cut
/// into <see cref="BinCount"/> bins of equal width over the real range, values beyond it in the end bins; a missing value is a level of its own.</para>
/// <para><b>Source</b>: ContingencySimilarity of SDMetrics and its quality report.</para>
/// </remarks>
public sealed class ContingencyComparison
{
    /// <summary>The number of bins that numbers are cut into.</summary>
    public const int BinCount = 10;

    /// <summary>The largest number of cells of a table; a pair of categories with more is undefined.</summary>
    public const int LargestCellCount = 1 << 22;

    private ContingencyComparison(IReadOnlyList<ContingencySimilarity> pairs) => Pairs = pairs;

    /// <summary>Gets one entry a pair of columns, of which one at least holds levels.</summary>
    public IReadOnlyList<ContingencySimilarity> Pairs { get; }

    /// <summary>Gets the mean over the pairs.</summary>
    public FidelityScore Similarity => FidelityScore.MeanOf(Pairs.Select(static pair => pair.Similarity), "no pair of columns with levels can be judged");

    /// <summary>Compares the contingency tables of two tables.</summary>
    /// <param name="real">n real rows, 1 or more.</param>
    /// <param name="synthetic">m rows of the same columns, 1 or more.</param>
    /// <param name="options">How to use the machine; no bit of the result depends on it.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ArgumentException">A table has no row, or the columns differ.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    /// <remarks><b>Cost</b>: one count a row and pair; memory 8 bytes a cell and thread.</remarks>
    public static ContingencyComparison Compute(SchemaTable real, SchemaTable synthetic, ComputeOptions? options = null)
    {
        TablePair.Check(real, synthetic);
        var parallel = (options ?? ComputeOptions.Default).ToParallelOptions();
        var columns = real.Schema.Columns;
        var moments = ColumnMoments.Of(real.Rows, [.. Enumerable.Range(0, columns.Count)], parallel);
        var bins = new Bins[columns.Count];
        for (var column = 0; column < columns.Count; column++)
            bins[column] = new Bins(columns[column], moments.MinimumOf(column), moments.RangeOf(column));
        var pairs = new List<(int First, int Second)>();
        for (var first = 0; first < columns.Count; first++)
        {
            for (var second = first + 1; second < columns.Count; second++)
            {
                if (columns[first].IsNominal || columns[second].IsNominal)
                    pairs.Add((first, second));
            }
        }

        var scores = new ContingencySimilarity[pairs.Count];
        foreach (var run in RunsOf(pairs, bins))
        {
            var tables = new Tables(bins, [.. run.Select(pair => pairs[pair])]);
            var (ofReal, ofSynthetic) = (tables.Count(real.Rows, parallel), tables.Count(synthetic.Rows, parallel));
            for (var i = 0; i < run.Count; i++)
            {
                var (first, second) = pairs[run[i]];
                scores[run[i]] = new(columns[first].Name, columns[second].Name, tables.Compare(i, ofReal, real.RowCount, ofSynthetic, synthetic.RowCount));
            }
        }

        return new ContingencyComparison(scores);
    }

    /// <summary>Cuts the pairs into runs whose tables fit in memory together.</summary>
    private static List<List<int>> RunsOf(List<(int First, int Second)> pairs, Bins[] bins)
    {
        var runs = new List<List<int>>();
        var cells = long.MaxValue;
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            var more = Tables.CellCount(bins, pairs[pair]);
            if (runs.Count == 0 || cells + more > LargestCellCount)
            {
                runs.Add([]);
                cells = 0;
            }

            runs[^1].Add(pair);
            cells += more;
        }

        return runs;
    }

    /// <summary>What level of a column a value is: its own, its bin's, or the last where it is missing.</summary>
    private readonly struct Bins(ColumnDescription column, float minimum, double range)
    {
        private readonly bool _isNominal = column.IsNominal;
        private readonly double _minimum = range > 0 ? minimum : 0;
        private readonly double _range = range;

        public int Count { get; } = column.IsNominal ? column.LevelCount + 1 : BinCount + 1;

        public int LevelOf(float value)
        {
            if (float.IsNaN(value))
                return Count - 1;
            if (_isNominal)
                return (int)value;
            // A constant real column has one bin.
            return _range > 0 ? (int)Math.Clamp(Math.Floor((value - _minimum) / _range * BinCount), 0, BinCount - 1) : 0;
        }
    }

    /// <summary>The tables of some pairs, one after the other in memory.</summary>
    private sealed class Tables
    {
        private readonly Bins[] _bins;
        private readonly (int First, int Second)[] _pairs;
        private readonly int[] _starts;
        private readonly int[] _columns;

        public Tables(Bins[] bins, (int First, int Second)[] pairs)
        {
            (_bins, _pairs, _starts) = (bins, pairs, new int[pairs.Length + 1]);
            for (var pair = 0; pair < pairs.Length; pair++)
                _starts[pair + 1] = _starts[pair] + (int)CellCount(bins, pairs[pair]);
            _columns = [.. pairs.SelectMany(static pair => new[] { pair.First, pair.Second }).Distinct()];
        }

        /// <summary>Returns the number of cells of a pair; 0 where the pair has too many to be judged.</summary>
        public static long CellCount(Bins[] bins, (int First, int Second) pair)
        {
            var cells = (long)bins[pair.First].Count * bins[pair.Second].Count;
            return cells <= LargestCellCount ? cells : 0;
        }

        public long[] Count(SampleMatrix rows, ParallelOptions options)
        {
            var total = new long[_starts[^1]];
            using var hold = rows.Hold();
            ParallelLoop.For(
                0L,
                rows.BlockCount,
                options,
                () => (Counts: new long[total.Length], Levels: new int[_bins.Length][], Scratch: new float[rows.BlockScratchLength]),
                (blockIndex, _, own) =>
                {
                    Add(rows.ReadBlock(blockIndex, own.Scratch), own.Levels, own.Counts);
                    return own;
                },
                own =>
                {
                    // Whole numbers: the order of the threads changes nothing.
                    lock (total)
                    {
                        for (var cell = 0; cell < total.Length; cell++)
                            total[cell] += own.Counts[cell];
                    }
                });
            return total;
        }

        public FidelityScore Compare(int pair, long[] real, long realCount, long[] synthetic, long syntheticCount)
        {
            if (_starts[pair] == _starts[pair + 1])
                return FidelityScore.Undefined($"the table of the two categories has more than {LargestCellCount:N0} cells");
            var sum = 0.0;
            for (var cell = _starts[pair]; cell < _starts[pair + 1]; cell++)
                sum += Math.Abs(((double)real[cell] / realCount) - ((double)synthetic[cell] / syntheticCount));
            return FidelityScore.Of(1 - (sum / 2));
        }

        private void Add(RowBlock block, int[][] levels, long[] counts)
        {
            foreach (var column in _columns)
            {
                var ofColumn = levels[column] ??= new int[SampleMatrix.RowsPerBlock];
                for (var row = 0; row < block.RowCount; row++)
                    ofColumn[row] = _bins[column].LevelOf(block.Values[(row * block.Stride) + column]);
            }

            for (var pair = 0; pair < _pairs.Length; pair++)
            {
                var table = counts.AsSpan(_starts[pair], _starts[pair + 1] - _starts[pair]);
                if (table.IsEmpty)
                    continue;
                var (first, second, width) = (levels[_pairs[pair].First], levels[_pairs[pair].Second], _bins[_pairs[pair].Second].Count);
                for (var row = 0; row < block.RowCount; row++)
                    table[(first[row] * width) + second[row]]++;
            }
        }
    }
}
