using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Logistic;

/// <content>The unit of the weights.</content>
internal sealed partial class WeightedRows
{
    private const double SmallestTotalWeight = 1e-303;
    private const double LargestTotalWeight = 1e300;

    /// <summary>A power of two beyond it is no double any more.</summary>
    private const int LargestExponent = 1000;

    /// <summary>Returns what the weights of two classes tell of each other at most, the information of the model without features.</summary>
    /// <remarks>Reciprocals do not overflow where the product of the weights would.</remarks>
    public static double Told(double negative, double positive) => 1 / ((1 / negative) + (1 / positive));

    /// <summary>Multiplies the weights by a power of two that brings what the classes tell of each other to what as many rows of weight 1 would tell.</summary>
    /// <returns>The power of two.</returns>
    private double Normalize()
    {
        var (negative, positive) = WeightsOfClasses();
        if (!double.IsFinite(negative + positive) || negative + positive > LargestTotalWeight || negative + positive < SmallestTotalWeight)
        {
            if (negative + positive == 0)
                return 1;
            Throw.Argument_Invalid(
                nameof(LogisticOptions.SampleWeights),
                $"the weights sum to {negative + positive:G3}; the sum must lie between {SmallestTotalWeight:G1} and {LargestTotalWeight:G1}. Multiply all weights, and the ridge penalty, by one factor: it changes no coefficient.");
        }

        if (negative == 0 || positive == 0)
            return 1;
        if (Math.Min(negative, positive) < SmallestTotalWeight)
        {
            Throw.Argument_Invalid(
                nameof(LogisticOptions.SampleWeights),
                $"the weights of class {(negative < positive ? 0 : 1)} sum to {Math.Min(negative, positive):G3}, which is no number of full precision; the sum must be 0, or at least {SmallestTotalWeight:G1}.");
        }

        var (negativeCount, positiveCount) = CountsOfClasses();
        var (told, toldByCounts) = (Told(negative, positive), Told(negativeCount, positiveCount));
        var exponent = Math.Clamp((int)Math.Round((PortableMath.Log(toldByCounts) - PortableMath.Log(told)) / PortableMath.Log(2)), -LargestExponent, LargestExponent);
        for (var row = 0; row < _weights!.Length; row++)
        {
            _weights[row] = Math.ScaleB(_weights[row], exponent);
            if (double.IsInfinity(_weights[row]))
                Throw.Argument_Invalid(nameof(LogisticOptions.SampleWeights), "the weights of the two classes are too many orders of magnitude apart; give weights within 1e300 of each other.");
        }

        return Math.ScaleB(1, exponent);
    }

    private (long Negative, long Positive) CountsOfClasses()
    {
        var (negative, positive) = (0L, 0L);
        for (var row = 0; row < _labels.Length; row++)
        {
            if (WeightOf(row) == 0)
                continue;
            if (_labels[row] == 1)
                positive++;
            else
                negative++;
        }

        return (negative, positive);
    }

    private (double Negative, double Positive) WeightsOfClasses()
    {
        if (_weights is null)
        {
            var positiveCount = _labels.AsSpan().Count((byte)1);
            return (_labels.Length - positiveCount, positiveCount);
        }

        var (negative, positive) = (0.0, 0.0);
        for (var i = 0; i < _labels.Length; i++)
        {
            negative += (1 - _labels[i]) * _weights[i];
            positive += _labels[i] * _weights[i];
        }

        return (negative, positive);
    }
}
