using Engine.Compute;
using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>Fits of models that weigh a few rows otherwise than a fitted one, all in the same passes over the rows.</summary>
/// <remarks>
/// <para>Let F be the fitted model's log-likelihood, f what the rows weighed otherwise add to it: few rows, summed by themselves whenever they are needed.</para>
/// <para><b>Start</b>: the optimum of f plus the parabola of F; then one step with the change of F's gradient and information as the sample of rows sees it.</para>
/// <para><b>Steps</b>: gradients of all models from one walk over the rows, solved in that information, corrected by <see cref="CurvatureMemory"/>.</para>
/// <para><b>Stop</b>: as in a fit alone, within the tolerance of the optimum. A model whose steps do not shrink fast is given back to be fitted alone.</para>
/// </remarks>
internal sealed class NearbyFits
{
    private const int LargestStartIterations = 20;
    private const double StartDistance = 2;
    private const int LargestPasses = 12;

    private readonly PenalizedLikelihood _base;
    private readonly double[] _basePoint;
    private readonly double[] _baseGradient;
    private readonly double[] _baseInformation;
    private readonly PenalizedLikelihood _sample;
    private readonly double[] _sampleGradient;
    private readonly double[] _sampleInformation;

    /// <summary>Prepares the fitted model.</summary>
    /// <param name="fitted">Its log-likelihood, without a penalty.</param>
    /// <param name="point">Its optimum.</param>
    /// <param name="sums">The sums there.</param>
    public NearbyFits(PenalizedLikelihood fitted, double[] point, NormalEquations sums)
    {
        _base = fitted;
        _basePoint = point;
        _baseGradient = fitted.Gradient(sums, point);
        _baseInformation = fitted.Information(sums);
        _sample = fitted.Sample();
        var sample = _sample.Sum(point);
        _sampleGradient = fitted.Gradient(sample, point);
        _sampleInformation = fitted.Information(sample);
    }

    /// <summary>Fits models.</summary>
    /// <param name="models">For each what its own rows and its penalty add to the log-likelihood.</param>
    /// <param name="tolerances">For each the distance to the optimum at which the last step is taken, in standard errors.</param>
    /// <returns>For each its optimum, or null where it must be fitted alone.</returns>
    public NearbyFit?[] Run(IReadOnlyList<PenalizedLikelihood> models, double[] tolerances)
    {
        var searches = models.Select((model, i) => new Search(model, tolerances[i])).ToArray();
        var from = _basePoint;
        foreach (var search in searches)
        {
            // The models of double prioritized sampling come in rising order: each is close to the one before.
            search.IsActive = FindStart(search, from);
            from = search.IsActive ? search.Point : from;
        }

        for (var pass = 0; pass < LargestPasses; pass++)
        {
            var active = searches.Where(static search => search.IsActive).ToArray();
            if (active.Length == 0)
                break;
            var sums = _base.Gradients([.. active.Select(static search => search.Point)]);
            for (var i = 0; i < active.Length; i++)
                Advance(active[i], sums[i].Gradient, sums[i].LogLikelihood, pass + 1);
        }

        return [.. searches.Select(static search => search.Fit)];
    }

    /// <summary>Moves to where the optimum would be if the sample were right about how the fitted model's gradient and information change, and keeps the information there.</summary>
    private bool FindStart(Search search, double[] from)
    {
        from.CopyTo(search.Point, 0);
        for (var iteration = 0; iteration < LargestStartIterations; iteration++)
        {
            var own = search.Own.Sum(search.Point);
            var sample = _sample.Sum(search.Point);
            var factor = new Cholesky(Information(search, own, sample), _base.Size, _base.Size);
            if (factor.LeftOut.Count > 0)
                return false;
            var gradient = Gradient(search, own, sample);
            var step = factor.Solve(gradient);
            DoubleVector.AddScaled(search.Point, 1, step);
            if (!(DoubleVector.Dot(step, gradient) <= StartDistance * StartDistance))
                continue;
            search.Steps = new ShrinkingSteps(new CurvatureMemory(right => factor.Solve(right)));
            return true;
        }

        return false;
    }

    /// <summary>F'(b) = F'(b0) - I (b - b0) + what is neither constant nor linear, as the sample sees it; and what the model's own rows add.</summary>
    private double[] Gradient(Search search, NormalEquations own, NormalEquations sample)
    {
        var moved = DoubleVector.Difference(search.Point, _basePoint);
        var change = DoubleVector.Difference(_base.Gradient(sample, search.Point), _sampleGradient);
        DoubleVector.AddScaled(change, 1, Multiply(_sampleInformation, moved));
        var gradient = search.Own.Gradient(own, search.Point);
        DoubleVector.AddScaled(gradient, 1, _baseGradient);
        DoubleVector.AddScaled(gradient, -1, Multiply(_baseInformation, moved));
        DoubleVector.AddScaled(gradient, 1, change);
        return gradient;
    }

    private double[] Information(Search search, NormalEquations own, NormalEquations sample)
    {
        var information = search.Own.Information(own);
        DoubleVector.AddScaled(information, 1, _baseInformation);
        DoubleVector.AddScaled(information, 1, _base.Information(sample));
        DoubleVector.AddScaled(information, -1, _sampleInformation);
        return information;
    }

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
            search.Fit = new NearbyFit(search.Point, logLikelihood + own.LogLikelihood + gain, passes);
    }

    /// <summary>Multiplies a symmetric matrix, of which the lower triangle is given, with a vector.</summary>
    private static double[] Multiply(double[] matrix, double[] vector)
    {
        var product = new double[vector.Length];
        for (var i = 0; i < vector.Length; i++)
        {
            for (var j = 0; j < vector.Length; j++)
                product[i] += matrix[(Math.Max(i, j) * vector.Length) + Math.Min(i, j)] * vector[j];
        }

        return product;
    }

    /// <summary>The state of one model.</summary>
    private sealed class Search(PenalizedLikelihood own, double tolerance)
    {
        public double Tolerance { get; } = tolerance;

        public PenalizedLikelihood Own { get; } = own;

        public double[] Point { get; } = new double[own.Size];

        public ShrinkingSteps? Steps { get; set; }

        public bool IsActive { get; set; }

        public NearbyFit? Fit { get; set; }
    }
}
