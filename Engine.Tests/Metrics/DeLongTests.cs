using Engine.Data;
using Engine.Metrics;
using Engine.Numerics;

namespace Engine.Tests.Metrics;

public sealed class DeLongTests
{
    // The reference adds some hundred squares below 1 with plain sums, and takes a root of differences near 1e-3 of them.
    private const double ReferenceRounding = 1e-12;

    [Theory]
    [InlineData(8, 3)]
    [InlineData(60, 10)]
    [InlineData(300, 65)]
    public void TryCompare_ManyTies_EqualsPairsCountedOneByOne(int count, int distinctScores)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var (first, second, labels) = TwoModels(count, distinctScores, seed);
            Assert.True(DeLong.TryCompare(first, second, Labels.From(labels), out var comparison));
            var reference = Reference(first, second, labels);
            Assert.Equal(reference.First, comparison.First.Auroc, ReferenceRounding);
            Assert.Equal(reference.Second, comparison.Second.Auroc, ReferenceRounding);
            Assert.Equal(reference.First - reference.Second, comparison.Difference, ReferenceRounding);
            Assert.Equal(Math.Sqrt(reference.FirstVariance), comparison.First.StandardError, ReferenceRounding);
            Assert.Equal(Math.Sqrt(reference.SecondVariance), comparison.Second.StandardError, ReferenceRounding);
            Assert.Equal(reference.DifferenceVariance, comparison.StandardError * comparison.StandardError, ReferenceRounding);

