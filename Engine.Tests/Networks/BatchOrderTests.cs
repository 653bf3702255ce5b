using Engine.Data;
using Engine.Networks;
using Engine.Resampling;

namespace Engine.Tests.Networks;

public sealed class BatchOrderTests
{
    [Theory]
    [InlineData(103, 10)]
    [InlineData(100, 10)]
    [InlineData(3, 10)]
    public void Pass_WithoutLengths_TakesEverySampleOnceInAnotherOrderEachTime(int count, int batchSize)
    {
        var order = new BatchOrder(Samples(count), default, new TrainingSettings { BatchSize = batchSize }, 5);
        Assert.Equal((count + batchSize - 1) / batchSize, order.BatchesPerPass);
        var passes = Enumerable.Range(0, 3).Select(pass => RowsOf(order, pass)).ToArray();
        Assert.All(passes, pass => Assert.Equal(Enumerable.Range(0, count).Select(row => (long)row), pass.Order()));
        Assert.NotEqual(passes[0], passes[1]);
        // Whatever was asked for before.
        Assert.Equal(passes[0], RowsOf(order, 0));
        Assert.Equal(passes[2], RowsOf(new BatchOrder(Samples(count), default, new TrainingSettings { BatchSize = batchSize }, 5), 2));
        Assert.NotEqual(passes[0], RowsOf(new BatchOrder(Samples(count), default, new TrainingSettings { BatchSize = batchSize }, 6), 0));
    }

