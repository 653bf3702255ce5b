using Engine.Compute;
using Engine.Compute.Irls;
using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>The function that a fit maximizes, and its derivatives, in the order of <see cref="LogisticFit.Coefficients"/>: intercept first.</summary>
/// <remarks>
/// The normal equations have the intercept last, behind the features of a padded row; <see cref="ColumnOf"/> is the bridge. It must come first here,
/// so that of a constant column and the intercept the factorization leaves out the column.
/// </remarks>
internal sealed class PenalizedLikelihood : IDisposable
{
    private readonly WeightedRows _rows;
    private readonly LogisticOptions _options;
    private readonly IFitRows _passes;
    private readonly double[] _penalties;

    public PenalizedLikelihood(WeightedRows rows, LogisticOptions options)
    {
        _rows = rows;
        _options = options;
        _passes = (options.Backend ?? SimdBackend.Instance).PrepareFit(rows.ToRequest(), options.Compute);
        Size = rows.FeatureCount + (options.HasIntercept ? 1 : 0);
        _penalties = new double[Size];
        _penalties.AsSpan(Size - rows.FeatureCount).Fill(options.RidgePenalty);
    }

    /// <summary>Gets the number of coefficients.</summary>
    public int Size { get; }

    /// <summary>Gets the number of features.</summary>
    public int FeatureCount => _rows.FeatureCount;

    /// <summary>Gets the sum of the weights of all rows.</summary>
    public double TotalWeight => _rows.PositiveWeight + _rows.NegativeWeight;

    /// <summary>Gets whether there is a penalty, and with it always an optimum.</summary>
    public bool IsPenalized => _options.RidgePenalty > 0;

    /// <summary>Gets the number of blocks of rows.</summary>
    public long BlockCount => _rows.BlockCount;

    /// <summary>Sums the gradients of many coefficients at once over all rows, on the processor; see <see cref="GradientBatch"/>.</summary>
    /// <param name="points">Any number of coefficient vectors.</param>
    /// <returns>For each the gradient and the log-likelihood, both without penalty.</returns>
    public (double[] Gradient, double LogLikelihood)[] Gradients(IReadOnlyList<double[]> points)
    {
        using var total = new GradientBatch(points, ColumnOf);
        ((SimdFitRows)_passes).AccumulateGradients(total);
        return [.. points.Select((_, model) => (total.GradientOf(model, ColumnOf), total.LogLikelihoodOf(model)))];
    }

    /// <summary>Returns an estimate of the same function from a sample of the rows.</summary>
    public PenalizedLikelihood Sample() => new(_rows.Sample(_options.Compute.ToParallelOptions()), _options);

    /// <summary>Sums over the rows at given coefficients.</summary>
    public NormalEquations Sum(ReadOnlySpan<double> coefficients, bool hasHessian = true)
    {
        var columns = new double[Size];
        for (var i = 0; i < Size; i++)
            columns[ColumnOf(i)] = coefficients[i];
        var total = new NormalEquations(Size, hasHessian);
        _passes.Accumulate(columns, total);
        return total;
    }

    /// <summary>Returns the log-likelihood less the penalty.</summary>
    public double Objective(NormalEquations sums, ReadOnlySpan<double> coefficients)
    {
        var penalty = 0.0;
        for (var i = 0; i < Size; i++)
            penalty += _penalties[i] / 2 * coefficients[i] * coefficients[i];
        return sums.LogLikelihood - penalty;
    }

    /// <summary>Returns the gradient of <see cref="Objective"/>.</summary>
    public double[] Gradient(NormalEquations sums, ReadOnlySpan<double> coefficients)
    {
        var gradient = new double[Size];
        for (var i = 0; i < Size; i++)
            gradient[i] = sums.Gradient[ColumnOf(i)] - (_penalties[i] * coefficients[i]);
        return gradient;
    }

    /// <summary>Factorizes the negative Hessian of <see cref="Objective"/>, the penalized information.</summary>
    public Cholesky Factorize(NormalEquations sums) => new(Information(sums), Size, Size);

    /// <summary>Returns the negative Hessian of <see cref="Objective"/>: the lower triangle of <see cref="Size"/> x <see cref="Size"/> values.</summary>
    public double[] Information(NormalEquations sums)
    {
        var penalized = new double[Size * Size];
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                // The sums hold their lower triangle, in their own order of columns.
                var (row, column) = (Math.Max(ColumnOf(i), ColumnOf(j)), Math.Min(ColumnOf(i), ColumnOf(j)));
                penalized[(i * Size) + j] = sums.Hessian[(row * sums.Stride) + column];
            }

            penalized[(i * Size) + i] += _penalties[i];
        }

        return penalized;
    }

    /// <summary>Returns what a full Newton step adds to the log-likelihood without penalty, to second order.</summary>
    /// <param name="coefficients">Where the step begins.</param>
    /// <param name="step">The step.</param>
    /// <param name="squaredDistance">The step times the penalized gradient, which is the step's length in the penalized information.</param>
    public double GainOf(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> step, double squaredDistance)
    {
        var gain = squaredDistance / 2;
        for (var i = 0; i < Size; i++)
            gain += _penalties[i] * step[i] * (coefficients[i] + (step[i] / 2));
        return gain;
    }

    /// <summary>Returns the column of the normal equations that a coefficient has; for a coefficient of a feature, also its feature.</summary>
    public int ColumnOf(int coefficient) => !_options.HasIntercept ? coefficient : coefficient == 0 ? _rows.FeatureCount : coefficient - 1;

    /// <inheritdoc/>
    public void Dispose() => _passes.Dispose();
}
