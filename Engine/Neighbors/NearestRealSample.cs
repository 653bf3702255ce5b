using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics.Distances;

namespace Engine.Neighbors;

/// <summary>The L1 distance of synthetic rows to the closest real row of each group: too close means copied, and no privacy.</summary>
/// <remarks>
/// <para><b>Ties</b>: of equally close rows the lowest index.</para>
/// <para><b>Determinism</b>: as <see cref="NearestNeighbors"/>.</para>
/// <para><b>Source</b>: Smolyak et al. 2024, figure 3.</para>
/// </remarks>
public static class NearestRealSample
{
    private const int LargestGroupCount = 64;

    /// <summary>Finds the closest real row of each group for every synthetic row, in one pass over the real rows.</summary>
    /// <param name="synthetic">m x p, finite.</param>
    /// <param name="real">n x p, finite.</param>
    /// <param name="groups">1 to 64 groups over the n real rows; a group without rows is left out.</param>
    /// <param name="options">How the search may use the machine.</param>
    /// <returns>m x groups distances and row indices; of equally close rows the lowest index.</returns>
    /// <exception cref="ArgumentException">Shapes disagree, a value is not finite, or no group has a row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more than 64 groups, or m x groups is too large for one result.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public static ClosestRows Distances(SampleMatrix synthetic, SampleMatrix real, Subgroups groups, ComputeOptions? options = null)
    {
        var names = Check(real, groups);
        CheckRows(synthetic, nameof(synthetic), real, names.Length);
        var compute = options ?? ComputeOptions.Default;
        using var index = Prepare(real, compute);
        return Find(index, synthetic, groups, names, compute);
    }

    /// <summary>Compares how close synthetic rows and held-out real rows come to the real rows that the synthetic ones were made from.</summary>
    /// <param name="synthetic">m x p, finite, at least one row.</param>
    /// <param name="heldOut">h x p real rows that played no part in making the synthetic ones, finite, at least one row.</param>
    /// <param name="real">n x p, finite.</param>
    /// <param name="groups">1 to 64 groups over the n real rows; a group without rows is left out.</param>
    /// <param name="options">How the search may use the machine.</param>
    /// <returns>One row a group.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Distances"/>, or there is no synthetic or no held-out row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="Distances"/>.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public static IReadOnlyList<PrivacyRow> Audit(
        SampleMatrix synthetic, SampleMatrix heldOut, SampleMatrix real, Subgroups groups, ComputeOptions? options = null)
    {
        var names = Check(real, groups);
        CheckRows(synthetic, nameof(synthetic), real, names.Length);
        CheckRows(heldOut, nameof(heldOut), real, names.Length);
        if (synthetic.RowCount == 0 || heldOut.RowCount == 0)
            Throw.Argument_Invalid(synthetic.RowCount == 0 ? nameof(synthetic) : nameof(heldOut), "an audit compares the distances of synthetic and of held-out rows; pass at least one row of each.");
        var compute = options ?? ComputeOptions.Default;
        using var index = Prepare(real, compute);
        var (ofSynthetic, ofHeldOut) = (Find(index, synthetic, groups, names, compute), Find(index, heldOut, groups, names, compute));
        return [.. names.Select(name => RowOf(name, ofSynthetic.DistancesTo(name), ofHeldOut.DistancesTo(name)))];
    }

    private static PrivacyRow RowOf(string name, float[] synthetic, float[] heldOut)
    {
        var held = DistanceSummary.Of(heldOut);
        var closer = synthetic.Count(distance => distance < held.Quantile05);
        return new PrivacyRow(name, DistanceSummary.Of(synthetic), held, (double)closer / synthetic.Length);
    }

    /// <summary>Checks real rows and their groups.</summary>
    /// <returns>The groups that have a row.</returns>
    internal static string[] Check(SampleMatrix real, Subgroups groups)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.RowCount != real.RowCount)
            Throw.Argument_LengthsDiffer(nameof(groups), groups.RowCount, nameof(real), real.RowCount);
        var names = groups.Names.Where(name => groups[name].Count > 0).ToArray();
        if (names.Length == 0)
            Throw.Argument_Invalid(nameof(groups), "no group has a row; there is nothing to be close to.");
        if (names.Length > LargestGroupCount)
            Throw.ArgumentOutOfRange(nameof(groups), names.Length, $"1 to {LargestGroupCount} groups");
        return names;
    }

    /// <summary>Checks rows that are compared with real ones.</summary>
    internal static void CheckRows(SampleMatrix rows, string name, SampleMatrix real, int groupCount)
    {
        ArgumentNullException.ThrowIfNull(rows, name);
        if (rows.FeatureCount != real.FeatureCount)
            Throw.Argument_FeatureCountsDiffer(name, rows.FeatureCount, nameof(real), real.FeatureCount);
        if (rows.RowCount * groupCount > Array.MaxLength)
            Throw.ArgumentOutOfRange(name, rows.RowCount, $"at most {Array.MaxLength / groupCount:N0} rows for {groupCount} groups; pass parts of the rows");
        rows.EnsureFinite(name);
    }

    private static INeighborIndex Prepare(SampleMatrix real, ComputeOptions options)
    {
        real.EnsureFinite(nameof(real));
        return options.Backend.IndexNeighbors(real, Metric.L1, null, options);
    }

    private static ClosestRows Find(INeighborIndex index, SampleMatrix rows, Subgroups groups, string[] names, ComputeOptions options)
    {
        var length = (int)(rows.RowCount * names.Length);
        var (indices, distances, groupsOfRows) = (new long[length], new float[length], GroupsOfRows(groups, names));
        var statistics = index.FindNearestOfGroups(groupsOfRows, names.Length, rows, indices, distances, options);
        ReplaceFar(index.Reference, rows, groupsOfRows, names.Length, indices, distances, options);
        return new ClosestRows(names, indices, distances, statistics);
    }

    /// <summary>Finds the closest of rows that all lie farther away than float32 can say.</summary>
    private static void ReplaceFar(SampleMatrix real, SampleMatrix rows, ulong[] groupsOfRows, int groupCount, long[] indices, float[] distances, ComputeOptions options)
    {
        var far = FarSums.Find(rows.RowCount, distances);
        if (far.Length == 0)
            return;
        using var scaled = options.Backend.IndexNeighbors(FarSums.Scale(real), Metric.L1, null, options);
        var (closest, sums) = (new long[far.Length * groupCount], new float[far.Length * groupCount]);
        scaled.FindNearestOfGroups(groupsOfRows, groupCount, FarSums.Scale(rows.SelectRows(far)), closest, sums, options with { Progress = null });
        for (var entry = 0; entry < closest.Length; entry++)
        {
            var place = ((int)far[entry / groupCount] * groupCount) + (entry % groupCount);
            if (float.IsInfinity(distances[place]))
                indices[place] = closest[entry];
        }
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
