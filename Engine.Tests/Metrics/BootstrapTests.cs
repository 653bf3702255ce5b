using Engine.Data;
using Engine.Metrics;
using Engine.Numerics;

namespace Engine.Tests.Metrics;

public sealed class BootstrapTests
{
    private static readonly Bootstrap s_short = new() { Seed = 5, ReplicateCount = 60 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Draw_Replicate_IsMeasuredAsItsRowsRepeated(bool stratified)
    {
        var (first, second, labels) = TwoModels(300, seed: 1);
        var mask = RowMask.From(300, row => row % 4 != 1);
        using var firstRanking = ScoreRanking.Sort(first, labels.Values, default);
        using var secondRanking = ScoreRanking.Sort(second, labels.Values, default);
        using var rows = new ResampledRows(firstRanking, secondRanking, mask, clusters: null, BootstrapScope.EveryRow, .5f);
        using var scratch = new BootstrapScratch(rows.Slots.Count, .5f);
        // The slots by their definition.
        var slots = mask.ToRows().OrderByDescending(row => labels[(int)row]).ThenBy(row => first[row]).ThenBy(row => second[row]).ToArray();
        for (var replicate = 0; replicate < 20; replicate++)
        {
            rows.Slots.Draw(9, replicate, stratified, scratch.Counts);
            var counts = scratch.Counts.ToArray();
            Assert.Equal(rows.Slots.Count, counts.Sum(count => count));
            if (stratified)
                Assert.Equal(rows.Slots.FirstStratum, counts[..rows.Slots.FirstStratum].Sum(count => count));
            var repeated = slots.SelectMany((row, slot) => Enumerable.Repeat(row, counts[slot])).ToArray();
            AssertSame(MetricSet.Compute([.. repeated.Select(row => first[row])], labels.Select(repeated)), rows.First);
            AssertSame(MetricSet.Compute([.. repeated.Select(row => second[row])], labels.Select(repeated)), rows.Second!);

            void AssertSame(MetricSet expected, ResampledRanking ranking)
            {
                var actual = ranking.Measure(scratch, .5f, DivergenceCombination.Sum);
                Assert.All(Enum.GetValues<ScoreMetric>(), metric => Assert.Equal(expected[metric], actual[metric]));
            }
        }
    }

    [Fact]
    public void Draw_Replicate_FollowsTheStatedStream()
    {
        using var ranking = ScoreRanking.Sort<float>([.1f, .2f, .3f, .4f, .5f], [0, 1, 0, 1, 1], default);
        using var rows = new ResampledRows(ranking, null, RowMask.All(5), clusters: null, BootstrapScope.EveryRow, .5f);
        var (whole, strata) = (new byte[5], new byte[5]);
        rows.Slots.Draw(7, 3, stratified: false, whole);
        rows.Slots.Draw(7, 3, stratified: true, strata);
        var stream = new RandomStream(7, 0x424F_4F54_0000_0003);
        var (expectedWhole, expectedStrata) = (new byte[5], new byte[5]);
        for (ulong draw = 0; draw < 5; draw++)
        {
            expectedWhole[stream.Below(draw, 5)]++;
            expectedStrata[draw < 3 ? stream.Below(draw, 3) : 3 + stream.Below((1UL << 32) + draw - 3, 2)]++;
        }

        Assert.Equal(expectedWhole, whole);
        Assert.Equal(expectedStrata, strata);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Compare_RowsPermutedAndAnyNumberOfThreads_SameBits(bool stratified)
    {
        var (first, second, labels) = TwoModels(400, seed: 2);
        var order = Enumerable.Range(0, 400).Select(row => (long)row).ToArray();
        new Random(3).Shuffle(order);
        var bootstrap = s_short with { Stratified = stratified, MaxThreadCount = 1 };
        var expected = bootstrap.Compare(first, second, labels);
        foreach (var threads in new[] { 2, 5, -1 })
            AssertSame(expected, (bootstrap with { MaxThreadCount = threads }).Compare(first, second, labels));
        AssertSame(expected, bootstrap.Compare([.. order.Select(row => first[row])], [.. order.Select(row => second[row])], labels.Select(order)));
    }

    [Fact]
    public void Estimate_EveryGroup_EqualsItsRowsAlone()
    {
        var (first, second, labels) = TwoModels(300, seed: 4);
        var groups = new Subgroups(300);
        groups.Add("third", RowMask.From(300, row => row % 3 == 0));
        groups.Add("nobody", RowMask.From(300, _ => false));
        var members = groups["third"].ToRows();
        float[] firstAlone = [.. members.Select(row => first[row])];
        float[] secondAlone = [.. members.Select(row => second[row])];

        var estimates = s_short.Estimate(first, labels, groups);
        Assert.Equal(groups.Names, estimates.Select(group => group.Group));
        AssertSame(s_short.Estimate(firstAlone, labels.Select(members)), estimates[0].Table);
        Assert.All(Enum.GetValues<ScoreMetric>(), metric => Assert.Null(estimates[1].Table[metric]));
        AssertSame(s_short.Compare(firstAlone, secondAlone, labels.Select(members)), s_short.Compare(first, second, labels, groups)[0].Table);
    }

    [Fact]
    public void Estimate_Result_IsCenteredOnTheMetricsOfTheRows()
    {
        var (first, second, labels) = TwoModels(300, seed: 6);
        var (alone, other) = (MetricSet.Compute(first, labels), MetricSet.Compute(second, labels));
        var table = s_short.Estimate(first, labels);
        var differences = s_short.Compare(first, second, labels);
        foreach (var metric in Enum.GetValues<ScoreMetric>())
        {
            Assert.Equal(alone[metric], table[metric]?.Estimate);
            Assert.Equal(alone[metric] - other[metric], differences[metric]?.Estimate);
            Assert.True(table[metric] is not { } interval || interval.Lower <= interval.Upper);
        }

        Assert.Equal(60, table.ReplicateCount);
    }

    [Fact]
    public void Estimate_OneMetricAskedFor_IsTheOneAmongAll()
    {
        var (scores, _, labels) = TwoModels(300, seed: 8);
        var all = s_short.Estimate(scores, labels);
        foreach (var metric in Enum.GetValues<ScoreMetric>())
        {
            var alone = (s_short with { Metrics = [metric] }).Estimate(scores, labels);
            Assert.Equal(all[metric], alone[metric]);
            Assert.All(Enum.GetValues<ScoreMetric>().Where(other => other != metric), other => Assert.Null(alone[other]));
        }
    }

    [Fact]
    public void Estimate_MoreRowsThanABlock_IsCenteredOnTheMetricsOfTheRows()
    {
        // Rows are walked 4,096 at a time.
        var (scores, _, labels) = TwoModels(9_001, seed: 9);
        var (alone, table) = (MetricSet.Compute(scores, labels), (s_short with { ReplicateCount = 2 }).Estimate(scores, labels));
        Assert.All(Enum.GetValues<ScoreMetric>(), metric => Assert.Equal(alone[metric], table[metric]?.Estimate));
    }

    [Fact]
    public void Estimate_ConfidenceNextToOne_ReachesFromTheLeastReplicateToTheGreatest()
    {
        // Two values differ by their standard deviation times the root of 2.
        var (scores, _, labels) = TwoModels(300, seed: 10);
        var interval = (s_short with { ReplicateCount = 2, Confidence = Math.BitDecrement(1.0) }).Estimate(scores, labels)[ScoreMetric.Auroc]!.Value;
        Assert.NotEqual(0, interval.StandardError);
        Assert.Equal(interval.StandardError * Math.Sqrt(2), interval.Upper - interval.Lower, 1e-15);
    }

    [Fact]
    public void Compare_ModelWithItself_HasNoDifference()
    {
        var (first, _, labels) = TwoModels(100, seed: 7);
        var table = s_short.Compare(first, first, labels);
        var alone = MetricSet.Compute(first, labels);
        Assert.All(Enum.GetValues<ScoreMetric>(), metric => Assert.Equal(alone[metric] is null ? null : new MetricInterval(0, 0, 0, 0, 0), table[metric]));
    }

    [Fact]
    public void Estimate_Stratified_KeepsThePrevalenceAndDefinesEverything()
    {
        var scores = Enumerable.Range(0, 30).Select(row => row / 32f).ToArray();
        var labels = Labels.From([.. Enumerable.Range(0, 30).Select(row => row == 20 ? 1 : 0)]);
        var table = (s_short with { Stratified = true }).Estimate(scores, labels);
        Assert.Equal((1 / 30.0, 1 / 30.0), (table[ScoreMetric.Prevalence]!.Value.Lower, table[ScoreMetric.Prevalence]!.Value.Upper));
        Assert.All(Enum.GetValues<ScoreMetric>(), metric => Assert.Equal(0, table[metric]!.Value.UndefinedCount));
    }

    [Fact]
    public void Estimate_RareClass_CountsUndefinedReplicates()
    {
        var bootstrap = s_short with { ReplicateCount = 500 };
        var table = bootstrap.Estimate([.1f, .2f, .3f, .4f, .5f], Labels.From([0, 0, 0, 0, 1]));
        var undefined = table[ScoreMetric.Auroc]!.Value.UndefinedCount;
        // No row of class 1 in 5 draws: 500 x .8^5 = 164 with a standard deviation of 10.5.
        Assert.InRange(undefined, 164 - 45, 164 + 45);
        Assert.Equal(undefined, table[ScoreMetric.RecallC1]!.Value.UndefinedCount);
        Assert.Equal(0, table[ScoreMetric.Accuracy]!.Value.UndefinedCount);
        Assert.Equal((1, 1), (table[ScoreMetric.Auroc]!.Value.Lower, table[ScoreMetric.Auroc]!.Value.Upper));
    }

    [Fact]
    public void Estimate_UndefinedOverTheRows_IsNull()
    {
        var table = s_short.Estimate([.1f, 2], Labels.From([0, 0]));
        Assert.Null(table[ScoreMetric.Auroc]);
        Assert.Null(table[ScoreMetric.Brier]);
        Assert.NotNull(table[ScoreMetric.Accuracy]);
    }

    [Fact]
    public void Summarize_KnownReplicates_HasNumpysQuantiles()
    {
        // numpy.quantile([0, 1, 4, 9, 16], [.125, .875]) = [.5, 12.5]; numpy.std(ddof=1) = 6.595452979136459.
        double?[] replicates = [16, null, 4, 0, 9, 1];
        var interval = BootstrapTable.Summarize(6, .75, _ => 5, (replicate, _) => replicates[replicate])[ScoreMetric.Mcc]!.Value;
        Assert.Equal((5, .5, 12.5, 1), (interval.Estimate, interval.Lower, interval.Upper, interval.UndefinedCount));
        Assert.Equal(6.595452979136459, interval.StandardError, 1e-14);
    }

    [Fact]
    public void Estimate_LargeSample_HasTheKnownStandardErrors()
    {
        var (scores, labels) = NormalSample(2000, new RandomStream(21, 0));
        var table = new Bootstrap { Seed = 1, ReplicateCount = 400 }.Estimate(scores, labels);
        Assert.True(DeLong.TryEstimate(scores, labels, out var auroc));
        var accuracy = table[ScoreMetric.Accuracy]!.Value;
        // 400 replicates know a standard deviation to 3.5 %.
        Assert.Equal(1, table[ScoreMetric.Auroc]!.Value.StandardError / auroc.StandardError, .15);
        Assert.Equal(1, accuracy.StandardError / Math.Sqrt(accuracy.Estimate * (1 - accuracy.Estimate) / 2000), .15);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Estimate_ManySamples_HoldsTheTruthAboutAsOftenAsItSays(bool stratified)
    {
        var truth = 1 - PortableMath.NormalTail(1 / Math.Sqrt(2));
        const int Samples = 200;
        var held = 0;
        for (ulong sample = 0; sample < Samples; sample++)
        {
            var (scores, labels) = NormalSample(150, new RandomStream(22, sample));
            var interval = new Bootstrap { Seed = sample, ReplicateCount = 200, Stratified = stratified }.Estimate(scores, labels)[ScoreMetric.Auroc]!.Value;
            held += interval.Lower <= truth && truth <= interval.Upper ? 1 : 0;
        }

        // 95 % of 200 with a standard deviation of 1.5 %, less what percentile intervals of 45 rows of class 1 miss.
        Assert.InRange(held / (double)Samples, .87, .995);
    }

    [Fact]
    public void BadInput_NamesValueAndWayOut()
    {
        var labels = Labels.From([0, 1]);
        float[] scores = [0, 1];
        AssertOutOfRange(s_short with { ReplicateCount = 1 }, "ReplicateCount is 1; allowed is 2 or more");
        AssertOutOfRange(s_short with { Confidence = 1 }, "confidence is 1; allowed is above 0 and below 1");
        AssertOutOfRange(s_short with { Threshold = float.NaN }, "threshold is NaN");
        AssertOutOfRange(s_short with { MaxThreadCount = 0 }, "maxThreadCount is 0");
        Assert.Throws<ArgumentException>(() => s_short.Estimate([0, float.NaN], labels));
        Assert.Throws<ArgumentException>(() => s_short.Estimate([0f], labels));
        Assert.Throws<ArgumentException>(() => s_short.Compare(scores, [0], labels));
        Assert.Throws<ArgumentException>(() => s_short.Estimate(scores, labels, new Subgroups(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_short.Estimate(scores, labels)[(ScoreMetric)99]);

        void AssertOutOfRange(Bootstrap bootstrap, string message) => Assert.Contains(
            message, Assert.Throws<ArgumentOutOfRangeException>(() => bootstrap.Estimate(scores, labels)).Message, StringComparison.Ordinal);
    }

    private static (float[] Scores, Labels Labels) NormalSample(int count, RandomStream stream)
    {
        byte[] labels = [.. Enumerable.Range(0, count).Select(row => (byte)(row % 10 < 3 ? 1 : 0))];
        return ([.. labels.Select((label, row) => label + (float)stream.Normal((ulong)row))], Labels.From(labels));
    }

    private static (float[] First, float[] Second, Labels Labels) TwoModels(int count, int seed)
    {
        var rows = ScoredRows.Random(count, 30, seed);
        var random = new Random(seed + 100);
        return (rows.Scores, [.. rows.Scores.Select(score => MathF.Round((score * 8) + random.Next(3)) / 16)], Labels.From(rows.Labels));
    }

    private static void AssertSame(BootstrapTable expected, BootstrapTable actual) =>
        Assert.All(Enum.GetValues<ScoreMetric>(), metric => Assert.Equal(expected[metric], actual[metric]));
}
