using Engine.Collectives;
using Engine.Compute;
using Engine.Data;
using Engine.Logistic;
using Engine.Numerics;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

/// <summary>Fits of rows that lie with several ranks: the bits of one process.</summary>
public sealed class RanksTests
{
    private const int RowCount = (3 * RankRows.RowsPerRun) + 777;

    private static readonly Lazy<(SampleMatrix Samples, Labels Labels)> s_problem = new(() => SmallFits.Problem(RowCount, 4, 31));

    public static TheoryData<int> Sizes => Ranks.Sizes;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Fit_AnyNumberOfRanks_HasTheBitsOfOneProcess(int size)
    {
        var (samples, labels) = s_problem.Value;
        AssertSame(size, samples, labels, new());
        AssertSame(size, samples, labels, new() { RidgePenalty = 3, HasIntercept = false });
    }

    [Fact]
    public void Fit_WeightsAndOffsets_HasTheBitsOfOneProcess()
    {
        var (samples, labels) = s_problem.Value;
        var weights = Enumerable.Range(0, RowCount).Select(row => row % 7 == 0 ? 0 : 0.1 + (row % 3)).ToArray();
        AssertSame(3, samples, labels, new() { SampleWeights = weights, Offsets = Enumerable.Range(0, RowCount).Select(row => 1000 + (row % 5 / 10.0)).ToArray() });
    }

    [Fact]
    public void Fit_SeparatedClasses_FindsTheSameProof()
    {
        var samples = Tables.Normal(RowCount, 3, 77);
        var labels = Labels.From([.. Enumerable.Range(0, RowCount).Select(row => samples.Row(row)[1] > 1)]);
        Assert.Equal(FitStatus.Separated, AssertSame(3, samples, labels, new()).Status);
    }

