using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Neighbors;
using Engine.Numerics.Distances;

namespace Engine.Fidelity;

/// <summary>How close synthetic rows come to the real rows of a group, beside how close those come to each other.</summary>
/// <param name="Group">The name of the group.</param>
/// <param name="Synthetic">L1 distances of synthetic rows to the closest real row of the group.</param>
/// <param name="Real">L1 distances of the real rows of the group to the closest other row of the group; null where the group has one row.</param>
/// <remarks><b>Source</b>: figure 3 of Smolyak et al. 2024, which shows the first; the second says what to compare it with.</remarks>
public sealed record GroupDistances(string Group, DistanceSummary Synthetic, DistanceSummary? Real)
{
    /// <summary>Measures encoded rows.</summary>
    /// <param name="synthetic">m x p, finite, at least one row.</param>
    /// <param name="real">n x p, finite.</param>
    /// <param name="groups">Groups over the n real rows, at least one with a row; a group without rows is left out.</param>
    /// <param name="compute">How to use the machine; no bit of the result depends on it.</param>
    /// <returns>One entry a group.</returns>
    /// <exception cref="ArgumentException">Shapes disagree, a value is not finite, no group has a row, or there is no synthetic row.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static IReadOnlyList<GroupDistances> Compute(SampleMatrix synthetic, SampleMatrix real, Subgroups groups, ComputeOptions? compute = null)
    {
        compute ??= ComputeOptions.Default;
        var names = NearestRealSample.Check(real, groups);
        NearestRealSample.CheckRows(synthetic, nameof(synthetic), real, names.Length);
        if (synthetic.RowCount == 0)
            Throw.Argument_Invalid(nameof(synthetic), "synthetic has no rows; distances are those of one at least.");
        return [.. names.Select(name => Measure(name, synthetic, real, groups[name], compute))];
    }

    private static GroupDistances Measure(string name, SampleMatrix synthetic, SampleMatrix real, RowMask group, ComputeOptions compute)
    {
        // One index answers both questions.
        using var rows = real.SelectRows(group.ToRows()).Copy();
        using var index = NearestNeighbors.Build(rows, Metric.L1, new NeighborIndexOptions { Compute = compute });
        return new GroupDistances(name, Closest(synthetic, excludeSelf: false), group.Count < 2 ? null : Closest(rows, excludeSelf: true));

        DistanceSummary Closest(SampleMatrix queries, bool excludeSelf) => DistanceSummary.OfWide(RowDistances.Find(index, rows, queries, 1, excludeSelf, compute).Distances);
    }
}
