using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <content>Enough rows and columns of every kind of data that a backend takes whatever it prepares for large references.</content>
public abstract partial class ComputeBackendContract
{
    public static TheoryData<DataKind, Metric> HardData
    {
        get
        {
            var data = new TheoryData<DataKind, Metric>();
            foreach (var kind in Enum.GetValues<DataKind>())
            {
                foreach (var metric in Enum.GetValues<Metric>())
                    data.Add(kind, metric);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(HardData))]
    public void FindNearest_HardData_EqualsTheFullSort(DataKind kind, Metric metric)
    {
        var samples = Tables.Of(kind, HardRowCount, 76, 91);
        using var index = Index(samples, metric);
        AssertNearest(index, new NeighborRequest(samples, 5, ExcludeSelf: true), everyQuery: 311);
        AssertNearest(index, new NeighborRequest(Tables.Of(kind, 70, 76, 92), 5), everyQuery: 17);
        // Queries of another kind lie outside of what the preparation saw.
        AssertNearest(index, new NeighborRequest(Tables.Of(DataKind.Outliers, 12, 76, 93), 2), everyQuery: 3);
    }

    [Theory]
    [MemberData(nameof(HardData))]
    public void FindNearest_HardDataOfFewColumnsAndSomeRows_EqualsTheFullSort(DataKind kind, Metric metric)
    {
        var rows = RowMask.From(HardRowCount, row => row % 7 < 4);
        var among = RowMask.From(HardRowCount, row => row % 5 != 0);
        using var index = Index(Tables.Of(kind, HardRowCount, 21, 94), metric, rows);
        AssertNearest(index, new NeighborRequest(Tables.Of(kind, 66, 21, 95), 4), everyQuery: 13);
        AssertNearest(index, new NeighborRequest(Tables.Of(kind, 66, 21, 96), 4, Among: among), everyQuery: 13);
    }

    [Theory]
    [MemberData(nameof(HardData))]
    public void FindWithin_HardData_EqualsTheFullSort(DataKind kind, Metric metric)
    {
        var (samples, queries) = (Tables.Of(kind, HardRowCount, 40, 99), Tables.Of(kind, 70, 40, 100));
        using var index = Index(samples, metric);
        // The radius is the distance of some neighbor of the first query, where that is a number.
        var radius = ReferenceSearch.Nearest(metric, samples, queries.Row(0), 9, _ => true)[^1].Distance;
        AssertWithin(index, new RadiusRequest(queries, Math.Min(radius, float.MaxValue)), everyQuery: 23);
    }

    [Theory]
    [InlineData(DataKind.LowRank, 200)]
    [InlineData(DataKind.LowRank, 700)]
    [InlineData(DataKind.Outliers, 200)]
    [InlineData(DataKind.Clusters, 700)]
    public void FindNearest_ManyColumns_EqualsTheFullSort(DataKind kind, int featureCount)
    {
        var samples = Tables.Of(kind, ManyColumnsRowCount, featureCount, 101);
        foreach (var metric in new[] { Metric.L1, Metric.SquaredL2 })
        {
            using var index = Index(samples, metric);
            AssertNearest(index, new NeighborRequest(Tables.Of(kind, 66, featureCount, 102), 3), everyQuery: 31);
        }
    }

    [Fact]
    public void FindWithin_ManyColumnsRoundedAlike_FindsEveryRowAtTheRadius()
    {
        // Codes rounded up in every column of the rows, down in every column of the query: what rounding changed is nearly all of the difference of the codes.
        const int FeatureCount = 1 << 18, RowCount = 30;
        using var reference = SampleMatrix.Create(RowCount, FeatureCount);
        reference.GetWritableRow(0).Fill(3 * 255);
        for (var row = 2; row < RowCount; row++)
            reference.GetWritableRow(row).Fill(3 * 0.5005f);
        var query = SampleMatrix.Create(1, FeatureCount);
        query.GetWritableRow(0).Fill(3 * 0.4995f);
        using var index = Index(reference, Metric.L1);
        var radius = Find(index, new NeighborRequest(query, 1)).Distances[0];
        Assert.Equal(Enumerable.Range(2, RowCount - 2).Select(row => ((long)row, radius)), FindWithin(index, new RadiusRequest(query, radius)).Single());
    }
}
