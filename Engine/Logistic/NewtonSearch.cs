using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>The Newton steps of one fit.</summary>
internal sealed class NewtonSearch : IDisposable
{
    private const int LargestTrials = 40;

    /// <summary>Of what the slope promises along a step, the share that it must bring; Newton's step to the top of a parabola brings half.</summary>
    /// <remarks>One that brings less has gone past the top, perhaps to where rows of both classes have no curvature left to come back by.</remarks>
    private const double SmallestGainShare = 0.1;

    /// <summary>A fall of the objective by less than this share of it may be rounding.</summary>
    private const double Rounding = 1e-13;

    /// <summary>A step that goes too far is cut to what moves no linear predictor by more than this beyond the largest there is.</summary>
    private const double LargestMove = 8;

    /// <summary>Where rows only wait to lose their curvature, a step of t units of the log odds leaves e^-t/2 of the distance. Steps that leave about as much may be longer.</summary>
    private const double SlowShare = 0.9;
    private const double LongestStretch = 64;

    /// <summary>The share of a diagonal that is rounding where nothing better can be made of the columns.</summary>
    private const double RoundingShare = 1e-13;

    /// <summary>A step that moves log odds by more, or by more of themselves, changes curvatures by more than its square may.</summary>
    private const double LargestLastMove = 1e-4;

    private const int IterationsBetweenLooks = 4;

    /// <summary>Up to so many blocks, 16,384 rows, standard errors are those of the very end.</summary>
    private const int BlocksOfSmallFit = 64;

    private readonly LogisticOptions _options;
    private readonly NullModel _null;
    private readonly QuadraticConvergence _rate;
    private FitPlace _place;
    private Cholesky? _factor;
    private FitStatus _status = FitStatus.IterationLimit;
    private int _iterations;
    private double[] _step = [];
    private double _stretch = 1;
    private double _distance = double.PositiveInfinity;
    private double _lookedAt = Separation.SmallestLinearPredictor;
    private IReadOnlyList<int> _separating = [];

    /// <summary>Finds where to start.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="options">What to fit.</param>
    public NewtonSearch(WeightedRows rows, LogisticOptions options)
    {
        _options = options;
        _null = NullModel.Of(rows, options.HasIntercept, options.Compute.ToParallelOptions());
        (_place, _rate) = FitStart.Find(new PenalizedLikelihood(rows, options), _null, options);
    }

    /// <summary>Gets where the steps are.</summary>
    public FitPlace Place => _place;

    /// <summary>Takes the steps.</summary>
    public void Run()
    {
        while (_iterations < _options.MaxIterations)
        {
            _factor = Conditioning.Factorize(_place);
            if (_factor.LeftOut.Count > _place.Likelihood.LeftOut.Count)
            {
                // Rows have lost their curvature, with which some columns could be told apart.
                if (_iterations > 0 && IsSeparated())
                    return;
                if (_iterations > 0)
                    MoveTo(Conditioning.Improve(_place, finds: false));
                _factor = _place.Likelihood.Factorize(_place.Sums, RoundingShare);
            }

            var (likelihood, coefficients, sums) = _place;
            var gradient = likelihood.Gradient(sums, coefficients);
            var step = _step = _factor.Solve(gradient);
            _iterations++;
            var squaredDistance = DoubleVector.Dot(step, gradient);
            var distance = Math.Sqrt(squaredDistance);
            _rate.Note(distance);
            if (_rate.IsEnough(distance, _options.Tolerance, likelihood.TotalCurvature(sums)))
            {
                if (sums.LargestLinearPredictor > Separation.SmallestLinearPredictor && IsSeparated())
                    return;
                if (IsLast(step))
                {
                    TakeLastStep(step, squaredDistance);
                    _status = likelihood.LeftOut.Count > 0 ? FitStatus.Singular : _factor.LeftOut.Count > 0 ? FitStatus.IterationLimit : FitStatus.Converged;
                    return;
                }
            }

            _stretch = distance > SlowShare * PortableMath.Exp(-_stretch / 2) * _distance ? Math.Min(LongestStretch, 2 * _stretch) : 1;
            _distance = distance;
            if (!TakeStep(step, squaredDistance))
                break;
            if (IsTimeToLook() && IsSeparated())
                return;
        }

        if (_place.Sums.LargestLinearPredictor > Separation.SmallestLinearPredictor)
            IsSeparated();
    }

