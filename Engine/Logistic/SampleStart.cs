using Engine.Compute.Irls;
using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>Brings the start of a large fit close to the optimum for less than two passes: Newton steps on a sample of the rows, then passes without a Hessian.</summary>
/// <remarks>
/// The sample of half a million rows knows the information matrix to a few per cent, so each step from a gradient of all rows leaves a few per cent of the distance,
/// at a third of the cost of a pass; <see cref="BfgsInformation"/> makes that fewer with each step. What a sample does not hold, such as the two events of a rare column,
/// can lead far astray: the log-likelihood of all rows must not fall.
/// </remarks>
internal sealed class SampleStart
{
    /// <summary>From so many blocks on, about half a million rows, a start pays.</summary>
    public const int BlocksForSample = 2048;

    private const int LargestSampleIterations = 40;
    private const double SmallestShare = 1.0 / 1024;

    /// <summary>The squared distance to the optimum of the sample, in standard errors of all rows, that a last step crosses.</summary>
    private const double SampleDecrement = 0.16;

    // Without a penalty, the sign of separated classes, which have no optimum.
    private const double LargestSampleLinearPredictor = 30;
    private const int LargestApproaches = 8;
    private const double Rounding = 1e-13;

    /// <summary>Seven digits of standard errors; the eighth would cost a pass.</summary>
    private const double LargestMove = 1e-7;

    private SampleStart(double[] best, double bestObjective) => (Best, BestObjective, Point) = (best, bestObjective, best);

    /// <summary>Gets where the start ends, as coefficients of the columns of the rows.</summary>
    public double[] Point { get; private set; }

    /// <summary>Gets the place on the way with the largest objective that was seen.</summary>
    public double[] Best { get; private set; }

    /// <summary>Gets that objective.</summary>
    public double BestObjective { get; private set; }

    /// <summary>Gets the columns in which the sample was fitted; null for those of the rows.</summary>
    public ColumnBasis? Basis { get; private set; }

    /// <summary>Gets how far the steps of the start squared the distance.</summary>
    public QuadraticConvergence Rate { get; } = new(LargestMove);

    /// <summary>Moves a start towards the optimum; where a sample is singular or separated, it stays.</summary>
    /// <param name="likelihood">The function, over the columns of the rows.</param>
    /// <param name="plain">Where to start.</param>
    /// <param name="objective">The objective there.</param>
    public static SampleStart Find(PenalizedLikelihood likelihood, double[] plain, double objective)
    {
        var start = new SampleStart(plain, objective);
        using var sample = likelihood.Sample();
        var first = FitPlace.At(sample, plain);
        var place = double.IsFinite(first.Objective) ? Conditioning.Improve(first, finds: true) : first;
        try
        {
            // What rounding leaves of a combination of others is no column to make steps along.
            if (place.Likelihood.LeftOut.Count > 0 || SolveSample(place) is not var (point, information))
                return start;
            start.Basis = place.Likelihood.Basis;
            using var replaced = start.Basis is null ? null : likelihood.In(start.Basis, []);
            start.Approach(replaced ?? likelihood, point, new BfgsInformation(information));
            return start;
        }
        finally
        {
            if (!ReferenceEquals(place, first))
                place.Likelihood.Dispose();
        }
    }

    private static (double[] Point, Cholesky Information)? SolveSample(FitPlace place)
    {
        var (sample, point, sums) = place;
        for (var iteration = 0; iteration < LargestSampleIterations; iteration++)
        {
            var gradient = sample.Gradient(sums, point);
            var factor = sample.Factorize(sums);
            var step = factor.Solve(gradient);
            if (factor.LeftOut.Count > 0 || (!sample.IsPenalized && !(sums.LargestLinearPredictor < LargestSampleLinearPredictor)) || step.Any(static value => !double.IsFinite(value)))
                return null;
            if (DoubleVector.Dot(step, gradient) <= SampleDecrement)
            {
                var end = (double[])point.Clone();
                DoubleVector.AddScaled(end, 1, step);
                return (end, factor);
            }

            if (TakeStep(new FitPlace(sample, point, sums), step) is not { } moved)
                return null;
            (point, sums) = (moved.Coefficients, moved.Sums);
        }

        return null;
    }

    /// <summary>Moves along a step, half of it, a quarter ..., until the sample's objective does not fall.</summary>
    private static FitPlace? TakeStep(FitPlace place, double[] step)
    {
        for (var share = 1.0; share >= SmallestShare; share /= 2)
        {
            var candidate = (double[])place.Coefficients.Clone();
            DoubleVector.AddScaled(candidate, share, step);
            var there = place with { Coefficients = candidate, Sums = place.Likelihood.Sum(candidate) };
            if (there.Objective >= place.Objective)
                return there;
        }

        return null;
    }

    private void Approach(PenalizedLikelihood likelihood, double[] coefficients, BfgsInformation information)
    {
        var steps = new QuasiNewtonSteps(information);
        for (var pass = 0; pass < LargestApproaches; pass++)
        {
            var sums = likelihood.Sum(coefficients, hasHessian: false);
            var objective = likelihood.Objective(sums, coefficients);
            if (!(objective >= BestObjective - (Rounding * Math.Abs(BestObjective))))
            {
                Point = Best;
                return;
            }

            Point = likelihood.ToDesign(coefficients);
            (Best, BestObjective) = (Point, objective);
            if (!steps.TryNext(likelihood.Gradient(sums, coefficients)))
                return;
            Rate.Note(steps.Distance);
            DoubleVector.AddScaled(coefficients, 1, steps.Step);
            Point = likelihood.ToDesign(coefficients);
            if (Rate.IsEnough(steps.DistanceLeft, 1e-8, double.PositiveInfinity))
                return;
        }
    }
}
