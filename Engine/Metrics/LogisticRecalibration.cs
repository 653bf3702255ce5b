using CommunityToolkit.HighPerformance.Buffers;
using Engine.Numerics;

namespace Engine.Metrics;

/// <summary>The logistic regression of the labels on the log odds of the scores: log odds of class 1 = intercept + slope x logit(score). Of perfect probabilities, 0 and 1.</summary>
/// <param name="Intercept">Above 0 where scores of 1/2 are too low. It speaks of the level of all scores only beside a slope of 1; <see cref="TryComputeInTheLarge"/> does so alone.</param>
/// <param name="Slope">Below 1 where scores are too extreme, as those of an overfitted model are; above 1 where they are too timid.</param>
/// <remarks>
/// <para><b>Scores of 0 and 1</b> have infinite log odds. They are moved 2^-52 away from the ends, as for the log loss: to log odds of -+36.04. One such row that came out otherwise then moves the line far, as it does the loss.</para>
/// <para><b>Undefined</b>: without rows of both classes, with a score outside 0 to 1, and where no fit exists: one score for all rows, or a score below which all rows are of one class and above which all are of the other.</para>
/// <para><b>Error</b>: Newton's method to a step of 1e-13; compensated sums over distinct scores. Against statsmodels 0.13.5 in the tests to 1e-9.</para>
/// <para><b>Determinism</b>: without weights, row order changes no bit.</para>
/// <para><b>Source</b>: Cox, "Two further applications of a model for binary regression", Biometrika 45 (1958); the names as in Van Calster et al., "Calibration: the Achilles heel of predictive analytics", BMC Medicine 17 (2019).</para>
/// </remarks>
public readonly record struct LogisticRecalibration(double Intercept, double Slope)
{
    private const double Clip = 1.0 / (1L << 52);
    private const double LastStep = 1e-13;
    private const int MostSteps = 100;
    private const int MostHalvings = 40;

    /// <summary>Fits intercept and slope.</summary>
    /// <param name="curve">A curve, with or without weights; one of <see cref="SubgroupCurves"/> for a group.</param>
    /// <param name="fit">The fit.</param>
    /// <returns>False where it is undefined.</returns>
    public static bool TryFit(RankingCurve curve, out LogisticRecalibration fit)
    {
        ArgumentNullException.ThrowIfNull(curve);
        fit = default;
        if (!HasBothClasses(curve) || IsSeparated(curve))
            return false;
        using var logits = ToLogits(curve);
        // From a slope of 0, where no row is certain and the curvature is large.
        var best = Evaluate(curve, logits.Span, new(PortableMath.Log(curve.PositiveWeight / curve.NegativeWeight), 0));
        for (var step = 0; step < MostSteps; step++)
        {
            var (intercept, slope) = best.Curvature.Solve(best.GradientOfIntercept, best.GradientOfSlope);
            var next = Evaluate(curve, logits.Span, new(best.At.Intercept + intercept, best.At.Slope + slope));
            for (var halving = 0; halving < MostHalvings && !(next.LogLikelihood >= best.LogLikelihood - (LastStep * Math.Abs(best.LogLikelihood))); halving++)
            {
                (intercept, slope) = (intercept / 2, slope / 2);
                next = Evaluate(curve, logits.Span, new(best.At.Intercept + intercept, best.At.Slope + slope));
            }

            best = next;
            if (Math.Abs(intercept) <= LastStep * (1 + Math.Abs(best.At.Intercept)) && Math.Abs(slope) <= LastStep * (1 + Math.Abs(best.At.Slope)))
                break;
        }

        fit = best.At;
        return true;
    }

    /// <summary>Computes calibration in the large: the intercept beside a slope of 1, by which the log odds of all scores would have to be raised to be right on the whole.</summary>
    /// <param name="curve">A curve, with or without weights; one of <see cref="SubgroupCurves"/> for a group.</param>
    /// <param name="intercept">0 where as many rows are of class 1 as the scores promise; above 0 where more are.</param>
    /// <returns>False without rows of both classes, or when a score lies outside 0 to 1.</returns>
    public static bool TryComputeInTheLarge(RankingCurve curve, out double intercept)
    {
        ArgumentNullException.ThrowIfNull(curve);
        intercept = 0;
        if (!HasBothClasses(curve))
            return false;
        using var logits = ToLogits(curve);
        // What is left of the labels falls as the intercept rises: Newton's steps, and halves where one leaves the bracket.
        var (low, high) = (-200.0, 200.0);
        for (var step = 0; step < MostSteps; step++)
        {
            var (gradient, curvature) = GradientInTheLarge(curve, logits.Span, intercept);
            (low, high) = gradient > 0 ? (intercept, high) : (low, intercept);
            var next = intercept + (gradient / curvature);
            if (!(next > low && next < high))
                next = (low + high) / 2;
            var isLast = Math.Abs(next - intercept) <= LastStep * (1 + Math.Abs(next));
            intercept = next;
            if (isLast)
                break;
        }

        return true;
    }

    /// <summary>Returns the log odds of a probability, which is moved away from 0 and 1.</summary>
    internal static double ToLogit(double score)
    {
        var inside = Math.Clamp(score, Clip, 1 - Clip);
        return PortableMath.Log(inside) - PortableMath.Log1p(-inside);
    }

    private static bool HasBothClasses(RankingCurve curve) => curve is { HasProbabilities: true, PositiveWeight: > 0, NegativeWeight: > 0 };

    /// <summary>Tells whether one score parts the classes, either way round, or all rows share one: then the likelihood grows without end, or does not change.</summary>
    private static bool IsSeparated(RankingCurve curve)
    {
        var positives = curve.Positives;
        var negatives = curve.Negatives;
        return positives.LastIndexOfAnyExcept(0.0) <= negatives.IndexOfAnyExcept(0.0) || negatives.LastIndexOfAnyExcept(0.0) <= positives.IndexOfAnyExcept(0.0);
    }

    private static SpanOwner<double> ToLogits(RankingCurve curve)
    {
        var logits = SpanOwner<double>.Allocate(curve.Scores.Length);
        for (var run = 0; run < curve.Scores.Length; run++)
            logits.Span[run] = ToLogit(curve.Scores[run]);
        return logits;
    }

    private static Point Evaluate(RankingCurve curve, ReadOnlySpan<double> logits, LogisticRecalibration at)
    {
        var (likelihood, ofIntercept, ofSlope) = (default(CompensatedSum), default(CompensatedSum), default(CompensatedSum));
        var (constant, mixed, square) = (default(CompensatedSum), default(CompensatedSum), default(CompensatedSum));
        for (var run = 0; run < logits.Length; run++)
        {
            var (logit, positives, negatives) = (logits[run], curve.Positives[run], curve.Negatives[run]);
            var odds = at.Intercept + (at.Slope * logit);
            var certain = PortableMath.Log1p(PortableMath.Exp(-Math.Abs(odds)));
            likelihood.Add(-(positives * (Math.Max(-odds, 0) + certain)) - (negatives * (Math.Max(odds, 0) + certain)));
            var (probability, other) = (PortableMath.Logistic(odds), PortableMath.Logistic(-odds));
            var residual = (positives * other) - (negatives * probability);
            var weight = (positives + negatives) * probability * other;
            ofIntercept.Add(residual);
            ofSlope.Add(residual * logit);
            constant.Add(weight);
            mixed.Add(weight * logit);
            square.Add(weight * logit * logit);
        }

        return new Point(at, likelihood.Value, ofIntercept.Value, ofSlope.Value, new(constant.Value, mixed.Value, square.Value));
    }

    private static (double Gradient, double Curvature) GradientInTheLarge(RankingCurve curve, ReadOnlySpan<double> logits, double intercept)
    {
        var (gradient, curvature) = (default(CompensatedSum), default(CompensatedSum));
        for (var run = 0; run < logits.Length; run++)
        {
            var (positives, negatives) = (curve.Positives[run], curve.Negatives[run]);
            var (probability, other) = (PortableMath.Logistic(intercept + logits[run]), PortableMath.Logistic(-intercept - logits[run]));
            gradient.Add((positives * other) - (negatives * probability));
            curvature.Add((positives + negatives) * probability * other);
        }

        return (gradient.Value, curvature.Value);
    }

    /// <summary>The likelihood of a line, with its derivatives.</summary>
    private readonly record struct Point(LogisticRecalibration At, double LogLikelihood, double GradientOfIntercept, double GradientOfSlope, LineCurvature Curvature);
}

/// <summary>The negative second derivatives of a likelihood by intercept and slope.</summary>
/// <param name="Constant">By the intercept twice.</param>
/// <param name="Mixed">By both.</param>
/// <param name="Square">By the slope twice.</param>
internal readonly record struct LineCurvature(double Constant, double Mixed, double Square)
{
    /// <summary>Gets whether rows of more than one score speak, so that there is a step.</summary>
    public bool IsPositive => Constant > 0 && (Constant * Square) - (Mixed * Mixed) > 0;

    /// <summary>Returns Newton's step.</summary>
    public (double Intercept, double Slope) Solve(double gradientOfIntercept, double gradientOfSlope)
    {
        var determinant = (Constant * Square) - (Mixed * Mixed);
        return (((Square * gradientOfIntercept) - (Mixed * gradientOfSlope)) / determinant, ((Constant * gradientOfSlope) - (Mixed * gradientOfIntercept)) / determinant);
    }
}
