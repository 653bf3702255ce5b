using Engine.Compute;
using Engine.Data;
using Engine.Networks;

namespace Engine.Tests.Networks;

public sealed class LstmPredictorTests
{
    // Some hundred float32 roundings of sums near 1, through a few layers and thirty hours.
    private const double SingleProbability = 2e-5;

    private static readonly int[] s_hours = [9, 30, 12, 12, 1, 25, 17, 3, 28, 30, 8];

    public static TheoryData<string> Shapes => ["decompensation", "two layers", "mortality"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Predict_Prefixes_AreThoseOfTheFormulasWhateverElseIsAsked(string shape)
    {
        var one = CaseOf(shape);
        one.Mask(0, 1, 8);
        var all = one.Prefixes();
        var probabilities = Predict(one, all);
        for (var sample = 0; sample < all.Count; sample += 5)
            Assert.Equal(DoubleLstm.Probability(one, all.Prefixes[sample].Stay, all.Prefixes[sample].Hours), probabilities[sample], SingleProbability);

        // The same bits one by one, in another order, twice, and with other threads.
        long[] chosen = [170, 3, 60, 61, 3, 9, 10];
        var some = all.Select(chosen);
        Assert.Equal(chosen.Select(sample => probabilities[sample]), Predict(one, some));
        Assert.Equal([probabilities[60]], Predict(one, all.Select([60])));
        Assert.Equal(probabilities, Predict(one, all, threads: 1));
    }

    [Fact]
    public void Predict_ValueNotFinite_NamesSampleHourAndColumn()
    {
        var one = CaseOf("decompensation");
        one.Hours.GetWritableRow(one.Episodes.RowOf(1, 29))[2] = float.PositiveInfinity;
        var error = Assert.Throws<ArgumentException>(() => Predict(one, one.Prefixes()));
        Assert.Contains("sample 38 holds Infinity at hour 29, column 2", error.Message, StringComparison.Ordinal);
        // Of prefixes that end before it, it is not read.
        Assert.Single(Predict(one, one.Prefixes().Select([37])));
    }

    [Fact]
    public void Predict_FirstHoursMasked_NamesTheSample()
    {
        var one = CaseOf("decompensation");
        one.Mask(1, 0, 1);
        var error = Assert.Throws<ArgumentException>(() => Predict(one, one.Prefixes()));
        Assert.Contains("hours of sample", error.Message, StringComparison.Ordinal);
        Assert.Single(Predict(one, one.Prefixes().Select([11])));
    }

    private static LstmCase CaseOf(string shape) => shape switch
    {
        "decompensation" => new(LstmArchitecture.PaperDecompensation, 5, s_hours, seed: 3, size: 0.2),
        "two layers" => new(new() { Layers = [new LstmLayer(5), new LstmLayer(20)], Gates = GateActivation.Sigmoid }, 5, s_hours, seed: 3),
        _ => new(LstmArchitecture.PaperMortality, 5, s_hours, seed: 3),
    };

    private static double[] Predict(LstmCase one, SequenceSamples samples, int threads = -1)
    {
        using var weights = new LstmWeights<float>(one.Layout);
        weights.Pack(Array.ConvertAll(one.Parameters, value => (float)value));
        var probabilities = new double[samples.Count];
        LstmPredictor.Predict(weights, samples, probabilities, new ComputeOptions { MaxDegreeOfParallelism = threads });
        return probabilities;
    }
}
