using Engine.Data;
using Engine.Logistic;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class ResamplingPlanTests
{
    private static readonly SyntheticRow[] s_made = [new(0, 1, 0.5f), new(3, 2, 0.25f)];

    [Fact]
    public void KeepAndExtend_KeptAndMadeRows_AreBothInThePlan()
    {
        var plan = ResamplingPlan.KeepAndExtend(5, [1, 3, 4], s_made, 1);
        Assert.Equal([0, 1, 0, 1, 1], Enumerable.Range(0, 5).Select(plan.MultiplicityOf));
        Assert.Equal([1, 3, 4], plan.KeptRows!.Value.ToArray());
        Assert.Equal(s_made, plan.Synthetic.ToArray());
        Assert.Equal(5, plan.TotalRowCount);
        Assert.Equal([1, 1], Enumerable.Range(0, 2).Select(plan.SyntheticLabelOf));
    }

    [Fact]
    public void KeepAndExtend_Fit_EqualsFitOnTheRowsThemselves()
    {
        var (samples, labels) = (Tables.Normal(200, 3, 5), Labels.From([.. Enumerable.Range(0, 200).Select(row => row * 7 % 10 < 3)]));
        var kept = Enumerable.Range(0, 200).Where(row => row % 5 != 1).Select(row => (long)row).ToArray();
        var plan = ResamplingPlan.KeepAndExtend(200, kept, new Smote { Seed = 2 }.Plan(samples, labels).Synthetic.ToArray(), 1);
        AssertSameFit(samples, labels, plan, kept);
    }

    [Fact]
    public void AndMake_RepeatedRowsAndMadeOnes_FitEqualsFitOnTheRowsThemselves()
    {
        var (samples, labels) = (Tables.Normal(200, 3, 5), Labels.From([.. Enumerable.Range(0, 200).Select(row => row * 7 % 10 < 3)]));
        var group = RowMask.From(200, row => row is >= 100 and < 160);
        var repeated = ResamplingPlan.Repeat(labels.ToMask(1).And(group), 3);
        var plan = repeated.AndMake(new Smote { Seed = 2, Rows = group }.Plan(samples, labels));
        Assert.Equal(200 + (2 * 18) + 24, plan.TotalRowCount);
        Assert.Equal(24, plan.Synthetic.Length);
        var times = plan.ToMultiplicities();
        Assert.Equal(Enumerable.Range(0, 200).Select(plan.MultiplicityOf), times);
        AssertSameFit(samples, labels, plan, [.. Enumerable.Range(0, 200).SelectMany(row => Enumerable.Repeat((long)row, times[row]))]);
    }

    [Fact]
    public void AndMake_PlansThatDoNotCombine_AreRefused()
    {
        var making = ResamplingPlan.Extend(5, [new SyntheticRow(0, 1, .5f)], 1);
        Assert.Contains("makes 1 rows already", Assert.Throws<ArgumentException>(() => making.AndMake(making)).Message, StringComparison.Ordinal);
        Assert.Contains("5 entries", Assert.Throws<ArgumentException>(() => ResamplingPlan.KeepAll(4).AndMake(making)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToMultiplicities_EveryKindOfPlan_CountsEveryRow()
    {
        foreach (var plan in new[] { ResamplingPlan.KeepAll(4), ResamplingPlan.Keep(4, [1, 3]), ResamplingPlan.Repeat([2, 0, 1, 5]), ResamplingPlan.Repeat(RowMask.From(4, row => row == 2), 0) })
            Assert.Equal(Enumerable.Range(0, 4).Select(plan.MultiplicityOf), plan.ToMultiplicities());
    }

    [Fact]
    public void Extend_LabelsOfBothClasses_FitEqualsFitOnTheRowsThemselves()
    {
        var (samples, labels) = (Tables.Normal(200, 3, 5), Labels.From([.. Enumerable.Range(0, 200).Select(row => row * 7 % 10 < 3)]));
        var plan = new GroupBalance { Seed = 2, Group = RowMask.From(200, row => row < 40), Majority = RowMask.From(200, row => row >= 100), Method = GroupBalanceMethod.Smote }.Plan(samples, labels);
        Assert.Equal([(byte)0, (byte)1], Enumerable.Range(0, plan.Synthetic.Length).Select(plan.SyntheticLabelOf).Distinct().Order());
        AssertSameFit(samples, labels, plan, [.. Enumerable.Range(0, 200).Select(row => (long)row)]);
    }

    [Fact]
    public void Factories_BadInput_SaysWhatIsWrong()
    {
        Assert.Contains("kept row 1 is 1; indices must ascend", Error(() => ResamplingPlan.KeepAndExtend(5, [1, 1], s_made, 1)), StringComparison.Ordinal);
        Assert.Contains("rows 3 and 2; rows are 0 to 2", Error(() => ResamplingPlan.KeepAndExtend(3, [0], s_made, 1)), StringComparison.Ordinal);
        Assert.Contains("0 or 1", Error(() => ResamplingPlan.KeepAndExtend(5, [0], s_made, 2)), StringComparison.Ordinal);
        Assert.Contains("rows 0 and 3; rows are 0 to 2", Error(() => ResamplingPlan.Extend(3, [new(0, 3, .5f)], 1)), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ResamplingPlan.Extend(3, [new(0, 1, float.PositiveInfinity)], 1));
        Assert.Contains("holds NaN at row 0", Error(() => ResamplingPlan.Extend(5, [new(0, 1, float.NaN)], 1)), StringComparison.Ordinal);
        Assert.Contains("labels has 1 entries where synthetic has 2", Error(() => ResamplingPlan.Extend(5, s_made, [(byte)1])), StringComparison.Ordinal);
        Assert.Contains("0 or 1", Error(() => ResamplingPlan.Extend(5, s_made, [(byte)1, (byte)3])), StringComparison.Ordinal);
        Assert.Contains("row 2 is outside 0 to 1", Error(() => ResamplingPlan.Extend(5, s_made, 1).SyntheticLabelOf(2)), StringComparison.Ordinal);

        static string Error(Func<object> make) => Assert.ThrowsAny<ArgumentException>(make).Message;
    }

    [Fact]
    public void AnyFactory_CallerChangesItsArraysLater_ThePlanKeepsItsOwn()
    {
        var samples = Tables.Normal(5, 3, seed: 1);
        long[] kept = [1, 3];
        int[] times = [0, 2, 1, 1, 1];
        SyntheticRow[] made = [new(1, 3, 0.5f)];
        byte[] classes = [1];
        var plans = new[]
        {
            ResamplingPlan.Keep(5, kept),
            ResamplingPlan.Repeat(times),
            ResamplingPlan.Extend(5, made, 1),
            ResamplingPlan.Extend(5, made, classes),
            ResamplingPlan.KeepAndExtend(5, kept, made, 1),
        };
        var rows = plans.Select(plan => plan.SyntheticRows(samples)).ToArray();
        var before = rows.SelectMany(table => Enumerable.Range(0, (int)table.RowCount).Select(row => table.Row(row))).ToArray();
        (kept[1], times[1], made[0], classes[0]) = (1L << 40, -7, new SyntheticRow(1L << 40, -5, float.NaN), 9);
        Assert.Equal(before, rows.SelectMany(table => Enumerable.Range(0, (int)table.RowCount).Select(row => table.Row(row))).ToArray());
        Assert.Equal([1L, 3], plans[0].KeptRows!.Value.ToArray());
        Assert.Equal([1L, 3], plans[4].KeptRows!.Value.ToArray());
        Assert.Equal(2, plans[1].MultiplicityOf(1));
        Assert.Equal(1, plans[3].SyntheticLabelOf(0));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void MultiplicityOf_RowOutsideTheTable_Throws(int row)
    {
        foreach (var plan in new[] { ResamplingPlan.KeepAll(5), ResamplingPlan.Keep(5, [1]), ResamplingPlan.Repeat([1, 1, 1, 1, 1]), ResamplingPlan.Repeat(RowMask.All(5), 2) })
            Assert.Throws<ArgumentOutOfRangeException>(() => plan.MultiplicityOf(row));
    }

    private static void AssertSameFit(SampleMatrix samples, Labels labels, ResamplingPlan plan, long[] kept)
    {
        var made = plan.SyntheticRows(samples);
        var whole = SampleMatrix.Create(plan.TotalRowCount, samples.FeatureCount);
        for (var i = 0; i < whole.RowCount; i++)
            (i < kept.Length ? samples.Row(kept[i]) : made.Row(i - kept.Length)).CopyTo(whole.GetWritableRow(i));
        byte[] wholeLabels = [.. labels.Select(kept).Values, .. Enumerable.Range(0, plan.Synthetic.Length).Select(plan.SyntheticLabelOf)];
        var expected = LogisticRegression.Fit(whole, Labels.From(wholeLabels));
        var fit = LogisticRegression.Fit(samples, labels, new() { Plan = plan });
        for (var i = 0; i < fit.Coefficients.Length; i++)
            Assert.Equal(expected.Coefficients[i], fit.Coefficients[i], 1e-9);
    }
}
