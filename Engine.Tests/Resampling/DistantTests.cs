using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class DistantTests()
    : SamplerBattery(call => new Distant { TargetRatio = call.TargetRatio }.Plan(call.Samples, call.Labels, call.Compute), isSeeded: false)
{
    [Theory]
    [MemberData(nameof(SmallProblems.All), MemberType = typeof(SmallProblems))]
    public void Plan_AnyData_EqualsTheSlowRule(DataKind kind, int featureCount)
    {
        var (samples, labels) = SmallProblems.Of(kind, featureCount);
        foreach (var k in new[] { 1, 3, labels.PositiveCount })
        {
            var kept = new Distant { NeighborCount = k }.Plan(samples, labels).KeptRows!.Value.ToArray();
            Assert.Equal(new ReferencePlans(samples, labels).Distant(k, labels.PositiveCount), kept);
        }
    }

    [Fact]
    public void Plan_GoldenMeans_KeepsTheLargest()
    {
        // The means of version 1 are those of Distant, which keeps the other end of them.
        var golden = Golden.Load("nearmiss.json");
        foreach (var name in new[] { "d2", "d5", "d20" })
        {
            var data = golden["data"]![name]!;
            var labels = Labels.From(data["y"].Ints());
            var means = golden["cases"]!.AsArray().First(set => (string)set!["name"]! == name + "/v1")!["mean_distance_all_majority"].Doubles();
            var largest = labels.ToMask(0).ToRows().Zip(means).OrderByDescending(pair => pair.Second).Take(labels.PositiveCount).Select(pair => pair.First);
            var kept = new Distant().Plan(Tables.From(data["X"].Rows()), labels).KeptRows!.Value.ToArray();
            Assert.Equal(largest.Concat(labels.ToMask(1).ToRows()).Order(), kept);
        }
    }

    [Fact]
    public void Plan_NoNeighbor_NamesTheRange()
    {
        var (samples, labels) = Problem();
        Assert.Throws<ArgumentOutOfRangeException>(() => new Distant { NeighborCount = 0 }.Plan(samples, labels));
    }

    [Fact]
    public void Plan_FewerMinorityRowsThanNeighbors_NamesClassCountAndWayOut()
    {
        var labels = Labels.From([.. Enumerable.Range(0, 40).Select(row => row < 2)]);
        var error = Assert.Throws<ArgumentException>(() => new Distant().Plan(Tables.Normal(40, 2, 1), labels));
        Assert.Contains("class 1 has 2 rows; NeighborCount = 3 needs at least 3", error.Message, StringComparison.Ordinal);
    }
}
