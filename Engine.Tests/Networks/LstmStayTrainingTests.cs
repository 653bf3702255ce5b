using Engine.Compute;
using Engine.Networks;
using Engine.Numerics;

namespace Engine.Tests.Networks;

public sealed class LstmStayTrainingTests
{
    // Some thousand float32 additions of both signs, as a share of the largest.
    private const double SingleSums = 2e-5;

    private const int BytesAStay = 40;

    private static readonly int[] s_hours = [9, 30, 12, 12, 1, 25];
    private static readonly LstmArchitecture s_causal = new() { Layers = [new LstmLayer(20), new LstmLayer(7)] };

    [Fact]
    public void ComputeGradient_Stays_IsThatOfTheirPrefixesOneByOne()
    {
        var one = new LstmCase(s_causal, 5, s_hours, seed: 1, size: 0.3);
        one.Mask(1, 4, 11);
        one.Mask(3, 11);
        // In no order of hours; every fourth prefix is not used, every seventh three times.
        var order = Enumerable.Range(0, s_hours.Sum()).OrderBy(i => i * 37 % 101).Select(i => (long)i).ToArray();
        var samples = one.Prefixes().Select(order);
        var stream = new RandomStream(3, 3);
        var (labels, uses, weights) = (new byte[samples.Count], new int[samples.Count], new float[samples.Count]);
        for (var sample = 0; sample < labels.Length; sample++)
            (labels[sample], uses[sample], weights[sample]) = ((byte)stream.Below((ulong)sample, 2), sample % 4 == 0 ? 0 : sample % 7 == 0 ? 3 : 1, 0.5f + (sample % 3));

        using var stays = new LstmStayTraining(one.Layout, samples, labels, uses, weights, samples, ComputeOptions.Default);
        using var prefixes = new LstmTraining(one.Layout, samples, null, samples, 5, ComputeOptions.Default);
        Array.ConvertAll(one.Parameters, value => (float)value).CopyTo(stays.Parameters);
        stays.Parameters.CopyTo(prefixes.Parameters);
        var batch = Enumerable.Range(0, samples.Count).SelectMany(sample => Enumerable.Repeat(new BatchSample(sample, weights[sample], labels[sample]), uses[sample])).ToArray();
        float[] gradient = new float[one.Layout.ParameterCount], expected = new float[one.Layout.ParameterCount];
        var expectedLoss = prefixes.ComputeGradient(batch, 0, expected);
        var loss = stays.ComputeGradient(stays.Items(), 0, gradient);
        Assert.Equal(1, loss / expectedLoss, 1e-6);
        Assert.Equal(batch.Sum(sample => (double)sample.Weight), stays.Items().Sum(item => (double)item.Weight), 1e-3);
        var largest = expected.Max(Math.Abs);
        foreach (var (slope, other) in gradient.Zip(expected))
            Assert.Equal(other / largest, slope / largest, SingleSums);
    }

    [Fact]
    public void Items_AreTheStaysOfUsedSamples_WithTheHoursUpToTheLastOfThem()
    {
        var one = new LstmCase(s_causal, 5, s_hours, seed: 1);
        var samples = one.Prefixes();
        int[] uses = [.. samples.Prefixes.ToArray().Select(prefix => prefix.Stay == 1 ? 0 : prefix.Hours == 2 ? 3 : prefix.Hours == 1 ? 1 : 0)];
        using var stays = new LstmStayTraining(one.Layout, samples, new byte[samples.Count], uses, [.. uses.Select(_ => 0.5f)], null, ComputeOptions.Default);
        var items = stays.Items();
        Assert.Equal(Enumerable.Range(0, s_hours.Length).Where(stay => stay != 1).Select(stay => (long)stay), items.Select(item => item.Row));
        Assert.Equal(items.Select(item => s_hours[item.Row] > 1 ? 2f : 0.5f), items.Select(item => item.Weight));
        Assert.Equal(items.Select(item => Math.Min(2, s_hours[item.Row])), stays.LengthsOf(items));
    }

    [Fact]
    public void ComputeGradient_NoSampleUsed_IsZero()
    {
        var one = new LstmCase(s_causal, 5, s_hours, seed: 1);
        using var stays = new LstmStayTraining(one.Layout, one.Stays, new byte[6], new int[6], [], null, ComputeOptions.Default);
        var gradient = new float[one.Layout.ParameterCount];
        Array.Fill(gradient, 1);
        Assert.Equal(0, stays.ComputeGradient([new(0, 1, 0), new(3, 1, 0)], 0, gradient));
        Assert.All(gradient, slope => Assert.Equal(0, slope));
        Assert.Throws<ArgumentOutOfRangeException>(() => stays.ComputeGradient([new(6, 1, 0)], 0, gradient));
    }

    [Fact]
    public void Constructor_AllPrefixes_TakesAFractionOfTheirHours()
    {
        var one = new LstmCase(LstmArchitecture.PaperDecompensation, 76, [.. Enumerable.Repeat(100, 50)], seed: 1);
        var samples = one.Prefixes();
        byte[] labels = new byte[samples.Count];
        int[] uses = new int[samples.Count];
        float[] weights = new float[samples.Count];
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var stays = new LstmStayTraining(one.Layout, samples, labels, uses, weights, null, ComputeOptions.Default);
        var parameters = sizeof(float) * one.Layout.ParameterCount;
        // The documentation says thirteen bytes a sample and eight a stay; the order of stays takes some more on the way.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before - parameters, 13 * samples.Count, (13 * samples.Count) + (50 * BytesAStay) + 10_000);
    }

    [Fact]
    public void Constructor_NetworkThatLooksAheadOrDraws_SaysWhy()
    {
        Assert.Contains("bidirectional", ReasonAgainst(LstmArchitecture.PaperMortality), StringComparison.Ordinal);
        Assert.Contains("dropout", ReasonAgainst(new() { Layers = [new LstmLayer(3)], OutputDropout = 0.1 }), StringComparison.Ordinal);
        Assert.Contains("dropout", ReasonAgainst(new() { Layers = [new LstmLayer(3) { InputDropout = 0.1 }] }), StringComparison.Ordinal);
        Assert.Null(LstmStayTraining.WhyNot(new LstmLayout(LstmArchitecture.PaperDecompensation, 76)));
    }

    [Fact]
    public void Constructor_CountsDiffer_Throws()
    {
        var one = new LstmCase(s_causal, 5, s_hours, seed: 1);
        Assert.Throws<ArgumentException>(() => new LstmStayTraining(one.Layout, one.Stays, new byte[5], [], [], null, ComputeOptions.Default));
        Assert.Throws<ArgumentException>(() => new LstmStayTraining(one.Layout, one.Stays, new byte[6], new int[7], [], null, ComputeOptions.Default));
        Assert.Throws<ArgumentException>(() => new LstmStayTraining(one.Layout, one.Stays, new byte[6], [], new float[1], null, ComputeOptions.Default));
    }

    private static string ReasonAgainst(LstmArchitecture architecture)
    {
        var one = new LstmCase(architecture, 5, s_hours, seed: 1);
        return Assert.Throws<ArgumentException>(() => new LstmStayTraining(one.Layout, one.Stays, new byte[6], [], [], null, ComputeOptions.Default)).Message;
    }
}
