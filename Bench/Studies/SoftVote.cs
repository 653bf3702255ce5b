using Engine.Compute;
using Engine.Data;
using Engine.Prognosis;

namespace Bench.Studies;

/// <summary>The probability of several models: the mean of theirs.</summary>
internal static class SoftVote
{
    /// <summary>Averages the probabilities of some samples.</summary>
    /// <param name="models">One model or more.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="compute">How to use the machine.</param>
    /// <returns>One probability a sample.</returns>
    public static double[] Of(IReadOnlyList<IFittedModel> models, LabeledSamples samples, ComputeOptions compute)
    {
        var mean = new double[samples.Count];
        var one = new double[mean.Length];
        foreach (var model in models)
        {
            model.Predict(samples, one, compute);
            for (var row = 0; row < mean.Length; row++)
                mean[row] += one[row] / models.Count;
        }

        return mean;
    }
}
