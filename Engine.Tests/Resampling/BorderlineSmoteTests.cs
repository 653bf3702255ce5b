using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class BorderlineSmoteTests()
    : DrawnOversamplerBattery(call => new BorderlineSmote { Seed = call.Seed, TargetRatio = call.TargetRatio, Rows = call.Rows }.Plan(call.Samples, call.Labels, call.Compute))
{
    [Theory]
    [InlineData(10)]
    [InlineData(7)]
    [InlineData(2)]
    public void Plan_Bases_AreTheRowsInDangerByBruteForce(int surroundingCount)
    {
        var (samples, labels) = Problem();
        var plan = new BorderlineSmote { Seed = 2, SurroundingCount = surroundingCount, Bases = BaseSelection.Even }.Plan(samples, labels);
        var danger = BruteForce.RowsOf(labels, 1).Where(row =>
        {
            var majority = BruteForce.Nearest(samples, row, Enumerable.Range(0, 400).Select(other => (long)other), surroundingCount).Count(other => labels[(int)other] == 0);
            return majority >= surroundingCount / 2.0 && majority < surroundingCount;
        }).ToArray();
        Assert.InRange(danger.Length, 1, 59);
        Assert.Equal(danger, plan.Synthetic.ToArray().Select(made => made.Row).Distinct().Order());
    }

    [Fact]
    public void Plan_NoRowInDanger_SaysSo()
    {
        // Far apart: every neighbor of a minority row is of its class.
        var samples = Tables.Normal(60, 2, 1);
        for (var row = 0; row < 20; row++)
            samples.GetWritableRow(row)[0] += 1000;
        var labels = Labels.From([.. Enumerable.Range(0, 60).Select(row => row < 20)]);
        var error = Assert.Throws<ArgumentException>(() => new BorderlineSmote { Seed = 1 }.Plan(samples, labels));
        Assert.Contains("none of the 20 rows of class 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("no row is in danger", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_SurroundingCountOutsideRange_NamesTheRange()
    {
        var (samples, labels) = Problem();
        foreach (var count in new[] { 0, 400 })
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => new BorderlineSmote { Seed = 1, SurroundingCount = count }.Plan(samples, labels));
            Assert.Contains("1 to 399", error.Message, StringComparison.Ordinal);
        }
    }
}
