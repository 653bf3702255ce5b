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
    /// <summary>Finds the closest real row of each group for every synthetic row.</summary>
    /// <param name="synthetic">m x p, finite.</param>
    /// <param name="real">n x p, finite.</param>
    /// <param name="groups">Groups over the n real rows, at least one with a row; a group without rows is left out.</param>
    /// <param name="options">How the search may use the machine.</param>
    /// <returns>m x groups distances and row indices; of equally close rows the lowest index.</returns>
    /// <exception cref="ArgumentException">Shapes disagree, a value is not finite, or no group has a row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">m x groups is too large for one result.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    /// <remarks><b>Cost</b>: an index and an exact search a group, over the rows of that group alone. Memory: half as much as the rows of the largest group, 12 bytes a synthetic row and group.</remarks>
    public static ClosestRows Distances(SampleMatrix synthetic, SampleMatrix real, Subgroups groups, ComputeOptions? options = null)
    {
        var names = Check(real, groups);
        CheckRows(synthetic, nameof(synthetic), real, names.Length);
        return Find([synthetic], real, groups, names, options ?? ComputeOptions.Default)[0];
    }

    /// <summary>Compares how close synthetic rows and held-out real rows come to the real rows that the synthetic ones were made from.</summary>
    /// <param name="synthetic">m x p, finite, at least one row.</param>
    /// <param name="heldOut">h x p real rows that played no part in making the synthetic ones, finite, at least one row.</param>
    /// <param name="real">n x p, finite.</param>
    /// <param name="groups">Groups over the n real rows, at least one with a row; a group without rows is left out.</param>
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
        var found = Find([synthetic, heldOut], real, groups, names, options ?? ComputeOptions.Default);
        return [.. names.Select(name => RowOf(name, found[0].DistancesTo(name), found[1].DistancesTo(name)))];
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

    /// <summary>Searches the rows of one group after the other: a search of one group looks no further than its closest row, where one of all looks as far as the group that is furthest.</summary>
    private static ClosestRows[] Find(SampleMatrix[] queries, SampleMatrix real, Subgroups groups, string[] names, ComputeOptions options)
    {
        real.EnsureFinite(nameof(real));
        var indices = Array.ConvertAll(queries, rows => new long[rows.RowCount * names.Length]);
        var distances = Array.ConvertAll(queries, rows => new float[rows.RowCount * names.Length]);
        var statistics = new SearchStatistics[queries.Length];
        for (var group = 0; group < names.Length; group++)
        {
            using var index = NearestNeighbors.BuildOfFinite(real, Metric.L1, new NeighborIndexOptions { Rows = groups[names[group]], Compute = options });
            for (var set = 0; set < queries.Length; set++)
            {
                var found = index.Search(queries[set], 1, new NeighborOptions { Compute = options });
                statistics[set] = statistics[set].Plus(found.Statistics);
                for (var query = 0; query < queries[set].RowCount; query++)
                {
                    var entry = (query * names.Length) + group;
                    (indices[set][entry], distances[set][entry]) = (found.Indices.Span[query], found.Distances.Span[query]);
                }
            }
        }

        return [.. queries.Select((_, set) => new ClosestRows(names, indices[set], distances[set], statistics[set]))];
    }
}
