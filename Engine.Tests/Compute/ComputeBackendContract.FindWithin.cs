using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <content>All rows within a distance.</content>
public abstract partial class ComputeBackendContract
{
    [Theory]
    [InlineData(Metric.L1, 7)]
    [InlineData(Metric.L2, 5)]
    [InlineData(Metric.SquaredL2, 25)]
    public void FindWithin_RowExactlyAtTheRadius_IsFound(Metric metric, float radius)
    {
        using var index = Index(Tables.From([[3, 4], [4, 4], [0, 0], [-3, -4]]), metric);
        Assert.Equal([[(2, 0), (0, radius), (3, radius)]], FindWithin(index, new RadiusRequest(Tables.From([[0, 0]]), radius)));
        var less = FindWithin(index, new RadiusRequest(Tables.From([[0, 0]]), MathF.BitDecrement(radius)));
        Assert.Equal([[(2, 0)]], less);
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindWithin_RadiusZero_FindsEqualRowsInOrder(Metric metric)
    {
        using var index = Index(Tables.Of(DataKind.FewDistinctRows, 300, 9, 51), metric);
        AssertWithin(index, new RadiusRequest(Tables.Of(DataKind.FewDistinctRows, 20, 9, 52), 0));
        Assert.Equal([[]], FindWithin(index, new RadiusRequest(Tables.Normal(1, 9, 53), 0)));
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindWithin_EveryDistanceThatOccursAsRadius_EqualsTheFullSort(Metric metric)
    {
        // Roots of neighboring numbers can be one number: the radius then takes both.
        var (reference, query) = (Tables.Normal(150, 5, 54), Tables.Normal(1, 5, 55));
        using var index = Index(reference, metric);
        foreach (var (_, distance) in ReferenceSearch.Nearest(metric, reference, query.Row(0), 150, _ => true))
        {
            AssertWithin(index, new RadiusRequest(query, distance));
            AssertWithin(index, new RadiusRequest(query, MathF.BitDecrement(distance)));
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindWithin_FirstColumnsAloneAtTheRadius_RowsFurtherByTheOthersAreNotFound(Metric metric)
    {
        // Of many columns a distance may be given up on the way: what the first 256 come to is then a radius that the whole distance lies beyond.
        const int RowCount = 60, FeatureCount = 300, First = 256;
        using var reference = Tables.Normal(RowCount, FeatureCount, 63);
        var query = new float[FeatureCount];
        using var index = Index(reference, metric);
        for (var row = 0; row < RowCount; row++)
        {
            var radius = ReferenceDistance.Canonical(metric, query.AsSpan(0, First), reference.Row(row).AsSpan(0, First));
            AssertWithin(index, new RadiusRequest(SampleMatrix.Wrap(query, 1, FeatureCount), radius));
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindWithin_NothingNear_TellsEveryQueryOnce(Metric metric)
    {
        var far = SampleMatrix.Create(100, 4);
        for (var row = 0; row < 100; row++)
            far.GetWritableRow(row).Fill(1000 + row);
        using var index = Index(Tables.Normal(200, 4, 56), metric);
        Assert.All(FindWithin(index, new RadiusRequest(far, 10)), Assert.Empty);
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindWithin_LargestRadius_FindsAllButInfiniteDistances(Metric metric)
    {
        var reference = Tables.Of(DataKind.Huge, 200, 3, 57);
        using var index = Index(reference, metric);
        AssertWithin(index, new RadiusRequest(reference, float.MaxValue), everyQuery: 10);
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindWithin_SomeRowsAndNotItself_FindsOnlyThese(Metric metric)
    {
        var samples = Tables.Integers(MaskedRowCount, 4, 3, 58);
        using var index = Index(samples, metric, Odd);
        AssertWithin(index, new RadiusRequest(samples, 2, ExcludeSelf: true), everyQuery: 3);
        AssertWithin(index, new RadiusRequest(samples, 2, ExcludeSelf: true, Thirds), everyQuery: 3);
        AssertWithin(index, new RadiusRequest(samples, 2, ExcludeSelf: false, Thirds), everyQuery: 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void FindWithin_AnyNumberOfThreads_SameRows(int threads)
    {
        using var index = Index(Tables.Integers(520, 7, 3, 59), Metric.L1);
        var request = new RadiusRequest(Tables.Integers(200, 7, 3, 60), 3);
        Assert.Equal(FindWithin(index, request), FindWithin(index, request, new ComputeOptions { MaxDegreeOfParallelism = threads }));
    }

    [Fact]
    public void FindWithin_Cancelled_Throws()
    {
        using var index = Index(Tables.Normal(10, 3, 61), Metric.L1);
        Assert.ThrowsAny<OperationCanceledException>(() => FindWithin(index, new RadiusRequest(Tables.Normal(10, 3, 62), 1), Cancelled));
    }
}
