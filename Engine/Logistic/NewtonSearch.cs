using Engine.Compute;
using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>The Newton steps of one fit, in the order of <see cref="LogisticFit.Coefficients"/>: intercept first.</summary>
/// <remarks>
/// The normal equations have the intercept last, behind the features of a padded row; <see cref="ColumnOf"/> is the bridge. It must come first here,
/// so that of a constant column and the intercept the factorization leaves out the column.
/// </remarks>
internal sealed class NewtonSearch
{
    private const int LargestHalvings = 30;

    /// <summary>Steps in a row that bring almost nothing while a linear predictor still grows: the sign of separated classes.</summary>
    private const int SeparatedStreak = 3;
    private const double NegligibleGain = 1e-6;
    private const double GrowingLinearPredictor = 0.5;

    /// <summary>From so many blocks on, about half a million rows, a fit starts from what every sixteenth block says.</summary>
    private const int BlocksForSample = 2048;
    private const int SampleStep = 16;
    private const int LargestSampleIterations = 12;
    private const double SampleDecrement = 1e-2;
    private const double LargestSampleLinearPredictor = 30;

    private readonly WeightedRows _rows;
    private readonly LogisticOptions _options;
    private readonly IComputeBackend _backend;
    private readonly int _featureCount;
    private readonly double[] _penalties;
    private readonly double[] _coefficients;
    private Cholesky? _factor;
    private FitStatus _status = FitStatus.IterationLimit;
    private int _iterations;
    private int _separatedSteps;

    public NewtonSearch(WeightedRows rows, LogisticOptions options)
    {
        _rows = rows;
        _options = options;
        _backend = options.Backend ?? SimdBackend.Instance;
        _featureCount = rows.FeatureCount;
        _coefficients = Start(rows, options);
        _penalties = new double[_coefficients.Length];
        _penalties.AsSpan(_coefficients.Length - _featureCount).Fill(options.RidgePenalty);
        if (options.StartCoefficients.IsEmpty && rows.BlockCount >= BlocksForSample)
            StartFromSample();
        Sums = Pass(_coefficients);
    }

    /// <summary>Gets the sums over the rows at the current coefficients.</summary>
    public NormalEquations Sums { get; private set; }

    public void Run()
    {
        while (_iterations < _options.MaxIterations)
        {
            var gradient = PenalizedGradient(Sums, _coefficients);
            _factor = Factorize(Sums);
            if (ClearLeftOut(_factor.LeftOut))
                continue;
            var step = _factor.Solve(gradient);
            _iterations++;
            var decrement = 0.0;
            for (var i = 0; i < step.Length; i++)
                decrement += step[i] * gradient[i];
            if (decrement <= _options.Tolerance * _options.Tolerance)
            {
                // So close, the step squares the distance: no further pass is needed to know where it ends.
                for (var i = 0; i < step.Length; i++)
                    Sums.LogLikelihood += Sums.Gradient[ColumnOf(i)] * step[i];
                Move(_coefficients, step, 1, _coefficients);
                _status = _factor.LeftOut.Count > 0 ? FitStatus.Singular : FitStatus.Converged;
                return;
            }

            if (!TakeStep(step))
                return;
        }
    }

    public LogisticFit ToFit()
    {
        _factor ??= Factorize(Sums);
        return new LogisticFit(_status, _options.HasIntercept, _coefficients, _factor.Inverse())
        {
            LeftOutFeatures = [.. _factor.LeftOut.Select(ColumnOf)],
            LogLikelihood = Sums.LogLikelihood,
            NullDeviance = -2 * _rows.NullLogLikelihood(_options.HasIntercept),
            Iterations = _iterations,
        };
    }

    private static double[] Start(WeightedRows rows, LogisticOptions options)
    {
        var coefficients = new double[rows.FeatureCount + (options.HasIntercept ? 1 : 0)];
        if (!options.StartCoefficients.IsEmpty)
            options.StartCoefficients.Span.CopyTo(coefficients);
        else if (options.HasIntercept && !rows.HasOffsets)
            coefficients[0] = PortableMath.Log(rows.PositiveWeight / rows.NegativeWeight);
        return coefficients;
    }