    [Fact]
    public void Fit_ColumnsHardToTellApart_AreReplacedAndLeftOutAlike()
    {
        var (samples, labels) = SmallFits.Problem(RowCount, 4, 41);
        for (var row = 0; row < RowCount; row++)
        {
            var values = samples.GetWritableRow(row);
            values[1] = 100_000 + values[0] + (values[1] / 64);
            values[3] = 2 * values[2];
        }

        Assert.Equal(FitStatus.Singular, AssertSame(3, samples, labels, new()).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Fit_Plans_HaveTheBitsOfOneProcess(int size)
    {
        var (samples, labels) = s_problem.Value;
        AssertSame(size, samples, labels, new() { Plan = new RandomUnder { Seed = 3 }.Plan(samples, labels) });
        AssertSame(size, samples, labels, new() { Plan = new RandomOver { Seed = 3 }.Plan(samples, labels) });
        AssertSame(size, samples, labels, new() { Plan = new Smote { Seed = 3 }.Plan(samples, labels) });
    }

    [Fact]
    public void Fit_ScaledColumnsOfRanks_HaveTheBitsOfOneProcess()
    {
        var (samples, labels) = s_problem.Value;
        var scaler = FeatureScaler.Fit(samples, TestContext.Current.CancellationToken);
        var expected = LogisticRegression.Fit(scaler.Transform(samples).SelectColumns([3, 0, 1]), labels);
        foreach (var fit in Ranks.Each(3, samples, spread => LogisticRegression.Fit(scaler.Transform(spread).SelectColumns([3, 0, 1]), labels, new() { Compute = Ranks.OneThread })))
            AssertSameBits(expected, fit);
    }

    [Fact]
    public void FitMany_FromASampleOfHalfAMillionRows_HasTheBitsOfOneProcess()
    {
        Skip.WhereSumsAreSlow();
        const int ManyRows = 540_000;
        var (samples, labels) = SmallFits.Problem(ManyRows, 3, 51);
        // Rows of high leverage, which a sample must hold.
        for (var row = 7; row < ManyRows; row += 4999)
        {
            foreach (ref var value in samples.GetWritableRow(row))
                value *= 30;
        }

        var stream = new RandomStream(9, 4);
        var unit = RowMask.From(ManyRows, row => labels[row] == 1 && stream.UniformDouble((ulong)row) < 0.05);
        LogisticOptions[] options = [Repeating(1), Repeating(2), Repeating(9)];
        var expected = LogisticRegression.FitMany(samples, labels, options);
        Assert.All(expected, fit => Assert.Equal(FitStatus.Converged, fit.Status));
        foreach (var fits in Ranks.Each(3, samples, spread => LogisticRegression.FitMany(spread, labels, options)))
        {
            // Asked here, where no rank works any more.
            for (var i = 0; i < fits.Count; i++)
                AssertSameBits(expected[i], fits[i]);
        }

        LogisticOptions Repeating(int times) => new() { Plan = ResamplingPlan.Repeat(unit, times), Compute = Ranks.OneThread };
    }

    [Fact]
    public void Predict_RowsOfAllRanks_AreOnEveryRank()
    {
        var (samples, labels) = s_problem.Value;
        var fit = LogisticRegression.Fit(samples, labels);
        var (logOdds, many) = (new double[RowCount], new double[2 * RowCount]);
        fit.PredictLogOdds(samples, logOdds);
        LogisticFit.PredictLogOdds([fit, fit], samples, many);
        RankThreads.Run(3, collective =>
        {
            var spread = Ranks.Divide(samples, collective);
            var (found, foundMany) = (new double[RowCount], new double[2 * RowCount]);
            fit.PredictLogOdds(spread, found, Ranks.OneThread);
            LogisticFit.PredictLogOdds([fit, fit], spread, foundMany, Ranks.OneThread);
            Assert.Equal(logOdds, found);
            Assert.Equal(many, foundMany);
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void FitFirth_AnyNumberOfRanks_HasTheBitsOfOneProcess(int size)
    {
        var (samples, labels) = s_problem.Value;
        var expected = LogisticRegression.FitFirth(samples, labels);
        var profile = expected.FirthProfileOf(2, samples, labels);
        foreach (var (fit, found) in Ranks.Each(size, samples, spread =>
        {
            var options = new LogisticOptions { Compute = Ranks.OneThread };
            var fit = LogisticRegression.FitFirth(spread, labels, options);
            return (fit, fit.FirthProfileOf(2, spread, labels, fitted: options));
        }))
        {
            AssertSameBits(expected, fit);
            Assert.Equal(profile, found);
        }
    }

    /// <summary>Clusters of rows that follow each other, of which some straddle ranks; of rows everywhere; and both ways.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void RobustErrors_AnyNumberOfRanks_HaveTheBitsOfOneProcess(int size)
    {
        var (samples, labels) = s_problem.Value;
        var fit = LogisticRegression.Fit(samples, labels);
        var (patients, sites) = (Enumerable.Range(0, RowCount).Select(static row => row / 11).ToArray(), Enumerable.Range(0, RowCount).Select(static row => row * 7 % 5000 / 3).ToArray());
        RobustOptions[] all = [new(), new() { Clusters = patients }, new() { Clusters = sites }, new() { Clusters = patients, CrossedClusters = sites }];
        var expected = Array.ConvertAll(all, robust => fit.RobustErrors(samples, labels, robust));
        foreach (var found in Ranks.Each(size, samples, spread => Array.ConvertAll(all, robust => fit.RobustErrors(spread, labels, robust, new() { Compute = Ranks.OneThread }))))
        {
            for (var i = 0; i < all.Length; i++)
            {
                Assert.Equal(expected[i].ClusterCount, found[i].ClusterCount);
                for (var entry = 0; entry < 25; entry++)
                    Assert.Equal(expected[i].CovarianceOf(entry / 5, entry % 5), found[i].CovarianceOf(entry / 5, entry % 5));
            }
        }
    }

    /// <summary>Some rows are settled and some are not, those that a plan makes among them, which lie behind the rows of all ranks.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Fit_SeparatedColumnOfRareRows_IsProvenFromRowsOfAllRanks(int size)
    {
        var (samples, labels) = SmallFits.Problem(RowCount, 4, 61);
        for (var row = 0; row < RowCount; row++)
            samples.GetWritableRow(row)[3] = labels[row] == 1 && row % 40 == 0 ? 1 + (row % 3) : 0;
        Assert.Equal([4], AssertSame(size, samples, labels, new()).SeparatingCoefficients);
        Assert.Equal([4], AssertSame(size, samples, labels, new() { Plan = new Smote { Seed = 3 }.Plan(samples, labels) }).SeparatingCoefficients);
    }

    /// <summary>A look for separation asks rows where they lie, and a sample stays with them.</summary>
    [Fact]
    public void Fit_LooksForSeparation_SendLittle() => RankThreads.Run(2, inner =>
    {
        var collective = new MeasuredCollective(inner);
        var (samples, labels) = SmallFits.Problem(RowCount, 4, 61);
        for (var row = 0; row < RowCount; row++)
            samples.GetWritableRow(row)[3] = labels[row] == 1 && row % 40 == 0 ? 1 + (row % 3) : 0;
        var fit = LogisticRegression.Fit(Ranks.Divide(samples, collective), labels, new() { Compute = Ranks.OneThread });
        Assert.Equal(FitStatus.Separated, fit.Status);
        Assert.InRange(collective.BytesReceived, 1, 8 * RowCount);
    });

    /// <summary>One pass sends the sums of a rank once, whatever the number of rows.</summary>
    [Fact]
    public void Fit_Pass_SendsTheLowerTriangleOfEveryRankOnce() => RankThreads.Run(3, inner =>
    {
        var collective = new MeasuredCollective(inner);
        var spread = SampleMatrix.OfRanks(SampleMatrix.Create(2 * RankRows.RowsPerRun, 10), collective);
        using var rows = SimdBackend.Instance.PrepareFit(new FitRequest(spread, new byte[spread.RowCount]), Ranks.OneThread);
        var before = collective.BytesReceived;
        rows.Accumulate(new double[11], new NormalEquations(11));
        Assert.Equal(2 * sizeof(double) * ((11 * 12 / 2) + 11 + 2), collective.BytesReceived - before);
    });

    private static LogisticFit AssertSame(int size, SampleMatrix samples, Labels labels, LogisticOptions options)
    {
        var expected = LogisticRegression.Fit(samples, labels, options);
        foreach (var fit in Ranks.Each(size, samples, spread => LogisticRegression.Fit(spread, labels, options with { Compute = Ranks.OneThread })))
            AssertSameBits(expected, fit);
        return expected;
    }

    private static void AssertSameBits(LogisticFit expected, LogisticFit actual)
    {
        Assert.Equal((expected.Status, expected.Iterations, expected.LogLikelihood, expected.NullDeviance), (actual.Status, actual.Iterations, actual.LogLikelihood, actual.NullDeviance));
        Assert.Equal(expected.Coefficients, actual.Coefficients);
        Assert.Equal(expected.LeftOutCoefficients, actual.LeftOutCoefficients);
        Assert.Equal(expected.SeparatingCoefficients, actual.SeparatingCoefficients);
        for (var i = 0; i < expected.Coefficients.Length; i++)
            Assert.Equal(expected.StandardErrorOf(i), actual.StandardErrorOf(i));
    }
}
