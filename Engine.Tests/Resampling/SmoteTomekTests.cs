using Engine.Resampling;

namespace Engine.Tests.Resampling;

public sealed class SmoteTomekTests() : SamplerBattery(
    call => new SmoteTomek
    {
        // Below 1:1 the majority stays the majority, so that the rule cleans the same rows whatever the classes are called.
        Smote = new() { Seed = call.Seed, TargetRatio = 0.9 },
        Cleaning = new(),
    }.Plan(call.Samples, call.Labels, call.Compute),
    hasTargetRatio: false)
{
    [Fact]
    public void Plan_BothClasses_KeepsWhatTheRuleKeepsOfTheWholeTable()
    {
        var (samples, labels) = Problem();
        var smote = new Smote { Seed = 3, TargetRatio = 0.8 };
        var (table, classes) = CleanedTables.Of(smote.Plan(samples, labels), samples, labels);
        var kept = new ReferencePlans(table, classes).TomekLinks(_ => true);
        Assert.InRange(kept.Length, classes.Count - 200, classes.Count - 2);
        CleanedTables.AssertKept(kept, smote.Plan(samples, labels), new SmoteTomek { Smote = smote }.Plan(samples, labels));
    }
}
