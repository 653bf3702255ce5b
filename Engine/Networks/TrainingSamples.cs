using Engine.Data;
using Engine.Diagnostics;
using Engine.Resampling;

namespace Engine.Networks;

/// <summary>The samples of an epoch, one a place, from labels, a plan and weights.</summary>
internal static class TrainingSamples
{
    /// <summary>Lists the places: observed samples in order, then made ones, whose rows follow the observed.</summary>
    /// <param name="labels">The classes of the observed samples.</param>
    /// <param name="plan">Which are used, how often, and which are made; every one once when null.</param>
    /// <param name="sampleWeights">One weight an observed sample, finite and 0 or more, 0 leaves it out; all 1 when empty. A made sample has weight 1.</param>
    /// <param name="hasMultiplicitiesAsWeights">Whether a sample used k times has one place and k times its weight.</param>
    /// <returns>The places; 16 bytes each.</returns>
    /// <exception cref="ArgumentException">Labels, plan and weights speak of different numbers of samples, a weight is negative or not finite, or no sample is left.</exception>
    public static BatchSample[] From(Labels labels, ResamplingPlan? plan, ReadOnlySpan<double> sampleWeights, bool hasMultiplicitiesAsWeights)
    {
        plan ??= ResamplingPlan.KeepAll(labels.Count);
        if (plan.SourceRowCount != labels.Count)
            Throw.Argument_LengthsDiffer(nameof(labels), labels.Count, "the plan", plan.SourceRowCount);
        if (!sampleWeights.IsEmpty && sampleWeights.Length != labels.Count)
            Throw.Argument_LengthsDiffer(nameof(sampleWeights), sampleWeights.Length, nameof(labels), labels.Count);
        var times = plan.ToMultiplicities();
        var count = 0L;
        for (var row = 0; row < labels.Count; row++)
        {
            if (!sampleWeights.IsEmpty && !(sampleWeights[row] >= 0 && float.IsFinite((float)sampleWeights[row])))
                Throw.Argument_WeightInvalid(nameof(sampleWeights), row, (float)sampleWeights[row]);
            count += PlacesOf(row, sampleWeights);
        }

        count += plan.Synthetic.Length;
        if (count == 0)
            Throw.Argument_Invalid(nameof(plan), "no sample is left to train on; keep some, with a weight above 0.");
        if (count > Array.MaxLength)
            Throw.Argument_Invalid(nameof(plan), $"an epoch would have {count:N0} places; let multiplicities be weights.");
        var samples = new BatchSample[count];
        var place = 0;
        for (var row = 0; row < labels.Count; row++)
        {
            var weight = sampleWeights.IsEmpty ? 1 : (float)sampleWeights[row];
            if (hasMultiplicitiesAsWeights)
                weight *= times[row];
            var places = PlacesOf(row, sampleWeights);
            samples.AsSpan(place, places).Fill(new BatchSample(row, weight, labels[row]));
            place += places;
        }

        for (var i = 0; i < plan.Synthetic.Length; i++)
            samples[place++] = new BatchSample((long)labels.Count + i, 1, plan.SyntheticLabelOf(i));
        return samples;

        int PlacesOf(int row, ReadOnlySpan<double> weights)
        {
            if (times[row] == 0 || (!weights.IsEmpty && weights[row] == 0))
                return 0;
            return hasMultiplicitiesAsWeights ? 1 : times[row];
        }
    }
}