    /// <summary>Returns the fit.</summary>
    public LogisticFit ToFit()
    {
        var (likelihood, coefficients, sums) = _place;
        var factor = _factor ?? likelihood.Factorize(sums);
        var scale = likelihood.Rows.Scale;
        var design = likelihood.ToDesign(coefficients);
        if (_options.HasIntercept)
            design[0] += likelihood.Rows.MovedOffsets;
        return new LogisticFit(_status, _options.HasIntercept, design, () => likelihood.CovarianceOfDesign(factor.Inverse()), scale)
        {
            HasOffsets = !_options.Offsets.IsEmpty,
            HasAddedRows = _options.Plan is { AddsRows: true },
            LeftOutCoefficients = [.. likelihood.LeftOut.Order()],
            SeparatingCoefficients = _separating,
            TotalWeight = (likelihood.Rows.PositiveWeight + likelihood.Rows.NegativeWeight) / scale,
            LogLikelihood = sums.LogLikelihood / scale,
            NullDeviance = -2 * _null.LogLikelihood / scale,
            Iterations = _iterations,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _place.Likelihood.Dispose();

    private void MoveTo(FitPlace place)
    {
        if (ReferenceEquals(place, _place))
            return;
        _place.Likelihood.Dispose();
        _place = place;
    }

    /// <summary>Returns whether a step that is short in standard errors is short in log odds, too: where rows have next to no curvature, a standard error is many units of them.</summary>
    private bool IsLast(double[] step)
    {
        // A penalty holds directions of which no row tells.
        if (_place.Likelihood.IsPenalized || _place.Sums.LargestLinearPredictor <= Separation.SmallestLinearPredictor)
            return true;
        var isLong = false;
        _place.Likelihood.Predict([_place.Coefficients, step], (_, rowCount, etas, _) =>
        {
            for (var row = 0; row < rowCount; row++)
            {
                if (Math.Abs(etas[rowCount + row]) > LargestLastMove * Math.Max(1, Math.Abs(etas[row])))
                    Volatile.Write(ref isLong, true);
            }
        });
        return !_place.Likelihood.Rows.IsTrueOfAny(isLong);
    }

    /// <summary>Takes the step that squares the distance: no further pass is needed to know where it ends, and none is made where it would cost.</summary>
    private void TakeLastStep(double[] step, double squaredDistance)
    {
        var (likelihood, coefficients, sums) = _place;
        var gain = likelihood.GainOf(coefficients, step, squaredDistance);
        DoubleVector.AddScaled(coefficients, 1, step);
        if (likelihood.BlockCount > BlocksOfSmallFit)
        {
            sums.LogLikelihood += gain;
            return;
        }

        _place = _place with { Sums = likelihood.Sum(coefficients) };
        _factor = likelihood.Factorize(_place.Sums, RoundingShare);
    }

    /// <summary>Moves along a step, or a shorter or longer one, until the objective rises by enough.</summary>
    /// <returns>Whether to go on.</returns>
    private bool TakeStep(double[] step, double squaredDistance)
    {
        var objective = _place.Objective;
        var rounding = Rounding * Math.Abs(objective);
        var share = _stretch;
        for (var trial = 0; trial < LargestTrials; trial++)
        {
            var candidate = (double[])_place.Coefficients.Clone();
            DoubleVector.AddScaled(candidate, share, step);
            var there = _place with { Coefficients = candidate, Sums = _place.Likelihood.Sum(candidate) };
            // A longer step than Newton's must not pass the top: as long as it still rises there, no shorter one brings more.
            var isEnough = there.Objective - objective >= (SmallestGainShare * Math.Min(1, share) * squaredDistance) - rounding
                && (share <= 1 || DoubleVector.Dot(there.Likelihood.Gradient(there.Sums, candidate), step) >= 0);
            if (isEnough)
            {
                _place = there;
                _stretch = Math.Max(1, share);
                if (share != 1)
                    _rate.Break();
                return true;
            }

            share = share > 1 ? 1 : share * ShareOf(there.Sums.LargestLinearPredictor);
        }

        return false;
    }

    /// <summary>Returns by what to shorten a step that leads to a linear predictor.</summary>
    private double ShareOf(double linearPredictor)
    {
        var allowed = _place.Sums.LargestLinearPredictor + LargestMove;
        return !double.IsFinite(linearPredictor) ? 1.0 / (1 << 20) : Math.Min(0.5, allowed / linearPredictor);
    }

    private bool IsTimeToLook()
    {
        var largest = _place.Sums.LargestLinearPredictor;
        if (_place.Likelihood.IsPenalized || largest <= Separation.SmallestLinearPredictor || (largest <= 1.5 * _lookedAt && _iterations % IterationsBetweenLooks != 0))
            return false;
        _lookedAt = largest;
        return true;
    }

    private bool IsSeparated()
    {
        if (_place.Likelihood.IsPenalized)
            return false;
        _separating = Separation.Find(_place.Likelihood, _place.Coefficients, _step);
        if (_separating.Count == 0)
            return false;
        _status = FitStatus.Separated;
        return true;
    }
}
