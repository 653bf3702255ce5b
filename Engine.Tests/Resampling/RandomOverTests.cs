using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class RandomOverTests()
    : SamplerBattery(call => new RandomOver { Seed = call.Seed, TargetRatio = call.TargetRatio }.Plan(call.Labels), readsSamples: false)
{
    [Fact]
    public void Plan_EvenBases_EveryMinorityRowEquallyOftenGiveOrTakeOne()
    {
        var (_, labels) = Problem();
        var plan = new RandomOver { Seed = 1 }.Plan(labels);
        var times = Enumerable.Range(0, labels.Count).Where(row => labels[row] == 1).Select(plan.MultiplicityOf).ToArray();
        Assert.InRange(times.Max() - times.Min(), 0, 1);
    }

    [Fact]
    public void Plan_GoldenStrategies_AddsAsManyRowsAsImbalancedLearn()
    {
        foreach (var row in Golden.Load("smote.json")["sampling_strategy"]!["rows"]!.AsArray())
        {
            var (kind, majority, minority) = ((string)row!["kind"]!, (int)row["n_majority"]!, (int)row["n_minority"]!);
            if (majority > 1000)
                continue; // The rule is the same at 2.3 million rows; small tables keep the test fast.
            var ratio = row["strategy"]!.GetValueKind() == System.Text.Json.JsonValueKind.String ? 1 : (double)row["strategy"]!;
            var labels = Labels.From([.. Enumerable.Range(0, majority + minority).Select(index => index < minority)]);
            var expected = row["result"]?["result"] ?? row["result"];
            var plan = kind == "over-sampling" ? new RandomOver { Seed = 1, TargetRatio = ratio }.Plan(labels) : new RandomUnder { Seed = 1, TargetRatio = ratio }.Plan(labels);
            var change = kind == "over-sampling" ? plan.TotalRowCount - labels.Count : plan.TotalRowCount - minority;
            Assert.Equal((long)expected![kind == "over-sampling" ? "1" : "0"]!, change);
        }
    }
}
