using Engine.Compute;
using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>The steps of one fit by Firth's penalized likelihood.</summary>
/// <remarks>
/// Weights times a power of two (<see cref="WeightedRows.Scale"/>) multiply the log-likelihood, and the penalty is multiplied with it. Steps are taken in the columns of the rows: R, with R'R the inverse information there,
/// has as rows those of the inverse of L in the columns of the basis, led back, in which hardly a digit is lost.
/// </remarks>
internal sealed class FirthSearch : IDisposable
{
    private const int LargestHalvings = 40;

    /// <summary>Of what the slope promises along a step, the share that it must bring.</summary>
    private const double SmallestGainShare = 0.1;

    /// <summary>A fall of the objective by less than this share of it may be rounding.</summary>
    private const double Rounding = 1e-13;

    /// <summary>The share of a diagonal that is rounding.</summary>
    private const double RoundingShare = 1e-13;

    private readonly LogisticOptions _options;
    private readonly NullModel _null;
    private readonly PenalizedLikelihood _likelihood;
    private FitStatus _status = FitStatus.IterationLimit;
    private double[] _design;
    private NormalEquations _sums;
    private Cholesky? _factor;
    private int _iterations;

    /// <summary>Finds where to start, and which columns are combinations of others.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="options">What to fit.</param>
    public FirthSearch(WeightedRows rows, LogisticOptions options)
    {
        _options = options;
        _null = NullModel.Of(rows, options.HasIntercept, options.Compute.ToParallelOptions());
        var (likelihood, coefficients, sums) = FitStart.Find(new PenalizedLikelihood(rows, options), _null, options).Place;
        (_likelihood, _design, _sums) = (likelihood, likelihood.ToDesign(coefficients), sums);
    }

    /// <summary>Gets whether the rows, as far as they were summed, hold numbers only.</summary>
    public bool IsFinite => double.IsFinite(_sums.LogLikelihood) && _sums.Gradient.All(double.IsFinite);

    private double Scale => _likelihood.Rows.Scale;

    private Cholesky Factor => _factor ??= _likelihood.Factorize(_sums, RoundingShare);

    /// <summary>Takes the steps.</summary>
    public void Run()
    {
        while (_iterations < _options.MaxIterations)
        {
            var root = RootOfInverse();
            var score = ScoreAt(root);
            var whitened = root.Select(row => DoubleVector.Dot(row, score)).ToArray();
            var step = new double[_design.Length];
            for (var i = 0; i < root.Length; i++)
                DoubleVector.AddScaled(step, whitened[i], root[i]);
            var squaredDistance = DoubleVector.Dot(whitened, whitened);
            _iterations++;
            if (!TakeStep(step, squaredDistance))
                return;
            if (Math.Sqrt(squaredDistance) <= _options.Tolerance)
            {
                _status = _likelihood.LeftOut.Count > 0 ? FitStatus.Singular : FitStatus.Converged;
                return;
            }
        }
    }

