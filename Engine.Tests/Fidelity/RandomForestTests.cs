using Engine.Compute;
using Engine.Data;
using Engine.Fidelity;
using Engine.Tests.Support;

namespace Engine.Tests.Fidelity;

public sealed class RandomForestTests
{
    [Fact]
    public void Fit_AnyThreadCount_SameForest()
    {
        var (samples, labels) = Problem(500, 6);
        var expected = RandomForest.Fit(samples, labels, Options(1)).PredictProbability(samples);
        Assert.Equal(expected, RandomForest.Fit(samples, labels, Options(4)).PredictProbability(samples, new ComputeOptions { MaxDegreeOfParallelism = 3 }));
        Assert.NotEqual(expected, RandomForest.Fit(samples, labels, Options(1) with { Seed = 8 }).PredictProbability(samples));

        static RandomForestOptions Options(int threads) => new() { TreeCount = 9, Seed = 7, Compute = new ComputeOptions { MaxDegreeOfParallelism = threads } };
    }

    [Theory]
    [InlineData(40)]
    [InlineData(700)]
    public void Fit_OneSplit_IsTheBestOfAllSplits(int rowCount)
    {
        // Columns of few and of many values: counted, and sorted where a node is small beside them.
        var (samples, labels) = Problem(rowCount, 5);
        var forest = RandomForest.Fit(samples, labels, new RandomForestOptions { TreeCount = 1, MaxDepth = 1, ColumnsPerSplit = 5, DrawsRows = false });
        var probabilities = forest.PredictProbability(samples);
        Assert.Equal(3, forest.NodeCount);
        Assert.Equal(BestImpurity(samples, labels), Impurity(Enumerable.Range(0, rowCount).GroupBy(row => probabilities[row]).Select(leaf => leaf.ToArray()), labels), 12);
    }

    [Fact]
    public void Fit_GrownUntilPure_KnowsItsRows()
    {
        var (samples, labels) = Problem(300, 6);
        var forest = RandomForest.Fit(samples, labels, new RandomForestOptions { TreeCount = 1, DrawsRows = false });
        Assert.Equal(labels.Values.ToArray().Select(label => (double)label), forest.PredictProbability(samples));
    }

    [Fact]
    public void Fit_ConstantColumnsBesideOne_FindsTheOneThatVaries()
    {
        var samples = SampleMatrix.Create(50, 40);
        for (var row = 0; row < 50; row++)
            samples.GetWritableRow(row)[39] = row;
        var labels = Labels.From([.. Enumerable.Range(0, 50).Select(row => row < 20 ? 1 : 0)]);
        var forest = RandomForest.Fit(samples, labels, new RandomForestOptions { TreeCount = 5, ColumnsPerSplit = 2, DrawsRows = false });
        Assert.Equal(labels.Values.ToArray().Select(label => (double)label), forest.PredictProbability(samples));
        Assert.Equal(15, forest.NodeCount);
    }

    [Fact]
    public void Fit_OneClassOrNothingToSplit_IsOneLeaf()
    {
        var samples = SampleMatrix.Create(10, 3);
        var mixed = RandomForest.Fit(samples, Labels.From([.. Enumerable.Range(0, 10).Select(row => row % 2)]), new RandomForestOptions { TreeCount = 1, DrawsRows = false });
        Assert.Equal((1L, .5), (mixed.NodeCount, mixed.PredictProbability(samples)[3]));
        var pure = RandomForest.Fit(Tables.Normal(10, 3, 1), Labels.From(new byte[10]), new RandomForestOptions { TreeCount = 4 });
        Assert.Equal((4L, 0.0), (pure.NodeCount, pure.PredictProbability(samples)[0]));
    }

    [Fact]
    public void Fit_WrongOptions_SaysWhatIsWrong()
    {
        var (samples, labels) = Problem(10, 3);
        foreach (var options in new RandomForestOptions[] { new() { TreeCount = 0 }, new() { ColumnsPerSplit = 4 }, new() { ColumnsPerSplit = -1 }, new() { MaxDepth = -1 }, new() { FewestRowsOfLeaf = 0 } })
            Assert.Throws<ArgumentOutOfRangeException>(() => RandomForest.Fit(samples, labels, options));
        Assert.Throws<ArgumentException>(() => RandomForest.Fit(samples, Labels.From(new byte[9])));
        Assert.Contains("the forest", Assert.Throws<ArgumentException>(() => RandomForest.Fit(samples, labels).PredictProbability(Tables.Normal(4, 2, 1))).Message, StringComparison.Ordinal);
    }

    private static (SampleMatrix Samples, Labels Labels) Problem(int rowCount, int columnCount)
    {
        var samples = Tables.Normal(rowCount, columnCount, 9);
        for (var row = 0; row < rowCount; row++)
            samples.GetWritableRow(row)[1] = MathF.Round(samples.Row(row)[1]);
        return (samples, Labels.From([.. Enumerable.Range(0, rowCount).Select(row => samples.Row(row)[0] + samples.Row(row)[1] + (2 * samples.Row(row)[2] * samples.Row(row)[2]) > 1.5f ? 1 : 0)]));
    }

    private static double BestImpurity(SampleMatrix samples, Labels labels)
    {
        var rows = Enumerable.Range(0, labels.Count).ToArray();
        return Enumerable.Range(0, samples.FeatureCount).Min(column =>
        {
            var values = Array.ConvertAll(rows, row => samples.Row(row)[column]);
            return values.Distinct().Min(value => Impurity([.. new[] { rows.Where(row => values[row] <= value).ToArray(), rows.Where(row => values[row] > value).ToArray() }.Where(leaf => leaf.Length > 0)], labels));
        });
    }

    private static double Impurity(IEnumerable<int[]> leaves, Labels labels) => leaves.Sum(leaf =>
    {
        var share = leaf.Average(row => (double)labels[row]);
        return leaf.Length * 2 * share * (1 - share) / labels.Count;
    });
}
