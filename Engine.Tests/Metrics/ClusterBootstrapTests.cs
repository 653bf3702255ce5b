using Engine.Data;
using Engine.Metrics;
using Engine.Numerics;

namespace Engine.Tests.Metrics;

public sealed class ClusterBootstrapTests
{
    private const int RowCount = 400;

    private static readonly Bootstrap s_short = new() { Seed = 5, ReplicateCount = 60 };

    private static readonly ScoreMetric[] s_curveOfClassOne = [ScoreMetric.Auroc, ScoreMetric.AveragePrecisionC1, ScoreMetric.TrapezoidPrC1];

    private static readonly ScoreMetric[] s_everyRow = [ScoreMetric.AveragePrecisionC0, ScoreMetric.TrapezoidPrC0, ScoreMetric.Brier];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Draw_Replicate_RepeatsAllRowsOfAClusterAlike(bool stratified)
    {
        var (scores, labels, clusters) = Stays(seed: 1);
        var mask = RowMask.From(RowCount, row => row % 4 != 1);
        using var ranking = ScoreRanking.Sort(scores, labels.Values, default);
        using var rows = new ResampledRows(ranking, null, mask, new ClusterNumbers(clusters), BootstrapScope.EveryRow, .5f);
        using var scratch = new BootstrapScratch(rows.Slots.Count, .5f);
        // The slots by their definition: clusters of the group, those with class 1 first, by number.
        var slots = mask.ToRows().GroupBy(row => clusters[row])
            .OrderByDescending(cluster => cluster.Max(row => labels[(int)row])).ThenBy(cluster => cluster.Key).ToArray();
        Assert.Equal(slots.Length, rows.Slots.Count);
        for (var replicate = 0; replicate < 10; replicate++)
        {
            rows.Slots.Draw(9, replicate, stratified, scratch.Counts);
            var counts = scratch.Counts.ToArray();
            Assert.Equal(slots.Length, counts.Sum(count => count));
            if (stratified)
                Assert.Equal(slots.Count(slot => slot.Any(row => labels[(int)row] == 1)), counts[..rows.Slots.FirstStratum].Sum(count => count));
            var repeated = slots.SelectMany((slot, number) => Enumerable.Repeat(slot, counts[number])).SelectMany(rows => rows).ToArray();
            var expected = MetricSet.Compute<float>([.. repeated.Select(row => scores[row])], labels.Select(repeated));
            var actual = rows.First.Measure(scratch, .5f, DivergenceCombination.Sum);
            Assert.All(Enum.GetValues<ScoreMetric>(), metric => Assert.Equal(expected[metric], actual[metric]));
        }
    }

    [Fact]
    public void EstimateMean_Models_AverageReplicateByReplicate()
    {
        var (labels, clusters) = (Stays(1).Labels, Stays(1).Clusters);
        var (one, two, other) = (Stays(1).Scores, Stays(51).Scores, Stays(52).Scores);
        var groups = new Subgroups(RowCount);
        groups.Add("some", RowMask.From(RowCount, row => row % 3 != 0));
        var mean = s_short.EstimateMean<float>([one, two], labels, groups, clusters).Single().Table;
        var difference = s_short.CompareMeans<float>([one, two], [other, other], labels, groups, clusters).Single().Table;
        // By the definition: the same clusters for both models, then the mean of their metrics.
        var replicates = Enumerable.Range(0, s_short.ReplicateCount).Select(replicate => (Measure(one, replicate) + Measure(two, replicate)) / 2).Order().ToArray();
        var expected = (Measure(one, -1) + Measure(two, -1)) / 2;
        Assert.Equal(expected, mean[ScoreMetric.RecallC1]!.Value.Estimate, 1e-14);
        Assert.InRange(mean[ScoreMetric.RecallC1]!.Value.Lower, replicates[1], replicates[2]);
        Assert.InRange(mean[ScoreMetric.RecallC1]!.Value.Upper, replicates[^3], replicates[^2]);
        Assert.Equal(expected - Measure(other, -1), difference[ScoreMetric.RecallC1]!.Value.Estimate, 1e-14);
        // A model on both sides differs from itself in no replicate, whichever it is averaged with.
        var none = s_short.CompareMeans<float>([one, two], [two, one], labels, groups, clusters).Single().Table[ScoreMetric.Auroc]!.Value;
        Assert.Equal((0.0, 0.0, 0.0), (Math.Round(none.Estimate, 14), Math.Round(none.Lower, 14), Math.Round(none.Upper, 14)));
        Assert.Equal(s_short.Estimate(one, labels, groups, clusters)[0].Table[ScoreMetric.Auroc], s_short.EstimateMean<float>([one], labels, groups, clusters)[0].Table[ScoreMetric.Auroc]);

        double Measure(float[] scores, int replicate)
        {
            using var ranking = ScoreRanking.Sort(scores, labels.Values, default);
            using var rows = new ResampledRows(ranking, null, groups["some"], new ClusterNumbers(clusters), BootstrapScope.EveryRow, .5f);
            using var scratch = new BootstrapScratch(rows.Slots.Count, .5f);
            scratch.Counts.Fill(1);
            if (replicate >= 0)
                rows.Slots.Draw(s_short.Seed, replicate, stratified: false, scratch.Counts);
            return rows.First.Measure(scratch, .5f, DivergenceCombination.Sum).RecallC1!.Value;
        }
    }

