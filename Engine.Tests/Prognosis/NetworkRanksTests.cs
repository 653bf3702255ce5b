using Engine.Collectives;
using Engine.Data;
using Engine.Networks;
using Engine.Prognosis;
using Engine.Resampling;
using Engine.Tests.Networks;
using Engine.Tests.Support;

namespace Engine.Tests.Prognosis;

/// <summary>Networks whose rows, or hours, lie with several ranks.</summary>
public sealed class NetworkRanksTests : IDisposable
{
    private const int RowCount = (2 * RankRows.RowsPerRun) + 999;
    private const int Features = 6;
    private const string Group = "third";

    /// <summary>A network of more units takes minutes where sums are slow.</summary>
    private const int ManyUnits = 20;

    private static readonly Mlp s_perceptron = new()
    {
        Architecture = new() { HiddenUnits = [9, 5], Dropout = 0.2 },
        Training = new() { Epochs = 4, BatchSize = 20, BatchesPerEpoch = 40, ValidationGroup = Group, EpochChoice = EpochChoice.BestOfGroup },
    };

    private static readonly Lstm s_drops = new()
    {
        Architecture = new() { Layers = [new LstmLayer(3) { IsBidirectional = true, InputDropout = 0.2 }, new LstmLayer(4)], OutputDropout = 0.1 },
        Training = new() { Epochs = 3, BatchSize = 8, BatchesPerEpoch = 15, LearningRate = 0.01 },
    };

    private static readonly Lstm s_walks = new() { Architecture = new() { Layers = [new LstmLayer(7)] }, Training = s_drops.Training };

    private static readonly SampleMatrix s_rows = Tables.Normal(RowCount, Features, seed: 1);
    private static readonly Labels s_labels = Labels.From([.. Enumerable.Range(0, RowCount).Select(row => s_rows.Row(row)[0] + s_rows.Row(row)[1] > 1 || row % 9 == 0)]);
    private static readonly long[] s_offsets = Offsets();

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Sizes => Ranks.Sizes;

    public void Dispose() => _folder.Dispose();

