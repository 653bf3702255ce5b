using Engine.Compute;
using Engine.Data;
using Engine.Gpu;
using Engine.Gpu.Torch;
using Engine.Networks;
using Engine.Tests.Networks;
using Engine.Tests.Support;

namespace Engine.Tests.Gpu.Torch;

/// <summary>Networks of libtorch beside the managed ones: the same weights, draws and steps, each with arithmetic of its own.</summary>
[Collection(LibTorchCollection.Name)]
public sealed class TorchParityTests
{
    private static readonly int[] s_hours = [9, 30, 12, 12, 1, 25, 17, 3, 28, 30, 8];

    private static readonly MlpArchitecture s_bare = MlpArchitecture.Paper with { Dropout = 0 };

    private static readonly LstmArchitecture s_plain = LstmArchitecture.PaperMortality with
    {
        Layers = [.. LstmArchitecture.PaperMortality.Layers.Select(layer => layer with { InputDropout = 0 })],
        OutputDropout = 0,
    };

    public static TheoryData<string, LstmArchitecture> Lstms => new()
    {
        { "of mortality", LstmArchitecture.PaperMortality },
        { "of mortality, nothing dropped", s_plain },
        { "of mortality, sigmoid gates", LstmArchitecture.PaperMortality with { Gates = GateActivation.Sigmoid } },
        { "of decompensation", LstmArchitecture.PaperDecompensation },
        { "both ways to the end", new LstmArchitecture { Layers = [new LstmLayer(6), new LstmLayer(5) { IsBidirectional = true, InputDropout = 0.2 }], OutputDropout = 0.4 } },
    };

    public static TheoryData<string, MlpArchitecture> Mlps => new()
    {
        { "of the paper", MlpArchitecture.Paper },
        { "nothing dropped", MlpArchitecture.Paper with { Dropout = 0 } },
        { "no hidden layer", MlpArchitecture.Paper with { HiddenUnits = [] } },
        { "units that fill no block", MlpArchitecture.Paper with { HiddenUnits = [7, 5, 3], Dropout = 0.5 } },
    };

    [Theory]
    [MemberData(nameof(Lstms))]
    public void Lstm_SameWeights_HasTheProbabilitiesAndGradientsOfTheManaged(string name, LstmArchitecture architecture)
    {
        LibTorchCollection.Require();
        Assert.NotEmpty(name);
        var one = Case(architecture);
        using var managed = one.Train(validation: one.Prefixes());
        using var torch = Twin(one);
        Array.ConvertAll(one.Parameters, value => (float)value).CopyTo(torch.Parameters);
        AssertAlike(managed, torch, one.Batch(), one.Prefixes().Count, [.. managed.Parameters]);
    }

    [Theory]
    [MemberData(nameof(Mlps))]
    public void Mlp_SameWeights_HasTheProbabilitiesAndGradientsOfTheManaged(string name, MlpArchitecture architecture)
    {
        LibTorchCollection.Require();
        Assert.NotEmpty(name);
        var rows = Tables.Normal(300, 40, seed: 21);
        using var managed = new MlpNetwork(architecture, rows, rows, seed: 5, ComputeOptions.Default);
        using var torch = new TorchMlpTraining(architecture, rows, rows, seed: 5, TorchDevice.Cpu, ComputeOptions.Default);
        var weights = Tables.Normal(1, torch.Parameters.Length, seed: 22).Row(0)[..torch.Parameters.Length];
        for (var i = 0; i < weights.Length; i++)
            torch.Parameters[i] = weights[i] *= 0.3f;
        managed.Shape.FromFileOrder<float>(weights, managed.Parameters);
        var batch = Enumerable.Range(0, 290).Select(row => new BatchSample(row, 1 + (row % 3), (byte)(row % 2))).ToArray();
        AssertAlike(managed, torch, batch, 300, weights, managed.Shape);
    }

    [Fact]
    public void Lstm_SmallTraining_HasTheLossesOfTheManaged()
    {
        LibTorchCollection.Require();
        var one = Case(s_plain);
        using var managed = one.Train(validation: one.Prefixes());
        using var torch = Twin(one);
        Array.ConvertAll(one.Parameters, value => (float)value).CopyTo(torch.Parameters);
        AssertSameLosses(Losses(managed), Losses(torch));

        IReadOnlyList<EpochReport> Losses(ITrainedNetwork network) => Train(network, one.Layout.Tensors, one.Batch(), [.. Enumerable.Range(0, one.Prefixes().Count).Select(i => i % 2)]);
    }

    [Fact]
    public void Mlp_SmallTraining_HasTheLossesOfTheManaged()
    {
        LibTorchCollection.Require();
        var rows = Tables.Normal(300, 40, seed: 21);
        using var managed = new MlpNetwork(s_bare, rows, rows, seed: 5, ComputeOptions.Default);
        using var torch = new TorchMlpTraining(s_bare, rows, rows, seed: 5, TorchDevice.Cpu, ComputeOptions.Default);
        managed.Shape.Initialize(torch.Parameters, seed: 5);
        var labels = Enumerable.Range(0, 300).Select(row => rows.Row(row)[0] + rows.Row(row)[1] > 0 ? 1 : 0).ToArray();
        AssertSameLosses(Losses(managed), Losses(torch));

        IReadOnlyList<EpochReport> Losses(ITrainedNetwork network) => Train(network, managed.Tensors, [.. labels.Select((label, row) => new BatchSample(row, 1, (byte)label))], labels);
    }

