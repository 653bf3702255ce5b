using Engine.Data;
using Engine.Tests.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

/// <summary>Undersampling and cleaning rules written out slowly: all distances by the three lines of the canonical one, full sorts, no index.</summary>
internal sealed class ReferencePlans(SampleMatrix samples, Labels labels)
{
    private readonly double[][] _squares = [.. Enumerable.Range(0, labels.Count).Select(row =>
        Enumerable.Range(0, labels.Count).Select(other => ReferenceDistance.Wide(samples.Row(row), samples.Row(other))).ToArray())];

    private int[] Minority => [.. Enumerable.Range(0, labels.Count).Where(row => labels[row] == labels.MinorityClass)];

    private int[] Majority => [.. Enumerable.Range(0, labels.Count).Where(row => labels[row] != labels.MinorityClass)];

    public long[] NearMiss1(int k, int toKeep) => Keep(Majority.OrderBy(row => MeanOf(row, Nearest(row, Minority).Take(k))).ThenBy(row => row).Take(toKeep));

    public long[] NearMiss2(int k, int toKeep) =>
        Keep(Majority.OrderBy(row => MeanOf(row, Nearest(row, Minority).OrderByDescending(other => _squares[row][other]).Take(k))).ThenBy(row => row).Take(toKeep));

    public long[] NearMiss3(int k, int candidates, int toKeep) => Keep(Farthest(Minority.SelectMany(row => Nearest(row, Majority).Take(candidates)).Distinct(), k, toKeep));

    public long[] Distant(int k, int toKeep) => Keep(Farthest(Majority, k, toKeep));

    public long[] TomekLinks(Func<byte, bool> isCleaned) => AllBut(row =>
        isCleaned(labels[row]) && labels[NearestOther(row)] != labels[row] && NearestOther(NearestOther(row)) == row);

    public long[] EditedNearestNeighbors(int k, bool isMode, Func<byte, bool> isCleaned) => AllBut(row =>
    {
        var counts = new int[2];
        foreach (var other in Nearest(row, Enumerable.Range(0, labels.Count)).Take(k))
            counts[labels[other]]++;
        // The mode of as many neighbors of each class is the lower class, as SciPy says.
        return isCleaned(labels[row]) && (isMode ? (counts[0] >= counts[1] ? 0 : 1) != labels[row] : counts[labels[row]] < k);
    });

    private IEnumerable<int> Farthest(IEnumerable<int> rows, int k, int toKeep) =>
        rows.OrderByDescending(row => MeanOf(row, Nearest(row, Minority).Take(k))).ThenBy(row => row).Take(toKeep);

    private int NearestOther(int row) => Nearest(row, Enumerable.Range(0, labels.Count)).First();

    private IEnumerable<int> Nearest(int row, IEnumerable<int> others) =>
        others.Where(other => other != row).OrderBy(other => _squares[row][other]).ThenBy(other => other);

    private double MeanOf(int row, IEnumerable<int> others) => others.Average(other => Math.Sqrt(_squares[row][other]));

    private long[] Keep(IEnumerable<int> majority) => [.. Minority.Concat(majority).Order().Select(row => (long)row)];

    private long[] AllBut(Func<int, bool> isRemoved) => [.. Enumerable.Range(0, labels.Count).Where(row => !isRemoved(row)).Select(row => (long)row)];
}
