using Engine.Resampling;

namespace Engine.Tests.Resampling;

public sealed class RandomUnderTests()
    : SamplerBattery(call => new RandomUnder { Seed = call.Seed, TargetRatio = call.TargetRatio }.Plan(call.Labels), readsSamples: false)
{
    [Fact]
    public void Plan_ManySeeds_EveryMajorityRowEquallyLikely()
    {
        var (_, labels) = Problem();
        var kept = new int[labels.Count];
        const int Seeds = 2000;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var plan = new RandomUnder { Seed = (ulong)seed }.Plan(labels);
            for (var row = 0; row < labels.Count; row++)
                kept[row] += plan.MultiplicityOf(row);
        }

        // 60 of 340 majority rows stay: mean 353, deviation 17; 5.5 deviations leave one false alarm in 80,000 runs over 340 rows.
        for (var row = 0; row < labels.Count; row++)
            Assert.InRange(kept[row], labels[row] == 1 ? Seeds : 353 - 94, labels[row] == 1 ? Seeds : 353 + 94);
    }

    [Fact]
    public void Plan_OtherDraw_OtherRows()
    {
        var (_, labels) = Problem();
        Assert.NotEqual(
            new RandomUnder { Seed = 1 }.Plan(labels).KeptRows!.Value.ToArray(),
            new RandomUnder { Seed = 1, Draw = 1 }.Plan(labels).KeptRows!.Value.ToArray());
    }
}
