using Engine.Compute;
using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class EditedNearestNeighborsTests()
    : SamplerBattery(call => new EditedNearestNeighbors().Plan(call.Samples, call.Labels, call.Compute), isSeeded: false, hasTargetRatio: false)
{
    [Theory]
    [MemberData(nameof(SmallProblems.All), MemberType = typeof(SmallProblems))]
    public void Plan_AnyData_EqualsTheSlowRule(DataKind kind, int featureCount)
    {
        var (samples, labels) = SmallProblems.Of(kind, featureCount);
        var slow = new ReferencePlans(samples, labels);
        foreach (var k in new[] { 1, 2, 3, 149 })
        {
            foreach (var rule in Enum.GetValues<EditingRule>())
            {
                var editing = new EditedNearestNeighbors { NeighborCount = k, Rule = rule };
                Assert.Equal(slow.EditedNearestNeighbors(k, rule == EditingRule.Mode, label => label == 0), Kept(editing, samples, labels));
                Assert.Equal(slow.EditedNearestNeighbors(k, rule == EditingRule.Mode, label => label == 1), Kept(editing with { Classes = CleanedClasses.Minority }, samples, labels));
                Assert.Equal(slow.EditedNearestNeighbors(k, rule == EditingRule.Mode, _ => true), Kept(editing with { Classes = CleanedClasses.Both }, samples, labels));
            }
        }
    }

    [Theory]
    [InlineData(DataKind.LowRank, 1)]
    [InlineData(DataKind.LowRank, 2)]
    [InlineData(DataKind.LowRank, 7)]
    [InlineData(DataKind.SmallIntegers, 2)]
    [InlineData(DataKind.Clusters, 2)]
    public void Plan_MoreLeavesThanAreClosest_EqualsTheSlowRule(DataKind kind, int threads)
    {
        var samples = Tables.Of(kind, 1800, 5, 94);
        var labels = Labels.From([.. Enumerable.Range(0, 1800).Select(static row => row % 7 == 0)]);
        var (slow, compute) = (new ReferencePlans(samples, labels), new ComputeOptions { MaxDegreeOfParallelism = threads });
        foreach (var rule in Enum.GetValues<EditingRule>())
        {
            var plan = new EditedNearestNeighbors { Rule = rule }.Plan(new LabeledSamples(labels, samples), compute);
            Assert.Equal(slow.EditedNearestNeighbors(3, rule == EditingRule.Mode, static label => label == 0), plan.KeptRows!.Value.ToArray());
        }
    }

    [Fact]
    public void Plan_OneDisagreeingNeighbor_RemovesByAllButNotByMode()
    {
        // The three nearest of row 0 are rows 1, 2 and 3, and row 3 is of class 1; row 4 lies among rows of class 0.
        var (samples, labels) = (Tables.From([[0], [1], [2], [-2.5], [30], [31], [32], [33]]), Labels.From([0, 0, 0, 1, 0, 0, 0, 0]));
        Assert.DoesNotContain(0, Kept(new EditedNearestNeighbors(), samples, labels));
        Assert.Contains(0, Kept(new EditedNearestNeighbors { Rule = EditingRule.Mode }, samples, labels));
        Assert.Contains(4, Kept(new EditedNearestNeighbors(), samples, labels));
    }

    [Fact]
    public void Plan_OptionOutsideRange_NamesTheRange()
    {
        var (samples, labels) = Problem();
        foreach (var editing in new EditedNearestNeighbors[] { new() { NeighborCount = 0 }, new() { NeighborCount = 400 }, new() { Rule = (EditingRule)2 }, new() { Classes = (CleanedClasses)(-1) } })
            Assert.Throws<ArgumentOutOfRangeException>(() => editing.Plan(samples, labels));
    }

    private static long[] Kept(EditedNearestNeighbors editing, SampleMatrix samples, Labels labels) => editing.Plan(samples, labels).KeptRows!.Value.ToArray();
}
