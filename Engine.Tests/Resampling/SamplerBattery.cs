using Engine.Compute;
using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

/// <summary>What every resampling method must do; one derived class a method, of one line when it has no other tests (<see cref="NearMiss2Battery"/>).</summary>
/// <param name="plan">Plans with the method.</param>
/// <param name="isSeeded">Whether the method draws, so that another seed gives another plan.</param>
/// <param name="hasTargetRatio">Whether the method aims at a ratio of minority to majority rows, and reaches it here.</param>
/// <param name="readsSamples">Whether the method reads the samples, not the labels alone.</param>
/// <param name="largestMiss">By how many rows the method may miss a ratio, being one that rounds a count a row; 0 for every other.</param>
public abstract class SamplerBattery(
    Func<SamplerCall, ResamplingPlan> plan, bool isSeeded = true, bool hasTargetRatio = true, bool readsSamples = true, long largestMiss = 0)
{
    [Fact]
    public void Plan_OneClass_NamesTheMissingClass()
    {
        var error = Assert.Throws<ArgumentException>(() => Plan(Tables.Normal(20, 3, 1), Labels.From(new int[20]), 1));
        Assert.Contains("class 1 has no rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_RatioOutsideRange_NamesTheRange()
    {
        var (samples, labels) = Problem();
        foreach (var ratio in new[] { 0, -1, 1.5, double.NaN, 0.01 })
            Assert.Equal(hasTargetRatio, Record.Exception(() => Plan(samples, labels, 1, ratio)) is ArgumentOutOfRangeException);
    }

    [Fact]
    public void Plan_SameSeed_SamePlan_OtherSeed_OtherPlan()
    {
        var (samples, labels) = Problem();
        Assert.Equal(Describe(Plan(samples, labels, 5)), Describe(Plan(samples, labels, 5)));
        Assert.Equal(!isSeeded, Describe(Plan(samples, labels, 5)) == Describe(Plan(samples, labels, 6)));
    }

    [Fact]
    public void Plan_ToOneToOne_Balances()
    {
        var (samples, labels) = Problem();
        var counts = CountsOf(Plan(samples, labels, 7), labels);
        Assert.Equal(hasTargetRatio, Math.Abs(counts[0] - counts[1]) <= largestMiss);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Plan_AnyRatio_IsReachedToARow(double ratio)
    {
        var (samples, labels) = Problem();
        var counts = CountsOf(Plan(samples, labels, 7, ratio), labels);
        // Whole rows: one minority row more, or one majority row more, would miss the ratio on the other side.
        if (hasTargetRatio)
            Assert.True(counts[1] + 1 + largestMiss > ratio * counts[0] && counts[1] - largestMiss <= ratio * (counts[0] + 1), $"{counts[1]} / {counts[0]} rows at ratio {ratio}");
    }

    [Fact]
    public void Plan_Any_KeepsMinorityAndCountsItsRows()
    {
        var (samples, labels) = Problem();
        var made = Plan(samples, labels, 7);
        for (var row = 0; row < labels.Count; row++)
            Assert.True(made.MultiplicityOf(row) >= (labels[row] == labels.MinorityClass ? 1 : 0));
        Assert.Equal(labels.Count, made.SourceRowCount);
        Assert.Equal(CountsOf(made, labels).Sum(), made.TotalRowCount);
        for (var i = 0; i < made.Synthetic.Length; i++)
        {
            var (row, neighbor) = ((int)made.Synthetic[i].Row, (int)made.Synthetic[i].Neighbor);
            Assert.Equal((labels.MinorityClass, labels.MinorityClass, labels.MinorityClass), (made.SyntheticLabelOf(i), labels[row], labels[neighbor]));
        }
    }

    [Fact]
    public void Plan_ClassesSwapped_SameRows()
    {
        var (samples, labels) = Problem();
        var swapped = Labels.From([.. labels.Values.ToArray().Select(label => 1 - label)]);
        Assert.Equal(Describe(Plan(samples, labels, 8)), Describe(Plan(samples, swapped, 8)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Plan_AnyThreadCount_SamePlan(int threads)
    {
        var (samples, labels) = Problem();
        Assert.Equal(Describe(Plan(samples, labels, 9)), Describe(Plan(samples, labels, 9, compute: new ComputeOptions { MaxDegreeOfParallelism = threads })));
    }

    [Fact]
    public void Plan_SamplesInAView_SamePlanAndSamplesUntouched()
    {
        var (samples, labels) = Problem();
        var before = Enumerable.Range(0, labels.Count).Select(row => samples.Row(row)).ToArray();
        var view = samples.SelectRows(Enumerable.Range(0, labels.Count).Select(row => (long)row).ToArray());
        Assert.Equal(Describe(Plan(samples, labels, 10)), Describe(Plan(view, labels, 10)));
        Assert.Equal(before, Enumerable.Range(0, labels.Count).Select(row => samples.Row(row)));
    }

    [Fact]
    public void Plan_Cancelled_Throws()
    {
        var (samples, labels) = Problem();
        var canceled = new ComputeOptions { CancellationToken = new CancellationToken(canceled: true) };
        // What reads labels alone is done before one could cancel it.
        var error = Record.Exception(() => Plan(samples, labels, 1, compute: canceled));
        Assert.Equal(readsSamples, error is OperationCanceledException);
    }

    [Fact]
    public void Plan_NaN_NamesRowAndColumn()
    {
        var (samples, labels) = Problem();
        samples.GetWritableRow(131)[4] = float.NaN;
        var error = Record.Exception(() => Plan(samples, labels, 1));
        Assert.Equal(readsSamples, error is ArgumentException);
        Assert.Contains(readsSamples ? "samples holds NaN at row 131, column 4" : "", error?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_OtherNumberOfLabels_NamesBothLengths()
    {
        var (samples, labels) = Problem();
        var shorter = Labels.From(labels.Values[..399]);
        var error = Record.Exception(() => Plan(samples, shorter, 1));
        Assert.Equal(readsSamples, error is ArgumentException);
        Assert.Contains(readsSamples ? "labels has 399 entries where samples has 400" : "", error?.Message ?? "", StringComparison.Ordinal);
    }

    /// <summary>400 rows, 60 of class 1.</summary>
    protected static (SampleMatrix Samples, Labels Labels) Problem() =>
        (Tables.Normal(400, 7, 51), Labels.From([.. Enumerable.Range(0, 400).Select(row => row % 20 < 3)]));

    /// <summary>Plans, within a group where one is given.</summary>
    protected ResamplingPlan Plan(SampleMatrix samples, Labels labels, ulong seed, double targetRatio = 1, RowMask? rows = null, ComputeOptions? compute = null) =>
        plan(new SamplerCall(samples, labels, seed, targetRatio, rows, compute ?? ComputeOptions.Default));

    protected static string Describe(ResamplingPlan planned) =>
        string.Join(' ', Enumerable.Range(0, planned.SourceRowCount).Select(planned.MultiplicityOf)) + string.Join(' ', planned.Synthetic.ToArray());

    /// <summary>Counts the rows of each class after sampling.</summary>
    private static long[] CountsOf(ResamplingPlan planned, Labels labels)
    {
        var counts = new long[2];
        for (var row = 0; row < labels.Count; row++)
            counts[labels[row]] += planned.MultiplicityOf(row);
        for (var i = 0; i < planned.Synthetic.Length; i++)
            counts[planned.SyntheticLabelOf(i)]++;
        return counts;
    }
}
