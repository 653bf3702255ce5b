using Engine.Compute;
using Engine.Data;
using Engine.Gpu;
using Engine.Gpu.Torch;
using Engine.Networks;
using Engine.Tests.Support;
using TorchSharp;

namespace Engine.Tests.Gpu.Torch;

[Collection(LibTorchCollection.Name)]
public sealed class TorchLstmTests
{
    private static readonly LstmArchitecture s_deep = LstmArchitecture.PaperMortality with
    {
        Layers = [new LstmLayer(3) { IsBidirectional = true, InputDropout = 0.3 }, new LstmLayer(4) { InputDropout = 0.3 }],
    };

    [Theory]
    [InlineData("tiny")]
    [InlineData("b3_t5_d4_h3")]
    [InlineData("padded_lengths")]
    public void ComputeGradient_GoldenCase_HasItsLossGradientsAndProbabilities(string name)
    {
        LibTorchCollection.Require();
        var golden = Golden.Load("lstm.json")["cases"]!.AsArray().Single(one => (string?)one!["name"] == name)!;
        var (units, features, hours) = ((int)golden["H"]!, (int)golden["D"]!, (int)golden["T"]!);
        var lengths = golden["lengths"] is { } given ? given.Ints() : [.. Enumerable.Repeat(hours, (int)golden["B"]!)];
        var flat = golden["X"].As<float[][][]>().SelectMany(sequence => sequence).SelectMany(row => row).ToArray();
        var all = SequenceSamples.FromFlat(SampleMatrix.Wrap(flat, lengths.Length, hours * features), hours);
        var samples = new SequenceSamples(all.Episodes, [.. lengths.Select((length, stay) => new PrefixSample(stay, length))]);
        var architecture = new LstmArchitecture { Layers = [new LstmLayer(units)], Gates = GateActivation.Sigmoid };
        using var network = new TorchLstmTraining(new LstmLayout(architecture, features), samples, null, samples, seed: 1, TorchDevice.Cpu, ComputeOptions.Default);
        var (parameters, step) = (golden["params"]!, golden["steps"]![0]!);
        LibTorchCollection.Set(network, tensor => tensor.Name switch
        {
            "lstm.0.forward.weight_ih" => parameters["weight_ih"].Floats(),
            "lstm.0.forward.weight_hh" => parameters["weight_hh"].Floats(),
            "lstm.0.forward.bias" => [.. parameters["bias_ih"].As<float[]>().Zip(parameters["bias_hh"].As<float[]>(), (one, other) => one + other)],
            "output.weight" => parameters["head_W"].Floats(),
            _ => parameters["head_b"].As<float[]>(),
        });

        var labels = golden["y"].Ints();
        var batch = labels.Select((label, row) => new BatchSample(row, 1, (byte)label)).ToArray();
        var gradient = new float[network.Parameters.Length];
        var loss = network.ComputeGradient(batch, 0, gradient);

        Assert.Equal((double)step["loss"]!, loss / labels.Length, 1e-5);
        AssertClose(step["grads"]!["weight_ih"].Floats(), LibTorchCollection.Of(network, "lstm.0.forward.weight_ih", gradient));
        AssertClose(step["grads"]!["weight_hh"].Floats(), LibTorchCollection.Of(network, "lstm.0.forward.weight_hh", gradient));
        AssertClose(step["grads"]!["bias_ih"].As<float[]>(), LibTorchCollection.Of(network, "lstm.0.forward.bias", gradient));
        AssertClose(step["grads"]!["head_W"].Floats(), LibTorchCollection.Of(network, "output.weight", gradient));
        AssertClose(step["grads"]!["head_b"].As<float[]>(), LibTorchCollection.Of(network, "output.bias", gradient));
        var probabilities = new double[labels.Length];
        network.PredictValidation(probabilities);
        foreach (var (logit, probability) in step["logits"].Doubles().Zip(probabilities))
            Assert.Equal(1 / (1 + Math.Exp(-logit)), probability, 1e-6);
    }

    [Theory]
    [InlineData(GateActivation.Sigmoid)]
    [InlineData(GateActivation.HardSigmoid)]
    public void Predict_HoursOfZeros_AreLeftOutWhereverTheyStand(GateActivation gates)
    {
        LibTorchCollection.Require();
        // Two stays of the same three hours, in the second with hours of zeros before, between and behind them.
        var (dense, hours) = (Tables.Normal(3, 5, seed: 3), SampleMatrix.Create(9, 5));
        foreach (var (i, place) in ((int[])[0, 1, 2, 4, 6, 7]).Index())
            dense.Row(i % 3).CopyTo(hours.GetWritableRow(place));
        var samples = new SequenceSamples(new EpisodeStore(hours, [0, 3, 9]), [new(0, 3), new(1, 6), new(0, 2), new(1, 4)]);
        using var network = Random(s_deep with { Gates = gates }, samples);
        var probabilities = new double[4];
        network.PredictValidation(probabilities);
        Assert.Equal(probabilities[0], probabilities[1], 1e-6);
        Assert.Equal(probabilities[2], probabilities[3], 1e-6);
        Assert.NotEqual(probabilities[0], probabilities[2], 1e-4);
    }