            Assert.True(DeLong.TryEstimate(first, Labels.From(labels), out var alone));
            Assert.Equal(comparison.First, alone);
        }
    }

    [Fact]
    public void TryCompare_Result_IsTiedTogether()
    {
        var (first, second, labels) = TwoModels(200, 40, seed: 1);
        Assert.True(DeLong.TryCompare(first, second, Labels.From(labels), out var comparison, confidence: .9));
        Assert.Equal(comparison.Difference / comparison.StandardError, comparison.Z);
        Assert.Equal(2 * PortableMath.NormalTail(Math.Abs(comparison.Z!.Value)), comparison.PValue);
        Assert.Equal(comparison.Difference, (comparison.Lower + comparison.Upper) / 2, 1e-15);
        Assert.Equal(2 * 1.6448536269514722 * comparison.StandardError, comparison.Upper - comparison.Lower, 1e-14);
        Assert.Equal((.9, .9), (comparison.Confidence, comparison.First.Confidence));

        Assert.True(DeLong.TryCompare(second, first, Labels.From(labels), out var reversed));
        Assert.Equal(-comparison.Difference, reversed.Difference);
        Assert.Equal(comparison.StandardError, reversed.StandardError);
        Assert.Equal(comparison.PValue, reversed.PValue);
    }

    [Fact]
    public void TryCompare_SameRanking_HasNoZ()
    {
        var (first, _, labels) = TwoModels(100, 20, seed: 2);
        Assert.True(DeLong.TryCompare(first, [.. first.Select(score => (3 * score) - 7)], Labels.From(labels), out var comparison));
        Assert.Equal((0, 0), (comparison.Difference, comparison.StandardError));
        Assert.Null(comparison.Z);
        Assert.Null(comparison.PValue);
    }

    [Fact]
    public void TryCompare_RowsPermuted_SameBits()
    {
        var (first, second, labels) = TwoModels(500, 30, seed: 3);
        var order = Enumerable.Range(0, 500).ToArray();
        new Random(4).Shuffle(order);
        Assert.True(DeLong.TryCompare(first, second, Labels.From(labels), out var straight));
        Assert.True(DeLong.TryCompare(
            [.. order.Select(row => first[row])], [.. order.Select(row => second[row])], Labels.From([.. order.Select(row => labels[row])]), out var permuted));
        Assert.Equal(straight, permuted);
    }

    [Fact]
    public void Compare_EveryGroup_EqualsItsRowsAloneForAnyNumberOfThreads()
    {
        var (first, second, values) = TwoModels(400, 30, seed: 5);
        var labels = Labels.From(values);
        var groups = new Subgroups(400);
        groups.Add("third", RowMask.From(400, row => row % 3 == 0));
        groups.Add("deaths", labels.ToMask(1));
        groups.Add("nobody", RowMask.From(400, _ => false));
        groups.Add("all", RowMask.All(400));
        var one = DeLong.Compare(first, second, labels, groups, maxThreadCount: 1);
        Assert.Equal(one, DeLong.Compare(first, second, labels, groups, maxThreadCount: 3));
        Assert.Equal(groups.Names, one.Select(value => value.Group));
        Assert.Null(one[1].Value);
        Assert.Null(one[2].Value);

        var members = groups["third"].ToRows();
        Assert.True(DeLong.TryCompare([.. members.Select(row => first[row])], [.. members.Select(row => second[row])], labels.Select(members), out var alone));
        Assert.Equal(alone, one[0].Value);
        Assert.Equal([alone.First, null, null, one[3].Value!.Value.First], DeLong.Estimate(first, labels, groups).Select(value => value.Value));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 1 })]
    [InlineData(new byte[] { 1, 1, 0 })]
    [InlineData(new byte[] { 1, 1, 1 })]
    [InlineData(new byte[] { })]
    public void TryEstimate_FewerThanTwoRowsOfAClass_IsUndefined(byte[] labels)
    {
        float[] scores = [.. labels.Select((_, row) => row / 4f)];
        Assert.False(DeLong.TryEstimate(scores, Labels.From(labels), out _));
        Assert.False(DeLong.TryCompare(scores, scores, Labels.From(labels), out _));
    }

    [Fact]
    public void TryEstimate_PerfectRanking_IsOnePoint()
    {
        Assert.True(DeLong.TryEstimate([.1f, .2f, .8f, .9f], Labels.From([0, 0, 1, 1]), out var estimate));
        Assert.Equal(new AurocEstimate(1, 0, 1, 1, .95), estimate);
    }

    [Fact]
    public void TryEstimate_ManySamples_HoldsTheTruthAsOftenAsItSays()
    {
        // Normal scores one standard deviation apart: the true area is the chance that a normal variable is above -1 / sqrt(2).
        var truth = 1 - PortableMath.NormalTail(1 / Math.Sqrt(2));
        const int Samples = 400;
        var held = 0;
        for (ulong sample = 0; sample < Samples; sample++)
        {
            var (scores, labels) = NormalSample(200, new RandomStream(11, sample));
            Assert.True(DeLong.TryEstimate(scores, labels, out var estimate));
            held += estimate.Lower <= truth && truth <= estimate.Upper ? 1 : 0;
        }

        // 95 % of 400 with a standard deviation of 1.1 %: four of them, and a little more for normal intervals of 60 rows of class 1.
        Assert.InRange(held / (double)Samples, .90, .995);
    }

    [Fact]
    public void TryCompare_ModelsAlike_RejectsAsOftenAsItSays()
    {
        const int Samples = 400;
        var rejected = 0;
        for (ulong sample = 0; sample < Samples; sample++)
        {
            var stream = new RandomStream(12, sample);
            var (common, labels) = NormalSample(150, stream);
            float[] first = [.. common.Select((score, row) => score + (float)stream.Normal(10_000 + (ulong)row))];
            float[] second = [.. common.Select((score, row) => score + (float)stream.Normal(20_000 + (ulong)row))];
            Assert.True(DeLong.TryCompare(first, second, labels, out var comparison));
            rejected += comparison.PValue < .05 ? 1 : 0;
        }

        Assert.InRange(rejected / (double)Samples, .01, .10);
    }

    [Fact]
    public void BadInput_NamesValueAndWayOut()
    {
        var labels = Labels.From([0, 1]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => DeLong.TryEstimate([0f, 1], labels, out _, confidence: 95));
        Assert.Contains("confidence is 95; allowed is above 0 and below 1", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => DeLong.TryEstimate([0f, 1], labels, out _, confidence: double.NaN));
        Assert.Throws<ArgumentException>(() => DeLong.TryCompare([0f, 1], [0f], labels, out _));
        Assert.Throws<ArgumentException>(() => DeLong.TryCompare([0f, 1], [0, float.NaN], labels, out _));
        Assert.Throws<ArgumentException>(() => DeLong.TryCompare([0f], [0f], labels, out _));
        Assert.Throws<ArgumentException>(() => DeLong.Compare([0f, 1], [0f, 1], labels, new Subgroups(3)));
        using var weighted = RankingCurve.From([0f, 1], labels, [1, 2]);
        Assert.Contains("without weights", Assert.Throws<ArgumentException>(() => DeLong.TryEstimate(weighted, out _)).Message, StringComparison.Ordinal);
    }

    private static (float[] Scores, Labels Labels) NormalSample(int count, RandomStream stream)
    {
        byte[] labels = [.. Enumerable.Range(0, count).Select(row => (byte)(row % 10 < 3 ? 1 : 0))];
        return ([.. labels.Select((label, row) => label + (float)stream.Normal((ulong)row))], Labels.From(labels));
    }

    private static (float[] First, float[] Second, byte[] Labels) TwoModels(int count, int distinctScores, int seed)
    {
        var rows = ScoredRows.Random(count, distinctScores, seed);
        var random = new Random(seed + 100);
        (rows.Labels[2], rows.Labels[3]) = (1, 0);
        return (rows.Scores, [.. rows.Scores.Select(score => MathF.Round((score * 8) + random.Next(3)) / 8)], rows.Labels);
    }

    private static (double First, double Second, double FirstVariance, double SecondVariance, double DifferenceVariance) Reference(
        float[] first, float[] second, byte[] labels)
    {
        var positives = Enumerable.Range(0, labels.Length).Where(row => labels[row] == 1).ToArray();
        var negatives = Enumerable.Range(0, labels.Length).Where(row => labels[row] == 0).ToArray();
        var (firstV10, firstV01) = Components(first);
        var (secondV10, secondV01) = Components(second);
        return (firstV10.Average(), secondV10.Average(), VarianceOf(firstV10, firstV01), VarianceOf(secondV10, secondV01), VarianceOf(
            [.. firstV10.Zip(secondV10, (a, b) => a - b)], [.. firstV01.Zip(secondV01, (a, b) => a - b)]));

        (double[] V10, double[] V01) Components(float[] scores) => (
            [.. positives.Select(p => negatives.Average(n => Wins(scores[p], scores[n])))],
            [.. negatives.Select(n => positives.Average(p => Wins(scores[p], scores[n])))]);

        static double Wins(float positive, float negative) => positive > negative ? 1 : positive == negative ? .5 : 0;

        static double VarianceOf(double[] v10, double[] v01) => (SampleVariance(v10) / v10.Length) + (SampleVariance(v01) / v01.Length);

        static double SampleVariance(double[] values) => values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1);
    }
}