    [Fact]
    public void Lstm_StepsOfLibtorchsAdam_GiveTheWeightsOfTheManaged()
    {
        LibTorchCollection.Require();
        var one = Case(s_plain);
        using var managed = one.Train();
        using var torch = Twin(one);
        Array.ConvertAll(one.Parameters, value => (float)value).CopyTo(torch.Parameters);
        AssertSameSteps(managed, torch, one.Batch());
    }

    [Fact]
    public void Mlp_StepsOfLibtorchsAdam_GiveTheWeightsOfTheManaged()
    {
        LibTorchCollection.Require();
        var rows = Tables.Normal(300, 40, seed: 21);
        using var torch = new TorchMlpTraining(s_bare, rows, null, seed: 5, TorchDevice.Cpu, ComputeOptions.Default);
        using var managed = new MlpNetwork(s_bare, rows, null, seed: 5, ComputeOptions.Default);
        managed.Shape.Initialize(torch.Parameters, seed: 5);
        AssertSameSteps(managed, torch, [.. Enumerable.Range(0, 290).Select(row => new BatchSample(row, 1, (byte)(row % 2)))], managed.Shape);
    }

    private static LstmCase Case(LstmArchitecture architecture)
    {
        // Sums of many units are large at weights of this size, and hard gates answer with 0 or 1.
        var one = new LstmCase(architecture, 5, s_hours, seed: 1, size: architecture.Layers[0].Units > 100 ? 0.1 : 0.5);
        one.Mask(1, 3, 7);
        one.Mask(2, 11);
        return one;
    }

    private static TorchLstmTraining Twin(LstmCase one) => new(one.Layout, one.Stays, null, one.Prefixes(), 5, TorchDevice.Cpu, ComputeOptions.Default);

    /// <summary>Compares loss, gradient and probabilities.</summary>
    private static void AssertAlike(ITrainedNetwork managed, ITrainedNetwork torch, BatchSample[] batch, int validationCount, float[] weights, MlpShape? shape = null)
    {
        float[] one = new float[weights.Length], other = new float[weights.Length];
        const int Step = 3;
        var loss = managed.ComputeGradient(batch, Step, one);
        Assert.Equal(loss, torch.ComputeGradient(batch, Step, other), 1e-5 * Math.Abs(loss));
        if (shape is not null)
        {
            var inMemory = (float[])one.Clone();
            shape.ToFileOrder<float>(inMemory, one);
        }

        var largest = one.Max(Math.Abs);
        Assert.True(largest > 1e-3f);
        foreach (var (value, twin) in one.Zip(other))
            Assert.Equal(value, twin, 1e-5f * Math.Max(1, largest));

        double[] probabilities = new double[validationCount], twins = new double[validationCount];
        managed.PredictValidation(probabilities);
        torch.PredictValidation(twins);
        foreach (var (value, twin) in probabilities.Zip(twins))
            Assert.Equal(value, twin, 1e-5);
        Assert.True(probabilities.Max() - probabilities.Min() > 0.01);
    }

    /// <summary>Takes a step with the managed Adam, and one with libtorch's on its own tensors and gradients.</summary>
    private static void AssertSameSteps(ITrainedNetwork managed, TorchTraining torch, BatchSample[] batch, MlpShape? shape = null)
    {
        var settings = new TrainingSettings();
        using var adam = new Adam<float>(managed.Parameters.Length, settings);
        float[] start = [.. torch.Parameters], gradient = new float[start.Length], expected = new float[start.Length];
        managed.ComputeGradient(batch, 0, gradient);
        Assert.True(adam.Step(managed.Parameters, gradient, 0));
        if (shape is null)
            managed.Parameters.CopyTo(expected);
        else
            shape.ToFileOrder<float>(managed.Parameters, expected);

        torch.ComputeGradient(batch, 0, gradient);
        using var scope = TorchSharp.torch.NewDisposeScope();
        var parameters = torch.Values.All.Select(tensor => new TorchSharp.Modules.Parameter(tensor.detach().clone()) { grad = tensor.grad }).ToArray();
        var other = TorchSharp.torch.optim.Adam(parameters, settings.LearningRate, settings.Beta1, settings.Beta2, settings.Epsilon);
        other.step();
        var actual = parameters.SelectMany(tensor => tensor.detach().data<float>().ToArray()).ToArray();
        Assert.Equal(start.Length, actual.Length);
        for (var i = 0; i < start.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5f);
        // A first step moves a weight by the learning rate, whatever its gradient.
        Assert.True(start.Zip(actual, (before, after) => Math.Abs(after - before)).Max() > 0.9e-3f);
    }

    private static IReadOnlyList<EpochReport> Train(ITrainedNetwork network, IReadOnlyList<NetworkTensor> tensors, BatchSample[] samples, int[] validationLabels) => NetworkTrainer.Train(new NetworkTraining
    {
        Network = network,
        Description = "twin",
        Tensors = tensors,
        Settings = new TrainingSettings { Epochs = 8, BatchSize = 4, LearningRate = 0.003 },
        Samples = samples,
        Seed = 6,
        ValidationLabels = Labels.From(validationLabels),
    }).Epochs;

    private static void AssertSameLosses(IReadOnlyList<EpochReport> managed, IReadOnlyList<EpochReport> torch)
    {
        Assert.Equal(managed.Count, torch.Count);
        foreach (var (one, other) in managed.Zip(torch))
        {
            Assert.Equal(one.TrainingLoss, other.TrainingLoss, 1e-3);
            Assert.Equal(one.ValidationLoss!.Value, other.ValidationLoss!.Value, 1e-3);
        }

        Assert.True(managed[^1].TrainingLoss < managed[0].TrainingLoss - 0.05);
    }
}
