using Engine.Resampling;

namespace Engine.Tests.Resampling;

public sealed class SmoteEnnTests() : SamplerBattery(
    call => new SmoteEnn
    {
        // Below 1:1 the majority stays the majority, so that the rule cleans the same rows whatever the classes are called.
        Smote = new() { Seed = call.Seed, TargetRatio = 0.9 },
        Cleaning = new() { Rule = EditingRule.Mode },
    }.Plan(call.Samples, call.Labels, call.Compute),
    hasTargetRatio: false)
{
    [Fact]
    public void Plan_BothClasses_KeepsWhatTheRuleKeepsOfTheWholeTable()
    {
        var (samples, labels) = Problem();
        var smote = new Smote { Seed = 4 };
        var (table, classes) = CleanedTables.Of(smote.Plan(samples, labels), samples, labels);
        var kept = new ReferencePlans(table, classes).EditedNearestNeighbors(3, isMode: false, _ => true);
        Assert.InRange(kept.Length, classes.Count - 600, classes.Count - 2);
        CleanedTables.AssertKept(kept, smote.Plan(samples, labels), new SmoteEnn { Smote = smote }.Plan(samples, labels));
    }
}
