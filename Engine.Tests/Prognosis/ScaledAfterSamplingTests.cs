using Engine.Data;
using Engine.Networks;
using Engine.Prognosis;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Prognosis;

public sealed class ScaledAfterSamplingTests : IDisposable
{
    private static readonly int[] s_numbers = [0, 2];
    private static readonly int[] s_units = [1, 4, 12];
    private static readonly Mlp s_mlp = new() { Architecture = new MlpArchitecture { HiddenUnits = [5] }, Training = new TrainingSettings { Epochs = 3, BatchSize = 10 } };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_RepeatedAndMadeRows_StandardizesByThem()
    {
        var train = Samples(90, seed: 1);
        var plan = ResamplingPlan.Repeat(train.Labels.ToMask(1), 4).AndMake(new Smote { Seed = 3 }.Plan(train));
        Assert.NotEqual(0, plan.Synthetic.Length);

        var fit = Fit(new ScaledAfterSampling(new LogisticPrognosis { RidgePenalty = 1 }, columns: s_numbers), train, plan);

        // The table that the plan stands for, written out.
        var rows = new List<float[]>();
        for (var row = 0; row < train.Count; row++)
            rows.AddRange(Enumerable.Repeat(train.Rows.Row(row), plan.MultiplicityOf(row)));
        var made = plan.SyntheticRows(train.Rows);
        rows.AddRange(Enumerable.Range(0, plan.Synthetic.Length).Select(row => made.Row(row)));
        Assert.Equal(plan.TotalRowCount, rows.Count);
        foreach (var column in s_numbers)
        {
            var mean = rows.Average(row => (double)row[column]);
            Assert.Equal(mean, fit.Scaler.Means[column], 1e-12);
            Assert.Equal(Math.Sqrt(rows.Average(row => (row[column] - mean) * (row[column] - mean))), fit.Scaler.Deviations[column], 1e-12);
            Assert.NotEqual(FeatureScaler.Fit(train.Rows, TestContext.Current.CancellationToken).Means[column], fit.Scaler.Means[column]);
        }

        Assert.Equal((0.0, 1.0), (fit.Scaler.Means[1], fit.Scaler.Deviations[1]));
    }

    [Fact]
    public void Fit_AnyPlan_IsTheModelOnTransformedSamples()
    {
        var (train, test) = (Samples(90, seed: 1), Samples(40, seed: 2));
        var plan = DoublePrioritized.Plan(train.Labels, train.Groups["some"], 6);
        var model = new LogisticPrognosis { RidgePenalty = 1 };

        var fit = Fit(new ScaledAfterSampling(model, columns: s_numbers), train, plan);

        var expected = model.Fit(new TrainingTask(Transform(fit.Scaler, train)) { Plan = plan });
        Assert.Equal(Predict(expected, Transform(fit.Scaler, test)), Predict(fit, test));
        Assert.Equal(expected.Summary.Coefficients, fit.Summary.Coefficients);
        Assert.Equal(expected.ClusteredErrors(Transform(fit.Scaler, train)), fit.ClusteredErrors(train));
    }

    [Fact]
    public void Fit_NetworkWithValidation_TransformsBoth()
    {
        var (train, validation, test) = (Samples(90, seed: 1), Samples(50, seed: 2), Samples(40, seed: 3));
        var task = new TrainingTask(train) { Validation = validation, Seed = 4, Plan = new RandomUnder { Seed = 1 }.Plan(train) };

        var fit = (ScaledAfterSampling.Fitted)new ScaledAfterSampling(s_mlp, Imputation.Mean, s_numbers).Fit(task);

        var expected = s_mlp.Fit(task with { Train = Transform(fit.Scaler, train), Validation = Transform(fit.Scaler, validation) });
        Assert.Equal(expected.Summary.Epochs, fit.Summary.Epochs);
        Assert.Equal(Predict(expected, Transform(fit.Scaler, test)), Predict(fit, test));
    }

