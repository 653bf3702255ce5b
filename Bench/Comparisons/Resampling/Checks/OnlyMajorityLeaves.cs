using Bench.Comparisons.Resampling.Rows;
using Engine.Data;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling.Checks;

/// <summary>Every minority row stays, and no row is made.</summary>
internal sealed class OnlyMajorityLeaves : IPlanCheck
{
    /// <inheritdoc/>
    public CheckResult Run(LabeledSamples rows, ResamplingPlan plan, CancellationToken cancellation)
    {
        var minority = rows.MinorityRows;
        var difference = plan.Synthetic.Length > 0 ? $"{plan.Synthetic.Length} rows are to be made" : null;
        foreach (var row in minority)
            difference ??= plan.MultiplicityOf((int)row) == 1 ? null : $"minority row {row} is kept {plan.MultiplicityOf((int)row)} times";
        return CheckResult.Of("minority rows stay", minority.Length, difference);
    }
}