    /// <summary>Moves the start close to the optimum, by steps that cost a sixteenth of a pass; where a sample is singular or separated, it stays where it was.</summary>
    private void StartFromSample()
    {
        var coefficients = (double[])_coefficients.Clone();
        for (var iteration = 0; iteration < LargestSampleIterations; iteration++)
        {
            var sums = Pass(coefficients, SampleStep);
            var gradient = PenalizedGradient(sums, coefficients, 1.0 / SampleStep);
            var factor = Factorize(sums, 1.0 / SampleStep);
            var step = factor.Solve(gradient);
            if (factor.LeftOut.Count > 0 || !(sums.LargestLinearPredictor < LargestSampleLinearPredictor) || step.Any(value => !double.IsFinite(value)))
                return;
            Move(coefficients, step, 1, coefficients);
            if (step.Zip(gradient, (x, y) => x * y).Sum() > SampleDecrement)
                continue;
            coefficients.CopyTo(_coefficients, 0);
            return;
        }
    }

    private static void Move(ReadOnlySpan<double> from, ReadOnlySpan<double> step, double share, Span<double> to)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = from[i] + (share * step[i]);
    }

    /// <summary>Moves along a step, half of it, a quarter ..., until the objective does not fall.</summary>
    /// <returns>Whether to go on.</returns>
    private bool TakeStep(double[] step)
    {
        var objective = Objective(Sums, _coefficients);
        var candidate = new double[step.Length];
        var share = 1.0;
        for (var halvings = 0; halvings <= LargestHalvings; halvings++, share /= 2)
        {
            Move(_coefficients, step, share, candidate);
            var sums = Pass(candidate);
            var gain = Objective(sums, candidate) - objective;
            // Below the rounding of the objective itself a fall means nothing.
            if (!(gain >= -1e-13 * Math.Abs(objective)))
                continue;
            var growth = sums.LargestLinearPredictor - Sums.LargestLinearPredictor;
            _separatedSteps = gain < NegligibleGain * (1 + Math.Abs(objective)) && growth > GrowingLinearPredictor ? _separatedSteps + 1 : 0;
            candidate.CopyTo(_coefficients, 0);
            Sums = sums;
            if (_options.RidgePenalty > 0 || _separatedSteps < SeparatedStreak)
                return true;
            _status = FitStatus.Separated;
            return false;
        }

        return false;
    }

    /// <summary>Sets coefficients of columns that were left out to 0, where a start value had put them elsewhere.</summary>
    /// <returns>Whether there were any, and the sums had to be made anew.</returns>
    private bool ClearLeftOut(IReadOnlyList<int> leftOut)
    {
        if (leftOut.All(column => _coefficients[column] == 0))
            return false;
        foreach (var column in leftOut)
            _coefficients[column] = 0;
        Sums = Pass(_coefficients);
        return true;
    }

    /// <summary>Sums over every block, or over one in <paramref name="blockStep"/>.</summary>
    private NormalEquations Pass(double[] coefficients, int blockStep = 1)
    {
        var columns = new double[coefficients.Length];
        for (var i = 0; i < columns.Length; i++)
            columns[ColumnOf(i)] = coefficients[i];
        var total = new NormalEquations(columns.Length);
        BlockReduction.Sum(
            (_rows.BlockCount + blockStep - 1) / blockStep,
            _options.Compute.ToParallelOptions(),
            () => new WeightedRows.Scratch(_rows, columns.Length),
            static scratch => scratch.Sums.Clear(),
            (scratch, block) => _rows.Accumulate(block * blockStep, columns, _backend, scratch),
            scratch => total.Add(scratch.Sums));
        return total;
    }

    private double Objective(NormalEquations sums, double[] coefficients)
    {
        var penalty = 0.0;
        for (var i = 0; i < coefficients.Length; i++)
            penalty += _penalties[i] / 2 * coefficients[i] * coefficients[i];
        return sums.LogLikelihood - penalty;
    }

    private double[] PenalizedGradient(NormalEquations sums, double[] coefficients, double penaltyShare = 1)
    {
        var gradient = new double[coefficients.Length];
        for (var i = 0; i < gradient.Length; i++)
            gradient[i] = sums.Gradient[ColumnOf(i)] - (penaltyShare * _penalties[i] * coefficients[i]);
        return gradient;
    }

    private Cholesky Factorize(NormalEquations sums, double penaltyShare = 1)
    {
        var size = _coefficients.Length;
        var penalized = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                // The sums hold their lower triangle, in their own order of columns.
                var (row, column) = (Math.Max(ColumnOf(i), ColumnOf(j)), Math.Min(ColumnOf(i), ColumnOf(j)));
                penalized[(i * size) + j] = sums.Hessian[(row * sums.Stride) + column];
            }

            penalized[(i * size) + i] += penaltyShare * _penalties[i];
        }

        return new Cholesky(penalized, size, size);
    }

    private int ColumnOf(int coefficient) => !_options.HasIntercept ? coefficient : coefficient == 0 ? _featureCount : coefficient - 1;
}
