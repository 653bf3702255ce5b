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

    /// <summary>How many times more steps the other coefficients may take where one is held: far from the estimate of separated classes they follow slowly.</summary>
    private const int StepsOfProfile = 20;

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

    /// <summary>Gets how the steps ended.</summary>
    public FitStatus Status => _status;

    private double Scale => _likelihood.Rows.Scale;

    private Cholesky Factor => _factor ??= _likelihood.Factorize(_sums, RoundingShare);

    /// <summary>Takes the steps.</summary>
    public void Run()
    {
        if (Climb(held: null, _options.MaxIterations))
            _status = _likelihood.LeftOut.Count > 0 ? FitStatus.Singular : FitStatus.Converged;
    }

    /// <summary>Looks at the profile of a coefficient from where the steps ended.</summary>
    /// <param name="coefficient">The coefficient, not one that was left out.</param>
    public Profile ProfileOf(int coefficient) => new(this, coefficient);

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

    /// <summary>Takes out of a vector what lies along a direction.</summary>
    private static void TakeOut(double[] vector, double[] direction) =>
        DoubleVector.AddScaled(vector, -DoubleVector.Dot(vector, direction) / DoubleVector.Dot(direction, direction), direction);

    /// <summary>Takes steps until one is shorter than the tolerance.</summary>
    /// <param name="held">A coefficient that stays where it is; null for none.</param>
    /// <param name="most">The largest number of steps.</param>
    /// <returns>Whether one is.</returns>
    private bool Climb(int? held, int most)
    {
        for (var steps = 0; steps < most; steps++)
        {
            var root = RootOfInverse();
            var score = ScoreAt(root);
            var whitened = root.Select(row => DoubleVector.Dot(row, score)).ToArray();
            if (held is { } coefficient)
                TakeOut(whitened, [.. root.Select(row => row[coefficient])]);
            var step = new double[_design.Length];
            for (var i = 0; i < root.Length; i++)
                DoubleVector.AddScaled(step, whitened[i], root[i]);
            if (held is { } still)
                step[still] = 0;
            var squaredDistance = DoubleVector.Dot(whitened, whitened);
            _iterations++;
            if (!TakeStep(step, squaredDistance))
                return false;
            if (Math.Sqrt(squaredDistance) <= _options.Tolerance)
                return true;
        }

        return false;
    }

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
        var score = new VectorSum(size);
        BlockReduction.Sum(
            request.Samples.Share,
            request.Samples.BlockCount,
            _options.Compute.ToParallelOptions(),
            () => (Score: new VectorSum(size), Row: new double[size], Scratch: new float[request.Samples.BlockScratchLength]),
            static partial => partial.Score,
            (partial, index) =>
            {
                var block = request.Samples.ReadHeldBlock(index, partial.Scratch);
                for (var i = 0; i < block.RowCount; i++)
                {
                    if (_likelihood.Rows.WeightOf(block.FirstRow + i) > 0)
                        AddScore(block.Row(i), block.FirstRow + i, partial.Row, partial.Score.Values);
                }
            },
            score);
        return score.Values;

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

    /// <summary>The penalized log-likelihood over one coefficient, the others wherever it is largest.</summary>
    public sealed class Profile
    {
        private readonly FirthSearch _search;
        private readonly int _coefficient;
        private readonly double _top;
        private readonly (double[] Design, NormalEquations Sums, Cholesky Factor) _optimum;

        internal Profile(FirthSearch search, int coefficient)
        {
            (_search, _coefficient) = (search, coefficient);
            _optimum = (search._design, search._sums, search.Factor);
            _top = search.ObjectiveOf(search._sums, search.Factor);
            StandardError = Math.Sqrt(DirectionOf(search.RootOfInverse())[coefficient]) * Math.Sqrt(search.Scale);
        }

        /// <summary>Gets the value of the coefficient at the optimum.</summary>
        public double Estimate => _optimum.Design[_coefficient] + Moved;

        /// <summary>Gets its standard error there.</summary>
        public double StandardError { get; }

        private double Moved => _search._options.HasIntercept && _coefficient == 0 ? _search._likelihood.Rows.MovedOffsets : 0;

        /// <summary>Goes back to the optimum, from which the next point is looked for.</summary>
        public void Return() => (_search._design, _search._sums, _search._factor) = _optimum;

        /// <summary>Maximizes over the other coefficients, from the last point on.</summary>
        /// <param name="value">The value of this one.</param>
        /// <returns>Twice what the penalized log-likelihood is below its maximum, and how fast that grows with the value; infinity where it is beyond what doubles hold.</returns>
        public (double Drop, double Slope) At(double value)
        {
            if (!MoveTo(value - Moved))
                return (double.PositiveInfinity, 0);
            _ = _search.Climb(_coefficient, StepsOfProfile * _search._options.MaxIterations);
            var drop = 2 * (_top - _search.ObjectiveOf(_search._sums, _search.Factor)) / _search.Scale;
            return (Math.Max(0, drop), -2 * _search.ScoreAt(_search.RootOfInverse())[_coefficient] / _search.Scale);
        }

        /// <summary>Moves the coefficient, the others as the information has them follow, or where that leads too far, not at all.</summary>
        private bool MoveTo(double value)
        {
            var direction = DirectionOf(_search.RootOfInverse());
            var step = value - _search._design[_coefficient];
            foreach (var share in new[] { step / direction[_coefficient], 0 })
            {
                var design = (double[])_search._design.Clone();
                DoubleVector.AddScaled(design, share, direction);
                design[_coefficient] = value;
                var sums = _search._likelihood.Sum(_search._likelihood.FromDesign(design));
                var factor = _search._likelihood.Factorize(sums, RoundingShare);
                if (factor.LeftOut.Count > _search._likelihood.LeftOut.Count || !double.IsFinite(sums.LogLikelihood))
                    continue;
                (_search._design, _search._sums, _search._factor) = (design, sums, factor);
                return true;
            }

            return false;
        }

        /// <summary>Returns the column of the inverse information that is the coefficient's.</summary>
        private double[] DirectionOf(double[][] root)
        {
            var direction = new double[root.Length];
            foreach (var row in root)
                DoubleVector.AddScaled(direction, row[_coefficient], row);
            return direction;
        }
    }
}
