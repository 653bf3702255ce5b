using Engine.Compute;
using Engine.Compute.Irls;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>The function that a fit maximizes, and its derivatives, in the order of <see cref="LogisticFit.Coefficients"/>: intercept first.</summary>
/// <remarks>
/// <para>The normal equations have the intercept last, behind the features of a padded row; <see cref="ColumnOf"/> is the bridge. It must come first here,
/// so that of a constant column and the intercept the factorization leaves out the column.</para>
/// <para>Coefficients are those of a <see cref="ColumnBasis"/> where the columns of the rows cannot be told apart well enough (<see cref="Conditioning"/>): <see cref="ToDesign"/> leads back.
/// Log-likelihood, gradient and information count in units of <see cref="WeightedRows.Scale"/>.</para>
/// </remarks>
internal sealed partial class PenalizedLikelihood : IDisposable
{
    private readonly LogisticOptions _options;
    private readonly IFitRows _passes;
    private readonly double _penalty;

    /// <summary>The second derivatives of the penalty in the coefficients of a basis, which mix them; null where they do not.</summary>
    private readonly double[]? _penaltyMatrix;

    public PenalizedLikelihood(WeightedRows rows, LogisticOptions options, ColumnBasis? basis = null, IReadOnlyList<int>? leftOut = null)
    {
        (Rows, _options, Basis, LeftOut) = (rows, options, basis, leftOut ?? []);
        _penalty = options.RidgePenalty * rows.Scale;
        if (!double.IsFinite(_penalty))
            Throw.Argument_Invalid(nameof(options.RidgePenalty), $"a penalty of {options.RidgePenalty:G3} is no double any more where the weights are brought to 1 a row; give larger weights, or a smaller penalty: every coefficient is 0 under this one.");
        Size = rows.FeatureCount + FirstFeature;
        // A backend sums over columns as they are; replaced ones are the processor's.
        _passes = basis is null
            ? options.Compute.Backend.PrepareFit(rows.ToRequest(), options.Compute)
            : new SimdFitRows(rows.ToRequest(), options.Compute, basis);
        if (basis is not null && IsPenalized)
            _penaltyMatrix = PenaltyInBasis();
    }

    /// <summary>Gets the rows.</summary>
    public WeightedRows Rows { get; }

    /// <summary>Gets the columns of the coefficients; null for those of the rows.</summary>
    public ColumnBasis? Basis { get; }

    /// <summary>Gets the coefficients that stay 0, because their columns are combinations of others.</summary>
    public IReadOnlyList<int> LeftOut { get; }

    /// <summary>Gets the number of coefficients.</summary>
    public int Size { get; }

    /// <summary>Gets whether there is a penalty, and with it always an optimum; one that is 0 beside the weights is none.</summary>
    public bool IsPenalized => _penalty > 0;

    /// <summary>Gets the number of blocks of rows.</summary>
    public long BlockCount => Rows.BlockCount;

    private int FirstFeature => _options.HasIntercept ? 1 : 0;

    /// <summary>Returns the same function of the coefficients of another basis, some of which stay 0.</summary>
    public PenalizedLikelihood In(ColumnBasis? basis, IReadOnlyList<int> leftOut) => new(Rows, _options, basis, leftOut);

    /// <summary>Sums the gradients of many coefficients at once over all rows.</summary>
    /// <param name="points">Any number of coefficient vectors.</param>
    /// <returns>For each the gradient and the log-likelihood, both without penalty.</returns>
    public (double[] Gradient, double LogLikelihood)[] Gradients(IReadOnlyList<double[]> points)
    {
        var sums = points.Select(_ => new NormalEquations(Size, hasHessian: false)).ToArray();
        _passes.AccumulateGradients([.. points.Select(point => ToColumns(point))], sums);
        return [.. sums.Select(sum => (FromColumns(sum.Gradient), sum.LogLikelihood))];
    }

    /// <summary>Returns an estimate of the same function from a sample of the rows.</summary>
    public PenalizedLikelihood Sample() => new(Rows.Sample(_options.Compute), _options, Basis, LeftOut);

    /// <summary>Sums over the rows at given coefficients.</summary>
    public NormalEquations Sum(ReadOnlySpan<double> coefficients, bool hasHessian = true)
    {
        var total = new NormalEquations(Size, hasHessian);
        _passes.Accumulate(ToColumns(coefficients), total);
        return total;
    }

