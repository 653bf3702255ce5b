using Bench.Comparisons.Resampling.Rows;
using Engine.Data;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling.Checks;

/// <summary>Class 1 rows of the group are repeated, all others stay once.</summary>
/// <param name="units">How often.</param>
internal sealed class RepeatedUnits(int units) : IPlanCheck
{
    /// <inheritdoc/>
    public CheckResult Run(LabeledSamples rows, ResamplingPlan plan, CancellationToken cancellation)
    {
        string? difference = null;
        for (var row = 0; row < rows.Labels.Count; row++)
        {
            var wanted = rows.Labels[row] == 1 && rows.Group[row] ? units : 1;
            if (plan.MultiplicityOf(row) != wanted)
                difference ??= $"row {row} is kept {plan.MultiplicityOf(row)} times where {wanted} were asked for";
        }

        return CheckResult.Of("multiplicities", rows.Labels.Count, difference);
    }
}
