using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Resampling;
using Engine.Tests.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class MajoritySelectionTests
{
    private const int K = 7;

    private static readonly SampleMatrix s_samples = Tables.Normal(120, 5, 71);
    private static readonly RowMask s_minority = RowMask.From(120, row => row % 3 == 0);
    private static readonly long[] s_majority = [.. Enumerable.Range(0, 120).Where(row => row % 3 != 0).Select(row => (long)row)];

    [Fact]
    public void MeansToNearest_AnyRows_AreMeansOfDoubleRootsInOrder() =>
        Assert.Equal(Means(squares => squares.Order()), MajoritySelection.MeansToNearest(s_samples, s_minority, s_majority, K, ComputeOptions.Default));

    [Fact]
    public void MeansToFarthest_AnyRows_AreMeansOfDoubleRootsInOrder() =>
        Assert.Equal(Means(squares => squares.OrderDescending()), MajoritySelection.MeansToFarthest(s_samples, s_minority, s_majority, K, ComputeOptions.Default));

    [Fact]
    public void Smallest_EqualMeans_TakesTheLowerRows()
    {
        Assert.Equal([2, 5, 9], MajoritySelection.Smallest([9, 7, 5, 2, 4], [1, 2, 2, 1, 3], 3));
        Assert.Equal([4, 5], MajoritySelection.Largest([9, 7, 5, 2, 4], [1, 2, 2, 1, 3], 2));
    }

    private static double[] Means(Func<IEnumerable<float>, IEnumerable<float>> order) => [.. s_majority.Select(row =>
    {
        var sum = 0.0;
        foreach (var square in order(s_minority.ToRows().Select(other => ReferenceDistance.Canonical(Metric.SquaredL2, s_samples.Row(row), s_samples.Row(other)))).Take(K))
            sum += Math.Sqrt(square);
        return sum / K;
    })];
}
