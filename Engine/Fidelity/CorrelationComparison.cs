using Engine.Compute;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Fidelity;

/// <summary>Correlations of real columns beside those of synthetic ones, and how far apart they are.</summary>
/// <remarks>
/// <para><b>Computes</b>: Pearson's coefficient of every pair of columns of numbers and of 0/1, over the rows in which both are present.</para>
/// <para><b>NaN</b> in a matrix: a column of the pair is constant, or fewer than two rows have both.</para>
/// <para><b>Source</b>: figure 2 of Smolyak et al. 2024; CorrelationSimilarity of SDMetrics.</para>
/// </remarks>
public sealed class CorrelationComparison
{
    /// <summary>What of a sum of squares rounding can leave where a column is constant.</summary>
    private const double RoundingShare = 1e-12;

    private CorrelationComparison(IReadOnlyList<string> columns, double[] real, double[] synthetic)
    {
        Columns = columns;
        Real = real;
        Synthetic = synthetic;
        var (sum, squares, similarity, count) = (0.0, 0.0, 0.0, 0);
        for (var row = 0; row < columns.Count; row++)
        {
            for (var column = 0; column < row; column++)
            {
                var difference = Math.Abs(real[(row * columns.Count) + column] - synthetic[(row * columns.Count) + column]);
                if (double.IsNaN(difference))
                    continue;
                sum += difference;
                squares += difference * difference;
                similarity += 1 - (difference / 2);
                count++;
            }
        }

        PairCount = count;
        const string reason = "no pair of columns varies in both tables";
        MeanAbsoluteDifference = count == 0 ? FidelityScore.Undefined(reason) : FidelityScore.Of(sum / count);
        // Both triangles count, as in the norm of the whole matrix.
        FrobeniusDistance = count == 0 ? FidelityScore.Undefined(reason) : FidelityScore.Of(Math.Sqrt(2 * squares));
        Similarity = count == 0 ? FidelityScore.Undefined(reason) : FidelityScore.Of(similarity / count);
    }

    /// <summary>Gets the names of the columns, in the order of the matrices.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Gets the correlations of the real columns, columns x columns, row-major; NaN where undefined.</summary>
    public ReadOnlyMemory<double> Real { get; }

    /// <summary>Gets the correlations of the synthetic columns, likewise.</summary>
    public ReadOnlyMemory<double> Synthetic { get; }

    /// <summary>Gets the number of pairs of columns that are correlated in both tables.</summary>
    public int PairCount { get; }

    /// <summary>Gets the mean of |real - synthetic| over pairs, 0 to 2; 0 is best.</summary>
    public FidelityScore MeanAbsoluteDifference { get; }

    /// <summary>Gets the Frobenius norm of the difference of the matrices, 0 where undefined in either; 0 is best.</summary>
    public FidelityScore FrobeniusDistance { get; }

    /// <summary>Gets the mean over pairs of 1 - |real - synthetic| / 2, 0 to 1; 1 is best.</summary>
    public FidelityScore Similarity { get; }

    /// <summary>Compares the correlations of two tables.</summary>
    /// <param name="real">n real rows, 1 or more.</param>
    /// <param name="synthetic">m rows of the same columns, 1 or more.</param>
    /// <param name="options">How to use the machine; no bit of the result depends on it.</param>
    /// <returns>The comparison, over the columns that are no categories.</returns>
    /// <exception cref="ArgumentException">A table has no row, or the columns differ.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    /// <remarks><b>Cost</b>: two passes over the rows, n p² / 2 multiply-adds where nothing is missing, up to six times as many where something is.</remarks>
    public static CorrelationComparison Compute(SchemaTable real, SchemaTable synthetic, ComputeOptions? options = null)
    {
        TablePair.Check(real, synthetic);
        var parallel = (options ?? ComputeOptions.Default).ToParallelOptions();
        var columns = Enumerable.Range(0, real.Schema.Columns.Count).Where(column => real.Schema.Columns[column].Kind != ColumnKind.Category).ToArray();
        return new CorrelationComparison(
            [.. columns.Select(column => real.Schema.Columns[column].Name)], Correlate(real.Rows, columns, parallel), Correlate(synthetic.Rows, columns, parallel));
    }

    private static double[] Correlate(SampleMatrix rows, int[] columns, ParallelOptions options)
    {
        var moments = ColumnMoments.Of(rows, columns, options);
        var totals = new PairSums(columns.Length);
        using var hold = rows.Hold();
        BlockReduction.Sum(
            rows.BlockCount,
            options,
            () => new PairBlock(rows, columns, moments),
            static partial => partial.Sums.Clear(),
            static (partial, blockIndex) => partial.Add(blockIndex),
            partial => totals.Add(partial.Sums));
        return totals.ToCorrelations(moments);
    }

    /// <summary>Sums over the rows in which both columns of a pair are present: of values less their column's mean.</summary>
    private sealed class PairSums
    {
        private readonly int _columnCount;

