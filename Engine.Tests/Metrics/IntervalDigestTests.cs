using Engine.Data;
using Engine.Metrics;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Metrics;

public sealed class IntervalDigestTests
{
    [Fact]
    public void IntervalsAndCalibration_Results_HaveTheCommittedDigest() => Assert.Equal("E0C936C9BA9C1232", MakeDigest());

    private static string MakeDigest()
    {
        // Not from System.Random, whose draws are a detail of the runtime.
        var stream = new RandomStream(8, 9);
        var (first, second, labels) = (new float[3000], new float[3000], new byte[3000]);
        for (var row = 0; row < first.Length; row++)
        {
            labels[row] = stream.UniformDouble((ulong)row) < 0.2 ? (byte)1 : (byte)0;
            first[row] = (float)stream.Below((ulong)row + 10_000, (ulong)(400 + (300 * labels[row]))) / 700;
            second[row] = (float)stream.Below((ulong)row + 20_000, (ulong)(500 + (200 * labels[row]))) / 700;
        }

        var classes = Labels.From(labels);
        using var digest = new Digest();
        var table = new Bootstrap { Seed = 3, ReplicateCount = 50 }.Compare(first, second, classes);
        foreach (var metric in Enum.GetValues<ScoreMetric>().Where(static metric => metric <= ScoreMetric.Brier))
        {
            var interval = table[metric]!.Value;
            digest.Add<double>([interval.Estimate, interval.StandardError, interval.Lower, interval.Upper]);
        }

        Assert.True(DeLong.TryCompare(first, second, classes, out var comparison));
        digest.Add<double>([comparison.Difference, comparison.StandardError, comparison.PValue!.Value, comparison.First.Lower, comparison.Second.Upper]);
        using var curve = RankingCurve.From(first, classes);
        Assert.True(CalibrationTable.TryCreate(curve, out var calibration, 15, CalibrationBinning.EqualCount));
        Assert.True(BrierDecomposition.TryCompute(curve, out var parts));
        digest.Add<double>([calibration.ExpectedCalibrationError, calibration.MaximumCalibrationError, parts.Miscalibration, parts.Discrimination]);
        digest.Add<double>([.. IsotonicFit.Fit(curve).Blocks.Select(block => block.Probability)]);
        return digest.ToString();
    }
}
