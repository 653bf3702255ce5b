using Engine.Data;
using Engine.Metrics;

namespace Engine.Tests.Metrics;

public sealed class SubgroupTableTests
{
    private static readonly string[] s_ages = ["young", "old"];

    [Fact]
    public void TryComputeDisparity_TwoGroups_IsRatioAndDifference()
    {
        var table = MakeTable();
        Assert.Equal(.5, table["young"].RecallC1);
        Assert.Equal(1, table["OLD"].RecallC1);
        Assert.True(table.TryComputeRelativeDisparity(ScoreMetric.RecallC1, s_ages, out var relative));
        Assert.True(table.TryComputeAbsoluteDisparity(ScoreMetric.RecallC1, s_ages, out var absolute));
        Assert.Equal(2, relative);
        Assert.Equal(.5, absolute);
    }

    [Fact]
    public void TryComputeDisparity_OneGroup_IsNoDisparity()
    {
        var table = MakeTable();
        Assert.True(table.TryComputeRelativeDisparity(ScoreMetric.Accuracy, ["old"], out var relative));
        Assert.True(table.TryComputeAbsoluteDisparity(ScoreMetric.Accuracy, ["old"], out var absolute));
        Assert.Equal((1, 0), (relative, absolute));
    }

    [Fact]
    public void TryComputeDisparity_GroupWithoutValue_IsUndefined()
    {
        var table = MakeTable();
        Assert.False(table.TryComputeRelativeDisparity(ScoreMetric.RecallC1, ["young", "survivors"], out _));
        Assert.False(table.TryComputeAbsoluteDisparity(ScoreMetric.RecallC1, ["young", "survivors"], out _));
    }

    [Fact]
    public void TryComputeRelativeDisparity_SmallestIsZero_IsUndefinedButTheDifferenceIsNot()
    {
        var table = MakeTable();
        Assert.Equal(0, table["survivors"].Prevalence);
        Assert.False(table.TryComputeRelativeDisparity(ScoreMetric.Prevalence, ["young", "survivors"], out _));
        Assert.True(table.TryComputeAbsoluteDisparity(ScoreMetric.Prevalence, ["young", "survivors"], out var absolute));
        Assert.Equal(2 / 3.0, absolute);
    }

    [Fact]
    public void TryComputeDisparity_UnknownOrNoGroups_Throws()
    {
        var table = MakeTable();
        var error = Assert.Throws<KeyNotFoundException>(() => table.TryComputeRelativeDisparity(ScoreMetric.Auroc, ["ancient"], out _));
        Assert.Contains("young, old, survivors", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => table.TryComputeAbsoluteDisparity(ScoreMetric.Auroc, [], out _));
    }

    private static SubgroupTable MakeTable()
    {
        float[] scores = [.9f, .1f, .2f, .8f, .7f, .3f];
        var groups = Subgroups.From(["young", "young", "young", "old", "old", "old"]);
        groups.Add("survivors", RowMask.From(6, row => row is 2 or 5));
        return SubgroupMetrics.Compute(scores, Labels.From([1, 1, 0, 1, 1, 0]), groups);
    }
}