    /// <summary>Returns the log-likelihood less the penalty.</summary>
    public double Objective(NormalEquations sums, ReadOnlySpan<double> coefficients) =>
        IsPenalized ? sums.LogLikelihood - (DoubleVector.Dot(PenaltyOn(coefficients), coefficients) / 2) : sums.LogLikelihood;

    /// <summary>Returns the gradient of <see cref="Objective"/>.</summary>
    public double[] Gradient(NormalEquations sums, ReadOnlySpan<double> coefficients)
    {
        var gradient = FromColumns(sums.Gradient);
        if (IsPenalized)
            DoubleVector.AddScaled(gradient, -1, PenaltyOn(coefficients));
        return gradient;
    }

    /// <summary>Factorizes the negative Hessian of <see cref="Objective"/>, the penalized information.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="smallestShare">See <see cref="Cholesky"/>.</param>
    public Cholesky Factorize(NormalEquations sums, double smallestShare = Cholesky.RoundingShare) =>
        new(Information(sums), Size, Size, smallestShare, LeftOut, cancellation: _options.Compute.CancellationToken);

    /// <summary>Returns the negative Hessian of <see cref="Objective"/>: the lower triangle of <see cref="Size"/> x <see cref="Size"/> values.</summary>
    public double[] Information(NormalEquations sums)
    {
        var penalized = Products(sums);
        for (var i = 0; i < penalized.Length && _penaltyMatrix is not null; i++)
            penalized[i] += _penaltyMatrix[i];
        for (var i = FirstFeature; i < Size && _penaltyMatrix is null; i++)
            penalized[(i * Size) + i] += _penalty;
        return penalized;
    }

    /// <summary>Returns the diagonal of the sums' Hessian, without penalty.</summary>
    public double[] Diagonal(NormalEquations sums) =>
        [.. Enumerable.Range(0, Size).Select(ColumnOf).Select(column => sums.Hessian[(column * sums.Stride) + column])];

    /// <summary>Returns the sum of the curvatures of all rows, or the most that it can be where no column tells.</summary>
    public double TotalCurvature(NormalEquations sums) =>
        _options.HasIntercept ? sums.Hessian[(ColumnOf(0) * sums.Stride) + ColumnOf(0)] : WeightedRows.Told(Rows.NegativeWeight, Rows.PositiveWeight);

    /// <summary>Returns what a full Newton step adds to the log-likelihood without penalty, to second order.</summary>
    /// <param name="coefficients">Where the step begins.</param>
    /// <param name="step">The step.</param>
    /// <param name="squaredDistance">The step times the penalized gradient, which is the step's length in the penalized information.</param>
    public double GainOf(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> step, double squaredDistance)
    {
        if (!IsPenalized)
            return squaredDistance / 2;
        var middle = coefficients.ToArray();
        DoubleVector.AddScaled(middle, 0.5, step);
        return (squaredDistance / 2) + DoubleVector.Dot(PenaltyOn(middle), step);
    }

    /// <summary>Computes the linear predictors of the rows that this process reads; see <see cref="SimdFitRows.Predict"/>.</summary>
    public void Predict(IReadOnlyList<double[]> coefficients, SimdFitRows.PredictedRows action) =>
        new SimdFitRows(Rows.ToRequest(), _options.Compute, Basis).Predict([.. coefficients.Select(model => ToColumns(model))], action);

    /// <summary>Sums the products of the columns over some rows, each with weight 1/4: what the information of a model that knows nothing would be.</summary>
    /// <returns>The lower triangle of <see cref="Size"/> x <see cref="Size"/> values.</returns>
    public double[] ProductsOver(MarkedRows rows)
    {
        var sums = new NormalEquations(Size);
        new SimdFitRows(Rows.ToRequest(rows, _options.Compute), _options.Compute, Basis).Accumulate(new double[Size], sums);
        return Products(sums);
    }

    /// <inheritdoc/>
    public void Dispose() => _passes.Dispose();

    /// <summary>Returns the gradient of the penalty.</summary>
    private double[] PenaltyOn(ReadOnlySpan<double> coefficients)
    {
        var gradient = new double[Size];
        for (var i = FirstFeature; i < Size && _penaltyMatrix is null; i++)
            gradient[i] = _penalty * coefficients[i];
        if (_penaltyMatrix is null)
            return gradient;
        for (var i = 0; i < Size; i++)
            gradient[i] = DoubleVector.Dot(_penaltyMatrix.AsSpan(i * Size, Size), coefficients);
        return gradient;
    }
}
