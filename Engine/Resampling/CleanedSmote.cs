using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;

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
    /// <exception cref="ArgumentException">The rows lie with several ranks.</exception>
    public static ResamplingPlan Plan(Smote smote, Func<LabeledSamples, ComputeOptions, RowMask> findRemoved, LabeledSamples training, ComputeOptions compute)
    {
        // The table of both has rows of one rank in two places, where a search looks for one stretch.
        if (training.Rows.IsSpread)
            Throw.Argument_Invalid(nameof(training), "its rows lie with several ranks, and neighbors among rows that are there and rows that are made are searched by one process only; take SMOTE or the cleaning rule alone, or one process.");
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
