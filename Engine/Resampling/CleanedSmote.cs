using Engine.Compute;
using Engine.Data;

namespace Engine.Resampling;

/// <summary>SMOTE followed by a cleaning rule, which sees original and made rows as one table.</summary>
internal static class CleanedSmote
{
    /// <summary>Plans both.</summary>
    /// <param name="smote">What makes rows.</param>
    /// <param name="findRemoved">Finds the rows to remove.</param>
    /// <param name="training">Finite rows, with labels.</param>
    /// <param name="compute">How to use the machine.</param>
    /// <returns>The original rows that stay, and the made rows that do.</returns>
    public static ResamplingPlan Plan(Smote smote, Func<LabeledSamples, ComputeOptions, RowMask> findRemoved, LabeledSamples training, ComputeOptions compute)
    {
        var made = smote.Plan(training, compute);
        var (samples, labels) = training;
        var removed = findRemoved(new LabeledSamples(Join(labels, made), JoinedRows.Join(samples, made.SyntheticRows(samples, compute))), compute);
        var kept = RowMask.From(labels.Count, row => !removed[row]).ToRows();
        var synthetic = made.Synthetic.ToArray().Where((_, i) => !removed[labels.Count + i]).ToArray();
        return ResamplingPlan.KeepAndExtend(labels.Count, kept, synthetic, labels.MinorityClass);
    }

    private static Labels Join(Labels labels, ResamplingPlan made)
    {
        var joined = new byte[labels.Count + made.Synthetic.Length];
        labels.Values.CopyTo(joined);
        joined.AsSpan(labels.Count).Fill(labels.MinorityClass);
        return Labels.From(joined);
    }
}