    [Fact]
    public void Pass_WithLengths_MakesBatchesOfSimilarLengthInAnyOrder()
    {
        const int Count = 1_003, BatchSize = 8, BatchesPerEpoch = 50;
        var lengths = Enumerable.Range(0, Count).Select(i => (i * 37 % 200) + 1).ToArray();
        var order = new BatchOrder(Samples(Count), lengths, new TrainingSettings { BatchSize = BatchSize, BatchesPerEpoch = BatchesPerEpoch }, 5);
        Assert.Equal(BatchesPerEpoch, order.BatchesPerEpoch);
        var batches = Enumerable.Range(0, order.BatchesPerPass).Select(batch => order[batch].ToArray()).ToArray();
        Assert.Equal(Enumerable.Range(0, Count).Select(row => (long)row), batches.SelectMany(batch => batch).Select(sample => sample.Row).Order());
        Assert.Equal(3, batches[^1].Length);
        foreach (var run in batches[..^1].Chunk(BatchesPerEpoch))
        {
            // Sorted by length, batches follow each other without overlap.
            var ranges = run.Select(batch => (Low: batch.Min(sample => lengths[sample.Row]), High: batch.Max(sample => lengths[sample.Row]))).OrderBy(range => range.Low).ThenBy(range => range.High).ToArray();
            Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.True(pair.First.High <= pair.Second.Low));
            Assert.NotEqual(run.Select(batch => batch.Min(sample => lengths[sample.Row])), ranges.Select(range => range.Low));
        }
    }

    [Fact]
    public void Pass_SeveralRuns_OrdersTheBatchesOfEachInAnotherWay()
    {
        // The ranks of the batches of a run, by length; no two samples are of one length.
        const int Runs = 3, BatchesPerEpoch = 40, BatchSize = 4;
        int[] lengths = [.. Enumerable.Range(0, Runs * BatchesPerEpoch * BatchSize).Select(i => (i * 37 % 487) + 1)];
        var order = new BatchOrder(Samples(lengths.Length), lengths, new TrainingSettings { BatchSize = BatchSize, BatchesPerEpoch = BatchesPerEpoch }, 5);
        var ranks = Enumerable.Range(0, Runs).Select(run =>
        {
            int[] shortest = [.. Enumerable.Range(run * BatchesPerEpoch, BatchesPerEpoch).Select(batch => order[batch].ToArray().Min(sample => lengths[sample.Row]))];
            return shortest.Select(length => shortest.Count(other => other < length)).ToArray();
        }).ToArray();
        Assert.All(ranks, run => Assert.Equal(Enumerable.Range(0, BatchesPerEpoch), run.Order()));
        Assert.NotEqual(ranks[0], ranks[1]);
        Assert.NotEqual(ranks[1], ranks[2]);
        Assert.NotEqual(ranks[0], ranks[2]);
    }

    [Fact]
    public void Pass_SamplesOfOneLength_HasTheBatchesOfAPassWithoutLengths()
    {
        // In another order, because batches are shuffled once more.
        const int Count = 96, BatchSize = 8;
        var settings = new TrainingSettings { BatchSize = BatchSize };
        var (with, without) = (RowsOf(new BatchOrder(Samples(Count), Enumerable.Repeat(7, Count).ToArray(), settings, 5), 0), RowsOf(new BatchOrder(Samples(Count), default, settings, 5), 0));
        Assert.NotEqual(without, with);
        Assert.Equal(without.Chunk(BatchSize).OrderBy(batch => batch[0]).SelectMany(batch => batch), with.Chunk(BatchSize).OrderBy(batch => batch[0]).SelectMany(batch => batch));
    }

    [Fact]
    public void SamplesIn_EpochsAcrossPasses_CountsTheirSamples()
    {
        var order = new BatchOrder(Samples(25), default, new TrainingSettings { BatchSize = 10, BatchesPerEpoch = 2 }, 5);
        for (var epoch = 0; epoch < 6; epoch++)
            Assert.Equal(order[2L * epoch].Length + order[(2L * epoch) + 1].Length, order.SamplesIn(epoch));
    }

    [Fact]
    public void Samples_OfAPlan_AreItsRepeatsOrWeights()
    {
        var labels = Labels.From([0, 1, 0, 1]);
        var plan = ResamplingPlan.Repeat([1, 3, 0, 1]);
        double[] weights = [0.5, 2, 1, 0];
        Assert.Equal([new(0, 0.5f, 0), new(1, 2, 1), new(1, 2, 1), new(1, 2, 1)], TrainingSamples.From(labels, plan, weights, false));
        Assert.Equal([new(0, 0.5f, 0), new(1, 6, 1)], TrainingSamples.From(labels, plan, weights, true));
        Assert.Equal([new(0, 1, 0), new(1, 1, 1), new(2, 1, 0), new(3, 1, 1)], TrainingSamples.From(labels, null, default, false));
        var made = ResamplingPlan.KeepAndExtend(4, [0, 3], [new(1, 3, 0.5f), new(3, 1, 0.25f)], 1);
        Assert.Equal([new(0, 1, 0), new(3, 1, 1), new(4, 1, 1), new(5, 1, 1)], TrainingSamples.From(labels, made, default, false));
    }

    [Fact]
    public void Samples_ThatDoNotFit_Throw()
    {
        var labels = Labels.From([0, 1]);
        Assert.Throws<ArgumentException>(() => TrainingSamples.From(labels, ResamplingPlan.KeepAll(3), default, false));
        Assert.Throws<ArgumentException>(() => TrainingSamples.From(labels, null, [1.0], false));
        Assert.Throws<ArgumentException>(() => TrainingSamples.From(labels, null, [1.0, double.NaN], false));
        Assert.Throws<ArgumentException>(() => TrainingSamples.From(labels, null, [1.0, -1], false));
        Assert.Throws<ArgumentException>(() => TrainingSamples.From(labels, null, [0.0, 0], false));
    }

    private static BatchSample[] Samples(int count) => [.. Enumerable.Range(0, count).Select(row => new BatchSample(row, 1, 0))];

    private static long[] RowsOf(BatchOrder order, int pass) =>
        [.. Enumerable.Range(0, order.BatchesPerPass).SelectMany(batch => order[((long)pass * order.BatchesPerPass) + batch].ToArray()).Select(sample => sample.Row)];
}
