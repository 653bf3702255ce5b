using Engine.Data;

namespace Engine.Resampling;

/// <summary>Weights under which both classes count as much: what balances without adding a row.</summary>
public static class ClassWeights
{
    /// <summary>Returns n / (2 x rows of its class) for every row.</summary>
    /// <param name="labels">n labels, both classes present.</param>
    /// <returns>One weight a row, as <c>SampleWeights</c> of a fit takes them; their sum is n, up to rounding.</returns>
    /// <exception cref="ArgumentException">A class is absent.</exception>
    /// <remarks><b>Source</b>: class_weight="balanced" of scikit-learn.</remarks>
    public static double[] Balanced(Labels labels)
    {
        _ = ClassBalance.Of(labels);
        var ofNegative = labels.Count / (2.0 * labels.NegativeCount);
        var ofPositive = labels.Count / (2.0 * labels.PositiveCount);
        var weights = new double[labels.Count];
        for (var row = 0; row < weights.Length; row++)
            weights[row] = labels[row] == 1 ? ofPositive : ofNegative;
        return weights;
    }
}
