using Engine.Data;
using Engine.Metrics;

namespace Engine.Tests.Metrics;

/// <summary>Draws of everyone by which groups are compared, and calibration of replicates.</summary>
public sealed class SubgroupReplicatesTests
{
    private const int RowCount = 400;

    private static readonly Bootstrap s_short = new() { Seed = 5, ReplicateCount = 60, Threshold = .4 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Replicate_EveryGroup_IsCountedOnTheSameDraw(bool stratified)
    {
        var (scores, labels, groups, clusters) = Rows();
        var replicates = (s_short with { Stratified = stratified }).Replicate(scores, labels, groups, clusters);
        Assert.Equal(groups.Names, replicates.Groups);
        var slots = SlotsByDefinition(labels, clusters, out var first);
        for (var replicate = 0; replicate < s_short.ReplicateCount; replicate++)
        {
            var counts = new byte[slots.Length];
            new ResampledSlots(slots.Length, first).Draw(s_short.Seed, replicate, stratified, counts);
            long[] rows = [.. slots.SelectMany((slot, place) => Enumerable.Repeat(slot, counts[place]).SelectMany(one => one))];
            for (var group = 0; group < groups.Names.Count; group++)
            {
                long[] members = [.. rows.Where(row => groups[groups.Names[group]][(int)row])];
                Assert.Equal(ConfusionCounts.From(Array.ConvertAll(members, row => scores[row]), labels.Select(members), .4), replicates.Replicates[replicate][group]);
            }
        }

        Assert.Equal(SubgroupMetrics.Compute(scores, labels, groups, .4).Rows.Select(row => row.Metrics.Confusion), replicates.Counts);
    }

    [Fact]
    public void Estimate_OfAStatistic_IsThePercentileIntervalOfItsReplicates()
    {
        var (scores, labels, groups, clusters) = Rows();
        var replicates = s_short.Replicate(scores, labels, groups, clusters);
        var interval = replicates.Estimate(counts => Difference(counts[1], counts[2]))!.Value;
        double[] values = [.. replicates.Replicates.Select(counts => Difference(counts[1], counts[2])).OfType<double>().Order()];
        Assert.Equal(Difference(replicates.Counts[1], replicates.Counts[2]), interval.Estimate);
        Assert.Equal(60, values.Length);
        // Ranks .025 x 59 and .975 x 59.
        Assert.Equal(values[1] + (.475 * (values[2] - values[1])), interval.Lower, 12);
        Assert.Equal(values[57] + (.525 * (values[58] - values[57])), interval.Upper, 12);
        Assert.Null(replicates.Estimate(_ => null));
        Assert.Equal(60 - 2, replicates.Estimate(counts => ReferenceEquals(counts, replicates.Replicates[3]) || ReferenceEquals(counts, replicates.Replicates[4]) || ReferenceEquals(counts, replicates.Counts) ? 1 : null)!.Value.UndefinedCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReplicateAndCalibration_RowsPermutedAndAnyNumberOfThreads_SameBits(bool clustered)
    {
        var (scores, labels, groups, clusters) = Rows();
        long[] order = [.. Enumerable.Range(0, RowCount)];
        new Random(3).Shuffle(order);
        var (expected, calibration) = Results(s_short with { MaxThreadCount = 1 }, scores, labels, groups, clustered ? clusters : []);
        var (threaded, threadedCalibration) = Results(s_short with { MaxThreadCount = 5 }, scores, labels, groups, clustered ? clusters : []);
        var (permuted, permutedCalibration) = Results(s_short, Array.ConvertAll(order, row => scores[row]), labels.Select(order), groups.Select(order), clustered ? Array.ConvertAll(order, row => clusters[row]) : []);
        Assert.Equal(expected, threaded);
        Assert.Equal(expected, permuted);
        Assert.Equal(calibration, threadedCalibration);
        Assert.Equal(calibration, permutedCalibration);

        static (ConfusionCounts[] Counts, MetricInterval?[] Calibration) Results(Bootstrap bootstrap, double[] scores, Labels labels, Subgroups groups, int[] clusters) => (
            clusters.Length == 0 ? [] : [.. bootstrap.Replicate(scores, labels, groups, clusters).Replicates.SelectMany(one => one)],
            [.. bootstrap.EstimateCalibration(scores, labels, groups, clusters).SelectMany(group => Enum.GetValues<CalibrationMetric>().Select(metric => group[metric]))]);
    }

    [Fact]
    public void Measure_Replicate_IsItsRowsRepeatedAndOneStepFromTheFit()
    {
        var (scores, labels, groups, clusters) = Rows();
        var mask = groups["a"];
        using var ranking = ScoreRanking.Sort(scores, labels.Values, default);
        using var curve = ranking.ReadCurve(mask);
        var whole = CalibrationSet.Compute(curve);
        var slotOfRow = new int[RowCount];
        var slots = ResampledSlots.OfClusters(ranking, mask, new ClusterNumbers(clusters), slotOfRow);
        var resampled = new ResampledCalibration(ranking, mask, slotOfRow, slots.Count, whole, 10);
        var (counts, slopes, refits) = (new byte[slots.Count], new List<double>(), new List<double>());
        for (var replicate = 0; replicate < 200; replicate++)
        {
            slots.Draw(7, replicate, stratified: false, counts);
            long[] rows = [.. mask.ToRows().SelectMany(row => Enumerable.Repeat(row, counts[slotOfRow[row]]))];
            using var repeated = RankingCurve.From(Array.ConvertAll(rows, row => scores[row]), labels.Select(rows));
            var (expected, actual) = (CalibrationSet.Compute(repeated), resampled.Measure(counts));
            foreach (var metric in new[] { CalibrationMetric.Brier, CalibrationMetric.LogLoss, CalibrationMetric.ExpectedCalibrationError })
                Assert.Equal(expected[metric]!.Value, actual[(int)metric]!.Value, 12);
            var (intercept, slope, large) = StepByDefinition(Array.ConvertAll(rows, row => scores[row]), labels.Select(rows), whole);
            Assert.Equal(intercept, actual[(int)CalibrationMetric.CalibrationIntercept]!.Value, 9);
            Assert.Equal(slope, actual[(int)CalibrationMetric.CalibrationSlope]!.Value, 9);
            Assert.Equal(large, actual[(int)CalibrationMetric.CalibrationInTheLarge]!.Value, 9);
            slopes.Add(slope);
            refits.Add(expected.Recalibration!.Value.Slope);
        }

        // The step is that of a linear model: near the fit of the replicate, not equal to it.
        var error = Math.Sqrt(refits.Average(value => (value - refits.Average()) * (value - refits.Average())));
        Assert.InRange(slopes.Zip(refits, (step, fit) => Math.Abs(step - fit)).Average(), 1e-6, .25 * error);
    }

    [Fact]
    public void Replicate_WithoutClusters_Throws()
    {
        var (scores, labels, groups, _) = Rows();
        Assert.Contains("there are no clusters", Assert.Throws<ArgumentException>(() => s_short.Replicate(scores, labels, groups, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EstimateCalibration_Result_IsCenteredOnTheRows()
    {
        var (scores, labels, groups, clusters) = Rows();
        groups.Add("nobody", RowMask.From(RowCount, static _ => false));
        groups.Add("deaths", labels.ToMask(1));
        var tables = s_short.EstimateCalibration(scores, labels, groups, clusters);
        using var curves = SubgroupCurves.Sort(scores, labels, groups);
        foreach (var table in tables)
        {
            using var curve = curves.Read(table.Group);
            var alone = CalibrationSet.Compute(curve);
            foreach (var metric in Enum.GetValues<CalibrationMetric>())
            {
                Assert.Equal(alone[metric], table.Measures[metric]);
                Assert.Equal(alone[metric], table[metric]?.Estimate);
                Assert.True(table[metric] is not { } interval || interval.Lower <= interval.Upper);
            }
        }

        Assert.Null(tables[^1][CalibrationMetric.CalibrationSlope]);
        Assert.NotNull(tables[^1][CalibrationMetric.LogLoss]);
        Assert.Null(tables[^2][CalibrationMetric.Brier]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tables[0][(CalibrationMetric)9]);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_short.EstimateCalibration(scores, labels, groups, clusters, binCount: 0));
    }

    [Fact]
    public void EstimateCalibration_ScoresThatAreNoProbabilities_AreUndefined()
    {
        var groups = new Subgroups(3);
        groups.Add("all", RowMask.All(3));
        var table = s_short.EstimateCalibration([-1.0, 2, .5], Labels.From([0, 1, 1]), groups)[0];
        Assert.All(Enum.GetValues<CalibrationMetric>(), metric => Assert.Null(table[metric]));
    }

    private static double? Difference(ConfusionCounts group, ConfusionCounts reference) =>
        Fairness.TryCompare(FairnessMetric.EqualOpportunityDifference, group, reference, out var value) ? value : null;

    private static long[][] SlotsByDefinition(Labels labels, int[] clusters, out int first)
    {
        var slots = Enumerable.Range(0, RowCount).GroupBy(row => clusters[row]).OrderBy(slot => slot.Any(row => labels[row] == 1) ? 0 : 1)
            .ThenBy(slot => slot.Key).Select(slot => slot.Select(row => (long)row).ToArray()).ToArray();
        first = slots.Count(slot => slot.Any(row => labels[(int)row] == 1));
        return slots;
    }

    private static (double Intercept, double Slope, double InTheLarge) StepByDefinition(double[] scores, Labels labels, CalibrationSet whole)
    {
        var (fit, large) = (whole.Recalibration!.Value, whole.CalibrationInTheLarge!.Value);
        double g0 = 0, g1 = 0, h0 = 0, h1 = 0, h2 = 0, gl = 0, hl = 0;
        for (var row = 0; row < scores.Length; row++)
        {
            var x = Math.Log(scores[row] / (1 - scores[row]));
            var p = 1 / (1 + Math.Exp(-fit.Intercept - (fit.Slope * x)));
            var q = 1 / (1 + Math.Exp(-large - x));
            (g0, g1, gl) = (g0 + labels[row] - p, g1 + ((labels[row] - p) * x), gl + labels[row] - q);
            (h0, h1, h2, hl) = (h0 + (p * (1 - p)), h1 + (p * (1 - p) * x), h2 + (p * (1 - p) * x * x), hl + (q * (1 - q)));
        }

        var determinant = (h0 * h2) - (h1 * h1);
        return (fit.Intercept + (((h2 * g0) - (h1 * g1)) / determinant), fit.Slope + (((h0 * g1) - (h1 * g0)) / determinant), large + (gl / hl));
    }

    private static (double[] Scores, Labels Labels, Subgroups Groups, int[] Clusters) Rows()
    {
        var random = new Random(12);
        var labels = new int[RowCount];
        var scores = new double[RowCount];
        for (var row = 0; row < RowCount; row++)
        {
            labels[row] = random.Next(10) < 3 ? 1 : 0;
            scores[row] = (random.Next(60) + (20 * labels[row]) + 1) / 90.0;
        }

        var groups = new Subgroups(RowCount);
        groups.Add("all", RowMask.All(RowCount));
        groups.Add("a", RowMask.From(RowCount, row => row % 2 == 0));
        groups.Add("b", RowMask.From(RowCount, row => row % 3 == 1));
        return (scores, Labels.From(labels), groups, [.. Enumerable.Range(0, RowCount).Select(row => (row * 7 % 90) - 3)]);
    }
}
