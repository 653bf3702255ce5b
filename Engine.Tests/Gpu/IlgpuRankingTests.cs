using Engine.Compute;
using Engine.Data;
using Engine.Gpu;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Gpu;

/// <summary>Nearest rows ranked on the device while the filter compares the next rows: the lists of the processor, ties included.</summary>
public sealed class IlgpuRankingTests(IlgpuBackendTests.TestDevice device) : IClassFixture<IlgpuBackendTests.TestDevice>
{
    /// <summary>The longest list of the device, and the shortest that the processor keeps.</summary>
    public static TheoryData<Metric, int> Searches => new() { { Metric.L1, 1 }, { Metric.L2, 5 }, { Metric.SquaredL2, 64 }, { Metric.L2, 65 } };

    [Theory]
    [MemberData(nameof(Searches))]
    public void FindNearest_TiesEverywhere_HasTheListsOfTheProcessor(Metric metric, int neighborCount)
    {
        // Few different rows: whole lists at one distance, ordered by row.
        var (reference, queries) = (Tables.Integers(900, 3, 2, 7), Tables.Integers(70, 3, 2, 8));
        AssertSame(device.Backend, reference, metric, null, new NeighborRequest(queries, neighborCount));
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void FindNearest_SomeRowsAndItselfExcluded_HasTheListsOfTheProcessor(Metric metric, int neighborCount)
    {
        var reference = Tables.Normal(400, 17, 3);
        var rows = RowMask.From(400, static row => row % 3 != 1);
        AssertSame(device.Backend, reference, metric, rows, new NeighborRequest(reference, neighborCount, ExcludeSelf: true));
        AssertSame(device.Backend, reference, metric, rows, new NeighborRequest(reference, neighborCount) { Excluded = Enumerable.Range(0, 400).Select(static row => (row * 7L) % 400).ToArray() });
        AssertSame(device.Backend, reference, metric, rows, new NeighborRequest(reference, neighborCount, ExcludeSelf: true) { Excluded = Enumerable.Range(0, 400).Select(static row => (row * 7L) % 400).ToArray() });
    }

    [Theory]
    [InlineData(5)]
    [InlineData(65)]
    public void FindNearest_RowsThatDoNotStay_HasTheListsOfTheProcessor(int neighborCount)
    {
        // Slabs of 1,024 rows in turns in two places: a slab is sent when the one whose place it takes is ranked.
        var reference = Tables.Normal(9000, 9, 4);
        using var small = IlgpuBackendTests.TestDevice.Open(IlgpuBackendTests.TestDevice.Small with { SlabElements = 1 << 14, DeviceBytes = 1_500_000 });
        AssertSame(small, reference, Metric.L2, null, new NeighborRequest(Tables.Normal(130, 9, 5), neighborCount));
    }

    [Fact]
    public void FindNearest_NoRoomForTheLists_SaysWhatWouldFit()
    {
        using var small = IlgpuBackendTests.TestDevice.Open(IlgpuBackendTests.TestDevice.Small with { DeviceBytes = 900_000 });
        using var index = small.IndexNeighbors(Tables.Normal(1000, 5, 1), Metric.L2, null, ComputeOptions.Default);
        var error = Assert.Throws<DeviceMemoryException>(() => index.FindNearest(new NeighborRequest(Tables.Normal(300, 5, 2), 64), new long[300 * 64], new float[300 * 64], ComputeOptions.Default));
        Assert.Contains("a search of 300 queries needs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FindNearest_Stopped_Throws()
    {
        using var index = device.Backend.IndexNeighbors(Tables.Normal(300, 5, 1), Metric.L2, null, ComputeOptions.Default);
        var stopped = new ComputeOptions { CancellationToken = new CancellationToken(canceled: true) };
        Assert.Throws<OperationCanceledException>(() => index.FindNearest(new NeighborRequest(index.Reference, 3), new long[900], new float[900], stopped));
    }

    private static void AssertSame(IComputeBackend backend, SampleMatrix reference, Metric metric, RowMask? rows, NeighborRequest request)
    {
        Assert.Equal(Find(SimdBackend.Instance), Find(backend));

        (string Indices, string Distances) Find(IComputeBackend searching)
        {
            using var index = searching.IndexNeighbors(reference, metric, rows, ComputeOptions.Default);
            var count = request.Queries.RowCount * request.NeighborCount;
            var (indices, distances) = (new long[count], new float[count]);
            index.FindNearest(request, indices, distances, ComputeOptions.Default);
            return (string.Join(' ', indices), string.Join(' ', distances.Select(BitConverter.SingleToInt32Bits)));
        }
    }
}
