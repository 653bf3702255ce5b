using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class BalancedWeightsTests
{
    [Fact]
    public void ClassWeights_GoldenWeights_EqualScikitLearn()
    {
        var golden = Golden.Load("logreg_ridge.json");
        var balanced = golden["cases"]!.AsArray().First(set => set!["weights"]?.ToString() == "balanced")!;
        var expected = balanced["effective_weights"].Doubles();
        var labels = Labels.From(golden["y"].Ints());
        Assert.Equal(expected, ClassWeights.Balanced(labels));
        Assert.Equal(labels.Count, ClassWeights.Balanced(labels).Sum(), 1e-9);
    }

    [Fact]
    public void ClassWeights_OneClass_NamesTheMissingClass() =>
        Assert.Contains("class 1 has no rows", Assert.Throws<ArgumentException>(() => ClassWeights.Balanced(Labels.From(new int[4]))).Message, StringComparison.Ordinal);

    [Fact]
    public void GroupWeights_ThreeGroups_EachWeighsAsMuch_OthersKeepOne()
    {
        var groups = new[] { RowMask.From(100, row => row < 50), RowMask.From(100, row => row is >= 50 and < 60), RowMask.From(100, row => row is >= 60 and < 90) };
        var weights = GroupWeights.Balanced(groups);
        Assert.All(groups, group => Assert.Equal(30, group.ToRows().Sum(row => weights[row]), 1e-12));
        Assert.Equal([90.0 / 150, 90.0 / 30, 1, 1], [weights[0], weights[55], weights[75], weights[95]]);
        Assert.Equal(100, weights.Sum(), 1e-11);
    }

    [Fact]
    public void GroupWeights_BadGroups_SaysWhatIsWrong()
    {
        var (first, second) = (RowMask.From(10, row => row < 5), RowMask.From(10, row => row >= 4));
        Assert.Contains("there are 1 groups", Error(first), StringComparison.Ordinal);
        Assert.Contains("row 4 is in groups 0 and 1", Error(first, second), StringComparison.Ordinal);
        Assert.Contains("group 1 has no row", Error(first, RowMask.From(10, _ => false)), StringComparison.Ordinal);
        Assert.Contains("group 1 has 9 entries where group 0 has 10", Error(first, RowMask.All(9)), StringComparison.Ordinal);

        static string Error(params RowMask[] groups) => Assert.Throws<ArgumentException>(() => GroupWeights.Balanced(groups)).Message;
    }
}
