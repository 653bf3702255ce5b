using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Numerics;

namespace Engine.Synthesis;

/// <summary>The correlations of latent variables, from the classes that rows show of them.</summary>
/// <remarks>
/// <para><b>Computes</b> three steps. (1) t = covariance of the scores of two variables over the n rows that show both: where some row does not, their correlation there times the
/// deviations of both. With m = n x variance x variance', the rows that so many scores are worth, and c the correlation of the scores, u = ((1 - c²)² + 1 / m) / m is about the variance
/// of an estimate, and t becomes t s / (s + u), s = <see cref="PriorVariance"/>: the mean of what the rows say and of what is usual. A pair of rare events, of which few rows say
/// anything, counts for little. (2) The correlation r for which E s s' = t, by the series of <see cref="LatentVariable"/>: a rare event's score has little variance, and this step is what
/// keeps ties from weakening correlations. (3) Where the matrix R of all of them has a negative eigenvalue, (R + |R|) / 2, which has R's eigenvalues above 0 and 0 for the others, is scaled to a
/// diagonal of 1; and then (1 - w) R + w I with the smallest w of 0, 1/1024, ... 1 whose smallest eigenvalue is at least <see cref="SmallestEigenvalue"/>. Every eigenvalue m of R becomes
/// (1 - w) m + w, and the smallest, 1 at the most, rises with w; so halving finds w, and 1 always does.</para>
/// <para><b>Determinism</b>: sums in a fixed order in double; the same bits for any number of threads.</para>
/// </remarks>
internal sealed class LatentCorrelation
{
    /// <summary>What no eigenvalue of a correlation matrix falls below.</summary>
    public const double SmallestEigenvalue = 1.0 / 1024;

    /// <summary>What the square of a correlation is before any row was seen: three in ten either way are usual among clinical columns.</summary>
    public const double PriorVariance = 0.1;

    private const int RowsPerBlock = 256;
    private const int ShrinkageSteps = 1024;
    private const int NewtonSteps = 60;
    private const int SignSteps = 20;
    private const double RootTolerance = 1e-12;

    /// <summary>The share of a variance that rounding can leave of one that is 0.</summary>
    private const double RoundingShare = 1e-12;

    private LatentCorrelation(double[] matrix, double shrinkage, Cholesky factor)
    {
        Matrix = matrix;
        Shrinkage = shrinkage;
        Factor = factor;
    }

    /// <summary>Gets the correlations, row-major.</summary>
    public double[] Matrix { get; }

    /// <summary>Gets by how much the correlations, as the root of the sum of their squares, lost to be those of some variables: 0 to 1.</summary>
    public double Shrinkage { get; }

    /// <summary>Gets the factorization of <see cref="Matrix"/>.</summary>
    public Cholesky Factor { get; }

