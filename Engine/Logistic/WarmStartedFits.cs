using Engine.Compute;
using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>Fits of models that weigh a few rows otherwise than a fitted one, all in the same passes over the rows.</summary>
/// <remarks>
/// <para>Let F be the fitted model's log-likelihood, f what the rows weighed otherwise add to it: few rows, summed by themselves whenever they are needed.</para>
/// <para><b>Start</b>: the optimum of f plus F as the sample of rows sees its gradient and its information change, by Newton's steps from the model before.</para>
/// <para><b>Steps</b>: gradients of all models from one walk over the rows, solved in that information, corrected by <see cref="BfgsInformation"/>.</para>
/// <para><b>Stop</b>: as in a fit alone, within the tolerance of the optimum. A model whose steps do not shrink fast is given back to be fitted alone.</para>
/// </remarks>
internal sealed class WarmStartedFits : IDisposable
{
    private const int LargestStartIterations = 20;

    /// <summary>The distance, in standard errors, that the last step of a start may cross: where it ends, the information is still what it was before.</summary>
    private const double StartDistance = 0.1;

    /// <summary>A first step that leaves more of the distance says that the information matrix is another where it ends.</summary>
    private const double LargestShareLeft = 0.25;

    /// <summary>A step that leaves more of the distance says the same of one in a pass; most leave a fiftieth.</summary>
    private const double UsualShareLeft = 0.1;
    private const int LargestPasses = 12;

    /// <summary>A model with less information in some direction than this share of the first one's is fitted alone.</summary>
    private const double SmallestPivotShare = 1e-8;

    private readonly PenalizedLikelihood _base;
    private readonly Place _basePlace;
    private readonly PenalizedLikelihood _sample;
    private readonly Place _samplePlace;

    /// <summary>What pivots are judged by: a model without the rows of a column has only rounding on its own diagonal.</summary>
    private readonly double[] _diagonal;

