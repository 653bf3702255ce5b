using Engine.Compute;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Neighbors;

public sealed class NearestNeighborsBackendTests
{
    [Fact]
    public void Build_Backend_IsAskedOnceWithWhatWasGiven()
    {
        var (reference, mask, backend) = (Tables.Normal(20, 3, 1), RowMask.From(20, row => row > 4), new CountingBackend());
        using var search = NearestNeighbors.Build(reference, Metric.L2, new NeighborIndexOptions { Rows = mask, Compute = new() { Backend = backend } });
        search.Search(Tables.Normal(2, 3, 2), 2);
        search.SearchSelf(2);
        Assert.Equal([(reference, Metric.L2, mask)], backend.Asked);
    }

    [Fact]
    public void Audit_Backend_PreparesTheRowsOfAGroupOnce()
    {
        var (real, backend) = (Tables.Normal(20, 3, 3), new CountingBackend());
        var groups = new Subgroups(20);
        groups.Add("even", RowMask.From(20, static row => row % 2 == 0));
        groups.Add("none", RowMask.From(20, static _ => false));
        groups.Add("all", RowMask.All(20));
        NearestRealSample.Audit(Tables.Normal(4, 3, 4), Tables.Normal(4, 3, 5), real, groups, new() { Backend = backend });
        Assert.Equal([(real, Metric.L1, groups["even"]), (real, Metric.L1, groups["all"])], backend.Asked);
    }

    private sealed class CountingBackend : IComputeBackend
    {
        public List<(SampleMatrix Reference, Metric Metric, RowMask? Rows)> Asked { get; } = [];

        public string Name => "counting";

        public INeighborIndex IndexNeighbors(SampleMatrix reference, Metric metric, RowMask? rows, ComputeOptions options)
        {
            Asked.Add((reference, metric, rows));
            return SimdBackend.Instance.IndexNeighbors(reference, metric, rows, options);
        }

        public void Interpolate(ReadOnlySpan<float> rows, ReadOnlySpan<float> neighbors, ReadOnlySpan<float> factors, int stride, Span<float> destination) =>
            throw new NotSupportedException();

        public IFitRows PrepareFit(FitRequest request, ComputeOptions options) => throw new NotSupportedException();
    }
}
