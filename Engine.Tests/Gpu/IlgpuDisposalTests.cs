using Engine.Compute;
using Engine.Gpu;
using Engine.Gpu.Ilgpu;
using Engine.Gpu.Ilgpu.Irls;
using Engine.Gpu.Ilgpu.Search;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Tests.Lifetimes;
using Engine.Tests.Support;

namespace Engine.Tests.Gpu;

public sealed class IlgpuDisposalTests
{
    [Fact]
    public void EveryDisposable_EveryMember_ThrowsAfterDispose()
    {
        using var backend = (IlgpuBackend)IlgpuBackendTests.TestDevice.Open(IlgpuBackendTests.TestDevice.Small);
        var seen = new[] { OfBackend(), OfIndex(backend), OfFit(backend) }.Select(one => one.AssertUsesEndWithDispose()).ToHashSet();
        // A new disposable type needs a case here.
        Assert.Empty(DisposableCase.TypesIn(typeof(IGpuBackend).Assembly).Except(seen));
    }

    [Fact]
    public void Backend_DisposedBeforeWhatItMade_ThrowsAndLetsThemBeDisposed()
    {
        var samples = Tables.Normal(80, 5, seed: 1);
        var backend = IlgpuBackendTests.TestDevice.Open(IlgpuBackendTests.TestDevice.Small);
        var search = NearestNeighbors.Build(samples, Metric.L2, new() { Compute = new() { Backend = backend } });
        var rows = backend.PrepareFit(Request(), ComputeOptions.Default);
        backend.Dispose();
        Assert.Throws<ObjectDisposedException>(() => search.SearchSelf(2));
        Assert.Throws<ObjectDisposedException>(() => rows.Accumulate(new double[4], new NormalEquations(4)));
        Assert.Throws<ObjectDisposedException>(() => NearestNeighbors.Build(samples, Metric.L2, new() { Compute = new() { Backend = backend } }));
        search.Dispose();
        rows.Dispose();
    }

    [Fact]
    public void Search_DisposedOnTheWay_EndsWithTheRightAnswer()
    {
        var samples = Tables.Of(DataKind.LowRank, 300, 6, seed: 3);
        using var expected = NearestNeighbors.Build(samples, Metric.L2);
        var backend = IlgpuBackendTests.TestDevice.Open(IlgpuBackendTests.TestDevice.Small);
        var search = NearestNeighbors.Build(samples, Metric.L2, new() { Compute = new() { Backend = backend } });
        var found = search.SearchSelf(3, new() { Progress = new Disposing(search) });
        Assert.Equal(expected.SearchSelf(3).Indices, found.Indices);
        Assert.Throws<ObjectDisposedException>(() => search.SearchSelf(3));
        backend.Dispose();
    }

    private static DisposableCase OfBackend() => DisposableCase.Of<IlgpuBackend>(
        "device",
        () => (IlgpuBackend)IlgpuBackendTests.TestDevice.Open(IlgpuBackendTests.TestDevice.Small),
        ("IndexNeighbors", backend => backend.IndexNeighbors(Tables.Normal(80, 5, seed: 1), Metric.L1, null, ComputeOptions.Default).Dispose()),
        ("PrepareFit", backend => backend.PrepareFit(Request(), ComputeOptions.Default).Dispose()),
        ("Interpolate", backend => backend.Interpolate(new float[16], new float[16], new float[1], 16, new float[16])),
        ("MeasureMemoryBandwidth", backend => backend.MeasureMemoryBandwidth()));

    private static DisposableCase OfIndex(IlgpuBackend backend) => DisposableCase.Of<IlgpuNeighborIndex>(
        "index",
        () => (IlgpuNeighborIndex)backend.IndexNeighbors(Tables.Normal(80, 5, seed: 1), Metric.L2, null, ComputeOptions.Default),
        ("FindNearest", index => index.FindNearest(new NeighborRequest(index.Reference, 1), new long[80], new float[80], ComputeOptions.Default)),
        ("CountNearer", index => index.CountNearer(new NearerRequest(index.Reference, new long[80], new float[80], new long[80]), new int[80], ComputeOptions.Default)),
        ("FindWithin", index => index.FindWithin(new RadiusRequest(index.Reference, 1), (_, _, _) => { }, ComputeOptions.Default)));

    private static DisposableCase OfFit(IlgpuBackend backend) => DisposableCase.Of<IlgpuFitRows>(
        "rows of a fit",
        () => (IlgpuFitRows)backend.PrepareFit(Request(), ComputeOptions.Default),
        ("Accumulate", rows => rows.Accumulate(new double[4], new NormalEquations(4))),
        ("AccumulateGradients", rows => rows.AccumulateGradients([new double[4]], [new NormalEquations(4, hasHessian: false)])));

    private static FitRequest Request() => new(Tables.Normal(300, 3, seed: 1), Enumerable.Range(0, 300).Select(i => (byte)(i % 2)).ToArray());

    private sealed class Disposing(IDisposable disposable) : IProgress<long>
    {
        public void Report(long value) => disposable.Dispose();
    }
}
