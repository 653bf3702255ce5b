using Bench.Cohorts;
using Engine.Data;

namespace Bench.Comparisons.Arrays;

/// <summary>The last hours of all simulated training samples, with the simulator's own share of class 1.</summary>
internal sealed class TrainingHours : ILabeledSource
{
    /// <inheritdoc/>
    public string Description => "simulated hours";

    /// <inheritdoc/>
    public LabeledSamples Make(int rowCount, CohortShelf shelf, CancellationToken cancellation) => Of(shelf.Simulate(rowCount, cancellation));

    /// <summary>Copies the training rows of a cohort of hours.</summary>
    public static LabeledSamples Of(Cohort cohort)
    {
        var rows = cohort.RowsOf(CohortSplit.Train);
        return SamplesOfCase.Of(
            cohort.Samples.SelectRows(rows).Copy(), cohort.Labels.Select(rows), cohort.Groups[ILabeledSource.GroupName].Select(rows));
    }
}