    /// <summary>Returns the fit.</summary>
    public LogisticFit ToFit()
    {
        var (likelihood, factor) = (_likelihood, Factor);
        var design = (double[])_design.Clone();
        if (_options.HasIntercept)
            design[0] += likelihood.Rows.MovedOffsets;
        return new LogisticFit(_status, _options.HasIntercept, design, () => likelihood.CovarianceOfDesign(factor.Inverse()), Scale)
        {
            HasOffsets = !_options.Offsets.IsEmpty,
            HasAddedRows = _options.Plan is { AddsRows: true },
            LeftOutCoefficients = [.. likelihood.LeftOut.Order()],
            SeparatingCoefficients = [],
            TotalWeight = (likelihood.Rows.PositiveWeight + likelihood.Rows.NegativeWeight) / Scale,
            LogLikelihood = _sums.LogLikelihood / Scale,
            NullDeviance = -2 * _null.LogLikelihood / Scale,
            Iterations = _iterations,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _likelihood.Dispose();

    /// <summary>Moves along a step, or a shorter one, until the penalized likelihood rises by enough.</summary>
    /// <returns>Whether it does.</returns>
    private bool TakeStep(double[] step, double squaredDistance)
    {
        var objective = ObjectiveOf(_sums, Factor);
        var rounding = Rounding * Math.Abs(objective);
        var share = 1.0;
        for (var trial = 0; trial <= LargestHalvings; trial++, share /= 2)
        {
            var design = (double[])_design.Clone();
            DoubleVector.AddScaled(design, share, step);
            var sums = _likelihood.Sum(_likelihood.FromDesign(design));
            var factor = _likelihood.Factorize(sums, RoundingShare);
            // Where rows have lost so much curvature that columns cannot be told apart, the penalty is beyond what doubles hold.
            if (factor.LeftOut.Count > _likelihood.LeftOut.Count || !(ObjectiveOf(sums, factor) - objective >= (SmallestGainShare * share * squaredDistance) - rounding))
                continue;
            (_design, _sums, _factor) = (design, sums, factor);
            return true;
        }

        return false;
    }

    /// <summary>Returns the penalized log-likelihood. The determinant is that of the columns of the basis, the design's: what one takes out of another changes none.</summary>
    private double ObjectiveOf(NormalEquations sums, Cholesky factor)
    {
        var logRoot = 0.0;
        for (var i = 0; i < _design.Length; i++)
        {
            if (factor.FactorRow(i)[i] > 0)
                logRoot += PortableMath.Log(factor.FactorRow(i)[i]);
        }

        return sums.LogLikelihood + (Scale * logRoot);
    }

    /// <summary>Returns R, whose rows are those of the inverse of L, in the columns of the design; 0 where a column was left out.</summary>
    private double[][] RootOfInverse()
    {
        var rows = new double[_design.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i] = new double[rows.Length];
            var factor = Factor.FactorRow(i);
            if (factor[i] == 0)
                continue;
            row[i] = 1 / factor[i];
            for (var j = 0; j < i; j++)
                DoubleVector.AddScaled(row, -factor[j] / factor[i], rows[j]);
        }

        return [.. rows.Select(row => _likelihood.ToDesign(row))];
    }

    /// <summary>Sums the score of the penalized likelihood over all rows, in the columns of the design.</summary>
    private double[] ScoreAt(double[][] root)
    {
        var (request, size, first) = (_likelihood.Rows.ToRequest(), _design.Length, _options.HasIntercept ? 1 : 0);
        using var hold = request.Samples.Hold();
        var score = new double[size];
        BlockReduction.Sum(
            request.Samples.BlockCount,
            _options.Compute.ToParallelOptions(),
            () => (Score: new double[size], Row: new double[size], Scratch: new float[request.Samples.BlockScratchLength]),
            static partial => Array.Clear(partial.Score),
            (partial, index) =>
            {
                var block = request.Samples.ReadBlock(index, partial.Scratch);
                for (var i = 0; i < block.RowCount; i++)
                {
                    if (_likelihood.Rows.WeightOf(block.FirstRow + i) > 0)
                        AddScore(block.Row(i), block.FirstRow + i, partial.Row, partial.Score);
                }
            },
            partial => DoubleVector.AddScaled(score, 1, partial.Score));
        return score;

        void AddScore(ReadOnlySpan<float> features, long index, double[] row, double[] sum)
        {
            row[0] = 1;
            for (var feature = 0; feature < features.Length; feature++)
                row[first + feature] = features[feature];
            var logOdds = _likelihood.Rows.OffsetOf(index) + DoubleVector.Dot(row, _design);
            _ = Bernoulli.Odds(_likelihood.Rows.LabelOf(index), logOdds, out var residual, out var curvature, out _);
            var squares = 0.0;
            foreach (var direction in root)
            {
                var share = DoubleVector.Dot(direction, row);
                squares += share * share;
            }

            var weight = _likelihood.Rows.WeightOf(index);
            var leverage = weight * curvature * squares;
            // 1/2 less the probability, from the residual: of label 1 it is 1 - m.
            var toHalf = _likelihood.Rows.LabelOf(index) == 1 ? residual - 0.5 : residual + 0.5;
            DoubleVector.AddScaled(sum, (weight * residual) + (Scale * leverage * toHalf), row);
        }
    }
}