    [Fact]
    public void Predict_OneByOne_HasTheProbabilitiesOfTheWhole()
    {
        LibTorchCollection.Require();
        var samples = Prefixes();
        using var network = Random(s_deep, samples);
        var together = new double[samples.Count];
        network.PredictValidation(together);
        for (var i = 0; i < samples.Count; i++)
        {
            var alone = new double[1];
            network.Predict(samples.Select([i]), alone);
            Assert.Equal(alone[0], together[i], 1e-6);
        }
    }

    [Fact]
    public void ComputeGradient_Dropout_IsDrawnBySeedAndStep()
    {
        LibTorchCollection.Require();
        var samples = Prefixes();
        using var network = Random(s_deep, samples);
        Assert.Equal(Gradient(network, 3), Gradient(network, 3));
        Assert.NotEqual(Gradient(network, 3), Gradient(network, 4));
    }

    [Fact]
    public void ComputeGradient_ManySteps_LeaveNoTensorBehind()
    {
        LibTorchCollection.Require();
        var samples = Prefixes();
        var before = torch.Tensor.TotalCount;
        using (var network = Random(s_deep, samples))
        {
            Gradient(network, 0);
            var within = torch.Tensor.TotalCount;
            for (var step = 1; step < 20; step++)
                Gradient(network, step);
            network.PredictValidation(new double[samples.Count]);
            Assert.Equal(within, torch.Tensor.TotalCount);
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Predict_NothingButZeros_NamesTheSample()
    {
        LibTorchCollection.Require();
        var samples = new SequenceSamples(new EpisodeStore(SampleMatrix.Create(4, 5), [0, 4]), [new(0, 3)]);
        using var network = Random(s_deep, samples);
        var error = Assert.Throws<ArgumentException>(() => network.PredictValidation(new double[1]));
        Assert.Contains("all 3 hours of sample 0 hold nothing but zeros", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_ValueThatIsNotFinite_NamesItsPlace()
    {
        LibTorchCollection.Require();
        var hours = SampleMatrix.Create(4, 5);
        hours.GetWritableRow(2)[1] = float.NaN;
        var samples = new SequenceSamples(new EpisodeStore(hours, [0, 4]), [new(0, 4)]);
        using var network = Random(s_deep, samples);
        var error = Assert.Throws<ArgumentException>(() => network.PredictValidation(new double[1]));
        Assert.Contains("sample 0 holds NaN at hour 2, column 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoCudaDevice_IsAnError()
    {
        LibTorchCollection.Require();
        Skip.When(torch.cuda.is_available(), "there is a CUDA device.");
        var samples = Prefixes();
        var error = Assert.Throws<AcceleratorException>(() => new TorchLstmTraining(new LstmLayout(s_deep, 5), samples, null, null, 1, TorchDevice.Cuda, ComputeOptions.Default));
        Assert.Contains("has no CUDA device", error.Message, StringComparison.Ordinal);
    }

    private static SequenceSamples Prefixes() =>
        new(new EpisodeStore(Tables.Normal(30, 5, seed: 5), [0, 9, 14, 30]), [new(0, 9), new(1, 1), new(2, 16), new(0, 4), new(2, 7), new(1, 5)]);

    private static TorchLstmTraining Random(LstmArchitecture architecture, SequenceSamples samples)
    {
        var network = new TorchLstmTraining(new LstmLayout(architecture, 5), samples, null, samples, seed: 9, TorchDevice.Cpu, ComputeOptions.Default);
        Tables.Normal(1, network.Parameters.Length, seed: 11).Row(0).AsSpan(0, network.Parameters.Length).CopyTo(network.Parameters);
        return network;
    }

    private static float[] Gradient(TorchLstmTraining network, long step)
    {
        var gradient = new float[network.Parameters.Length];
        network.ComputeGradient([new(0, 1, 1), new(2, 2, 0), new(1, 0.5f, 1), new(3, 1, 0)], step, gradient);
        return gradient;
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (one, other) in expected.Zip(actual))
            Assert.Equal(one, other, 1e-5f);
    }
}
