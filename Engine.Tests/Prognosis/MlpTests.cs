using Engine.Data;
using Engine.Logistic;
using Engine.Networks;
using Engine.Prognosis;
using Engine.Resampling;
using Engine.Tests.Networks;
using Engine.Tests.Support;

namespace Engine.Tests.Prognosis;

public sealed class MlpTests : IDisposable
{
    private static readonly Mlp s_model = new() { Architecture = new MlpArchitecture { HiddenUnits = [6, 4] }, Training = new TrainingSettings { Epochs = 3, BatchSize = 10 } };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_SavedAndLoaded_PredictsTheSameBits()
    {
        var (train, validation) = Samples();
        var fit = s_model.Fit(new TrainingTask(train) { Validation = validation, Seed = 5 });
        Assert.Equal(3, fit.Summary.Epochs.Count);
        Assert.NotNull(fit.Summary.Epochs[0].Auroc);
        var path = _folder.File("x.safetensors");
        fit.Save(path);
        var file = SafetensorsFile.Read(path);
        Assert.Equal(
            ["mlp.0.weight [6, 30]", "mlp.0.bias [6]", "mlp.1.weight [4, 6]", "mlp.1.bias [4]", "output.weight [1, 4]", "output.bias [1]"],
            file.Tensors.Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]"));
        Assert.Equal("6-4", file.TextOf("hidden units"));
        Assert.Equal("10", file.TextOf("batch size"));
        var loaded = s_model.Load(path);
        Assert.Equal(Predict(fit, validation), Predict(loaded, validation));
        Assert.Equal(fit.Summary.Epochs, loaded.Summary.Epochs);
        Assert.Equal(fit.Summary.ChosenEpoch, loaded.Summary.ChosenEpoch);
        // The chosen epoch is one of those that were trained.
        var beyond = _folder.File("beyond.safetensors");
        new SafetensorsFile(file.Tensors, new Dictionary<string, string>(file.Metadata) { ["chosen epoch"] = "4" }).Write(beyond);
        Assert.Contains("chosen epoch is 4, of 3 epochs", Assert.Throws<InvalidDataException>(() => s_model.Load(beyond)).Message, StringComparison.Ordinal);
        // What was loaded is saved as it was.
        var again = _folder.File("again.safetensors");
        loaded.Save(again);
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(again));
    }

    [Fact]
    public void Predict_AnyFit_IsWhatTheSavedTensorsSay()
    {
        var (train, validation) = Samples();
        var fit = (Mlp.Fitted)s_model.Fit(new TrainingTask(train) { Seed = 5 });
        var probabilities = Predict(fit, validation);
        for (var row = 0; row < 20; row++)
        {
            var (values, offset) = (validation.Rows.Row(row).Select(value => (double)value).ToArray(), 0);
            foreach (var units in new[] { 6, 4, 1 })
            {
                var parameters = fit.Parameters[offset..].ToArray();
                var next = Enumerable.Range(0, units).Select(unit => parameters[(units * values.Length) + unit] + values.Select((value, i) => value * parameters[(unit * values.Length) + i]).Sum()).ToArray();
                offset += units * (values.Length + 1);
                values = units == 1 ? next : [.. next.Select(value => Math.Max(value, 0))];
            }

            // Float32 sums of some thirty terms of size 1.
            Assert.Equal(1 / (1 + Math.Exp(-values[0])), probabilities[row], 1e-5);
        }
    }

    [Fact]
    public void Fit_PlanThatMakesRows_IsThatOfATableThatHasThem()
    {
        var (train, _) = Samples();
        var synthetic = Enumerable.Range(0, 40).Select(i => new SyntheticRow(i * 3, (i * 5) + 1, i / 40f)).ToArray();
        var plan = ResamplingPlan.Extend(train.Count, synthetic, 1);
        var made = plan.SyntheticRows(train.Rows);
        var (rows, labels) = (SampleMatrix.Create(train.Count + 40, 30), train.Labels.Values.ToArray().Concat(Enumerable.Repeat((byte)1, 40)).ToArray());
        for (var row = 0; row < rows.RowCount; row++)
            (row < train.Count ? train.Rows : made).CopyRow(row < train.Count ? row : row - train.Count, rows.GetWritableRow(row));
        var planned = (Mlp.Fitted)s_model.Fit(new TrainingTask(train) { Plan = plan, Seed = 5 });
        var whole = (Mlp.Fitted)s_model.Fit(new TrainingTask(new LabeledSamples(Labels.From(labels), rows)) { Seed = 5 });
        Assert.Equal(whole.Parameters.ToArray(), planned.Parameters.ToArray());
        Assert.NotEqual(((Mlp.Fitted)s_model.Fit(new TrainingTask(train) { Seed = 5 })).Parameters.ToArray(), planned.Parameters.ToArray());
    }

    [Fact]
    public void Fit_AnotherSeedWeightsOrWayOfRepeating_IsAnotherFit()
    {
        var (train, _) = Samples();
        var plan = ResamplingPlan.Repeat(train.Labels.ToMask(1), 3);
        var task = new TrainingTask(train) { Seed = 5, Plan = plan };
        float[] parameters = ParametersOf(s_model, task);
        Assert.Equal(parameters, ParametersOf(s_model, task));
        Assert.NotEqual(parameters, ParametersOf(s_model, task with { Seed = 6 }));
        Assert.NotEqual(parameters, ParametersOf(s_model, task with { SampleWeights = Enumerable.Range(0, train.Count).Select(row => row % 2.0).ToArray() }));
        Assert.NotEqual(parameters, ParametersOf(s_model with { Training = s_model.Training with { HasMultiplicitiesAsWeights = true } }, task));

        static float[] ParametersOf(Mlp model, TrainingTask task) => ((Mlp.Fitted)model.Fit(task)).Parameters.ToArray();
    }

    [Fact]
    public void Fit_Checkpoint_GoesOnAndKnowsItsData()
    {
        var (train, validation) = Samples();
        var task = new TrainingTask(train) { Validation = validation, Seed = 5, CheckpointFile = _folder.File("checkpoint") };
        var fit = (Mlp.Fitted)s_model.Fit(task);
        var again = (Mlp.Fitted)s_model.Fit(task);
        Assert.Equal(fit.Parameters.ToArray(), again.Parameters.ToArray());
        Assert.Contains("its data is", Assert.Throws<InvalidDataException>(() => s_model.Fit(task with { Validation = train })).Message, StringComparison.Ordinal);
        var others = new LabeledSamples(train.Labels, MlpNetworkTests.OneHot(train.Count, 30, 0.5));
        Assert.Contains("its data is", Assert.Throws<InvalidDataException>(() => s_model.Fit(task with { Train = others })).Message, StringComparison.Ordinal);
        var deeper = s_model with { Architecture = new MlpArchitecture { HiddenUnits = [6, 4, 4] } };
        Assert.Contains("its network is", Assert.Throws<InvalidDataException>(() => deeper.Fit(task)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_BadInput_SaysWhatIsWrong()
    {
        var (train, validation) = Samples();
        var sequences = new LabeledSamples(Labels.From([1]), sequences: new SequenceSamples(new EpisodeStore(Tables.Normal(1, 30, 2), [0, 1]), [new(0, 1)]));
        Assert.Throws<InvalidOperationException>(() => s_model.Fit(new TrainingTask(sequences)));
        Assert.Throws<InvalidOperationException>(() => s_model.Fit(new TrainingTask(train) { Validation = sequences }));
        Assert.Throws<InvalidOperationException>(() => Predict(s_model.Fit(new TrainingTask(train)), sequences));
        var grouped = s_model with { Training = s_model.Training with { ValidationGroup = "Black", EpochChoice = EpochChoice.BestOfGroup } };
        Assert.Throws<KeyNotFoundException>(() => grouped.Fit(new TrainingTask(train) { Validation = validation }));
        Assert.Throws<ArgumentException>(() => (s_model with { Architecture = new MlpArchitecture { Dropout = 1 } }).Fit(new TrainingTask(train)));
        Assert.Throws<ArgumentException>(() => s_model.Fit(new TrainingTask(train) { Plan = ResamplingPlan.KeepAll(3) }));
        var spoiled = SampleMatrix.Create(train.Count, 30);
        spoiled.GetWritableRow(7)[3] = float.NaN;
        Assert.Contains("row 7, column 3", Assert.Throws<ArgumentException>(() => s_model.Fit(new TrainingTask(new LabeledSamples(train.Labels, spoiled)))).Message, StringComparison.Ordinal);
        spoiled.GetWritableRow(7)[3] = 1e30f;
        spoiled.GetWritableRow(8)[3] = -1e30f;
        Assert.Contains("diverged: in epoch ", Assert.Throws<InvalidOperationException>(() => s_model.Fit(new TrainingTask(new LabeledSamples(train.Labels, spoiled)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WeightsAlone_ReadsThem()
    {
        // A logistic fit's weights are a network without hidden layers, once they are float32.
        var (train, _) = Samples();
        var fit = LogisticRegression.Fit(train.Rows, train.Labels, new LogisticOptions { RidgePenalty = 1 });
        var path = _folder.File("fit.safetensors");
        fit.SaveWeights(path);
        var saved = SafetensorsFile.Read(path);
        Assert.Equal(fit.Coefficients[1..].ToArray(), saved.DoublesOf("output.weight", 1, 30).ToArray());
        Assert.Equal(fit.Coefficients[..1].ToArray(), saved.DoublesOf("output.bias", 1).ToArray());
        Assert.Equal(("logistic", "Converged"), (saved.TextOf("model"), saved.TextOf("status")));
        Assert.Throws<InvalidDataException>(() => s_model.Load(path));
        new SafetensorsFile([.. saved.Tensors.Select(tensor => new SafetensorsTensor(tensor.Name, [.. tensor.Shape], [.. tensor.Doubles.ToArray().Select(value => (float)value)]))]).Write(path);
        var loaded = s_model.Load(path);
        Assert.Null(loaded.Summary.ChosenEpoch);
        var (expected, actual) = (new double[train.Count], Predict(loaded, train));
        fit.PredictProbability(train.Rows, expected);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Load_AnotherFile_SaysWhatIsWrong()
    {
        var path = _folder.File("x.safetensors");
        AssertFault("no tensor 'output.weight'", [new("w", [1], [1f])]);
        AssertFault("there is no tensor 'mlp.0.bias'", [new("mlp.0.weight", [2, 3], new float[6]), new("output.weight", [1, 2], new float[2]), new("output.bias", [1], new float[1])]);
        AssertFault("of shape [1, 3] where [1, 2]", [new("mlp.0.weight", [2, 3], new float[6]), new("mlp.0.bias", [2], new float[2]), new("output.weight", [1, 3], new float[3]), new("output.bias", [1], new float[1])]);
        AssertFault("layer 1 has 0 units", [new("mlp.0.weight", [0, 3], ReadOnlySpan<float>.Empty)]);
        AssertFault("is a model 'lstm' where 'mlp'", [new("output.weight", [1, 3], new float[3]), new("output.bias", [1], new float[1])], ("model", "lstm"));
        AssertFault("its epochs cannot be read", [new("output.weight", [1, 3], new float[3])], ("model", "mlp"), ("epochs of training", "[[1]]"));
        AssertFault("its chosen epoch is 2, of 0 epochs", [new("output.weight", [1, 3], new float[3])], ("model", "mlp"), ("chosen epoch", "2"));

        void AssertFault(string fault, SafetensorsTensor[] tensors, params (string Name, string Text)[] metadata)
        {
            new SafetensorsFile(tensors, metadata.ToDictionary(text => text.Name, text => text.Text)).Write(path);
            var error = Assert.Throws<InvalidDataException>(() => s_model.Load(path));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        }
    }

    private static double[] Predict(IFittedModel fit, LabeledSamples samples)
    {
        var probabilities = new double[samples.Count];
        fit.Predict(samples, probabilities);
        return probabilities;
    }

    private static (LabeledSamples Train, LabeledSamples Validation) Samples()
    {
        var rows = MlpNetworkTests.OneHot(400, 30, 0.2);
        var labels = Labels.From(Enumerable.Range(0, 400).Select(row => rows.Row(row)[1] + rows.Row(row)[4] > 0 ? 1 : 0).ToArray());
        var samples = new LabeledSamples(labels, rows);
        return (samples.Select([.. Enumerable.Range(0, 250).Select(row => (long)row)]), samples.Select([.. Enumerable.Range(250, 150).Select(row => (long)row)]));
    }
}
