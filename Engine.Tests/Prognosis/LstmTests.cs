using Engine.Data;
using Engine.Networks;
using Engine.Numerics;
using Engine.Prognosis;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Prognosis;

public sealed class LstmTests : IDisposable
{
    private const int Features = 6;

    private static readonly LstmArchitecture s_causal = new() { Layers = [new LstmLayer(7)] };

    private static readonly Lstm s_small = new()
    {
        Architecture = new() { Layers = [new LstmLayer(3) { IsBidirectional = true, InputDropout = 0.2 }, new LstmLayer(4)], OutputDropout = 0.1 },
        Training = new() { Epochs = 8, BatchSize = 16, LearningRate = 0.01 },
    };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Fit_ClassesThatDifferInTheirHours_TellsThemApart()
    {
        var model = s_small.Fit(new TrainingTask(Stays(300, 12, 1)) { Validation = Stays(200, 12, 2), Seed = 3 });
        Assert.Equal((8, true), (model.Summary.Epochs.Count, model.Summary.ChosenEpoch is >= 1 and <= 8));
        Assert.InRange(model.Summary.Epochs[^1].TrainingLoss, 0, 0.9 * model.Summary.Epochs[0].TrainingLoss);
        Assert.InRange(model.Summary.Epochs[model.Summary.ChosenEpoch!.Value - 1].Auroc!.Value, 0.9, 1);
    }

    [Fact]
    public void SaveAndLoad_Probabilities_AreTheSameBits()
    {
        foreach (var gates in Enum.GetValues<GateActivation>())
        {
            var (kind, samples) = (s_small with { Architecture = s_small.Architecture with { Gates = gates }, Training = s_small.Training with { Epochs = 1 } }, Stays(60, 5, 4));
            var model = kind.Fit(new TrainingTask(samples));
            model.Save(_folder.File("lstm.safetensors"));
            // The gates of the file, whatever the model that reads it would take.
            var loaded = s_small.Load(_folder.File("lstm.safetensors"));
            Assert.Equal(Predict(model, samples), Predict(loaded, samples));
            Assert.Equal(model.Summary.Epochs, loaded.Summary.Epochs);
            Assert.Equal(model.Summary.ChosenEpoch, loaded.Summary.ChosenEpoch);
        }
    }