    /// <summary>Prepares the fitted model.</summary>
    /// <param name="fitted">Its log-likelihood, without a penalty.</param>
    /// <param name="point">Its optimum.</param>
    /// <param name="sums">The sums there.</param>
    public WarmStartedFits(PenalizedLikelihood fitted, double[] point, NormalEquations sums)
    {
        _base = fitted;
        _basePlace = new Place(fitted, sums, point);
        _diagonal = [.. Enumerable.Range(0, fitted.Size).Select(i => _basePlace.Information[(i * fitted.Size) + i])];
        _sample = fitted.Sample();
        try
        {
            _samplePlace = new Place(_sample, _sample.Sum(point), point);
        }
        catch
        {
            _sample.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <remarks>The fitted model is the caller's.</remarks>
    public void Dispose() => _sample.Dispose();

    /// <summary>Fits models.</summary>
    /// <param name="models">For each what its own rows and its penalty add to the log-likelihood.</param>
    /// <param name="tolerances">For each the distance to the optimum at which the last step is taken, in standard errors.</param>
    /// <returns>For each its optimum, or null where it must be fitted alone.</returns>
    public WarmStartedFit?[] Run(IReadOnlyList<PenalizedLikelihood> models, double[] tolerances)
    {
        var searches = models.Select((model, i) => new Search(model, tolerances[i])).ToArray();
        var from = _basePlace;
        foreach (var search in searches)
        {
            // The models of double prioritized sampling come in rising order: each is close to the one before.
            if (FindStart(search, from) is not { } start)
                continue;
            search.IsActive = true;
            start.Point.CopyTo(search.Point, 0);
            from = start;
        }

        for (var pass = 0; pass < LargestPasses; pass++)
        {
            var active = searches.Where(static search => search.IsActive).ToArray();
            if (active.Length == 0)
                break;
            var sums = _base.Gradients([.. active.Select(static search => search.Point)]);
            for (var i = 0; i < active.Length; i++)
            {
                Advance(active[i], sums[i].Gradient, sums[i].LogLikelihood, pass + 1);
                if (active[i].IsActive && active[i].Steps!.ShareLeft > UsualShareLeft)
                    active[i].IsActive = Renew(active[i]);
            }
        }

        return [.. searches.Select(static search => search.Fit)];
    }

    /// <summary>Finds where the optimum would be if the sample were right about how the fitted model's gradient and information change, and keeps the information for the steps.</summary>
    /// <returns>The fitted model there, or null where the columns cannot be told apart or the steps do not end.</returns>
    private Place? FindStart(Search search, Place place)
    {
        var last = double.PositiveInfinity;
        for (var iteration = 0; iteration < LargestStartIterations; iteration++)
        {
            var own = new Place(search.Own, search.Own.Sum(place.Point), place.Point);
            var factor = Factorize(Sum(own.Information, place.Information));
            if (factor.LeftOut.Count > 0)
                return null;
            var gradient = Sum(own.Gradient, place.Gradient);
            var step = factor.Solve(gradient);
            var distance = Math.Sqrt(DoubleVector.Dot(step, gradient));
            if (distance <= StartDistance)
            {
                search.Steps = new QuasiNewtonSteps(new BfgsInformation(factor));
                return place.Moved(step);
            }

            // The first step crosses what lies between two models; as a rule the information matrix where it began is good enough for one more.
            var isRight = iteration != 1 || distance <= LargestShareLeft * last;
            last = distance;
            place = isRight ? Estimate(Sum(place.Point, step), iteration == 0 ? place.Information : null) : Estimate(place.Point, null);
        }

        return null;
    }

    /// <summary>Takes the information anew where a model is.</summary>
    /// <returns>False where the columns cannot be told apart.</returns>
    private bool Renew(Search search)
    {
        var own = search.Own.Information(search.Own.Sum(search.Point));
        var factor = Factorize(Sum(own, Estimate(search.Point, null).Information));
        search.Steps!.Renew(new BfgsInformation(factor));
        return factor.LeftOut.Count == 0;
    }

    /// <summary>Returns F at a point: its gradient is F'(b0) - I (b - b0) + what is neither constant nor linear, as the sample sees it; the same for the information.</summary>
    /// <param name="point">The point.</param>
    /// <param name="information">Taken for its information matrix; null to compute it.</param>
    private Place Estimate(double[] point, double[]? information)
    {
        var sums = _sample.Sum(point, hasHessian: information is null);
        var moved = DoubleVector.Difference(point, _basePlace.Point);
        return new Place(
            point,
            Sum(_basePlace.Moved(moved).Gradient, DoubleVector.Difference(_sample.Gradient(sums, point), _samplePlace.Moved(moved).Gradient)),
            information ?? Sum(_basePlace.Information, DoubleVector.Difference(_sample.Information(sums), _samplePlace.Information)));
    }

    private Cholesky Factorize(double[] information) => new(information, _base.Size, _base.Size, SmallestPivotShare, scales: _diagonal);

    private static void Advance(Search search, double[] gradient, double logLikelihood, int passes)
    {
        var own = search.Own.Sum(search.Point, hasHessian: false);
        DoubleVector.AddScaled(gradient, 1, search.Own.Gradient(own, search.Point));
        var steps = search.Steps!;
        search.IsActive = steps.TryNext(gradient, search.Tolerance);
        if (!search.IsActive)
            return;
        var gain = search.Own.GainOf(search.Point, steps.Step, steps.Distance * steps.Distance);
        DoubleVector.AddScaled(search.Point, 1, steps.Step);
        search.IsActive = steps.Distance > search.Tolerance && steps.DistanceLeft > search.Tolerance;
        if (!search.IsActive)
            search.Fit = new WarmStartedFit(search.Point, logLikelihood + own.LogLikelihood + gain, passes);
    }

    private static double[] Sum(double[] left, double[] right)
    {
        var sum = (double[])left.Clone();
        DoubleVector.AddScaled(sum, 1, right);
        return sum;
    }

    /// <summary>The state of one model.</summary>
    private sealed class Search(PenalizedLikelihood own, double tolerance)
    {
        public double Tolerance { get; } = tolerance;

        public PenalizedLikelihood Own { get; } = own;

        public double[] Point { get; } = new double[own.Size];

        public QuasiNewtonSteps? Steps { get; set; }

        public bool IsActive { get; set; }

        public WarmStartedFit? Fit { get; set; }
    }

    /// <summary>A function near a point: its gradient and its information there.</summary>
    private sealed record Place(double[] Point, double[] Gradient, double[] Information)
    {
        public Place(PenalizedLikelihood likelihood, NormalEquations sums, double[] point)
            : this(point, likelihood.Gradient(sums, point), likelihood.Information(sums))
        {
        }

        /// <summary>Returns the parabola's gradient one step farther.</summary>
        public Place Moved(double[] step)
        {
            var gradient = (double[])Gradient.Clone();
            for (var i = 0; i < step.Length; i++)
            {
                // The information is symmetric, its lower triangle is given.
                for (var j = 0; j < step.Length; j++)
                    gradient[i] -= Information[(Math.Max(i, j) * step.Length) + Math.Min(i, j)] * step[j];
            }

            return new Place(Sum(Point, step), gradient, Information);
        }
    }
}

/// <summary>Where a model among many ended.</summary>
/// <param name="Coefficients">Its coefficients, in the order of <see cref="LogisticFit.Coefficients"/>.</param>
/// <param name="LogLikelihood">Its log-likelihood, without the penalty.</param>
/// <param name="Passes">Passes over the rows.</param>
internal sealed record WarmStartedFit(double[] Coefficients, double LogLikelihood, int Passes);
