using Engine.Compute;
using Engine.Data;
using Engine.Gpu;
using Engine.Gpu.Torch;
using Engine.Networks;
using Engine.Tests.Support;
using TorchSharp;

namespace Engine.Tests.Gpu.Torch;

[Collection(LibTorchCollection.Name)]
public sealed class TorchMlpTests
{
    private static readonly MlpArchitecture s_small = new() { HiddenUnits = [5, 4], Dropout = 0.4 };

    [Fact]
    public void ComputeGradient_GoldenCase_HasItsLossGradientsAndProbabilities()
    {
        LibTorchCollection.Require();
        var golden = Golden.Load("mlp.json")["cases"]!.AsArray().Single(one => (string?)one!["name"] == "relu_bce_adam")!;
        var rows = golden["X"].Rows();
        var samples = SampleMatrix.Wrap(golden["X"].Floats(), rows.Length, rows[0].Length);
        using var network = new TorchMlpTraining(s_small with { Dropout = 0 }, samples, samples, seed: 1, TorchDevice.Cpu, ComputeOptions.Default);
        LibTorchCollection.Set(network, tensor => Values(golden["params"]!, tensor.Name));
        var gradient = new float[network.Parameters.Length];
        var labels = golden["y"].Ints();
        var loss = network.ComputeGradient([.. labels.Select((label, row) => new BatchSample(row, 1, (byte)label))], 0, gradient);

        var step = golden["steps"]![0]!;
        Assert.Equal((double)step["loss"]!, loss / labels.Length, 1e-5);
        foreach (var tensor in network.Tensors)
        {
            foreach (var (expected, actual) in Values(step["grads"]!, tensor.Name).Zip(LibTorchCollection.Of(network, tensor.Name, gradient)))
                Assert.Equal(expected, actual, 1e-5f);
        }

        var probabilities = new double[labels.Length];
        network.PredictValidation(probabilities);
        foreach (var (logit, probability) in step["output"].Rows().Zip(probabilities))
            Assert.Equal(1 / (1 + Math.Exp(-logit[0])), probability, 1e-6);

        static float[] Values(System.Text.Json.Nodes.JsonNode tensors, string name)
        {
            var layer = name[..name.LastIndexOf('.')] switch { "mlp.0" => 1, "mlp.1" => 2, _ => 3 };
            return name.EndsWith("bias", StringComparison.Ordinal) ? tensors[$"b{layer}"].As<float[]>() : tensors[$"W{layer}"].Floats();
        }
    }

    [Fact]
    public void ComputeGradient_Weights_CountAsCopiesDo()
    {
        LibTorchCollection.Require();
        using var network = Random(s_small with { Dropout = 0 });
        float[] weighted = new float[network.Parameters.Length], copied = new float[network.Parameters.Length];
        network.ComputeGradient([new(0, 2, 1), new(1, 1, 0)], 0, weighted);
        network.ComputeGradient([new(0, 1, 1), new(1, 1, 0), new(0, 1, 1)], 0, copied);
        // A gradient is divided by the samples of its batch, two here and three there.
        foreach (var (one, other) in weighted.Zip(copied))
            Assert.Equal(one * 2, other * 3, 1e-5f);
        Assert.Contains(weighted, value => Math.Abs(value) > 1e-2f);
    }

    [Fact]
    public void ComputeGradient_Dropout_IsDrawnBySeedAndStep()
    {
        LibTorchCollection.Require();
        using var network = Random(s_small);
        Assert.Equal(Gradient(network, 3), Gradient(network, 3));
        Assert.NotEqual(Gradient(network, 3), Gradient(network, 4));
    }

    [Fact]
    public void ComputeGradient_ManySteps_LeaveNoTensorBehind()
    {
        LibTorchCollection.Require();
        var before = torch.Tensor.TotalCount;
        using (var network = Random(s_small))
        {
            Gradient(network, 0);
            var within = torch.Tensor.TotalCount;
            for (var step = 1; step < 20; step++)
                Gradient(network, step);
            network.PredictValidation(new double[50]);
            Assert.Equal(within, torch.Tensor.TotalCount);
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    private static TorchMlpTraining Random(MlpArchitecture architecture)
    {
        var rows = Tables.Normal(50, 6, seed: 5);
        var network = new TorchMlpTraining(architecture, rows, rows, seed: 9, TorchDevice.Cpu, ComputeOptions.Default);
        Tables.Normal(1, network.Parameters.Length, seed: 11).Row(0).AsSpan(0, network.Parameters.Length).CopyTo(network.Parameters);
        return network;
    }

    private static float[] Gradient(TorchMlpTraining network, long step)
    {
        var gradient = new float[network.Parameters.Length];
        network.ComputeGradient([.. Enumerable.Range(0, 40).Select(row => new BatchSample(row, 1, (byte)(row % 2)))], step, gradient);
        return gradient;
    }
}
