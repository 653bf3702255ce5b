using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>The model without features: an intercept, if there is one, and the offsets. Every fit that is given no other start begins there.</summary>
/// <param name="Intercept">The intercept; 0 where the model has none.</param>
/// <param name="LogLikelihood">The log-likelihood.</param>
internal sealed record NullModel(double Intercept, double LogLikelihood)
{
    /// <summary>Bounds as far apart as doubles can be are halved so often until they meet.</summary>
    private const int LargestIterations = 2200;

    /// <summary>A step that moves no probability by more than rounding.</summary>
    private const double NegligibleStep = 1e-15;

    /// <summary>From here on digits of log odds are lost in sums of offset and intercept, which cancel each other.</summary>
    private const double LargestIntercept = 256;

    /// <summary>Returns the model without offsets.</summary>
    /// <param name="positiveWeight">The sum of the weights of class 1.</param>
    /// <param name="negativeWeight">The sum of the weights of class 0.</param>
    /// <param name="hasIntercept">Whether there is an intercept.</param>
    public static NullModel Of(double positiveWeight, double negativeWeight, bool hasIntercept)
    {
        var total = positiveWeight + negativeWeight;
        return hasIntercept
            ? new NullModel(
                PortableMath.Log(positiveWeight / negativeWeight),
                (positiveWeight * PortableMath.Log(positiveWeight / total)) + (negativeWeight * PortableMath.Log(negativeWeight / total)))
            : new NullModel(0, total * PortableMath.Log(0.5));
    }

    /// <summary>Returns the model with offsets: Newton's steps between bounds that close in on the intercept.</summary>
    /// <param name="rows">The rows; where the intercept is large, it becomes a part of their offsets (<see cref="WeightedRows.MovedOffsets"/>).</param>
    /// <param name="hasIntercept">Whether there is an intercept.</param>
    /// <param name="options">How to use the machine.</param>
    public static NullModel Of(WeightedRows rows, bool hasIntercept, ParallelOptions options)
    {
        if (!rows.HasOffsets)
            return Of(rows.PositiveWeight, rows.NegativeWeight, hasIntercept);
        if (!hasIntercept)
            return new NullModel(0, rows.SumAtOffsets(0, options).LogLikelihood);

        var model = AtOffsets(rows, options);
        if (Math.Abs(model.Intercept) <= LargestIntercept)
            return model;
        rows.MoveOffsets(model.Intercept);
        return AtOffsets(rows, options);
    }

    private static NullModel AtOffsets(WeightedRows rows, ParallelOptions options)
    {
        // At the same offset everywhere the intercept would be the log odds less that offset.
        var logOdds = PortableMath.Log(rows.PositiveWeight / rows.NegativeWeight);
        var (smallest, largest, mean) = rows.SummarizeOffsets();
        var (low, high, intercept) = (logOdds - largest, logOdds - smallest, logOdds - mean);
        var sums = rows.SumAtOffsets(intercept, options);
        for (var iteration = 0; iteration < LargestIterations; iteration++)
        {
            if (sums.Gradient > 0)
                low = Math.Max(low, intercept);
            else
                high = Math.Min(high, intercept);
            var next = intercept + (sums.Gradient / sums.Curvature);
            // Where every probability is 0 or 1 there is no curvature, and Newton's step leads anywhere.
            if (!(next > low && next < high))
                next = low + ((high / 2) - (low / 2));
            var step = next - intercept;
            if (Math.Abs(step) <= NegligibleStep * Math.Max(1, Math.Abs(intercept)))
                break;
            intercept = next;
            sums = rows.SumAtOffsets(intercept, options);
        }

        return new NullModel(intercept, sums.LogLikelihood);
    }
}
