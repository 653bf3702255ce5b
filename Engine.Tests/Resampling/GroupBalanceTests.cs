using Engine.Compute;
using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class GroupBalanceTests
{
    private static readonly SampleMatrix s_samples = Tables.Normal(400, 5, 71);
    private static readonly Labels s_labels = Labels.From([.. Enumerable.Range(0, 400).Select(row => row % 4 == 0)]);
    private static readonly RowMask s_group = RowMask.From(400, row => row is >= 300 and < 360);
    private static readonly RowMask s_majority = RowMask.From(400, row => row < 200);

    [Fact]
    public void Plan_Repeat_ReachesTheMajority_GroupRowsEquallyOften()
    {
        var plan = new GroupBalance { Seed = 1, Group = s_group, Majority = s_majority }.Plan(s_samples, s_labels);
        var times = s_group.ToRows().Select(row => plan.MultiplicityOf((int)row)).ToArray();
        Assert.Equal(200, times.Sum());
        Assert.InRange(times.Max() - times.Min(), 0, 1);
        Assert.All(Enumerable.Range(0, 400).Where(row => !s_group[row]), row => Assert.Equal(1, plan.MultiplicityOf(row)));
    }

    [Fact]
    public void Plan_Smote_MovesWithinGroupAndClass_AndKeepsTheClass()
    {
        var plan = new GroupBalance { Seed = 2, Group = s_group, Majority = s_majority, Method = GroupBalanceMethod.Smote }.Plan(s_samples, s_labels);
        Assert.Equal(140, plan.Synthetic.Length);
        for (var i = 0; i < 140; i++)
        {
            var made = plan.Synthetic[i];
            Assert.True(s_group[(int)made.Row]);
            var label = s_labels[(int)made.Row];
            Assert.Equal(label, plan.SyntheticLabelOf(i));
            Assert.Contains(made.Neighbor, BruteForce.Nearest(s_samples, made.Row, s_labels.ToMask(label).And(s_group).ToRows(), 5));
        }

        // A quarter of the group is of class 1, and even bases keep that to within a row a round.
        Assert.InRange(Enumerable.Range(0, 140).Count(i => plan.SyntheticLabelOf(i) == 1), 30, 45);
    }

    [Fact]
    public void Plan_SmoteWithRandomBases_FirstRowsDoNotDependOnTheCount()
    {
        var sampler = new GroupBalance { Seed = 2, Group = s_group, Majority = s_majority, Method = GroupBalanceMethod.Smote, Bases = BaseSelection.Random };
        var few = (sampler with { TargetRatio = 0.5 }).Plan(s_samples, s_labels).Synthetic;
        Assert.Equal(40, few.Length);
        Assert.Equal(few, sampler.Plan(s_samples, s_labels).Synthetic[..40]);
        Assert.NotEqual(few.ToArray(), (sampler with { Seed = 3 }).Plan(s_samples, s_labels).Synthetic[..40].ToArray());
        Assert.Equal(few, sampler.Plan(s_samples, s_labels, new ComputeOptions { MaxDegreeOfParallelism = 1 }).Synthetic[..40]);
    }

    [Fact]
    public void Plan_BadInput_SaysWhatIsWrong()
    {
        var sampler = new GroupBalance { Seed = 1, Group = s_group, Majority = s_majority, Method = GroupBalanceMethod.Smote };
        var none = RowMask.From(400, _ => false);
        Assert.Contains("Group has no row", Error(sampler with { Group = none }), StringComparison.Ordinal);
        Assert.Contains("Majority has no row", Error(sampler with { Majority = none }), StringComparison.Ordinal);
        Assert.Contains("Majority has 399 entries", Error(sampler with { Majority = RowMask.All(399) }), StringComparison.Ordinal);
        Assert.Contains("row 300 is in both groups", Error(sampler with { Majority = RowMask.All(400) }), StringComparison.Ordinal);
        Assert.Contains("class 1 has 2 rows in Group; k = 5 needs at least 6", Error(sampler with { Group = RowMask.From(400, row => row is >= 300 and < 308) }), StringComparison.Ordinal);
        Assert.Contains("3.333 (the present ratio of the groups)", Error(sampler with { Group = s_majority, Majority = s_group }), StringComparison.Ordinal);
        Assert.Contains("above 0, up to 1", Error(sampler with { TargetRatio = 2 }), StringComparison.Ordinal);
        Assert.Contains("1 or more", Error(sampler with { NeighborCount = 0 }), StringComparison.Ordinal);
        Assert.Contains("Repeat or Smote", Error(sampler with { Method = (GroupBalanceMethod)7 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_NaN_NamesRowAndColumn_AndRepetitionDoesNotRead()
    {
        var samples = Tables.Normal(400, 5, 71);
        samples.GetWritableRow(120)[3] = float.NaN;
        var sampler = new GroupBalance { Seed = 1, Group = s_group, Majority = s_majority, Method = GroupBalanceMethod.Smote };
        Assert.Contains("row 120, column 3", Assert.Throws<ArgumentException>(() => sampler.Plan(samples, s_labels)).Message, StringComparison.Ordinal);
        Assert.Equal(540, (sampler with { Method = GroupBalanceMethod.Repeat }).Plan(samples, s_labels).TotalRowCount);
    }

    private static string Error(GroupBalance sampler) => Assert.ThrowsAny<ArgumentException>(() => sampler.Plan(s_samples, s_labels)).Message;
}
