using Bench.Comparisons.Arrays;
using Bench.Comparisons.Checks;
using Engine.Data;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling.Checks;

/// <summary>Something that must hold of a plan.</summary>
/// <param name="rows">What was resampled.</param>
/// <param name="plan">The engine's plan.</param>
/// <param name="cancellation">Stops the work.</param>
internal delegate CheckResult PlanCheck(LabeledSamples rows, ResamplingPlan plan, CancellationToken cancellation);

/// <summary>Compares the engine's plan with what imbalanced-learn found on the same rows.</summary>
/// <param name="rows">What was resampled.</param>
/// <param name="plan">The engine's plan.</param>
/// <param name="found">What the script wrote for this method.</param>
/// <param name="cancellation">Stops the work.</param>
internal delegate CheckResult RivalCheck(LabeledSamples rows, ResamplingPlan plan, long[] found, CancellationToken cancellation);

/// <summary>What can be seen from the multiplicities of rows.</summary>
internal static class PlanChecks
{
    /// <summary>The resampled table has as many rows as the method promises.</summary>
    /// <param name="expected">How many, of the rows of the two classes.</param>
    public static PlanCheck RowCounts(Func<(int Minority, int Majority), long> expected) => (rows, plan, _) =>
    {
        var (positives, negatives) = (rows.Labels.PositiveCount, rows.Labels.NegativeCount);
        var wanted = expected((Math.Min(positives, negatives), Math.Max(positives, negatives)));
        return CheckResult.Of(
            "number of rows", plan.TotalRowCount, plan.TotalRowCount == wanted ? null : $"{plan.TotalRowCount} rows where {wanted} were asked for");
    };

    /// <summary>Every minority row stays, and no row is made.</summary>
    public static CheckResult OnlyMajorityLeaves(LabeledSamples rows, ResamplingPlan plan, CancellationToken cancellation)
    {
        var minority = rows.MinorityRows;
        var difference = plan.Synthetic.Length > 0 ? $"{plan.Synthetic.Length} rows are to be made" : null;
        foreach (var row in minority)
            difference ??= plan.MultiplicityOf((int)row) == 1 ? null : $"minority row {row} is kept {plan.MultiplicityOf((int)row)} times";
        return CheckResult.Of("minority rows stay", minority.Length, difference);
    }

    /// <summary>Class 1 rows of the group are repeated, all others stay once.</summary>
    /// <param name="units">How often.</param>
    public static PlanCheck RepeatedUnits(int units) => (rows, plan, _) =>
    {
        string? difference = null;
        for (var row = 0; row < rows.Labels.Count; row++)
        {
            var wanted = rows.Labels[row] == 1 && rows.Group[row] ? units : 1;
            if (plan.MultiplicityOf(row) != wanted)
                difference ??= $"row {row} is kept {plan.MultiplicityOf(row)} times where {wanted} were asked for";
        }

        return CheckResult.Of("multiplicities", rows.Labels.Count, difference);
    };
}
