using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <summary>The slow search: every distance by its three lines, a full sort by (distance, row index).</summary>
internal static class ReferenceSearch
{
    public static (long Index, float Distance)[] Nearest(Metric metric, SampleMatrix reference, float[] query, int count, Func<int, bool> isCandidate) =>
        [.. Sorted(metric, reference, query, isCandidate).Take(count)];

    public static (long Index, float Distance)[] Within(Metric metric, SampleMatrix reference, float[] query, float radius, Func<int, bool> isCandidate) =>
        [.. Sorted(metric, reference, query, isCandidate).TakeWhile(pair => pair.Distance <= radius)];

    /// <summary>The same by wide distances, as a search of rows of any size finds them.</summary>
    public static (long Index, float Distance)[] NearestWide(Metric metric, SampleMatrix reference, float[] query, int count, Func<int, bool> isCandidate) =>
        [.. SortedWide(metric, reference, query, isCandidate).Take(count)];

    public static (long Index, float Distance)[] WithinWide(Metric metric, SampleMatrix reference, float[] query, float radius, Func<int, bool> isCandidate) =>
        [.. SortedWide(metric, reference, query, isCandidate).TakeWhile(pair => pair.Distance <= radius)];

    private static IEnumerable<(long Index, float Distance)> SortedWide(Metric metric, SampleMatrix reference, float[] query, Func<int, bool> isCandidate) => metric == Metric.L1
        ? Sorted(metric, reference, query, isCandidate).OrderBy(pair => pair.Distance).ThenBy(pair => float.IsFinite(pair.Distance) ? 0 : FarSum(query, reference.Row(pair.Index))).ThenBy(pair => pair.Index)
        : Enumerable.Range(0, (int)reference.RowCount)
            .Where(isCandidate)
            .Select(row => (Index: (long)row, Square: ReferenceDistance.Wide(query, reference.Row(row))))
            .OrderBy(pair => pair.Square).ThenBy(pair => pair.Index)
            .Select(pair => (pair.Index, (float)(metric == Metric.L2 ? Math.Sqrt(pair.Square) : pair.Square)));

    /// <summary>The sum of differences that float32 does not hold, as that of rows scaled by a power of two: what orders rows at infinity.</summary>
    private static float FarSum(float[] query, float[] row) => ReferenceDistance.Canonical(Metric.L1, Array.ConvertAll(query, Scaled), Array.ConvertAll(row, Scaled));

    private static float Scaled(float value) => value / (1 << 24);

    private static IEnumerable<(long Index, float Distance)> Sorted(Metric metric, SampleMatrix reference, float[] query, Func<int, bool> isCandidate)
    {
        // The root can make two distances equal, so L2 is ordered by what is under it.
        var ordering = metric == Metric.L2 ? Metric.SquaredL2 : metric;
        return Enumerable.Range(0, (int)reference.RowCount)
            .Where(isCandidate)
            .Select(row => (Index: (long)row, Distance: ReferenceDistance.Canonical(ordering, query, reference.Row(row))))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Index)
            .Select(pair => (pair.Index, metric == Metric.L2 ? MathF.Sqrt(pair.Distance) : pair.Distance));
    }
}
