using Engine.Resampling;

namespace Engine.Tests.Resampling;

public sealed class SmoteEnnTests() : SamplerBattery(
    call => new SmoteEnn
    {
        // Below 1:1 the majority stays the majority, so that the rule cleans the same rows whatever the classes are called.
        Smote = new() { Seed = call.Seed, TargetRatio = 0.9, Compute = call.Compute },
        Cleaning = new() { Rule = EditingRule.Mode, Compute = call.Compute },
    }.Plan(call.Samples, call.Labels),
    hasTargetRatio: false)
{
    [Fact]
    public void Plan_BothClasses_KeepsWhatTheRuleKeepsOfTheWholeTable()
    {
        var (samples, labels) = Problem();
        var smote = new Smote { Seed = 4 };
        var (table, classes) = CleanedTables.Of(smote.Plan(samples, labels), samples, labels);
        var removed = new EditedNearestNeighbors { Classes = CleanedClasses.Both }.FindRemoved(table, classes);
        Assert.InRange(removed.Count, 2, 600);
        CleanedTables.AssertKept(removed, smote.Plan(samples, labels), new SmoteEnn { Smote = smote }.Plan(samples, labels));
    }
}