        // Entry (i, j): of column i over the rows that have j.
        private readonly double[] _counts;
        private readonly double[] _sums;
        private readonly double[] _squares;
        private readonly double[] _products;

        public PairSums(int columnCount)
        {
            _columnCount = columnCount;
            var length = columnCount * columnCount;
            (_counts, _sums, _squares, _products) = (new double[length], new double[length], new double[length], new double[length]);
        }

        public void Clear()
        {
            foreach (var array in new[] { _counts, _sums, _squares, _products })
                Array.Clear(array);
        }

        public void Add(PairSums other)
        {
            DoubleVector.AddScaled(_counts, 1, other._counts);
            DoubleVector.AddScaled(_sums, 1, other._sums);
            DoubleVector.AddScaled(_squares, 1, other._squares);
            DoubleVector.AddScaled(_products, 1, other._products);
        }

        public void AddProducts(int first, int second, ReadOnlySpan<double> x, ReadOnlySpan<double> y) =>
            _products[(first * _columnCount) + second] += DoubleVector.Dot(x, y);

        public void AddOver(int column, int other, ReadOnlySpan<double> values, ReadOnlySpan<double> squares, ReadOnlySpan<double> own, ReadOnlySpan<double> present)
        {
            var entry = (column * _columnCount) + other;
            _counts[entry] += DoubleVector.Dot(own, present);
            _sums[entry] += DoubleVector.Dot(values, present);
            _squares[entry] += DoubleVector.Dot(squares, present);
        }

        /// <summary>Computes the coefficients; a column without missing values has one sum for all others that have none.</summary>
        public double[] ToCorrelations(ColumnMoments moments)
        {
            var correlations = new double[_columnCount * _columnCount];
            for (var i = 0; i < _columnCount; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    var whole = moments.IsComplete(i) && moments.IsComplete(j);
                    var (first, second) = whole ? ((i * _columnCount) + i, (j * _columnCount) + j) : ((i * _columnCount) + j, (j * _columnCount) + i);
                    var correlation = Correlation(_counts[first], _sums[first], _squares[first], _sums[second], _squares[second], _products[(i * _columnCount) + j]);
                    // A column is correlated with itself by 1, whatever rounding says.
                    correlations[(i * _columnCount) + j] = correlations[(j * _columnCount) + i] = i == j && !double.IsNaN(correlation) ? 1 : correlation;
                }
            }

            return correlations;
        }

        private static double Correlation(double count, double sumX, double squaresX, double sumY, double squaresY, double products)
        {
            if (count < 2)
                return double.NaN;
            var (x, y) = (squaresX - (sumX * sumX / count), squaresY - (sumY * sumY / count));
            if (!(x > RoundingShare * squaresX && y > RoundingShare * squaresY))
                return double.NaN;
            return Math.Clamp((products - (sumX * sumY / count)) / Math.Sqrt(x) / Math.Sqrt(y), -1, 1);
        }
    }

    /// <summary>A block of rows, column by column.</summary>
    private sealed class PairBlock
    {
        private readonly SampleMatrix _rows;
        private readonly int[] _columns;
        private readonly ColumnMoments _moments;
        private readonly float[] _scratch;
        private readonly double[][] _values;
        private readonly double[][] _squares;
        private readonly double[][] _present;

        public PairBlock(SampleMatrix rows, int[] columns, ColumnMoments moments)
        {
            (_rows, _columns, _moments, _scratch) = (rows, columns, moments, new float[rows.BlockScratchLength]);
            (_values, _squares, _present) = (Create(columns.Length), Create(columns.Length), Create(columns.Length));
            Sums = new PairSums(columns.Length);
        }

        public PairSums Sums { get; }

        public void Add(long blockIndex)
        {
            var block = _rows.ReadBlock(blockIndex, _scratch);
            for (var i = 0; i < _columns.Length; i++)
            {
                for (var row = 0; row < block.RowCount; row++)
                {
                    double value = block.Values[(row * block.Stride) + _columns[i]];
                    var isPresent = !double.IsNaN(value);
                    var centered = isPresent ? value - _moments.MeanOf(i) : 0;
                    (_values[i][row], _squares[i][row], _present[i][row]) = (centered, centered * centered, isPresent ? 1 : 0);
                }
            }

            for (var i = 0; i < _columns.Length; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    Sums.AddProducts(i, j, _values[i].AsSpan(0, block.RowCount), _values[j]);
                    if (i != j && _moments.IsComplete(i) && _moments.IsComplete(j))
                        continue;
                    AddOver(i, j, block.RowCount);
                    if (i != j)
                        AddOver(j, i, block.RowCount);
                }
            }
        }

        private void AddOver(int column, int other, int rowCount) => Sums.AddOver(
            column, other, _values[column].AsSpan(0, rowCount), _squares[column].AsSpan(0, rowCount), _present[column].AsSpan(0, rowCount), _present[other]);

        private static double[][] Create(int count)
        {
            var columns = new double[count][];
            for (var column = 0; column < count; column++)
                columns[column] = new double[SampleMatrix.RowsPerBlock];
            return columns;
        }
    }
}
