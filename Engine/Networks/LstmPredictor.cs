using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Networks;

/// <summary>The probabilities of many samples: all prefixes of a stay by one walk where no hour knows of a later one, else sample by sample.</summary>
internal static class LstmPredictor
{
    /// <summary>Sequences that are walked together: one reading of the weights serves them all.</summary>
    private const int GroupSize = 32;

    /// <summary>Gives each validation sample a probability of class 1.</summary>
    /// <param name="weights">Where the parameters are packed.</param>
    /// <param name="parameters">The present parameters.</param>
    /// <param name="validation">n samples; there must be some.</param>
    /// <param name="probabilities">Receives n values.</param>
    /// <param name="options">How to use the machine.</param>
    /// <exception cref="InvalidOperationException">There are no validation samples.</exception>
    public static void PredictValidation(LstmWeights<float> weights, ReadOnlySpan<float> parameters, SequenceSamples? validation, Span<double> probabilities, ComputeOptions options)
    {
        if (validation is null)
        {
            Throw.InvalidOperation("there are no validation samples.");
            return;
        }

        weights.Pack(parameters);
        Predict(weights, validation, probabilities, options);
    }

    /// <summary>Gives each sample a probability of class 1.</summary>
    /// <param name="weights">The parameters.</param>
    /// <param name="samples">n samples.</param>
    /// <param name="probabilities">Receives n values.</param>
    /// <param name="options">How to use the machine.</param>
    /// <exception cref="ArgumentException">The samples have another number of features, there is no room for the probabilities, a value is not finite, or all hours of a sample are 0.</exception>
    public static unsafe void Predict(LstmWeights<float> weights, SequenceSamples samples, Span<double> probabilities, ComputeOptions options)
    {
        LstmTraining.CheckFeatures(weights.Layout, samples, nameof(samples));
        if (probabilities.Length < samples.Count)
            Throw.Argument_DestinationTooShort(nameof(probabilities), probabilities.Length, samples.Count);
        var hours = samples.Episodes.Hours;
        using var hold = hours.Hold();
        var walks = new WalkShare(weights.Layout.IsCausal ? PrefixWalks.OfStays(samples) : PrefixWalks.OfSamples(samples), hours);
        var parallel = options.ToParallelOptions();
        var (count, gate, firstFailed) = (probabilities.Length, new object(), int.MaxValue);
        fixed (double* first = probabilities)
        {
            var destination = first;
            ParallelLoop.For(
                0,
                (walks.Count + GroupSize - 1) / GroupSize,
                parallel,
                () => (Walker: LstmWalker<float>.Create(weights), Group: new LstmGroup()),
                (group, _, own) =>
                {
                    own.Group.Clear();
                    for (var walk = group * GroupSize; walk < Math.Min(walks.Count, (group + 1) * GroupSize); walk++)
                        walks.AddTo(own.Group, walk);
                    try
                    {
                        own.Walker.Predict(own.Group.Sequences, own.Group.Points, new Span<double>(destination, count));
                    }
                    catch (ArgumentException) when (walks.AreShared)
                    {
                        lock (gate)
                            firstFailed = Math.Min(firstFailed, group);
                    }

                    return own;
                },
                static own => own.Walker.Dispose());
        }

        if (walks.FetchFailed(firstFailed < int.MaxValue, firstFailed * GroupSize, GroupSize) is { } failed)
        {
            // Every rank meets the error that one met, and none waits for it.
            using var walker = LstmWalker<float>.Create(weights);
            walker.Predict(failed.Sequences, failed.Points, new double[count]);
        }

        walks.Complete(probabilities);
    }
}