    [Fact]
    public void Load_FileOfAnotherNetwork_SaysWhatIsMissing()
    {
        new Mlp { Training = new() { Epochs = 1 } }.Fit(new TrainingTask(new LabeledSamples(Labels.From([0, 1]), Tables.Normal(2, 3, 1)))).Save(_folder.File("mlp.safetensors"));
        Assert.Contains("'mlp' where 'lstm' is asked for", Assert.Throws<InvalidDataException>(() => new Lstm().Load(_folder.File("mlp.safetensors"))).Message, StringComparison.Ordinal);
        new SafetensorsFile([new("lstm.0.forward.weight_hh", [8, 2], new float[16])], new Dictionary<string, string>()).Write(_folder.File("part.safetensors"));
        Assert.Contains("this is no LSTM", Assert.Throws<InvalidDataException>(() => new Lstm().Load(_folder.File("part.safetensors"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_StoppedAndResumed_IsTheSameBits()
    {
        var samples = Stays(80, 6, 5);
        var task = new TrainingTask(samples) { Validation = Stays(40, 6, 6), Seed = 9, CheckpointFile = _folder.File("checkpoint") };
        var expected = s_small.Fit(task with { CheckpointFile = null });
        (s_small with { Training = s_small.Training with { Epochs = 3 } }).Fit(task);
        Assert.True(File.Exists(task.CheckpointFile));
        var resumed = s_small.Fit(task);
        Assert.Equal(expected.Summary.Epochs, resumed.Summary.Epochs);
        Assert.Equal(((Lstm.Fitted)expected).Parameters.ToArray(), ((Lstm.Fitted)resumed).Parameters.ToArray());
        Assert.Contains("data", Assert.Throws<InvalidDataException>(() => s_small.Fit(task with { Validation = Stays(40, 6, 7) })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_PrefixesInWholeBatches_WalkedOnceOrOneByOneIsTheSameStep()
    {
        var samples = Prefixes(20, 8);
        // All stays in a batch, all prefixes in a batch: one step an epoch, of the same gradient.
        var kind = new Lstm { Architecture = s_causal, Training = new() { Epochs = 4, BatchSize = samples.Count, LearningRate = 0.01 } };
        var plan = ResamplingPlan.Repeat(RowMask.From(samples.Count, row => row % 5 == 0), 3);
        var task = new TrainingTask(samples) { Plan = plan, Seed = 2 };
        var many = kind with { Training = kind.Training with { BatchSize = (int)plan.TotalRowCount } };
        var (once, oneByOne) = (kind.Fit(task), (many with { WalksStaysOnce = false }).Fit(task));
        foreach (var (one, other) in once.Summary.Epochs.Zip(oneByOne.Summary.Epochs))
            Assert.Equal(other.TrainingLoss, one.TrainingLoss, 1e-5);
        foreach (var (one, other) in Predict(once, samples).Zip(Predict(oneByOne, samples)))
            Assert.Equal(other, one, 1e-4);
    }

    [Fact]
    public void Fit_SmoteOnFlatHours_TrainsOnMadeSequences()
    {
        var samples = Stays(120, 5, 8);
        var flat = new LabeledSamples(samples.Labels, samples.Sequences.Flatten(5));
        var plan = new Smote { Seed = 1 }.Plan(flat);
        Assert.NotEmpty(plan.Synthetic.ToArray());
        var kind = s_small with { Training = s_small.Training with { Epochs = 1, BatchSize = 1 << 20 } };
        var made = kind.Fit(new TrainingTask(samples) { Plan = plan });
        // The same sequences as samples of a table that holds them.
        var rows = SampleMatrix.Create(plan.TotalRowCount, flat.Rows.FeatureCount);
        var synthetic = plan.SyntheticRows(flat.Rows);
        for (var row = 0; row < rows.RowCount; row++)
            (row < flat.Count ? flat.Rows.Row(row) : synthetic.Row(row - flat.Count)).CopyTo(rows.GetWritableRow(row));
        byte[] labels = [.. samples.Labels.Values, .. Enumerable.Range(0, plan.Synthetic.Length).Select(plan.SyntheticLabelOf)];
        var whole = kind.Fit(new TrainingTask(new LabeledSamples(Labels.From(labels), sequences: SequenceSamples.FromFlat(rows, 5))));
        Assert.Equal(((Lstm.Fitted)whole).Parameters.ToArray(), ((Lstm.Fitted)made).Parameters.ToArray());
    }

    [Fact]
    public void Fit_WhatCannotBeTrainedOn_IsRefusedWithTheReason()
    {
        var prefixes = Prefixes(20, 8);
        var making = ResamplingPlan.Extend(prefixes.Count, [new SyntheticRow(0, 1, .5f)], 1);
        Assert.Contains("prefixes of different length", Error<ArgumentException>(new TrainingTask(prefixes) { Plan = making }), StringComparison.Ordinal);
        Assert.Contains("no time series", Error<InvalidOperationException>(new TrainingTask(new LabeledSamples(Labels.From([0, 1]), Tables.Normal(2, 3, 1)))), StringComparison.Ordinal);
        var hours = Tables.Normal(12, Features, 1);
        hours.GetWritableRow(7)[2] = float.NaN;
        Assert.Contains("sample 1 holds NaN at hour 1, column 2", Error<ArgumentException>(new TrainingTask(Of(hours, 2))), StringComparison.Ordinal);
        for (var hour = 6; hour < 12; hour++)
            hours.GetWritableRow(hour).Clear();
        Assert.Contains("nothing but zeros", Error<ArgumentException>(new TrainingTask(Of(hours, 2))), StringComparison.Ordinal);

        static string Error<TError>(TrainingTask task)
            where TError : Exception => Assert.ThrowsAny<TError>(() => s_small.Fit(task)).Message;
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Stays of as many hours; those of class 1, one in four, rise in a column.</summary>
    private static LabeledSamples Stays(int count, int hourCount, ulong seed)
    {
        var hours = Tables.Normal(count * hourCount, Features, seed);
        for (var stay = 0; stay < count; stay += 4)
        {
            for (var hour = 0; hour < hourCount; hour++)
                hours.GetWritableRow((stay * hourCount) + hour)[1] += 3f * hour / hourCount;
        }

        return Of(hours, count);
    }

    private static LabeledSamples Of(SampleMatrix hours, int count)
    {
        var hourCount = (int)(hours.RowCount / count);
        long[] offsets = [.. Enumerable.Range(0, count + 1).Select(stay => (long)stay * hourCount)];
        PrefixSample[] whole = [.. Enumerable.Range(0, count).Select(stay => new PrefixSample(stay, hourCount))];
        return new LabeledSamples(
            Labels.From([.. Enumerable.Range(0, count).Select(stay => stay % 4 == 0)]), sequences: new SequenceSamples(new EpisodeStore(hours, offsets), whole));
    }

    /// <summary>Every prefix of stays of 1 hour, 2, 3 and so on.</summary>
    private static LabeledSamples Prefixes(int stayCount, ulong seed)
    {
        var offsets = new long[stayCount + 1];
        for (var stay = 0; stay < stayCount; stay++)
            offsets[stay + 1] = offsets[stay] + stay + 1;
        PrefixSample[] prefixes = [.. Enumerable.Range(0, stayCount).SelectMany(stay => Enumerable.Range(1, stay + 1).Select(hours => new PrefixSample(stay, hours)))];
        var draws = new RandomStream(seed, 3);
        return new LabeledSamples(
            Labels.From([.. prefixes.Select((_, sample) => draws.Below((ulong)sample, 3) == 0)]),
            sequences: new SequenceSamples(new EpisodeStore(Tables.Normal((int)offsets[^1], Features, seed), offsets), prefixes));
    }

    private static double[] Predict(IFittedModel model, LabeledSamples samples)
    {
        var probabilities = new double[samples.Count];
        model.Predict(samples, probabilities);
        return probabilities;
    }
}
