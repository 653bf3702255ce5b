using System.Numerics;
using Engine.Data;
using Engine.Metrics;

namespace Engine.Tests.Metrics;

public sealed class CalibrationTableTests
{
    [Fact]
    public void TryCreate_GoldenCases_MatchScikitLearn()
    {
        foreach (var golden in CalibrationGolden.Cases)
        {
            using var curve = golden.ToCurve(weighted: false);
            Assert.True(CalibrationTable.TryCreate(curve, out var table));
            AssertNear(golden.Rates, table.Bins.Select(bin => bin.PositiveRate));
            AssertNear(golden.MeanScores, table.Bins.Select(bin => bin.MeanScore));
            Assert.Equal(golden.ExpectedCalibrationError, table.ExpectedCalibrationError, CalibrationGolden.Tolerance);
            Assert.Equal(golden.Rates.Zip(golden.MeanScores, (rate, mean) => Math.Abs(rate - mean)).Max(), table.MaximumCalibrationError, CalibrationGolden.Tolerance);
        }
    }

    [Theory]
    [InlineData(CalibrationBinning.EqualWidth)]
    [InlineData(CalibrationBinning.EqualCount)]
    public void TryCreate_RandomRows_EqualsBruteForce(CalibrationBinning binning)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var rows = ScoredRows.Random(120, 1 + (2 * seed), seed);
            var weights = rows.Weights;
            using var curve = RankingCurve.From(rows.Scores, rows.Labels, weights);
            foreach (var binCount in new[] { 1, 3, 10, 64 })
            {
                Assert.True(CalibrationTable.TryCreate(curve, out var table, binCount, binning));
                var expected = Enumerable.Range(0, 120).Where(row => weights[row] > 0)
                    .GroupBy(row => binning == CalibrationBinning.EqualWidth ? WidthBin(rows.Scores[row], binCount) : RankBin(rows, row, binCount))
                    .OrderBy(bin => bin.Key).Select(bin => bin.ToArray()).ToArray();
                Assert.Equal(expected.Select(bin => bin.Sum(row => (double)weights[row])), table.Bins.Select(bin => bin.Weight));
                Assert.Equal(expected.Select(bin => bin.Min(row => (double)rows.Scores[row])), table.Bins.Select(bin => bin.LowestScore));
                Assert.Equal(expected.Select(bin => bin.Max(row => (double)rows.Scores[row])), table.Bins.Select(bin => bin.HighestScore));
                AssertNear(expected.Select(bin => Mean(bin, row => rows.Scores[row])), table.Bins.Select(bin => bin.MeanScore));
                AssertNear(expected.Select(bin => Mean(bin, row => rows.Labels[row])), table.Bins.Select(bin => bin.PositiveRate));

                double Mean(int[] bin, Func<int, double> value) => bin.Sum(row => weights[row] * value(row)) / bin.Sum(row => (double)weights[row]);
            }
        }
    }

    [Fact]
    public void TryCreate_EqualCountWithoutTies_GivesBinsOfOneSize()
    {
        using var curve = RankingCurve.From([.. Enumerable.Range(0, 70).Select(row => row / 128f)], new byte[70]);
        Assert.True(CalibrationTable.TryCreate(curve, out var table, 7, CalibrationBinning.EqualCount));
        Assert.Equal(Enumerable.Repeat(10.0, 7), table.Bins.Select(bin => bin.Weight));
    }

    [Fact]
    public void TryCreate_ScoresOnEdges_GoToTheLowerBin()
    {
        using var curve = RankingCurve.From([0, .25f, .5f, .75f, 1], (byte[])[0, 0, 1, 1, 1]);
        Assert.True(CalibrationTable.TryCreate(curve, out var table, 4));
        Assert.Equal([2, 1, 1, 1], table.Bins.Select(bin => bin.Weight));
        Assert.Equal([.25f, .5f, .75f, 1f], table.Bins.Select(bin => bin.HighestScore));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(49)]
    public void TryCreate_DoublesAroundEdges_GoWhereExactArithmeticPutsThem(int binCount)
    {
        // Each score with one in the middle of every bin, which tells the bins apart.
        double[] middles = [.. Enumerable.Range(0, binCount).Select(bin => (bin + .5) / binCount)];
        foreach (var edge in Enumerable.Range(1, binCount - 1).Select(bin => (double)bin / binCount))
        {
            foreach (var score in new[] { Math.BitDecrement(edge), edge, Math.BitIncrement(edge), edge * (1 + (.3 / binCount)) })
            {
                using var curve = RankingCurve.From<double>([.. middles, score], new byte[binCount + 1]);
                Assert.True(CalibrationTable.TryCreate(curve, out var table, binCount));
                Assert.Equal(binCount, table.Bins.Count);
                Assert.Equal(2, table.Bins[ExactBin(score, binCount)].Weight);
            }
        }
    }

    [Fact]
    public void TryCreate_RanksOnEdges_GoToTheUpperBin()
    {
        // A row of weight 1 and 73 of weight 2: the middles of their ranks are .5, 2, 4, ... 146 of 147, and a bin of 49 takes three.
        float[] weights = [1, .. Enumerable.Repeat(2f, 73)];
        using var curve = RankingCurve.From([.. weights.Select((_, row) => row / 128f)], new byte[74], weights);
        Assert.True(CalibrationTable.TryCreate(curve, out var table, 49, CalibrationBinning.EqualCount));
        var expected = weights.Select((weight, row) => (Weight: weight, Bin: 2 * row / 3)).GroupBy(row => row.Bin).Select(bin => (double)bin.Sum(row => row.Weight));
        Assert.Equal(expected, table.Bins.Select(bin => bin.Weight));
    }

    [Fact]
    public void TryCreate_PerfectScores_HaveNoError()
    {
        using var curve = RankingCurve.From([0, 0, .5f, .5f, 1], (byte[])[0, 0, 0, 1, 1]);
        Assert.True(CalibrationTable.TryCreate(curve, out var table));
        Assert.Equal((0, 0), (table.ExpectedCalibrationError, table.MaximumCalibrationError));
    }

    [Fact]
    public void TryCreate_NoProbabilities_IsUndefined()
    {
        using var nobody = RankingCurve.From<float>([], (byte[])[]);
        using var logits = RankingCurve.From([-1f, 2], (byte[])[0, 1]);
        Assert.False(CalibrationTable.TryCreate(nobody, out _));
        Assert.False(CalibrationTable.TryCreate(logits, out _));
    }

    [Fact]
    public void TryCreate_BadOptions_Throw()
    {
        using var curve = RankingCurve.From([0f, 1], (byte[])[0, 1]);
        Assert.Contains("binCount is 0", Assert.Throws<ArgumentOutOfRangeException>(() => CalibrationTable.TryCreate(curve, out _, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => CalibrationTable.TryCreate(curve, out _, 5, (CalibrationBinning)7));
    }

    [Fact]
    public void SubgroupCurves_EveryGroup_HasTheCurveOfItsRowsAlone()
    {
        var rows = ScoredRows.Random(300, 40, seed: 2);
        var labels = Labels.From(rows.Labels);
        var groups = new Subgroups(300);
        groups.Add("third", RowMask.From(300, row => row % 3 == 0));
        var members = groups["third"].ToRows();
        using var curves = SubgroupCurves.Sort(rows.Scores, labels, groups, rows.Weights);
        using var curve = curves.Read("THIRD");
        using var alone = RankingCurve.From([.. members.Select(row => rows.Scores[row])], labels.Select(members), [.. members.Select(row => rows.Weights[row])]);
        Assert.Equal(alone.Scores, curve.Scores);
        Assert.Equal(alone.Positives, curve.Positives);
        Assert.Equal(alone.Negatives, curve.Negatives);
        using var all = curves.ReadAll();
        Assert.Equal(rows.Weights.Count(weight => weight > 0), all.RowCount);
        Assert.Throws<KeyNotFoundException>(() => curves.Read("fourth"));
        Assert.Throws<ArgumentException>(() => SubgroupCurves.Sort(rows.Scores, labels, new Subgroups(2)));
    }

    /// <summary>Finds the bin b with b / n below the score and (b + 1) / n not, in whole numbers.</summary>
    private static int ExactBin(double score, int binCount)
    {
        const int Exponent = 1074;
        var scaled = binCount * new BigInteger(Math.ScaleB(score, 52 - Math.ILogB(score))) << (Exponent + Math.ILogB(score) - 52);
        var (bin, rest) = BigInteger.DivRem(scaled, BigInteger.One << Exponent);
        return (int)bin - (rest.IsZero ? 1 : 0);
    }

    private static int WidthBin(double score, int binCount) => Enumerable.Range(0, binCount).First(bin => score <= (bin + 1.0) / binCount);

    // Grid weights and counts are exact in double, so the share of ranks is rounded once.
    private static int RankBin(ScoredRows rows, int row, int binCount)
    {
        var below = Enumerable.Range(0, rows.Scores.Length).Where(other => rows.Scores[other] < rows.Scores[row]).Sum(other => (double)rows.Weights[other]);
        var equal = Enumerable.Range(0, rows.Scores.Length).Where(other => rows.Scores[other] == rows.Scores[row]).Sum(other => (double)rows.Weights[other]);
        return Math.Min((int)((below + (equal / 2)) * binCount / rows.Weights.Sum(weight => (double)weight)), binCount - 1);
    }

    private static void AssertNear(IEnumerable<double> expected, IEnumerable<double> actual)
    {
        Assert.Equal(expected.Count(), actual.Count());
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, CalibrationGolden.Tolerance));
    }
}
