using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

/// <summary>What every resampling method must do; one derived class a method.</summary>
public abstract class SamplerBattery
{
    /// <summary>Plans with a seed and a ratio of minority to majority rows.</summary>
    protected abstract ResamplingPlan Plan(SampleMatrix samples, Labels labels, ulong seed, double targetRatio = 1);

    /// <summary>Gets by how many rows the classes may differ after sampling to 1:1; 0 but for methods that round a count a row.</summary>
    protected virtual long LargestImbalance => 0;

    [Fact]
    public void Plan_OneClass_NamesTheMissingClass()
    {
        var error = Assert.Throws<ArgumentException>(() => Plan(Tables.Normal(20, 3, 1), Labels.From(new int[20]), 1));
        Assert.Contains("class 1 has no rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_RatioOutsideRange_NamesTheRange()
    {
        var (samples, labels) = Problem();
        foreach (var ratio in new[] { 0, -1, 1.5, double.NaN, 0.01 })
            Assert.Throws<ArgumentOutOfRangeException>(() => Plan(samples, labels, 1, ratio));
    }

    [Fact]
    public void Plan_SameSeed_SamePlan_OtherSeed_OtherPlan()
    {
        var (samples, labels) = Problem();
        Assert.Equal(Describe(Plan(samples, labels, 5)), Describe(Plan(samples, labels, 5)));
        Assert.NotEqual(Describe(Plan(samples, labels, 5)), Describe(Plan(samples, labels, 6)));
    }

    [Fact]
    public void Plan_ToOneToOne_BalancesAndKeepsMinority()
    {
        var (samples, labels) = Problem();
        var plan = Plan(samples, labels, 7);
        var counts = new long[2];
        for (var row = 0; row < labels.Count; row++)
        {
            counts[labels[row]] += plan.MultiplicityOf(row);
            if (labels[row] == labels.MinorityClass)
                Assert.True(plan.MultiplicityOf(row) >= 1);
        }

        for (var i = 0; i < plan.Synthetic.Length; i++)
            counts[plan.SyntheticLabelOf(i)]++;
        Assert.InRange(counts[0] - counts[1], -LargestImbalance, LargestImbalance);
        Assert.Equal(counts.Sum(), plan.TotalRowCount);
    }

    /// <summary>400 rows, 60 of class 1.</summary>
    protected static (SampleMatrix Samples, Labels Labels) Problem() =>
        (Tables.Normal(400, 7, 51), Labels.From([.. Enumerable.Range(0, 400).Select(row => row % 20 < 3)]));

    protected static string Describe(ResamplingPlan plan) =>
        string.Join(' ', Enumerable.Range(0, plan.SourceRowCount).Select(plan.MultiplicityOf)) + string.Join(' ', plan.Synthetic.ToArray());
}
