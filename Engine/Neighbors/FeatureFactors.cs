using Engine.Diagnostics;
using Engine.Numerics.Distances;

namespace Engine.Neighbors;

/// <summary>Turns feature weights into what columns are multiplied by before a distance is taken.</summary>
internal static class FeatureFactors
{
    /// <summary>Checks weights and takes roots where the metric squares differences.</summary>
    public static float[] Of(ReadOnlySpan<float> weights, int featureCount, Metric metric)
    {
        if (weights.Length != featureCount)
            Throw.Argument_Invalid(nameof(NeighborIndexOptions.FeatureWeights), $"FeatureWeights has {weights.Length:N0} weights where the reference has {featureCount:N0} features; pass one a feature.");
        var factors = new float[featureCount];
        for (var feature = 0; feature < featureCount; feature++)
        {
            if (!(weights[feature] >= 0 && weights[feature] <= float.MaxValue))
                Throw.Argument_Invalid(nameof(NeighborIndexOptions.FeatureWeights), $"the weight of feature {feature} is {weights[feature]}; a weight is finite and 0 or more, 0 leaves the feature out.");
            factors[feature] = metric == Metric.L1 ? weights[feature] : MathF.Sqrt(weights[feature]);
        }

        return factors;
    }
}
