using Engine.Compute;
using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>Brings the start of a large fit close to the optimum for less than two passes: Newton steps on a sample of the rows, then passes without a Hessian.</summary>
/// <remarks>
/// The sample of half a million rows knows the information matrix to a few per cent, so each step from a gradient of all rows leaves a few per cent of the distance,
/// at a third of the cost of a pass; <see cref="CurvatureMemory"/> makes that fewer with each step.
/// </remarks>
internal sealed class SampleStart(PenalizedLikelihood likelihood)
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

    /// <summary>Seven digits of standard errors; the eighth would cost a pass.</summary>
    private const double LargestMove = 1e-7;

    /// <summary>Moves coefficients towards the optimum; where a sample is singular or separated, they stay.</summary>
    /// <param name="coefficients">Where to start; receives where the start ends.</param>
    /// <returns>How far the steps of the start squared the distance.</returns>
    public SquaringRate Move(double[] coefficients)
    {
        var rate = new SquaringRate(LargestMove);
        using var sample = likelihood.Sample();
        if (SolveSample(sample, coefficients) is { } sampled)
            Approach(coefficients, new CurvatureMemory(sampled), rate);
        return rate;
    }

    private static Cholesky? SolveSample(PenalizedLikelihood sample, double[] coefficients)
    {
        var point = (double[])coefficients.Clone();
        var sums = sample.Sum(point);
        for (var iteration = 0; iteration < LargestSampleIterations; iteration++)
        {
            var gradient = sample.Gradient(sums, point);
            var factor = sample.Factorize(sums);
            var step = factor.Solve(gradient);
            if (factor.LeftOut.Count > 0 || (!sample.IsPenalized && !(sums.LargestLinearPredictor < LargestSampleLinearPredictor)) || step.Any(value => !double.IsFinite(value)))
                return null;
            if (DoubleVector.Dot(step, gradient) <= SampleDecrement)
            {
                DoubleVector.AddScaled(point, 1, step);
                point.CopyTo(coefficients, 0);
                return factor;
            }

            if (TakeStep(sample, ref sums, point, step) is not { } moved)
                return null;
            point = moved;
        }

        return null;
    }

    /// <summary>Moves along a step, half of it, a quarter ..., until the sample's objective does not fall.</summary>
    private static double[]? TakeStep(PenalizedLikelihood sample, ref NormalEquations sums, double[] point, double[] step)
    {
        var objective = sample.Objective(sums, point);
        for (var share = 1.0; share >= SmallestShare; share /= 2)
        {
            var candidate = (double[])point.Clone();
            DoubleVector.AddScaled(candidate, share, step);
            var there = sample.Sum(candidate);
            if (!(sample.Objective(there, candidate) >= objective))
                continue;
            sums = there;
            return candidate;
        }

        return null;
    }

    private void Approach(double[] coefficients, CurvatureMemory memory, SquaringRate rate)
    {
        var steps = new ShrinkingSteps(memory);
        for (var pass = 0; pass < LargestApproaches; pass++)
        {
            if (!steps.TryNext(likelihood.Gradient(likelihood.Sum(coefficients, hasHessian: false), coefficients)))
                return;
            rate.Note(steps.Distance);
            DoubleVector.AddScaled(coefficients, 1, steps.Step);
            if (rate.IsEnough(steps.DistanceLeft))
                return;
        }
    }
}
