using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class FeatureScalerTests
{
    private const int RowsPerRun = 64 * SampleMatrix.RowsPerBlock;

    [Theory]
    [InlineData(new double[] { 5, 1, 9 }, 5)]
    [InlineData(new double[] { 5, 1, 9, 2 }, 3.5)]
    [InlineData(new double[] { 7 }, 7)]
    [InlineData(new double[] { -3, -3, 8, 8 }, 2.5)]
    public void Fit_MissingValues_BecomeTheMedianOfThePresentOnes(double[] present, double median)
    {
        double[][] rows = [[double.NaN], .. present.Select(value => new[] { value }), [double.NaN]];
        var scaler = FeatureScaler.Fit(Tables.From(rows), TestContext.Current.CancellationToken);
        Assert.Equal(median, scaler.FillValueOf(0));
        Assert.Equal([2], scaler.MissingCounts);
        var imputed = present.Append(median).Append(median).ToArray();
        Assert.Equal(imputed.Average(), scaler.Means[0], Tolerance.ScalerMoment);
        Assert.Equal(PopulationDeviation(imputed) is 0 ? 1 : PopulationDeviation(imputed), scaler.Deviations[0], Tolerance.ScalerMoment);
    }

    [Fact]
    public void Fit_ImputationByMean_FillsWithTheMeanOfThePresentValues()
    {
        var samples = Tables.From([[1, double.NaN, 4], [2, double.NaN, 4], [6, double.NaN, double.NaN], [double.NaN, double.NaN, 4]]);
        var scaler = FeatureScaler.Fit(samples, Imputation.Mean, TestContext.Current.CancellationToken);
        Assert.Equal((3, 0, 4), (scaler.FillValueOf(0), scaler.FillValueOf(1), scaler.FillValueOf(2)));
        Assert.Equal([3, 0, 4], scaler.Means.ToArray());
        // Deviations -2, -1, 3, 0 of four rows.
        Assert.Equal([Math.Sqrt(3.5), 1, 1], scaler.Deviations.ToArray());
        Assert.Equal([0, 0, 0], scaler.Transform(samples).Row(3));
    }

    [Fact]
    public void PresentColumns_SomeEmpty_ListsTheOthers()
    {
        var samples = Tables.From([[double.NaN, 1, double.NaN, double.NaN], [double.NaN, double.NaN, double.NaN, 2]]);
        Assert.Equal([1, 3], FeatureScaler.PresentColumns(samples, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Transform_ValueMissingInAColumnCompleteInTraining_BecomesItsMedian()
    {
        var scaler = FeatureScaler.Fit(Tables.From([[10], [20], [30]]), TestContext.Current.CancellationToken);
        Assert.Equal([0], scaler.Transform(Tables.From([[double.NaN]])).Row(0));
    }

    [Fact]
    public void Only_SomeColumns_LeavesTheOthersAsTheyAre()
    {
        var scaler = FeatureScaler.Fit(Tables.From([[10, 1], [20, 0], [30, 1]]), TestContext.Current.CancellationToken);
        var some = scaler.Only([0]).Transform(Tables.From([[20, 1], [double.NaN, double.NaN]]));
        Assert.Equal([0, 1], some.Row(0));
        Assert.Equal([0, 1], some.Row(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => scaler.Only([2]));
    }

    [Fact]
    public void Fit_MedianOfTwoHugeValues_DoesNotOverflow()
    {
        var scaler = FeatureScaler.Fit(Tables.From([[float.MaxValue], [float.MaxValue], [double.NaN]]), TestContext.Current.CancellationToken);
        Assert.Equal(float.MaxValue, scaler.FillValueOf(0));
        Assert.Equal(float.MaxValue, scaler.Means[0], float.MaxValue * Tolerance.ScalerMoment);
    }

    [Fact]
    public void Fit_NormalValuesSomeMissing_AgreesWithTheDoubleFormulas()
    {
        var samples = WithMissing(Tables.Normal(1000, 7, 41));
        var scaler = FeatureScaler.Fit(samples, TestContext.Current.CancellationToken);
        var scaled = scaler.Transform(samples);
        for (var column = 0; column < 7; column++)
        {
            var present = Column(samples, column).Where(value => !double.IsNaN(value)).Order().ToArray();
            var median = present.Length % 2 == 1 ? present[present.Length / 2] : (present[(present.Length / 2) - 1] + present[present.Length / 2]) / 2;
            var imputed = Column(samples, column).Select(value => double.IsNaN(value) ? median : value).ToArray();
            Assert.Equal(1000 - present.Length, scaler.MissingCounts[column]);
            Assert.Equal(median, scaler.FillValueOf(column));
            Assert.Equal(imputed.Average(), scaler.Means[column], Tolerance.ScalerMoment);
            Assert.Equal(PopulationDeviation(imputed), scaler.Deviations[column], Tolerance.ScalerMoment);
            for (var row = 0; row < 1000; row++)
                Assert.Equal((float)((imputed[row] - scaler.Means[column]) / scaler.Deviations[column]), scaled.Row(row)[column]);
        }
    }

    [Fact]
    public void Fit_ConstantColumns_HaveDeviationOneAndBecomeZero()
    {
        // A third is no binary fraction, but as a float32 it has 24 bits, of which a double holds the sum of half a billion exactly.
        double[][] rows = [.. Enumerable.Range(0, 999).Select(row => new[] { 1.0 / 3, 0, -1e30, row % 2 == 0 ? double.NaN : 7 })];
        var scaler = FeatureScaler.Fit(Tables.From(rows), TestContext.Current.CancellationToken);
        Assert.Equal([1, 1, 1, 1], scaler.Deviations.ToArray());
        var scaled = scaler.Transform(Tables.From(rows));
        foreach (var row in new[] { 0, 1, 998 })
            Assert.Equal([0, 0, 0, 0], scaled.Row(row));
    }

    [Fact]
    public void Fit_ColumnWithoutAnyValue_CountsAsConstantZero()
    {
        var samples = Tables.From([[double.NaN, 1], [double.NaN, 2]]);
        var scaler = FeatureScaler.Fit(samples, TestContext.Current.CancellationToken);
        Assert.Equal((0, 0, 1), (scaler.FillValueOf(0), scaler.Means[0], scaler.Deviations[0]));
        Assert.Equal([2, 0], scaler.MissingCounts);
        Assert.Equal([0, -1], scaler.Transform(samples).Row(0));
    }

    [Fact]
    public void Fit_NearlyConstantColumn_KeepsItsDeviation()
    {
        // One unit in the last place of a float32 is far above the rounding of a mean.
        var scaler = FeatureScaler.Fit(Tables.From([[1e6], [1e6 + .0625]]), TestContext.Current.CancellationToken);
        Assert.Equal(.03125, scaler.Deviations[0], Tolerance.ScalerMoment);
    }

    [Fact]
    public void Fit_SeveralRunsOfBlocks_EqualsTheSumsTakenRunByRun()
    {
        // Two runs and a bit, on every core: the bits are those of one thread that adds run after run.
        var samples = Tables.Normal((2 * RowsPerRun) + 300, 2, 42);
        var scaler = FeatureScaler.Fit(samples, TestContext.Current.CancellationToken);
        for (var column = 0; column < 2; column++)
        {
            var values = Column(samples, column);
            var mean = SumRunByRun(values) / values.Length;
            Assert.Equal(mean, scaler.Means[column]);
            Assert.Equal(Math.Sqrt(SumRunByRun([.. values.Select(value => (value - mean) * (value - mean))]) / values.Length), scaler.Deviations[column]);
        }
    }

    [Fact]
    public void Transform_OtherRows_UsesWhatWasLearned()
    {
        var scaler = FeatureScaler.Fit(Tables.From([[0], [2], [4], [double.NaN]]), TestContext.Current.CancellationToken);
        var scaled = scaler.Transform(Tables.From([[double.NaN], [10]]));
        Assert.Equal([0], scaled.Row(0));
        Assert.Equal((float)(8 / Math.Sqrt(2)), scaled.Row(1)[0]);
    }

    [Theory]
    [InlineData(511)]
    [InlineData(513)]
    public void Transform_WideRowsThroughAView_AreTheSameAsDirect(int featureCount)
    {
        var samples = WithMissing(Tables.Normal(30, featureCount, 43));
        var scaled = FeatureScaler.Fit(samples, TestContext.Current.CancellationToken).Transform(samples);
        var picked = scaled.SelectRows(new long[] { 29, 3 });
        Assert.Equal(scaled.Row(29), picked.Row(0));
        var block = picked.ReadBlock(0, new float[picked.BlockScratchLength]);
        Assert.Equal(scaled.Row(3), block.Row(1).ToArray());
        Assert.True(block.PaddedRow(1)[featureCount..].IndexOfAnyExcept(0f) < 0);
    }

    [Fact]
    public void Transform_AChoiceOfRows_IsTheChoiceOfTransformedRows()
    {
        var samples = WithMissing(Tables.Normal(600, 19, 44));
        var scaler = FeatureScaler.Fit(samples, TestContext.Current.CancellationToken);
        var chosen = Enumerable.Range(0, 500).Select(row => (long)(row % 2 == 0 ? row : 599 - row)).ToArray();
        var (choice, all) = (scaler.Transform(samples.SelectRows(chosen)), scaler.Transform(samples).Copy());
        var copy = choice.Copy();
        for (var row = 0; row < chosen.Length; row++)
        {
            Assert.Equal(all.Row(chosen[row]), choice.Row(row));
            Assert.Equal(all.Row(chosen[row]), copy.Row(row));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(19)]
    public void Transform_InfiniteValues_StayInfiniteBesideMissingOnes(int featureCount)
    {
        var samples = Tables.Normal(20, featureCount, 45);
        var scaler = FeatureScaler.Fit(samples, TestContext.Current.CancellationToken);
        samples.GetWritableRow(7)[0] = float.NegativeInfinity;
        samples.GetWritableRow(7)[1] = float.NaN;
        samples.GetWritableRow(7)[2] = float.PositiveInfinity;
        // Read where they lie, and from rows that are made when they are read.
        foreach (var rows in new[] { samples, samples.SelectColumns([.. Enumerable.Range(0, featureCount)]) })
        {
            var scaled = scaler.Transform(rows).Row(7);
            Assert.Equal(float.NegativeInfinity, scaled[0]);
            Assert.Equal((float)((scaler.FillValueOf(1) - scaler.Means[1]) / scaler.Deviations[1]), scaled[1]);
            Assert.Equal(float.PositiveInfinity, scaled[2]);
        }
    }

    [Fact]
    public void Transform_OtherNumberOfColumns_Throws() =>
        Assert.Throws<ArgumentException>(() => FeatureScaler.Fit(Tables.From([[1, 2]]), TestContext.Current.CancellationToken).Transform(Tables.From([[1]])));

    [Fact]
    public void Fit_NoRows_Throws() => Assert.Throws<ArgumentException>(() => FeatureScaler.Fit(SampleMatrix.Create(0, 3), TestContext.Current.CancellationToken));

    [Theory]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity)]
    public void Fit_InfiniteValue_NamesTheColumn(double first, double second)
    {
        var error = Assert.Throws<ArgumentException>(() => FeatureScaler.Fit(Tables.From([[1, first], [2, second]]), TestContext.Current.CancellationToken));
        Assert.Contains("column 1 holds an infinite value", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_Cancelled_Throws() =>
        Assert.ThrowsAny<OperationCanceledException>(() => FeatureScaler.Fit(Tables.From([[1]]), new CancellationToken(canceled: true)));

    private static SampleMatrix WithMissing(SampleMatrix samples)
    {
        for (var row = 0; row < samples.RowCount; row++)
            samples.GetWritableRow(row)[row % samples.FeatureCount] = float.NaN;
        return samples;
    }

    private static double[] Column(SampleMatrix samples, int column) => [.. Enumerable.Range(0, (int)samples.RowCount).Select(row => (double)samples.Row(row)[column])];

    private static double PopulationDeviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double SumRunByRun(double[] values) =>
        values.Chunk(RowsPerRun).Select(run => run.Aggregate((sum, value) => sum + value)).Aggregate((sum, run) => sum + run);
}