    [Theory]
    // One part, which every rank computes, as all where they are small; parts for some ranks; more parts than are summed at a time.
    [InlineData(1, 20, 9)]
    [InlineData(2, 20, 9)]
    [InlineData(7, 20, 9)]
    [InlineData(3, 700, 9)]
    [InlineData(2, 700, 1500)]
    [InlineData(3, 700, 1500)]
    [InlineData(7, 700, 1500)]
    [InlineData(3, 5000, 300)]
    public void Mlp_AnyNumberOfRanks_HasTheBitsOfOneProcess(int size, int batchSize, int units)
    {
        if (units > ManyUnits)
            Skip.WhereSumsAreSlow();
        var model = s_perceptron with { Architecture = s_perceptron.Architecture with { HiddenUnits = [units, 5] }, Training = s_perceptron.Training with { BatchSize = batchSize, BatchesPerEpoch = 800 / batchSize + 3 } };
        AssertSame(model, size, TaskOf(s_rows), collective => TaskOf(Ranks.Divide(s_rows, collective)));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Mlp_RowsOfFewValues_HasTheBitsOfOneProcess(int size)
    {
        var few = MlpNetworkTests.OneHot(RowCount, 40, 0.05);
        AssertSame(s_perceptron, size, TaskOf(few), collective => TaskOf(Ranks.Divide(few, collective)));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Lstm_SampleBySample_HasTheBitsOfOneProcess(int size) =>
        AssertSame(s_drops, size, TaskOf(Stays(s_rows)), collective => TaskOf(Stays(Ranks.Divide(s_rows, collective))));

    [Theory]
    [InlineData(1, 8, 7)]
    [InlineData(2, 3, 7)]
    [InlineData(2, 8, 7)]
    [InlineData(7, 70, 7)]
    [InlineData(2, 8, 128)]
    [InlineData(3, 70, 40)]
    [InlineData(7, 70, 40)]
    public void Lstm_StayByStay_HasTheBitsOfOneProcess(int size, int batchSize, int units)
    {
        if (units > ManyUnits)
            Skip.WhereSumsAreSlow();
        var model = s_walks with { Architecture = new() { Layers = [new LstmLayer(units)] }, Training = s_walks.Training with { BatchSize = batchSize } };
        AssertSame(model, size, TaskOf(Prefixes(s_rows)), collective => TaskOf(Prefixes(Ranks.Divide(s_rows, collective))));
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(2, 1)]
    [InlineData(1, 7)]
    public void Fit_ResumedByAnotherNumberOfRanks_HasTheBitsOfAnUninterruptedRun(int firstSize, int secondSize)
    {
        foreach (var (model, taskOf) in new (IPrognosisModel Model, Func<SampleMatrix, TrainingTask> TaskOf)[]
        {
            (s_perceptron, TaskOf), (s_drops, rows => TaskOf(Stays(rows))),
        })
        {
            var expected = ParametersOf(model.Fit(taskOf(s_rows)));
            var path = _folder.File($"{model.Name} {firstSize}");
            RankThreads.Run(firstSize, collective => Shorter(model).Fit(Checkpointed(collective)));
            Assert.True(File.Exists(path));
            RankThreads.Run(secondSize, collective => Assert.Equal(expected, ParametersOf(model.Fit(Checkpointed(collective)))));
            // What is done is not done again, and no other table goes on from it.
            RankThreads.Run(secondSize, collective => model.Fit(Checkpointed(collective) with { Progress = new Now<TrainingProgress>(_ => Assert.Fail("an epoch was trained.")) }));
            Assert.Equal(expected, ParametersOf(model.Fit(taskOf(s_rows) with { CheckpointFile = path })));
            var other = s_rows.Copy();
            other.GetWritableRow(RowCount - 1)[2]++;
            var error = Assert.Throws<InvalidDataException>(() => RankThreads.Run(3, collective => model.Fit(taskOf(Ranks.Divide(other, collective)) with { CheckpointFile = path })));
            Assert.Contains("its data is", error.Message, StringComparison.Ordinal);

            // The first rank alone has the folder.
            TrainingTask Checkpointed(ICollective collective) =>
                taskOf(Ranks.Divide(s_rows, collective)) with { CheckpointFile = collective.Rank == 0 ? path : Path.Combine(_folder.Path, "absent", "checkpoint") };
        }

        static IPrognosisModel Shorter(IPrognosisModel model) =>
            model is Mlp perceptron ? perceptron with { Training = perceptron.Training with { Epochs = 2 } } : (Lstm)model with { Training = ((Lstm)model).Training with { Epochs = 2 } };
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Mlp_PlanThatMakesRows_HasTheBitsOfOneProcess(int size) => AssertSame(
        s_perceptron,
        size,
        TaskOf(s_rows) with { Plan = new Smote { Seed = 3 }.Plan(s_rows, s_labels) },
        collective =>
        {
            var rows = Ranks.Divide(s_rows, collective);
            return TaskOf(rows) with { Plan = new Smote { Seed = 3 }.Plan(rows, s_labels) };
        });

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Lstm_PlanThatMakesSamples_HasTheBitsOfOneProcess(int size)
    {
        // Flat samples of three hours of two columns, which are divided among ranks as rows are.
        var plan = new Smote { Seed = 3 }.Plan(s_rows, s_labels);
        AssertSame(s_drops, size, FlatTask(s_rows), collective => FlatTask(Ranks.Divide(s_rows, collective)));

        TrainingTask FlatTask(SampleMatrix flat) => TaskOf(new LabeledSamples(s_labels, sequences: SequenceSamples.FromFlat(flat, 3), groups: Thirds(RowCount))) with { Plan = plan };
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Lstm_EachRankItsOwnStays_HasTheBitsOfOneProcess(int size) => AssertSame(
        s_drops,
        size,
        TaskOf(Stays(s_rows)),
        collective =>
        {
            var (all, count) = (new EpisodeStore(s_rows, s_offsets), s_offsets.Length - 1);
            var (first, end) = (count * collective.Rank / size, count * (collective.Rank + 1) / size);
            var own = new EpisodeStore(all.Hours.RowsFrom(s_offsets[first], s_offsets[end] - s_offsets[first]), [.. s_offsets[first..(end + 1)].Select(offset => offset - s_offsets[first])]);
            return TaskOf(Stays(EpisodeStore.OfRanks(own, collective)));
        });

    [Theory]
    // Parts that are small, and of all ranks; parts that are shared.
    [InlineData(2, 1000, 9)]
    [InlineData(2, 1000, 1000)]
    [InlineData(3, 20_000, 500)]
    public void Mlp_APassOverAllRows_ReceivesWhatTheDocumentationSays(int size, int batchSize, int units)
    {
        var model = s_perceptron with { Architecture = new() { HiddenUnits = [units] }, Training = new() { Epochs = 1, BatchSize = batchSize } };
        RankThreads.Run(size, inner =>
        {
            var collective = new MeasuredCollective(inner);
            var rows = s_rows.DivideAmongRanks(collective);
            var before = collective.BytesReceived;
            var fit = (Mlp.Fitted)model.Fit(new TrainingTask(new LabeledSamples(s_labels, rows)) { Compute = Ranks.OneThread });
            var others = RowCount - RankRows.Of(RowCount, inner).RowCount;
            var rounds = units == 9 ? 0 : (RowCount / batchSize * RoundsOf(batchSize)) + RoundsOf(RowCount % batchSize);
            var expected = (4L * Features * others) + (rounds * (size - 1) * ((4 * fit.Parameters.Length) + 16));
            // And whether to stop, and whether a value is not finite, in a few bytes.
            Assert.InRange(collective.BytesReceived - before, expected, expected + (size * 50));
        });

        // A batch of 20,000 rows has 79 slices, which are added 16 at a time.
        static int RoundsOf(int batch) => (((batch + 255) / 256) + 15) / 16;
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void ScaledAfterSampling_RowsRepeatedAndMade_HasTheBitsOfOneProcess(int size)
    {
        var model = new ScaledAfterSampling(s_perceptron);
        var repeated = ResamplingPlan.Repeat(s_labels.ToMask(1), 3);
        var expected = (ScaledAfterSampling.Fitted)model.Fit(Plan(s_rows));
        RankThreads.Run(size, collective =>
        {
            var rows = Ranks.Divide(s_rows, collective);
            var fit = (ScaledAfterSampling.Fitted)model.Fit(Plan(rows) with { Compute = Ranks.OneThread });
            Assert.Equal(expected.Scaler.Means, fit.Scaler.Means);
            Assert.Equal(expected.Scaler.Deviations, fit.Scaler.Deviations);
            Assert.Equal(ParametersOf(expected.Model), ParametersOf(fit.Model));
        });

        TrainingTask Plan(SampleMatrix rows) => TaskOf(rows) with { Plan = repeated.AndMake(new Smote { Seed = 3 }.Plan(rows, s_labels)) };
    }

    [Fact]
    public void Mlp_SearchOfUnits_ChoosesTheModelOfOneProcess()
    {
        var options = new UnitSearchOptions { Units = [1, 3] };
        var expected = DoublePrioritized.Search(s_perceptron, TaskOf(s_rows), Samples(s_rows), Group, options);
        foreach (var search in Ranks.Each(3, s_rows, rows => DoublePrioritized.Search(s_perceptron, TaskOf(rows), Samples(rows), Group, options)))
        {
            Assert.Equal(expected.Scores, search.Scores);
            Assert.Equal(ParametersOf(expected.Chosen), ParametersOf(search.Chosen));
        }
    }

    [Fact]
    public void Lstm_SearchOfUnits_ChoosesTheModelOfOneProcess()
    {
        var options = new UnitSearchOptions { Units = [1, 3] };
        var expected = DoublePrioritized.Search(s_walks, TaskOf(Prefixes(s_rows)), Prefixes(s_rows), Group, options);
        foreach (var search in Ranks.Each(3, s_rows, rows => DoublePrioritized.Search(s_walks, TaskOf(Prefixes(rows)), Prefixes(rows), Group, options)))
        {
            Assert.Equal(expected.Scores, search.Scores);
            Assert.Equal(ParametersOf(expected.Chosen), ParametersOf(search.Chosen));
        }
    }

    [Fact]
    public void Fit_OneRankToldToStop_StopsAll()
    {
        var (stopped, path) = (0, _folder.File("checkpoint"));
        RankThreads.Run(3, collective =>
        {
            using var cancel = new CancellationTokenSource();
            var task = TaskOf(Ranks.Divide(s_rows, collective)) with
            {
                CheckpointFile = path,
                Compute = Ranks.OneThread with { CancellationToken = cancel.Token },
                Progress = new Now<TrainingProgress>(progress => Cancel(progress.LastEpoch?.Epoch == 2 && collective.Rank == 1)),
            };
            Assert.Throws<OperationCanceledException>(() => s_perceptron.Fit(task));
            Interlocked.Increment(ref stopped);

            void Cancel(bool isTime)
            {
                if (isTime)
                    cancel.Cancel();
            }
        });
        Assert.Equal(3, stopped);
    }

    [Fact]
    public void Fit_ThatDiverges_SaysTheSameOnAllRanks()
    {
        var steep = s_perceptron with { Training = s_perceptron.Training with { LearningRate = 1e30 } };
        var expected = Assert.Throws<InvalidOperationException>(() => steep.Fit(TaskOf(s_rows))).Message;
        Assert.Contains("diverged", expected, StringComparison.Ordinal);
        Assert.All(Ranks.Each(3, s_rows, rows => Assert.Throws<InvalidOperationException>(() => steep.Fit(TaskOf(rows))).Message), message => Assert.Equal(expected, message));
    }

    [Theory]
    // Slices that every rank computes; that are shared; probabilities, which always are.
    [InlineData(4, 0)]
    [InlineData(40, 0)]
    [InlineData(4, 1)]
    public void Lstm_HourThatIsNotFinite_IsNamedByAllRanks(int units, int spoiled)
    {
        // All samples are in a batch of the one pass; or the validation samples of a good training are spoiled.
        var model = new Lstm { Architecture = new() { Layers = [new LstmLayer(units)] }, Training = new() { BatchSize = 70, Epochs = 1 } };
        var hours = s_rows.Copy();
        hours.GetWritableRow(20_000)[4] = float.NaN;
        var messages = new string[3];
        RankThreads.Run(3, collective =>
        {
            var (good, bad) = (Stays(Ranks.Divide(s_rows, collective)), Stays(Ranks.Divide(hours, collective)));
            var task = new TrainingTask(spoiled == 0 ? bad : good) { Validation = spoiled == 0 ? good : bad, Compute = Ranks.OneThread };
            messages[collective.Rank] = Assert.Throws<ArgumentException>(() => model.Fit(task)).Message;
            // Nobody waits for anybody, and the next work is done.
            Assert.Equal([0, 1, 2], collective.GatherOne(collective.Rank));
        });
        Assert.All(messages, message => Assert.Equal(messages[0], message));
        Assert.Contains("holds NaN at hour", messages[0], StringComparison.Ordinal);
    }

    private static void AssertSame(IPrognosisModel model, int size, TrainingTask alone, Func<ICollective, TrainingTask> taskOf)
    {
        var expected = model.Fit(alone);
        var probabilities = Predict(expected, alone.Validation!);
        RankThreads.Run(size, collective =>
        {
            var task = taskOf(collective) with { Compute = Ranks.OneThread };
            var fit = model.Fit(task);
            Assert.Equal(expected.Summary.Epochs, fit.Summary.Epochs);
            Assert.Equal(expected.Summary.ChosenEpoch, fit.Summary.ChosenEpoch);
            Assert.Equal(ParametersOf(expected), ParametersOf(fit));
            Assert.Equal(probabilities, Predict(fit, task.Validation!));
        });
    }

    private static double[] Predict(IFittedModel model, LabeledSamples samples)
    {
        var probabilities = new double[samples.Count];
        model.Predict(samples, probabilities, Ranks.OneThread);
        return probabilities;
    }

    private static float[] ParametersOf(IFittedModel model) => model is Mlp.Fitted perceptron ? perceptron.Parameters.ToArray() : ((Lstm.Fitted)model).Parameters.ToArray();

    private static TrainingTask TaskOf(SampleMatrix rows) => TaskOf(Samples(rows));

    private static TrainingTask TaskOf(LabeledSamples samples) => new(samples) { Validation = samples, Seed = 5 };

    private static LabeledSamples Samples(SampleMatrix rows) => new(s_labels, rows, groups: Thirds(RowCount));

    private static Subgroups Thirds(int count)
    {
        var groups = new Subgroups(count);
        groups.Add(Group, RowMask.From(count, static row => row % 3 == 0));
        return groups;
    }

    /// <summary>Whole stays of 1 to 40 hours.</summary>
    private static LabeledSamples Stays(SampleMatrix hours) => Stays(new EpisodeStore(hours, s_offsets));

    private static LabeledSamples Stays(EpisodeStore episodes) => Sequences(episodes, [.. Enumerable.Range(0, episodes.StayCount).Select(stay => new PrefixSample(stay, episodes.HoursOf(stay)))]);

    /// <summary>Some prefixes of each of them.</summary>
    private static LabeledSamples Prefixes(SampleMatrix hours)
    {
        var episodes = new EpisodeStore(hours, s_offsets);
        return Sequences(episodes, [.. Enumerable.Range(0, episodes.StayCount).SelectMany(stay => Enumerable.Range(1, episodes.HoursOf(stay)).Where(count => count % 5 == stay % 5).Select(count => new PrefixSample(stay, count)))]);
    }

    private static LabeledSamples Sequences(EpisodeStore episodes, PrefixSample[] prefixes) => new(
        Labels.From([.. prefixes.Select((prefix, sample) => s_labels[(int)episodes.RowOf(prefix.Stay, prefix.Hours - 1)] == 1)]),
        sequences: new SequenceSamples(episodes, prefixes),
        groups: Thirds(prefixes.Length));

    private static long[] Offsets()
    {
        var offsets = new List<long> { 0 };
        for (var stay = 0; offsets[^1] < RowCount; stay++)
            offsets.Add(Math.Min(RowCount, offsets[^1] + 1 + (stay * 17 % 40)));
        return [.. offsets];
    }
}
