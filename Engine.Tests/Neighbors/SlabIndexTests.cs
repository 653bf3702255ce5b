using Engine.Compute;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Neighbors;

/// <summary>Searches whose index does not fit the memory limit: the lists of one index.</summary>
public sealed class SlabIndexTests
{
    private const int RowCount = 6_000;
    private const int QueryCount = 700;

    // Of rows of up to 16 columns, slabs of 1,250 rows and batches of a few hundred queries.
    private static readonly ComputeOptions s_limited = new() { MemoryLimit = 400_000 };

    private static readonly Lazy<SampleMatrix> s_ties = new(() => Tables.Integers(RowCount, 5, 4, seed: 3));

    public static TheoryData<Metric> Metrics => [.. Enum.GetValues<Metric>()];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Search_TiesBetweenSlabs_AreOrderedByRow(Metric metric) =>
        AssertSame(s_ties.Value, metric, new(), (search, compute) => search.Search(Tables.Integers(QueryCount, 5, 4, seed: 4), 70, new() { Compute = compute }));

    [Theory]
    [InlineData(Metric.L1)]
    [InlineData(Metric.L2)]
    public void Search_MasksAndWeights_MeanRowsOfTheWhole(Metric metric)
    {
        // Of the last slab few rows may be found, of one none.
        var rows = RowMask.From(RowCount, row => row is < 2_000 or > 3_000);
        var among = RowMask.From(RowCount, row => row is 4_990 or 4_991 || (row < 3_900 && row % 3 != 0));
        var options = new NeighborIndexOptions { Rows = rows, FeatureWeights = new float[] { 1, 0, 2, .5f, 3 } };
        AssertSame(s_ties.Value, metric, options, (search, compute) => search.Search(Tables.Integers(QueryCount, 5, 4, seed: 4), 9, new() { Among = among, Compute = compute }));
    }

    [Theory]
    [InlineData(Metric.L2, 1e-24f)]
    [InlineData(Metric.SquaredL2, 1e22f)]
    [InlineData(Metric.L1, 1.5e38f)]
    public void Search_ValuesOfAnySize_FindsTheSameRows(Metric metric, float scale)
    {
        var samples = Tables.Normal(RowCount, 4, seed: 8);
        var queries = Tables.Normal(60, 4, seed: 9);
        foreach (var table in new[] { samples, queries })
        {
            for (var row = 0; row < table.RowCount; row++)
            {
                foreach (ref var value in table.GetWritableRow(row))
                    value = Math.Clamp(value * scale, -float.MaxValue, float.MaxValue);
            }
        }

        AssertSame(samples, metric, new(), (search, compute) => search.Search(queries, 3, new() { Compute = compute }));
    }

    [Theory]
    [InlineData(Metric.L1)]
    [InlineData(Metric.L2)]
    public void SearchSelf_RowsOfAllSlabs_FindsOthersAndDuplicates(Metric metric)
    {
        var samples = Tables.Normal(RowCount, 4, seed: 8);
        samples.Row(100).CopyTo(samples.GetWritableRow(5_600));
        AssertSame(samples, metric, new(), (search, compute) => search.SearchSelf(3, compute));
    }

    [Fact]
    public async Task Search_ManyThreads_HaveTheSameLists()
    {
        using var search = NearestNeighbors.Build(s_ties.Value, Metric.L2, new() { Compute = s_limited });
        var queries = Tables.Integers(QueryCount, 5, 4, seed: 4);
        var found = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => search.Search(queries, 3, new() { Compute = s_limited }))));
        Assert.All(found, table => Assert.Equal(found[0].Indices.ToArray(), table.Indices.ToArray()));
    }

    [Fact]
    public void NearestRealSample_GroupsThatDoNotFit_AreTheSame()
    {
        var groups = Subgroups.From([.. Enumerable.Range(0, RowCount).Select(row => row % 5 == 0 ? "a" : row > 5_000 ? "b" : "c")]);
        var synthetic = Tables.Integers(50, 5, 4, seed: 12);
        var (expected, closest) = (NearestRealSample.Distances(synthetic, s_ties.Value, groups), NearestRealSample.Distances(synthetic, s_ties.Value, groups, s_limited));
        Assert.Equal(expected.Distances.ToArray(), closest.Distances.ToArray());
        Assert.Equal(expected.Indices.ToArray(), closest.Indices.ToArray());
    }

    [Fact]
    public void Plan_EverySamplerThatSearches_IsTheSame()
    {
        var samples = Tables.Normal(RowCount, 4, seed: 5);
        var labels = Labels.From([.. Enumerable.Range(0, RowCount).Select(row => row % 3 == 0 ? 1 : 0)]);
        var training = new LabeledSamples(labels, samples);
        foreach (var sampler in new ISampler[]
        {
            new Smote { Seed = 1 },
            new Adasyn { Seed = 1 },
            new BorderlineSmote { Seed = 1 },
            new TomekLinks(),
            new EditedNearestNeighbors(),
            new NearMiss(),
        })
        {
            var (expected, plan) = (sampler.Plan(training), sampler.Plan(training, s_limited));
            Assert.Equal(expected.KeptRows?.ToArray(), plan.KeptRows?.ToArray());
            Assert.Equal(expected.Synthetic.ToArray(), plan.Synthetic.ToArray());
        }
    }

    [Fact]
    public void Build_LimitBelowAnySlab_NamesNeedAndLimit()
    {
        var error = Assert.Throws<InsufficientMemoryException>(() => NearestNeighbors.Build(s_ties.Value, Metric.L1, new() { Compute = new() { MemoryLimit = 100_000 } }));
        Assert.Contains("need 327,680 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("the limit is 100,000; raise MemoryLimit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SearchWithin_IndexOfAllDoesNotFit_NamesNeedAndLimit()
    {
        using var search = NearestNeighbors.Build(s_ties.Value, Metric.L1, new() { Compute = s_limited });
        Assert.Contains("the limit is 400,000", Assert.Throws<InsufficientMemoryException>(() => search.SearchWithin(s_ties.Value, 1)).Message, StringComparison.Ordinal);
    }

    private static void AssertSame(SampleMatrix samples, Metric metric, NeighborIndexOptions options, Func<NearestNeighbors, ComputeOptions, NeighborTable> find)
    {
        using var whole = NearestNeighbors.Build(samples, metric, options);
        using var limited = NearestNeighbors.Build(samples, metric, options with { Compute = s_limited });
        Assert.IsType<SlabIndex>(limited.Index);
        var (expected, found) = (find(whole, ComputeOptions.Default), find(limited, s_limited));
        Assert.Equal(expected.Indices.ToArray(), found.Indices.ToArray());
        Assert.Equal(expected.Distances.ToArray(), found.Distances.ToArray());
        Assert.Equal(expected.Statistics.PairCount, found.Statistics.PairCount);
    }
}