    /// <summary>Estimates correlations.</summary>
    /// <param name="variables">The variables, of equally many rows.</param>
    /// <param name="options">How to use the machine.</param>
    public static LatentCorrelation Of(IReadOnlyList<LatentVariable> variables, ParallelOptions options)
    {
        var size = variables.Count;
        var sums = PairSums.Over(variables, options);
        var matrix = new double[size * size];
        ParallelLoop.For(0, size, options, i =>
        {
            matrix[(i * size) + i] = 1;
            for (var j = 0; j < i; j++)
                matrix[(i * size) + j] = Correlation(variables[i], variables[j], sums.Covariance(i, j, out var rowCount), rowCount);
        });
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++)
                matrix[(j * size) + i] = matrix[(i * size) + j];
        }

        var possible = IsPositive(matrix, size, 0, options.CancellationToken) ? matrix : ProjectToPositive(matrix, size, options.CancellationToken);
        possible = Shrink(possible, size, FindShrinkage(possible, size, options.CancellationToken), diagonal: 1);
        var (before, after) = (DoubleVector.Dot(matrix, matrix) - size, DoubleVector.Dot(possible, possible) - size);
        var shrinkage = after < before ? 1 - Math.Sqrt(after / before) : 0;
        return new LatentCorrelation(possible, shrinkage, new Cholesky(possible, size, size, smallestShare: 0, cancellation: options.CancellationToken));
    }

    /// <summary>Finds the correlation of two variables whose scores have a covariance.</summary>
    /// <param name="x">A variable.</param>
    /// <param name="y">Another.</param>
    /// <param name="covariance">The covariance of their scores.</param>
    /// <param name="rowCount">The rows that it was taken over; infinity for one that is known.</param>
    /// <returns>-1 to 1.</returns>
    public static double Correlation(LatentVariable x, LatentVariable y, double covariance, double rowCount)
    {
        var independent = x.Variance * y.Variance;
        var unexplained = Math.Max(0, 1 - (covariance * covariance / independent));
        var worth = rowCount * independent;
        var variance = ((unexplained * unexplained) + (1 / worth)) / worth;
        var target = covariance * PriorVariance / (PriorVariance + variance);
        Span<double> series = stackalloc double[Math.Min(x.Coefficients.Length, y.Coefficients.Length)];
        Multiply(x, y, series);
        return Solve(series, target);
    }

    /// <summary>Computes the covariance of the scores of two variables of a correlation.</summary>
    public static double Covariance(LatentVariable x, LatentVariable y, double correlation)
    {
        Span<double> series = stackalloc double[Math.Min(x.Coefficients.Length, y.Coefficients.Length)];
        Multiply(x, y, series);
        return Evaluate(series, correlation, out _);
    }

    private static void Multiply(LatentVariable x, LatentVariable y, Span<double> series)
    {
        for (var k = 0; k < series.Length; k++)
            series[k] = x.Coefficients[k] * y.Coefficients[k];
    }

    /// <summary>Solves sum c(k) r^k = target within -1 to 1, by Newton's steps that never leave the bracket of the root.</summary>
    private static double Solve(ReadOnlySpan<double> series, double target)
    {
        var (lower, upper) = target > 0 ? (0.0, 1.0) : (-1.0, 0.0);
        var end = target > 0 ? upper : lower;
        if (Math.Abs(target) >= Math.Abs(Evaluate(series, end, out _)))
            return end;
        var root = Math.Clamp(target / series[0], lower, upper);
        for (var step = 0; step < NewtonSteps; step++)
        {
            var excess = Evaluate(series, root, out var slope) - target;
            if (excess > 0)
                upper = root;
            else
                lower = root;
            var next = root - (excess / slope);
            if (!(next > lower && next < upper))
                next = 0.5 * (lower + upper);
            if (Math.Abs(next - root) <= RootTolerance)
                return next;
            root = next;
        }

        return root;
    }

    private static double Evaluate(ReadOnlySpan<double> series, double root, out double slope)
    {
        var value = 0.0;
        slope = 0;
        for (var k = series.Length - 1; k >= 0; k--)
        {
            slope = (slope * root) + value;
            value = (value * root) + series[k];
        }

        // The series begins with the first power.
        slope = (slope * root) + value;
        return value * root;
    }

    /// <summary>Returns (R + R sign R) / 2, scaled to a diagonal of 1; the sign by Newton's and Schulz's iteration X (3 - X²) / 2, which leaves eigenvalues close to 0 in between.</summary>
    private static double[] ProjectToPositive(double[] matrix, int size, CancellationToken cancellation)
    {
        var norm = 0.0;
        for (var i = 0; i < size; i++)
            norm = Math.Max(norm, matrix.AsSpan(i * size, size).ToArray().Sum(Math.Abs));
        var sign = Array.ConvertAll(matrix, entry => entry / norm);
        for (var step = 0; step < SignSteps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var cube = Multiply(Multiply(sign, sign, size), sign, size);
            for (var i = 0; i < sign.Length; i++)
                sign[i] = (1.5 * sign[i]) - (0.5 * cube[i]);
        }

        var product = Multiply(matrix, sign, size);
        var diagonal = new double[size];
        for (var i = 0; i < size; i++)
            diagonal[i] = Math.Sqrt(0.5 * (1 + product[(i * size) + i]));
        var projected = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            projected[(i * size) + i] = 1;
            for (var j = 0; j < i; j++)
            {
                // R and its sign commute but for rounding, of which both halves get the same.
                var sum = matrix[(i * size) + j] + (0.5 * (product[(i * size) + j] + product[(j * size) + i]));
                projected[(i * size) + j] = projected[(j * size) + i] = 0.5 * sum / (diagonal[i] * diagonal[j]);
            }
        }

        return projected;
    }

    private static double[] Multiply(double[] left, double[] right, int size)
    {
        var product = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < size; k++)
                AddScaled(product.AsSpan(i * size, size), left[(i * size) + k], right.AsSpan(k * size, size));
        }

        return product;
    }

    /// <summary>Adds a multiple of a vector, element by element: any width of vectors gives the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(Span<double> sums, double factor, ReadOnlySpan<double> values)
    {
        var i = 0;
        var factors = new Vector<double>(factor);
        for (; i <= sums.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(sums[i..]) + (factors * new Vector<double>(values[i..]))).CopyTo(sums[i..]);
        for (; i < sums.Length; i++)
            sums[i] += factor * values[i];
    }

    private static double FindShrinkage(double[] matrix, int size, CancellationToken cancellation)
    {
        var (fails, holds) = (-1, ShrinkageSteps);
        while (holds - fails > 1)
        {
            // Most matrices need none or little.
            var step = fails < 0 ? 0 : Math.Min((fails + holds) / 2, (2 * fails) + 1);
            if (IsPositive(matrix, size, (double)step / ShrinkageSteps, cancellation))
                holds = step;
            else
                fails = step;
        }

        return (double)holds / ShrinkageSteps;
    }

    /// <summary>Returns whether, brought towards 0 by a share, a matrix has no eigenvalue below the smallest.</summary>
    private static bool IsPositive(double[] matrix, int size, double shrinkage, CancellationToken cancellation) =>
        new Cholesky(Shrink(matrix, size, shrinkage, 1 - SmallestEigenvalue), size, size, smallestShare: 0, cancellation: cancellation).LeftOut.Count == 0;

    private static double[] Shrink(double[] matrix, int size, double shrinkage, double diagonal)
    {
        var shrunk = Array.ConvertAll(matrix, entry => (1 - shrinkage) * entry);
        for (var i = 0; i < size; i++)
            shrunk[(i * size) + i] = diagonal;
        return shrunk;
    }

    /// <summary>Sums over the rows that show both of two variables: how many, their scores, squares and products.</summary>
    private sealed class PairSums(IReadOnlyList<LatentVariable> variables)
    {
        private readonly int _size = variables.Count;
        private readonly double[] _products = new double[variables.Count * variables.Count];
        private readonly double[]? _counts = SquareUnlessComplete(variables);
        private readonly double[]? _scores = SquareUnlessComplete(variables);
        private readonly double[]? _squares = SquareUnlessComplete(variables);

        public static PairSums Over(IReadOnlyList<LatentVariable> variables, ParallelOptions options)
        {
            var total = new PairSums(variables);
            if (variables.Count == 0)
                return total;
            var rowCount = variables[0].Classes.Length;
            BlockReduction.Sum(
                (rowCount + RowsPerBlock - 1) / RowsPerBlock,
                options,
                () => (Sums: new PairSums(variables), Block: new ScoreBlock(variables)),
                static partial => partial.Sums.Clear(),
                (partial, block) => partial.Sums.Add(partial.Block, (int)block * RowsPerBlock, Math.Min(RowsPerBlock, rowCount - ((int)block * RowsPerBlock))),
                partial => total.Add(partial.Sums));
            return total;
        }

        /// <summary>Returns the covariance of two scores, 0 where too few rows show both or one does not vary there.</summary>
        public double Covariance(int i, int j, out double rowCount)
        {
            rowCount = variables[i].Classes.Length;
            if (variables[i].IsComplete && variables[j].IsComplete)
                return _products[(i * _size) + j] / rowCount;
            var (forward, backward) = ((i * _size) + j, (j * _size) + i);
            rowCount = _counts![forward];
            if (rowCount < 2)
                return 0;
            var product = _products[forward] - (_scores![forward] * _scores[backward] / rowCount);
            var x = _squares![forward] - (_scores[forward] * _scores[forward] / rowCount);
            var y = _squares[backward] - (_scores[backward] * _scores[backward] / rowCount);
            if (x <= RoundingShare * _squares[forward] || y <= RoundingShare * _squares[backward])
                return 0;
            return Math.Clamp(product / Math.Sqrt(x * y), -1, 1) * Math.Sqrt(variables[i].Variance * variables[j].Variance);
        }

        private static double[]? SquareUnlessComplete(IReadOnlyList<LatentVariable> variables) =>
            variables.All(static variable => variable.IsComplete) ? null : new double[variables.Count * variables.Count];

        private void Clear()
        {
            foreach (var sums in new[] { _products, _counts, _scores, _squares })
                sums?.AsSpan().Clear();
        }

        private void Add(PairSums other)
        {
            DoubleVector.AddScaled(_products, 1, other._products);
            if (_counts is null)
                return;
            DoubleVector.AddScaled(_counts, 1, other._counts);
            DoubleVector.AddScaled(_scores, 1, other._scores);
            DoubleVector.AddScaled(_squares, 1, other._squares);
        }

        private void Add(ScoreBlock block, int firstRow, int rowCount)
        {
            block.Read(firstRow, rowCount);
            for (var i = 0; i < _size; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var (forward, backward) = ((i * _size) + j, (j * _size) + i);
                    _products[forward] += DoubleVector.Dot(block.Scores(i), block.Scores(j));
                    if (variables[i].IsComplete && variables[j].IsComplete)
                        continue;
                    _counts![forward] += DoubleVector.Dot(block.Shown(i), block.Shown(j));
                    _scores![forward] += DoubleVector.Dot(block.Scores(i), block.Shown(j));
                    _scores[backward] += DoubleVector.Dot(block.Scores(j), block.Shown(i));
                    _squares![forward] += DoubleVector.Dot(block.Squares(i), block.Shown(j));
                    _squares[backward] += DoubleVector.Dot(block.Squares(j), block.Shown(i));
                }
            }
        }
    }

    /// <summary>The scores of some rows, variable by variable: 0 where a row does not show one.</summary>
    private sealed class ScoreBlock(IReadOnlyList<LatentVariable> variables)
    {
        private readonly double[] _scores = new double[variables.Count * RowsPerBlock];
        private readonly double[] _squares = new double[variables.Count * RowsPerBlock];
        private readonly double[] _shown = new double[variables.Count * RowsPerBlock];
        private int _rowCount;

        public void Read(int firstRow, int rowCount)
        {
            _rowCount = rowCount;
            for (var i = 0; i < variables.Count; i++)
            {
                var classes = variables[i].Classes.AsSpan(firstRow, rowCount);
                var scores = variables[i].Scores;
                for (var row = 0; row < rowCount; row++)
                {
                    var (place, shown) = ((i * RowsPerBlock) + row, classes[row] >= 0);
                    var score = shown ? scores[classes[row]] : 0;
                    (_scores[place], _squares[place], _shown[place]) = (score, score * score, shown ? 1 : 0);
                }
            }
        }

        public ReadOnlySpan<double> Scores(int variable) => _scores.AsSpan(variable * RowsPerBlock, _rowCount);

        public ReadOnlySpan<double> Squares(int variable) => _squares.AsSpan(variable * RowsPerBlock, _rowCount);

        public ReadOnlySpan<double> Shown(int variable) => _shown.AsSpan(variable * RowsPerBlock, _rowCount);
    }
}