    [Fact]
    public void FitMany_SeveralPlans_AreFitsOneByOne()
    {
        var train = Samples(90, seed: 1);
        ResamplingPlan[] plans = [.. s_units.Select(units => DoublePrioritized.Plan(train.Labels, train.Groups["some"], units))];
        var networks = new ScaledAfterSampling(s_mlp, columns: s_numbers);
        var regressions = new ScaledAfterSampling(new LogisticPrognosis { RidgePenalty = 1 }, columns: s_numbers);

        var networkFits = networks.FitMany(new TrainingTask(train) { Seed = 2 }, plans).ToArray();
        var regressionFits = regressions.FitMany(new TrainingTask(train), plans).Cast<ScaledAfterSampling.Fitted>().ToArray();

        for (var i = 0; i < plans.Length; i++)
        {
            Assert.Equal(Predict(networks.Fit(new TrainingTask(train) { Seed = 2, Plan = plans[i] }), train), Predict(networkFits[i], train));
            // One starts where the other ended: they agree within the tolerance of a fit.
            var alone = Fit(regressions, train, plans[i]);
            Assert.Equal(alone.Scaler.Means.ToArray(), regressionFits[i].Scaler.Means.ToArray());
            Assert.All(Predict(alone, train).Zip(Predict(regressionFits[i], train)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }

        Assert.NotEqual(regressionFits[0].Scaler.Means[0], regressionFits[2].Scaler.Means[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Save_Loaded_PredictsTheSameBits(bool isNetwork)
    {
        var (train, test) = (Samples(90, seed: 1), Samples(40, seed: 2));
        var model = new ScaledAfterSampling(isNetwork ? s_mlp : new LogisticPrognosis { RidgePenalty = 1 }, columns: s_numbers);
        var fit = Fit(model, train, new RandomOver { Seed = 1 }.Plan(train));
        var (path, again) = (_folder.File("model"), _folder.File("again"));

        fit.Save(path);
        var loaded = model.Load(path);
        loaded.Save(again);

        Assert.Equal(Predict(fit, test), Predict(loaded, test));
        Assert.Equal(fit.Summary.Epochs, loaded.Summary.Epochs);
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(again));
    }

    [Fact]
    public void Load_NoSuchModel_NamesFile()
    {
        var path = _folder.File("model");
        s_mlp.Fit(new TrainingTask(Samples(30, seed: 1))).Save(path);

        Assert.StartsWith($"{path}: this is no model with its scaler", Assert.Throws<InvalidDataException>(() => new ScaledAfterSampling(s_mlp).Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ModelOfHours_IsRefused() => Assert.Throws<ArgumentException>(() => new ScaledAfterSampling(new Lstm()));

    [Fact]
    public void Settings_Columns_AreAmongThem()
    {
        var settings = new ScaledAfterSampling(new LogisticPrognosis { RidgePenalty = 2 }, Imputation.Mean, s_numbers).Settings.ToDictionary();

        Assert.Equal(("2", "0 2", "Mean"), (settings["ridge penalty"], settings["standardized columns"], settings["imputation"]));
    }

    private static ScaledAfterSampling.Fitted Fit(ScaledAfterSampling model, LabeledSamples train, ResamplingPlan plan) =>
        (ScaledAfterSampling.Fitted)model.Fit(new TrainingTask(train) { Plan = plan });

    private static LabeledSamples Transform(FeatureScaler scaler, LabeledSamples samples) => new(samples.Labels, scaler.Transform(samples.Rows), groups: samples.Groups);

    private static double[] Predict(IFittedModel model, LabeledSamples samples)
    {
        var probabilities = new double[samples.Count];
        model.Predict(samples, probabilities);
        return probabilities;
    }

    /// <summary>Two numbers far from standardized, and a mask between them that is to stay as it is.</summary>
    private static LabeledSamples Samples(int count, int seed)
    {
        var random = new Random(seed);
        var rows = SampleMatrix.Create(count, 3);
        var labels = new byte[count];
        for (var row = 0; row < count; row++)
        {
            labels[row] = (byte)(row % 5 == 0 ? 1 : 0);
            var values = rows.GetWritableRow(row);
            (values[0], values[1], values[2]) = (60 + (10 * random.NextSingle()) + (4 * labels[row]), random.Next(2), (1000 * random.NextSingle()) - (200 * labels[row]));
        }

        var groups = new Subgroups(count);
        groups.Add("some", RowMask.From(count, static row => row % 2 == 0));
        return new LabeledSamples(Labels.From(labels), rows, groups: groups);
    }
}
