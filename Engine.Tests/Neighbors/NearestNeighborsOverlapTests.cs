using System.Runtime.InteropServices;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Neighbors;

/// <summary>A destination that shares memory with what is read would change the search while it runs.</summary>
public sealed class NearestNeighborsOverlapTests
{
    [Fact]
    public void Search_DestinationsOverlapEachOther_Throws()
    {
        using var search = NearestNeighbors.Build(Tables.Normal(5, 3, 1), Metric.L1);
        var indices = new long[4];
        AssertOverlap(() => search.Search(Tables.Normal(2, 3, 2), 2, indices, MemoryMarshal.Cast<long, float>(indices.AsSpan())));
    }

    [Fact]
    public void Search_DestinationOverlapsWrappedQueries_Throws()
    {
        using var search = NearestNeighbors.Build(Tables.Normal(5, 3, 3), Metric.L1);
        var values = new float[6];
        var queries = SampleMatrix.Wrap(values, 2, 3);
        AssertOverlap(() => search.Search(queries, 1, new long[2], values.AsSpan(4)));
        AssertOverlap(() => search.Search(queries.SelectRows(new long[] { 1 }), 1, new long[1], values.AsSpan(4)));
    }

    [Fact]
    public void Search_DestinationOverlapsOwnedQueries_Throws()
    {
        using var search = NearestNeighbors.Build(Tables.Normal(5, 3, 4), Metric.L1);
        var queries = Tables.Normal(2, 3, 5);
        AssertOverlap(() => search.Search(queries, 1, new long[2], queries.GetWritableRow(0)));
    }

    [Fact]
    public void Search_DestinationOverlapsTheReference_Throws()
    {
        var values = new float[15];
        using var search = NearestNeighbors.Build(SampleMatrix.Wrap(values, 5, 3), Metric.L1);
        AssertOverlap(() => search.Search(Tables.Normal(2, 3, 6), 1, new long[2], values));
    }

    private static void AssertOverlap(Action search) => Assert.Contains("overlaps", Assert.Throws<ArgumentException>(search).Message, StringComparison.Ordinal);
}
