using Engine.Compute;
using Engine.Data;
using Engine.Networks;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Networks;

public sealed class NetworkTrainerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_AnyNetwork_StepsThroughBatchesAndReportsEpochs()
    {
        using var network = new CountingNetwork { LossOf = step => step };
        var training = Counting(network, 5) with { Settings = new TrainingSettings { Epochs = 2, BatchSize = 2 } };
        var progress = new List<TrainingProgress>();
        var result = NetworkTrainer.Train(training with { Progress = new Now<TrainingProgress>(progress.Add) });
        Assert.Equal([2, 2, 1, 2, 2, 1], network.Batches.Select(batch => batch.Length));
        Assert.All(network.Batches.Chunk(3), epoch => Assert.Equal([0, 1, 2, 3, 4], epoch.SelectMany(batch => batch).Order()));
        // The weights of the samples are 1 to 5: the mean is theirs, not the batches'.
        for (var epoch = 0; epoch < 2; epoch++)
        {
            var loss = network.Batches.Index().Skip(3 * epoch).Take(3).Sum(batch => batch.Index * batch.Item.Sum(row => row + 1.0));
            Assert.Equal(loss / 15, result.Epochs[epoch].TrainingLoss, 1e-12);
        }

        Assert.Equal((2, 2), (result.Epochs.Count, result.ChosenEpoch));
        Assert.Equal([(1, 5L, 5L), (2, 5L, 5L)], progress.Where(step => step.LastEpoch?.Epoch == step.Epoch).Select(step => (step.Epoch, step.SamplesDone, step.SampleCount)));
        // Adam with a gradient of 1: every step is one learning rate.
        Assert.All(network.Parameters.ToArray(), value => Assert.Equal(-0.006f, value, 1e-6f));
    }

    [Fact]
    public void Train_EpochsOfSomeBatches_GoOnWhereTheLastStopped()
    {
        using var network = new CountingNetwork();
        NetworkTrainer.Train(Counting(network, 7) with { Settings = new TrainingSettings { Epochs = 7, BatchSize = 2, BatchesPerEpoch = 4 } });
        Assert.All(network.Batches.Chunk(4), pass => Assert.Equal([0, 1, 2, 3, 4, 5, 6], pass.SelectMany(batch => batch).Order()));
        using var other = new CountingNetwork();
        NetworkTrainer.Train(Counting(other, 7) with { Settings = new TrainingSettings { Epochs = 14, BatchSize = 2, BatchesPerEpoch = 2 } });
        Assert.Equal(network.Batches, other.Batches);
    }

    [Theory]
    [InlineData(EpochChoice.LowestValidationLoss, 3)]
    [InlineData(EpochChoice.BestOfRange, 3)]
    [InlineData(EpochChoice.BestOfGroup, 3)]
    [InlineData(EpochChoice.Last, 4)]
    public void Train_WithValidation_LeavesTheParametersOfTheChosenEpoch(EpochChoice choice, int expected)
    {
        // The classes are 0 and 1: the third epoch has the right order and sides, and the lowest loss.
        double[][] epochs = [[0.9, 0.1], [0.5, 0.49], [0.1, 0.500001], [0.99, 0.01]];
        using var network = new CountingNetwork { Validation = (epoch, values) => epochs[epoch - 1].CopyTo(values, 0) };
        var result = NetworkTrainer.Train(Counting(network, 4) with
        {
            Settings = new TrainingSettings { Epochs = 4, BatchSize = 4, EpochChoice = choice },
            ValidationLabels = Labels.From([0, 1]),
            ValidationGroup = RowMask.All(2),
        });
        Assert.Equal(expected, result.ChosenEpoch);
        Assert.All(network.Parameters.ToArray(), value => Assert.Equal(-0.001f * expected, value, 1e-6f));
        Assert.Equal(1, result.Epochs[2].BalancedAccuracy);
        Assert.Equal(1, result.Epochs[2].Auroc);
        Assert.Equal(result.Epochs[2].TrapezoidPrC1, result.Epochs[2].GroupTrapezoidPrC1);
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.500001)) / 2, result.Epochs[2].ValidationLoss!.Value, 1e-12);
        Assert.Equal(0, result.Epochs[0].GroupBalancedAccuracy);
    }

    [Fact]
    public void Train_ProbabilitiesOfZeroAndOne_HaveAFiniteLoss()
    {
        using var network = new CountingNetwork { Validation = static (_, values) => new double[] { 1, 0, 0, 1 }.CopyTo(values, 0) };
        var result = NetworkTrainer.Train(Counting(network, 4) with { Settings = new TrainingSettings { Epochs = 1 }, ValidationLabels = Labels.From([0, 1, 0, 1]) });
        Assert.Equal(-(Math.Log(1e-7) + Math.Log(1 - 1e-7)) / 2, result.Epochs[0].ValidationLoss!.Value, 1e-12);
    }

    [Fact]
    public void Train_LossThatFallsNoMore_EndsAfterPatience()
    {
        double[] ofClass1 = [0.5, 0.6, 0.7, 0.65, 0.7, 0.6, 0.9];
        using var network = new CountingNetwork { Validation = (epoch, values) => Array.Fill(values, ofClass1[epoch - 1]) };
        var result = NetworkTrainer.Train(Counting(network, 4) with
        {
            Settings = new TrainingSettings { Epochs = 7, EpochChoice = EpochChoice.LowestValidationLoss, Patience = 3 },
            ValidationLabels = Labels.From([1]),
        });
        Assert.Equal((6, 3), (result.Epochs.Count, result.ChosenEpoch));
    }

    [Fact]
    public void Train_LossOrGradientThatIsNotFinite_NamesItAndLeavesTheCheckpoint()
    {
        var path = _folder.File("checkpoint");
        var settings = new TrainingSettings { Epochs = 3, BatchSize = 2 };
        using var first = new CountingNetwork { LossOf = step => step == 4 ? double.NaN : 1, GradientOf = static _ => -0.25f };
        var training = Counting(first, 5) with { Settings = settings, CheckpointFile = path, CheckpointInterval = TimeSpan.Zero };
        var error = Assert.Throws<InvalidOperationException>(() => NetworkTrainer.Train(training));
        Assert.Contains("in epoch 2, batch 2, the loss is NaN; the largest finite gradient is 0.25 in w", error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        var bytes = File.ReadAllBytes(path);
        using var second = new CountingNetwork { FirstStep = 3, GradientOf = step => step == 5 ? float.PositiveInfinity : -0.25f };
        error = Assert.Throws<InvalidOperationException>(() => NetworkTrainer.Train(training with { Network = second }));
        Assert.Contains("in epoch 2, batch 3, the loss is ", error.Message, StringComparison.Ordinal);
        Assert.Contains("; w has a gradient of ", error.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(path));
        using var third = new CountingNetwork { Validation = static (_, values) => values[0] = double.NaN };
        error = Assert.Throws<InvalidOperationException>(() => NetworkTrainer.Train(Counting(third, 5) with { ValidationLabels = Labels.From([0, 1]) }));
        Assert.Contains("after epoch 1 the probability of validation sample 0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EpochChoice.BestOfRange)]
    [InlineData(EpochChoice.BestOfGroup)]
    [InlineData(EpochChoice.LowestValidationLoss)]
    [InlineData(EpochChoice.Last)]
    public void Train_StoppedAndResumed_HasTheBitsOfAnUninterruptedRun(EpochChoice choice)
    {
        var settings = new TrainingSettings { Epochs = 6, BatchSize = 20, EpochChoice = choice, BatchesPerEpoch = 7, ValidationGroup = "first" };
        var (expected, expectedResult) = Run(null, settings, _ => { });
        foreach (var stopAfter in new[] { 1, 4 })
        {
            var path = _folder.File($"checkpoint {stopAfter}");
            using var cancel = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => Run(path, settings, progress => Cancel(progress, stopAfter, cancel), new ComputeOptions { CancellationToken = cancel.Token }));
            var (parameters, result) = Run(path, settings, _ => { });
            Assert.Equal(expected, parameters);
            Assert.Equal(expectedResult.Epochs, result.Epochs);
            Assert.Equal(expectedResult.ChosenEpoch, result.ChosenEpoch);
            // What is done is not done again.
            var (again, sameResult) = Run(path, settings, _ => Assert.Fail("an epoch was trained."));
            Assert.Equal(expected, again);
            Assert.Equal(expectedResult.Epochs, sameResult.Epochs);
            // And more epochs go on from it.
            Assert.Equal(Run(null, settings with { Epochs = 8 }, _ => { }).Parameters, Run(path, settings with { Epochs = 8 }, _ => { }).Parameters);
        }

        static void Cancel(TrainingProgress progress, int epoch, CancellationTokenSource cancel)
        {
            if (progress.LastEpoch?.Epoch == epoch)
                cancel.Cancel();
        }
    }

    [Fact]
    public void Train_CheckpointOfAnotherTraining_SaysWhatDiffers()
    {
        var path = _folder.File("checkpoint");
        using var network = new CountingNetwork();
        var training = Counting(network, 5) with { Settings = new TrainingSettings { Epochs = 2 }, CheckpointFile = path, Seed = 3, DataDigest = "a" };
        NetworkTrainer.Train(training);
        AssertFault("its network is", training with { Description = "other" });
        AssertFault("its network is", training with { Tensors = [new("w", [1, 2], 0)] });
        AssertFault("its settings is", training with { Settings = training.Settings with { LearningRate = 0.5 } });
        AssertFault("its seed is '3' where '4'", training with { Seed = 4 });
        AssertFault("its data is", training with { DataDigest = "b" });
        AssertFault("its data is", training with { Samples = Samples(6) });
        AssertFault("is of 2 epochs where 1", training with { Settings = training.Settings with { Epochs = 1 } });
        File.WriteAllBytes(path, [1]);
        AssertFault("no safetensors file", training);
        new SafetensorsFile([]).Write(path);
        AssertFault("no checkpoint", training);

        void AssertFault(string fault, NetworkTraining other)
        {
            using var untouched = new CountingNetwork();
            var error = Assert.Throws<InvalidDataException>(() => NetworkTrainer.Train(other with { Network = untouched }));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Train_CheckpointThatWasSpoiled_IsReadOrRefused()
    {
        var path = _folder.File("checkpoint");
        var settings = new TrainingSettings { Epochs = 2, BatchSize = 20, ValidationGroup = "first" };
        Run(path, settings, _ => { });
        var sound = File.ReadAllBytes(path);
        for (var number = 0; number < 200; number++)
        {
            File.WriteAllBytes(path, Fuzz.MutatedBytes.Of(sound, new Random(number)));
            try
            {
                Run(path, settings, _ => { });
            }
            catch (InvalidDataException error)
            {
                Assert.Contains(path, error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Train_Results_HaveTheCommittedDigest()
    {
        using var digest = new Digest();
        var settings = new TrainingSettings { Epochs = 3, BatchSize = 20, ValidationGroup = "first" };
        foreach (var threads in new[] { 1, 3 })
        {
            var (parameters, result) = Run(null, settings, _ => { }, new ComputeOptions { MaxDegreeOfParallelism = threads });
            digest.Add<float>(parameters);
            digest.Add<double>([.. result.Epochs.SelectMany(report => new[] { report.TrainingLoss, report.ValidationLoss!.Value, report.Auroc!.Value, report.GroupTrapezoidPrC1!.Value })]);
            if (threads == 1)
                Assert.Equal("923EC57A626C2C04", digest.ToString());
        }

        Assert.Equal("FB06E868C467189C", digest.ToString());
    }

    [Fact]
    public void Train_OnWhatCanBeLearned_LearnsIt()
    {
        var settings = new TrainingSettings { Epochs = 15, BatchSize = 20, ValidationGroup = "first", LearningRate = 0.005 };
        var (_, result) = Run(null, settings, _ => { });
        Assert.True(result.Epochs[^1].TrainingLoss < 0.5 * result.Epochs[0].TrainingLoss);
        Assert.InRange(result.Epochs[result.ChosenEpoch - 1].Auroc!.Value, 0.95, 1);
    }

    [Fact]
    public void Train_SettingOutsideItsRange_Throws()
    {
        TrainingSettings[] unsound =
        [
            new() { Epochs = 0 }, new() { BatchSize = 0 }, new() { BatchesPerEpoch = 0 }, new() { Patience = 0 }, new() { LearningRate = 0 }, new() { LearningRate = double.NaN },
            new() { Epsilon = -1 }, new() { Beta1 = 1 }, new() { Beta2 = double.NaN }, new() { EpochChoice = (EpochChoice)9 },
        ];
        using var network = new CountingNetwork();
        Assert.All(unsound, settings => Assert.Throws<ArgumentOutOfRangeException>(() => NetworkTrainer.Train(Counting(network, 4) with { Settings = settings, ValidationLabels = Labels.From([0, 1]) })));
        Assert.Empty(network.Batches);
    }

    [Fact]
    public void Train_PartsThatDoNotFit_Throws()
    {
        using var network = new CountingNetwork();
        var training = Counting(network, 4);
        Assert.Throws<ArgumentException>(() => NetworkTrainer.Train(training with { Samples = [] }));
        Assert.Throws<ArgumentException>(() => NetworkTrainer.Train(training with { Lengths = new int[3] }));
        Assert.Throws<ArgumentException>(() => NetworkTrainer.Train(training with { Settings = new TrainingSettings { Patience = 2 } }));
        Assert.Throws<ArgumentException>(() => NetworkTrainer.Train(training with { ValidationLabels = Labels.From(Array.Empty<byte>()) }));
        Assert.Throws<ArgumentException>(() => NetworkTrainer.Train(training with { ValidationLabels = Labels.From([0, 1]), ValidationGroup = RowMask.All(3) }));
        Assert.Throws<ArgumentException>(() => NetworkTrainer.Train(training with { ValidationLabels = Labels.From([0, 0]) }));
        Assert.Empty(network.Batches);
    }

    private static BatchSample[] Samples(int count) => [.. Enumerable.Range(0, count).Select(row => new BatchSample(row, row + 1, 0))];

    private static NetworkTraining Counting(CountingNetwork network, int count) =>
        new() { Network = network, Description = "test", Tensors = [new("w", [2], 0)], Settings = new TrainingSettings(), Samples = Samples(count) };

    /// <summary>Trains a small perceptron on rows of few ones, of which some decide the class; the second half are for validation.</summary>
    private static (float[] Parameters, TrainingResult Result) Run(
        string? checkpoint, TrainingSettings settings, Action<TrainingProgress> progress, ComputeOptions? compute = null)
    {
        var samples = MlpNetworkTests.OneHot(600, 60, 0.1);
        var classes = Enumerable.Range(0, 600).Select(row => samples.Row(row)[1] + samples.Row(row)[4] + samples.Row(row)[7] > 0 ? 1 : 0).ToArray();
        var (train, validation) = (samples.SelectRows(Enumerable.Range(0, 300).Select(row => (long)row).ToArray()), samples.SelectRows(Enumerable.Range(300, 300).Select(row => (long)row).ToArray()));
        compute ??= ComputeOptions.Default;
        using var network = new MlpNetwork(new MlpArchitecture { HiddenUnits = [9, 5] }, train, validation, 17, compute);
        var result = NetworkTrainer.Train(new NetworkTraining
        {
            Network = network,
            Description = "test",
            Tensors = network.Tensors,
            Settings = settings,
            Samples = TrainingSamples.From(Labels.From(classes[..300]), ResamplingPlan.Repeat(RowMask.From(300, row => row % 3 == 0), 2), default, settings.HasMultiplicitiesAsWeights),
            Seed = 17,
            ValidationLabels = Labels.From(classes[300..]),
            ValidationGroup = RowMask.From(300, row => row < 100),
            CheckpointFile = checkpoint,
            CheckpointInterval = TimeSpan.Zero,
            Progress = new Now<TrainingProgress>(progress),
            Compute = compute,
        });
        return (network.Parameters.ToArray(), result);
    }
}
