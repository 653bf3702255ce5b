using Bench.Comparisons.Arrays;
using Bench.Comparisons.Measurement;
using Engine.Numerics.Distances;

namespace Engine.Tests.Bench.Comparisons.Measurement;

public sealed class EngineRunTests
{
    [Fact]
    public void Measure_SmallArrays_FindsNeighborsAndCountsRepetitions()
    {
        var arrays = new UniformRows(5).Make(new ArraySize(300, 40), new CohortShelf("absent"), TestContext.Current.CancellationToken);
        var (measured, found) = EngineRun.Measure(arrays, Metric.L1, 3, new MeasureOptions { Repeats = 4 }, TestContext.Current.CancellationToken);
        Assert.Equal(SmallArrays.Find(arrays, Metric.L1, 3).Indices, found.Indices);
        Assert.Equal(4, measured.Repetitions.Count);
        Assert.All(measured.Repetitions, repetition => Assert.True(repetition is { Build: > 0, Search: > 0 }));
        Assert.Equal(300 * 40, measured.Statistics.PairCount);
        if (OperatingSystem.IsLinux())
            Assert.NotNull(measured.LoadBefore);
    }

    [Fact]
    public void Measure_QueriesAmongTheReference_FindOthers()
    {
        var arrays = SmallArrays.OnALine([0, 0, 0, 0, 5, 6], [0, 6], [3, 5]);
        var (_, found) = EngineRun.Measure(arrays, Metric.L2, 2, new MeasureOptions { MaxSeconds = 0 }, TestContext.Current.CancellationToken);
        Assert.Equal([0, 1, 4, 0], found.Indices);
        Assert.Equal([0, 0, 1, 6], found.Distances);
    }
}
