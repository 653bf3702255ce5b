using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class TomekLinksTests()
    : SamplerBattery(call => new TomekLinks().Plan(call.Samples, call.Labels, call.Compute), isSeeded: false, hasTargetRatio: false)
{
    [Theory]
    [MemberData(nameof(SmallProblems.All), MemberType = typeof(SmallProblems))]
    public void Plan_AnyData_EqualsTheSlowRule(DataKind kind, int featureCount)
    {
        var (samples, labels) = SmallProblems.Of(kind, featureCount);
        var slow = new ReferencePlans(samples, labels);
        Assert.Equal(slow.TomekLinks(label => label == 0), Kept(CleanedClasses.Majority, samples, labels));
        Assert.Equal(slow.TomekLinks(label => label == 1), Kept(CleanedClasses.Minority, samples, labels));
        Assert.Equal(slow.TomekLinks(_ => true), Kept(CleanedClasses.Both, samples, labels));
    }

    [Fact]
    public void Plan_OneLink_RemovesItsMajorityRow()
    {
        // Rows 1 and 2 are each other's nearest; row 3 has row 2 for its nearest, but is not that of row 2.
        var (samples, labels) = (Tables.From([[0], [3], [3.5], [4.1], [9], [9.2]]), Labels.From([0, 0, 1, 0, 0, 0]));
        Assert.Equal([0, 2, 3, 4, 5], Kept(CleanedClasses.Majority, samples, labels));
        Assert.Equal([0, 1, 3, 4, 5], Kept(CleanedClasses.Minority, samples, labels));
        Assert.Equal([0, 3, 4, 5], Kept(CleanedClasses.Both, samples, labels));
    }

    [Fact]
    public void Plan_NoLink_KeepsAll()
    {
        var (samples, labels) = (Tables.From([[0], [1], [50], [51]]), Labels.From([0, 0, 1, 1]));
        Assert.Equal([0, 1, 2, 3], Kept(CleanedClasses.Both, samples, labels));
    }

    [Fact]
    public void Plan_DuplicateOfTheOtherClass_IsALink()
    {
        var (samples, labels) = (Tables.From([[7], [1], [7], [2]]), Labels.From([0, 0, 1, 0]));
        Assert.Equal([1, 2, 3], Kept(CleanedClasses.Majority, samples, labels));
    }

    [Fact]
    public void Plan_UnknownClasses_NamesTheChoices()
    {
        var (samples, labels) = Problem();
        Assert.Throws<ArgumentOutOfRangeException>(() => Kept((CleanedClasses)3, samples, labels));
    }

    private static long[] Kept(CleanedClasses classes, SampleMatrix samples, Labels labels) =>
        new TomekLinks { Classes = classes }.Plan(samples, labels).KeptRows!.Value.ToArray();
}
