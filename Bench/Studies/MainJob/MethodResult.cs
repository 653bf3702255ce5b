using Bench.Cohorts;
using Bench.Studies.Arms;
using Engine.Metrics;
using Engine.Prognosis;

namespace Bench.Studies.MainJob;

/// <summary>How one method did.</summary>
/// <param name="Method">A name of <see cref="ResamplingMethod"/>.</param>
/// <param name="TrainingRowCount">The rows that one model was fitted on, repeated and made ones counted.</param>
/// <param name="Seconds">Wall time of planning and fitting.</param>
/// <param name="FitStatus">How the fit ended, such as "Converged", or the epoch that was chosen, such as "epoch 7 of 20".</param>
/// <param name="Tables">Metrics of every group, for each split on which models are judged.</param>
public sealed record MethodResult(string Method, long TrainingRowCount, double Seconds, string FitStatus, IReadOnlyDictionary<CohortSplit, SubgroupTable> Tables)
{
    /// <summary>Gets the probability of class 1 of every row of each split on which models are judged, in the order of <see cref="Cohort.RowsOf"/>.</summary>
    public required IReadOnlyDictionary<CohortSplit, double[]> Probabilities { get; init; }

    /// <summary>Gets how each fit went: one, or one a draw.</summary>
    public required IReadOnlyList<ModelSummary> Models { get; init; }

    /// <summary>Gets the intervals of <see cref="MethodIntervals.Metrics"/> in every group, over the test rows; whole stays are drawn.</summary>
    public required IReadOnlyList<SubgroupIntervals> Intervals { get; init; }

    /// <summary>Gets the intervals of this method less no resampling, for the group of interest and everyone, over the test rows; empty for no resampling and where it did not run.</summary>
    public required IReadOnlyList<SubgroupIntervals> Differences { get; init; }

    /// <summary>Gets what is predicted in every group of the test rows, and in the same draws of everyone: by it groups are compared.</summary>
    public required SubgroupReplicates Replicates { get; init; }

    /// <summary>Gets the calibration of every group over the test rows.</summary>
    public required IReadOnlyList<CalibrationIntervals> Calibration { get; init; }

    /// <summary>Gets the AUROC of every group beside that of no resampling over the test rows; empty for no resampling, where it did not run, and where rows are not independent.</summary>
    public required IReadOnlyList<SubgroupValue<AurocComparison>> AurocComparisons { get; init; }
}
