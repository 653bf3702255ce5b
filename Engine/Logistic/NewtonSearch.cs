using Engine.Compute;
using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>The Newton steps of one fit, in the order of <see cref="LogisticFit.Coefficients"/>.</summary>
internal sealed class NewtonSearch
{
    private const int LargestHalvings = 30;

    /// <summary>Steps in a row that bring almost nothing while a linear predictor still grows: the sign of separated classes.</summary>
    private const int SeparatedStreak = 3;
    private const double NegligibleGain = 1e-6;
    private const double GrowingLinearPredictor = 0.5;

    /// <summary>The share of itself by which a coefficient without an optimum still grows a step, when those that have one are at rest.</summary>
    private const double GrowingShare = 1e-2;

    private readonly PenalizedLikelihood _likelihood;
    private readonly LogisticOptions _options;
    private readonly double[] _coefficients;
    private readonly SquaringRate _rate = new();
    private Cholesky? _factor;
    private FitStatus _status = FitStatus.IterationLimit;
    private int _iterations;
    private int _separatedSteps;
    private IReadOnlyList<int> _growing = [];

    public NewtonSearch(PenalizedLikelihood likelihood, double[] start, LogisticOptions options)
    {
        _likelihood = likelihood;
        _options = options;
        _coefficients = start;
        if (options.StartCoefficients.IsEmpty && likelihood.BlockCount >= SampleStart.BlocksForSample)
            _rate = new SampleStart(likelihood).Move(_coefficients);
        Sums = likelihood.Sum(_coefficients);
    }

    /// <summary>Gets the sums over the rows at the current coefficients.</summary>
    public NormalEquations Sums { get; private set; }

    public void Run()
    {
        while (_iterations < _options.MaxIterations)
        {
            var gradient = _likelihood.Gradient(Sums, _coefficients);
            _factor = _likelihood.Factorize(Sums);
            // Later on, a column drops out because its coefficient has grown until its rows have no curvature left.
            if (_iterations == 0 && ClearLeftOut(_factor.LeftOut))
                continue;
            var step = _factor.Solve(gradient);
            _iterations++;
            var squaredDistance = DoubleVector.Dot(step, gradient);
            _rate.Note(Math.Sqrt(squaredDistance));
            if (_rate.IsEnough(Math.Sqrt(squaredDistance), _options.Tolerance))
            {
                // So close, the step squares the distance: no further pass is needed to know where it ends.
                Sums.LogLikelihood += _likelihood.GainOf(_coefficients, step, squaredDistance);
                DoubleVector.AddScaled(_coefficients, 1, step);
                _growing = [.. _factor.LeftOut.Where(column => _coefficients[column] != 0)];
                _status = _growing.Count > 0 ? FitStatus.Separated : _factor.LeftOut.Count > 0 ? FitStatus.Singular : FitStatus.Converged;
                return;
            }

            if (!TakeStep(step))
                return;
        }
    }

    public LogisticFit ToFit(double nullLogLikelihood)
    {
        var factor = _factor ?? _likelihood.Factorize(Sums);
        return new LogisticFit(_status, _options.HasIntercept, _coefficients, factor.Inverse)
        {
            LeftOutFeatures = [.. factor.LeftOut.Where(column => _coefficients[column] == 0).Select(_likelihood.ColumnOf)],
            SeparatingFeatures = [.. _growing.Select(_likelihood.ColumnOf).Where(column => column < _likelihood.FeatureCount)],
            TotalWeight = _likelihood.TotalWeight,
            LogLikelihood = Sums.LogLikelihood,
            NullDeviance = -2 * nullLogLikelihood,
            Iterations = _iterations,
        };
    }

    /// <summary>Moves along a step, half of it, a quarter ..., until the objective does not fall.</summary>
    /// <returns>Whether to go on.</returns>
    private bool TakeStep(double[] step)
    {
        var objective = _likelihood.Objective(Sums, _coefficients);
        var candidate = new double[step.Length];
        var share = 1.0;
        for (var halvings = 0; halvings <= LargestHalvings; halvings++, share /= 2)
        {
            _coefficients.CopyTo(candidate, 0);
            DoubleVector.AddScaled(candidate, share, step);
            var sums = _likelihood.Sum(candidate);
            var gain = _likelihood.Objective(sums, candidate) - objective;
            // Below the rounding of the objective itself a fall means nothing.
            if (!(gain >= -1e-13 * Math.Abs(objective)))
                continue;
            var growth = sums.LargestLinearPredictor - Sums.LargestLinearPredictor;
            _separatedSteps = gain < NegligibleGain * (1 + Math.Abs(objective)) && growth > GrowingLinearPredictor ? _separatedSteps + 1 : 0;
            candidate.CopyTo(_coefficients, 0);
            Sums = sums;
            if (share < 1)
                _rate.Break();
            if (_options.RidgePenalty > 0 || _separatedSteps < SeparatedStreak)
                return true;
            _status = FitStatus.Separated;
            _growing = [.. Enumerable.Range(0, step.Length).Where(i => Math.Abs(step[i]) > GrowingShare * Math.Abs(candidate[i]))];
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
        _rate.Break();
        Sums = _likelihood.Sum(_coefficients);
        return true;
    }
}
