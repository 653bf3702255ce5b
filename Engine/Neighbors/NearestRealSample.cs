using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Neighbors;

/// <summary>The L1 distance of synthetic rows to the closest real row of each group: too close means copied, and no privacy.</summary>
/// <remarks><b>Source</b>: Smolyak et al. 2024, figure 3. Give held-out real rows in place of synthetic ones to see how close real rows come.</remarks>
public static class NearestRealSample
{
    private const int LargestGroupCount = 64;

    /// <summary>Finds the closest real row of each group for every synthetic row, in one pass over the real rows.</summary>
    /// <param name="synthetic">m x p, finite.</param>
    /// <param name="real">n x p, finite.</param>
    /// <param name="groups">1 to 64 groups over the n real rows; a group without rows is left out.</param>
    /// <param name="backend">What runs the kernel; the processor when null.</param>
    /// <param name="options">How the search may use the machine.</param>
    /// <returns>m x groups distances and row indices; of equally close rows the lowest index.</returns>
    /// <exception cref="ArgumentException">Shapes disagree, a value is not finite, or no group has a row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more than 64 groups.</exception>
    public static ClosestRows Distances(SampleMatrix synthetic, SampleMatrix real, Subgroups groups, IComputeBackend? backend = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(synthetic);
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(groups);
        if (synthetic.FeatureCount != real.FeatureCount)
            Throw.Argument_FeatureCountsDiffer(nameof(synthetic), synthetic.FeatureCount, nameof(real), real.FeatureCount);
        if (groups.RowCount != real.RowCount)
            Throw.Argument_LengthsDiffer(nameof(groups), groups.RowCount, nameof(real), real.RowCount);
        var names = groups.Names.Where(name => groups[name].Count > 0).ToArray();
        if (names.Length == 0)
            Throw.Argument_Invalid(nameof(groups), "no group has a row; there is nothing to be close to.");
        if (names.Length > LargestGroupCount)
            Throw.ArgumentOutOfRange(nameof(groups), names.Length, $"1 to {LargestGroupCount} groups");
        synthetic.EnsureFinite(nameof(synthetic));
        real.EnsureFinite(nameof(real));

        var length = checked((int)(synthetic.RowCount * names.Length));
        var (indices, distances) = (new long[length], new float[length]);
        (backend ?? SimdBackend.Instance).FindNearestOfGroups(
            real, GroupsOfRows(groups, names), names.Length, synthetic, indices, distances, options ?? ComputeOptions.Default);
        return new ClosestRows(names, indices, distances);
    }

    private static ulong[] GroupsOfRows(Subgroups groups, string[] names)
    {
        var words = new ulong[groups.RowCount];
        for (var group = 0; group < names.Length; group++)
        {
            foreach (var row in groups[names[group]].ToRows())
                words[row] |= 1UL << group;
        }

        return words;
    }
}