    [Fact]
    public void EstimateMean_NothingToAverage_SaysWhatIsMissing()
    {
        var (scores, labels, clusters) = Stays(3);
        var groups = new Subgroups(RowCount);
        Assert.Contains("0 models", Error(() => s_short.EstimateMean<float>([], labels, groups, clusters)), StringComparison.Ordinal);
        Assert.Contains("no clusters", Error(() => s_short.EstimateMean<float>([scores], labels, groups, [])), StringComparison.Ordinal);
        Assert.Contains("second", Error(() => s_short.CompareMeans<float>([scores, scores], [scores], labels, groups, clusters)), StringComparison.Ordinal);
        Assert.Contains("399", Error(() => s_short.EstimateMean<float>([scores, scores.AsMemory(1)], labels, groups, clusters)), StringComparison.Ordinal);

        static string Error(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Compare_FewerMetrics_HaveTheBitsOfAll(bool withClusters)
    {
        for (var seed = 2; seed < 6; seed++)
        {
            var (scores, labels, clusters) = Stays(seed);
            var other = Stays(seed + 50).Scores;
            var numbers = withClusters ? clusters : [];
            var all = s_short.Compare(scores, other, labels, numbers);
            var curve = (s_short with { Metrics = [.. Enum.GetValues<ScoreMetric>().Except(s_everyRow)] }).Compare(scores, other, labels, numbers);
            var threshold = (s_short with { Metrics = [.. Enum.GetValues<ScoreMetric>().Except(s_everyRow).Except(s_curveOfClassOne)] }).Compare(scores, other, labels, numbers);
            foreach (var metric in Enum.GetValues<ScoreMetric>())
            {
                Assert.NotNull(all[metric]);
                Assert.Equal(s_everyRow.Contains(metric) ? null : all[metric], curve[metric]);
                Assert.Equal(s_everyRow.Contains(metric) || s_curveOfClassOne.Contains(metric) ? null : all[metric], threshold[metric]);
            }
        }
    }

    [Fact]
    public void Estimate_RowsPermutedClustersRenumberedAndAnyNumberOfThreads_SameBits()
    {
        var (scores, labels, clusters) = Stays(seed: 7);
        var order = Enumerable.Range(0, RowCount).Select(row => (long)row).ToArray();
        new Random(8).Shuffle(order);
        var bootstrap = s_short with { MaxThreadCount = 1 };
        var expected = bootstrap.Estimate(scores, labels, clusters);
        AssertSame(expected, (bootstrap with { MaxThreadCount = 5 }).Estimate(scores, labels, clusters));
        // Other numbers in the same order, with gaps and below 0.
        int[] renumbered = [.. order.Select(row => (clusters[row] * 1000) - 70_000)];
        AssertSame(expected, bootstrap.Estimate<float>([.. order.Select(row => scores[row])], labels.Select(order), renumbered));
    }

    [Fact]
    public void Estimate_EveryGroup_EqualsItsRowsAlone()
    {
        var (scores, labels, clusters) = Stays(seed: 9);
        var groups = new Subgroups(RowCount);
        groups.Add("part", RowMask.From(RowCount, row => clusters[row] % 3 == 0));
        groups.Add("nobody", RowMask.From(RowCount, static _ => false));
        var members = groups["part"].ToRows();
        var estimates = s_short.Estimate(scores, labels, groups, clusters);
        AssertSame(s_short.Estimate<float>([.. members.Select(row => scores[row])], labels.Select(members), [.. members.Select(row => clusters[row])]), estimates[0].Table);
        Assert.All(Enum.GetValues<ScoreMetric>(), metric => Assert.Null(estimates[1].Table[metric]));
    }

    [Fact]
    public void Estimate_RowsCopiedTenTimes_HasTheErrorOfTheRowsOnce()
    {
        // Ten copies of a row teach nothing new: drawn one by one they shorten the interval by the root of ten, drawn together they do not.
        var (once, ten) = (Stays(seed: 10), Enumerable.Range(0, 10 * RowCount).Select(row => row / 10).ToArray());
        float[] scores = [.. ten.Select(row => once.Scores[row])];
        var labels = Labels.From(ten.Select(row => (int)once.Labels[row]).ToArray());
        var bootstrap = new Bootstrap { Seed = 3, ReplicateCount = 400 };
        foreach (var metric in new[] { ScoreMetric.Auroc, ScoreMetric.RecallC1, ScoreMetric.AveragePrecisionC1 })
        {
            var truth = bootstrap.Estimate(once.Scores, once.Labels)[metric]!.Value.StandardError;
            // 400 replicates know a standard deviation to 3.5 %, so the ratio of two to 5 %.
            Assert.Equal(1, bootstrap.Estimate(scores, labels, ten)[metric]!.Value.StandardError / truth, .2);
            Assert.Equal(1 / Math.Sqrt(10), bootstrap.Estimate(scores, labels)[metric]!.Value.StandardError / truth, .2 / Math.Sqrt(10));
        }
    }

    [Fact]
    public void Estimate_ManySamplesOfStays_HoldsTheTruthAboutAsOftenAsItSays()
    {
        // Recall: hours of a stay are found together or not at all, so rows one by one know far less than they seem to.
        const int Samples = 200;
        var (held, heldByRows) = (0, 0);
        for (ulong sample = 0; sample < Samples; sample++)
        {
            var stream = new RandomStream(31, sample);
            int[] clusters = [.. Enumerable.Range(0, 60 * 8).Select(row => row / 8)];
            float[] scores = [.. clusters.Select(stay => stream.UniformDouble((ulong)stay) < .4 ? .9f : .1f)];
            var labels = Labels.From(clusters.Select(static _ => 1).ToArray());
            var bootstrap = new Bootstrap { Seed = sample, ReplicateCount = 200, Metrics = [ScoreMetric.RecallC1] };
            held += Holds(bootstrap.Estimate(scores, labels, clusters)) ? 1 : 0;
            heldByRows += Holds(bootstrap.Estimate(scores, labels)) ? 1 : 0;
        }

        Assert.InRange(held / (double)Samples, .89, .99);
        Assert.InRange(heldByRows / (double)Samples, .3, .7);

        static bool Holds(BootstrapTable table) => table[ScoreMetric.RecallC1] is { Lower: <= .4, Upper: >= .4 };
    }

    [Fact]
    public void Estimate_Cancelled_Stops()
    {
        var (scores, labels, clusters) = Stays(seed: 12);
        Assert.ThrowsAny<OperationCanceledException>(() => (s_short with { CancellationToken = new CancellationToken(canceled: true) }).Estimate(scores, labels, clusters));
    }

    [Fact]
    public void Estimate_OtherNumberOfClusters_SaysSo()
    {
        var (scores, labels, clusters) = Stays(seed: 11);
        var error = Assert.Throws<ArgumentException>(() => s_short.Estimate(scores, labels, clusters.AsSpan(1)));
        Assert.Contains("clusters has 399 entries where scores has 400", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Stays of 1 to 9 rows whose scores are alike, in a tenth of them the last rows of class 1.</summary>
    private static (float[] Scores, Labels Labels, int[] Clusters) Stays(int seed)
    {
        var random = new Random(seed);
        var (scores, labels, clusters) = (new float[RowCount], new byte[RowCount], new int[RowCount]);
        for (var (row, stay) = (0, 0); row < RowCount; stay++)
        {
            var (end, level, dies) = (Math.Min(RowCount, row + 1 + random.Next(9)), random.Next(8), random.Next(10) == 0);
            for (; row < end; row++)
            {
                labels[row] = (byte)(dies && end - row <= 3 ? 1 : 0);
                (scores[row], clusters[row]) = ((level + random.Next(4) + (3 * labels[row])) / 16f, stay);
            }
        }

        return (scores, Labels.From(labels), clusters);
    }

    private static void AssertSame(BootstrapTable expected, BootstrapTable actual) =>
        Assert.All(Enum.GetValues<ScoreMetric>(), metric => Assert.Equal(expected[metric], actual[metric]));
}
