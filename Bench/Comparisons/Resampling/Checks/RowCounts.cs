using Engine.Data;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling.Checks;

/// <summary>The resampled table has as many rows as the method promises.</summary>
/// <param name="expected">How many, of the rows of the two classes.</param>
internal sealed class RowCounts(Func<(int Minority, int Majority), long> expected) : IPlanCheck
{
    /// <inheritdoc/>
    public CheckResult Run(LabeledSamples rows, ResamplingPlan plan, CancellationToken cancellation)
    {
        var (positives, negatives) = (rows.Labels.PositiveCount, rows.Labels.NegativeCount);
        var wanted = expected((Math.Min(positives, negatives), Math.Max(positives, negatives)));
        return CheckResult.Of(
            "number of rows", plan.TotalRowCount, plan.TotalRowCount == wanted ? null : $"{plan.TotalRowCount} rows where {wanted} were asked for");
    }
}
