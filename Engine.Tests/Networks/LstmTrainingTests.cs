using Engine.Compute;
using Engine.Data;
using Engine.Networks;
using Engine.Tests.Support;

namespace Engine.Tests.Networks;

public sealed class LstmTrainingTests
{
    // Sums of some hundred float32 products near 1, as a share of the largest.
    private const double SingleSums = 2e-6;

    private static readonly int[] s_hours = [9, 30, 12, 12, 1, 25, 17, 3, 28, 30, 8];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ComputeGradient_AnyThreadCount_HasTheSameBits(bool isMortality)
    {
        var one = new LstmCase(isMortality ? LstmArchitecture.PaperMortality : LstmArchitecture.PaperDecompensation, 5, s_hours, seed: 1);
        float[]? expected = null;
        foreach (var threads in new[] { 1, 2, 3, 8 })
        {
            using var training = one.Train(threads);
            var gradient = new float[one.Layout.ParameterCount];
            training.ComputeGradient(one.Batch(), 4, gradient);
            Assert.Equal(expected ??= gradient, gradient);
        }
    }

    [Fact]
    public void StepsAndProbabilities_Results_HaveTheCommittedDigest()
    {
        using var digest = new Digest();
        foreach (var architecture in new[] { LstmArchitecture.PaperMortality, new() { Layers = [new LstmLayer(20), new LstmLayer(5)], Gates = GateActivation.Sigmoid } })
        {
            var one = new LstmCase(architecture, 5, s_hours, seed: 1);
            one.Mask(1, 3, 7);
            using var training = one.Train(validation: one.Prefixes());
            var gradient = new float[one.Layout.ParameterCount];
            for (var step = 0; step < 3; step++)
            {
                digest.Add<double>([training.ComputeGradient(one.Batch(), step, gradient)]);
                digest.Add<float>(gradient);
                for (var i = 0; i < gradient.Length; i++)
                    training.Parameters[i] -= gradient[i];
            }

            var probabilities = new double[one.Prefixes().Count];
            training.PredictValidation(probabilities.AsSpan());
            digest.Add<double>(probabilities);
        }

        Assert.Equal("7A64B308A9FE6C05", digest.ToString());
    }

    [Fact]
    public void ComputeGradient_RowsMade_AreReadBehindTheSamples()
    {
        var one = new LstmCase(LstmArchitecture.PaperDecompensation, 3, [4, 4, 4], seed: 1);
        // The table of rows to be made holds the samples, turned round.
        var made = SequenceSamples.FromFlat(one.Stays.Flatten(4).SelectRows(new long[] { 2, 1, 0 }), 4);
        using var training = one.Train(made: made);
        float[] ofSamples = new float[one.Layout.ParameterCount], ofMade = new float[one.Layout.ParameterCount];
        var loss = training.ComputeGradient([new(0, 1, 1), new(2, 1, 0)], 0, ofSamples);
        Assert.Equal(loss, training.ComputeGradient([new(5, 1, 1), new(3, 1, 0)], 0, ofMade));
        Assert.Equal(ofSamples, ofMade);
        Assert.Throws<ArgumentOutOfRangeException>(() => training.ComputeGradient([new(6, 1, 1)], 0, ofMade));
    }

    [Fact]
    public void ComputeGradient_MaskedHours_AreAsIfTheyWereNotThere()
    {
        var masked = new LstmCase(LstmArchitecture.PaperMortality with { OutputDropout = 0 }, 3, [5, 4], seed: 1);
        masked.Mask(0, 1, 4);
        var hours = masked.Hours.SelectRows(new long[] { 0, 2, 3, 5, 6, 7, 8 });
        var without = new SequenceSamples(new EpisodeStore(hours, [0, 3, 7]), [new(0, 3), new(1, 4)]);
        using var training = masked.Train();
        using var other = new LstmTraining(masked.Layout, without, null, null, 5, ComputeOptions.Default);
        training.Parameters.CopyTo(other.Parameters);
        float[] gradient = new float[masked.Layout.ParameterCount], expected = new float[masked.Layout.ParameterCount];
        Assert.Equal(other.ComputeGradient(masked.Batch(), 0, expected), training.ComputeGradient(masked.Batch(), 0, gradient));
        Assert.Equal(expected, gradient);
    }

    [Fact]
    public void ComputeGradient_OneByOne_AddUpToTheBatch()
    {
        var one = new LstmCase(LstmArchitecture.PaperDecompensation, 5, s_hours, seed: 1, size: 0.2);
        using var training = one.Train();
        float[] whole = new float[one.Layout.ParameterCount], part = new float[one.Layout.ParameterCount];
        var (loss, sum) = (training.ComputeGradient(one.Batch(), 0, whole), new double[whole.Length]);
        foreach (var sample in one.Batch())
        {
            loss -= training.ComputeGradient([sample], 0, part);
            for (var i = 0; i < sum.Length; i++)
                sum[i] += part[i];
        }

        Assert.Equal(0, loss, 1e-12);
        var largest = whole.Max(Math.Abs);
        for (var i = 0; i < sum.Length; i++)
            Assert.Equal(sum[i] / s_hours.Length / largest, whole[i] / largest, SingleSums);
    }

    [Fact]
    public void ComputeGradient_ValueNotFinite_NamesSampleHourAndColumn()
    {
        var one = new LstmCase(LstmArchitecture.PaperDecompensation, 5, s_hours, seed: 1);
        one.Hours.GetWritableRow(one.Episodes.RowOf(2, 7))[3] = float.NaN;
        using var training = one.Train();
        var error = Assert.Throws<ArgumentException>(() => training.ComputeGradient(one.Batch(), 0, new float[one.Layout.ParameterCount]));
        Assert.Contains("sample 2 holds NaN at hour 7, column 3", error.Message, StringComparison.Ordinal);
        // Nothing of the broken batch stays behind.
        one.Hours.GetWritableRow(one.Episodes.RowOf(2, 7))[3] = 0;
        using var fresh = one.Train();
        float[] gradient = new float[one.Layout.ParameterCount], expected = new float[one.Layout.ParameterCount];
        training.ComputeGradient(one.Batch(), 0, gradient);
        fresh.ComputeGradient(one.Batch(), 0, expected);
        Assert.Equal(expected, gradient);
    }

    [Fact]
    public void ComputeGradient_AllHoursMasked_NamesTheSample()
    {
        var one = new LstmCase(LstmArchitecture.PaperDecompensation, 5, [2, 3], seed: 1);
        one.Mask(1, 0, 1, 2);
        using var training = one.Train();
        var error = Assert.Throws<ArgumentException>(() => training.ComputeGradient(one.Batch(), 0, new float[one.Layout.ParameterCount]));
        Assert.Contains("all 3 hours of sample 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_OtherFeatures_Throws()
    {
        var (one, other) = (new LstmCase(LstmArchitecture.PaperDecompensation, 5, [2], seed: 1), new LstmCase(LstmArchitecture.PaperDecompensation, 4, [2], seed: 1));
        Assert.Throws<ArgumentException>(() => one.Train(validation: other.Stays));
        Assert.Throws<ArgumentException>(() => other.Train(made: one.Stays));
    }

    [Fact]
    public void PredictValidation_NoneOrNoRoom_Throws()
    {
        var one = new LstmCase(LstmArchitecture.PaperDecompensation, 5, [2, 3], seed: 1);
        using var training = one.Train();
        Assert.Throws<InvalidOperationException>(() => training.PredictValidation(new double[2]));
        using var validated = one.Train(validation: one.Stays);
        Assert.Throws<ArgumentException>(() => validated.PredictValidation(new double[1]));
    }
}
