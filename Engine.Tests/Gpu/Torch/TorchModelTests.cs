using Engine.Data;
using Engine.Gpu;
using Engine.Networks;
using Engine.Prognosis;
using Engine.Tests.Support;

namespace Engine.Tests.Gpu.Torch;

[Collection(LibTorchCollection.Name)]
public sealed class TorchModelTests
{
    private static readonly Mlp s_mlp = new() { Training = new() { Epochs = 4, BatchSize = 16, LearningRate = 0.01 } };

    [Fact]
    public void Mlp_Fit_IsThatOfTheManagedClosely()
    {
        LibTorchCollection.Require();
        var task = Rows();
        AssertAlike(s_mlp, Accelerators.OnLibTorch(s_mlp), task, "torch-mlp");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lstm_Fit_IsThatOfTheManagedClosely(bool isMortality)
    {
        LibTorchCollection.Require();
        var lstm = new Lstm
        {
            Architecture = isMortality ? LstmArchitecture.PaperMortality : new LstmArchitecture { Layers = [new LstmLayer(12)] },
            Training = new() { Epochs = 4, BatchSize = 8, LearningRate = 0.01 },
            WalksStaysOnce = false,
        };
        var hours = Tables.Normal(400, 6, seed: 33);
        var (labels, offsets, prefixes) = (new int[60], new long[61], new PrefixSample[60]);
        for (var stay = 0; stay < labels.Length; stay++)
        {
            prefixes[stay] = new PrefixSample(stay, isMortality ? 6 : 1 + (stay % 6));
            offsets[stay + 1] = offsets[stay] + (stay == 59 ? 400 - offsets[stay] : 6);
            labels[stay] = hours.Row(offsets[stay] + prefixes[stay].Hours - 1)[0] > 0 ? 1 : 0;
        }

        var samples = new LabeledSamples(Labels.From(labels), sequences: new SequenceSamples(new EpisodeStore(hours, offsets), prefixes));
        AssertAlike(lstm, Accelerators.OnLibTorch(lstm), new TrainingTask(samples) { Validation = samples, Seed = 7 }, "torch-lstm");
    }

    [Fact]
    public void OnLibTorch_NoNetwork_IsAnError()
    {
        LibTorchCollection.Require();
        var error = Assert.Throws<AcceleratorException>(() => Accelerators.OnLibTorch(new LogisticPrognosis()));
        Assert.Equal("there is no 'logistic' on libtorch, only networks: lstm and mlp.", error.Message);
    }

    [Fact]
    public void Mlp_StoppedOnTheWay_GoesOnFromItsCheckpoint()
    {
        LibTorchCollection.Require();
        using var folder = new TemporaryFolder();
        var (whole, model) = (Accelerators.OnLibTorch(s_mlp).Fit(Rows()), Accelerators.OnLibTorch(s_mlp));
        var part = Accelerators.OnLibTorch(s_mlp with { Training = s_mlp.Training with { Epochs = 2 } });
        part.Fit(Rows() with { CheckpointFile = folder.File("checkpoint") });
        var rest = model.Fit(Rows() with { CheckpointFile = folder.File("checkpoint") });
        Assert.Equal(4, rest.Summary.Epochs.Count);
        foreach (var (one, other) in whole.Summary.Epochs.Zip(rest.Summary.Epochs))
            Assert.Equal(one.ValidationLoss!.Value, other.ValidationLoss!.Value, 1e-5);
    }

    [Fact]
    public void Mlp_CheckpointOfTheManaged_IsRefused()
    {
        LibTorchCollection.Require();
        using var folder = new TemporaryFolder();
        var task = Rows() with { CheckpointFile = folder.File("checkpoint") };
        s_mlp.Fit(task);
        Assert.Throws<InvalidDataException>(() => Accelerators.OnLibTorch(s_mlp).Fit(task));
    }

    private static TrainingTask Rows()
    {
        var rows = Tables.Normal(200, 12, seed: 31);
        var labels = Labels.From([.. Enumerable.Range(0, 200).Select(row => rows.Row(row)[0] + (0.3f * rows.Row(row)[1]) > 0 ? 1 : 0)]);
        var samples = new LabeledSamples(labels, rows);
        return new TrainingTask(samples) { Validation = samples.Select([.. Enumerable.Range(0, 80).Select(row => row * 2L)]), Seed = 7 };
    }

    /// <summary>Fits both, and reads the file of each with the other.</summary>
    private static void AssertAlike(IPrognosisModel managed, IPrognosisModel torch, TrainingTask task, string name)
    {
        Assert.Equal((name, managed.Reads), (torch.Name, torch.Reads));
        var (one, other) = (managed.Fit(task), torch.Fit(task));
        Assert.Equal(name, other.Summary.Model);
        Assert.Equal(one.Summary.Epochs.Count, other.Summary.Epochs.Count);
        foreach (var (expected, actual) in one.Summary.Epochs.Zip(other.Summary.Epochs))
        {
            Assert.Equal(expected.TrainingLoss, actual.TrainingLoss, 1e-3);
            Assert.Equal(expected.ValidationLoss!.Value, actual.ValidationLoss!.Value, 1e-3);
        }

        using var folder = new TemporaryFolder();
        one.Save(folder.File("managed.safetensors"));
        other.Save(folder.File("torch.safetensors"));
        AssertSame(one, torch.Load(folder.File("managed.safetensors")));
        AssertSame(other, torch.Load(folder.File("torch.safetensors")));
        AssertSame(other, managed.Load(folder.File("torch.safetensors")));

        void AssertSame(IFittedModel left, IFittedModel right)
        {
            double[] expected = new double[task.Train.Count], actual = new double[task.Train.Count];
            left.Predict(task.Train, expected);
            right.Predict(task.Train, actual);
            foreach (var (value, twin) in expected.Zip(actual))
                Assert.Equal(value, twin, 1e-5);
            Assert.True(expected.Max() - expected.Min() > 0.1);
        }
    }
}
