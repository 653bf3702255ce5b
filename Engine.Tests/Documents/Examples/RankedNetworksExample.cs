using Engine.Collectives;
using Engine.Data;
using Engine.Prognosis;
using Engine.Tests.Support;

namespace Engine.Tests.Documents.Examples;

public sealed class RankedNetworksExample : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train()
    {
        const int HourCount = 17_000;
        var (path, checkpoint) = (_folder.File("hours.npy"), _folder.File("checkpoint"));
        var hours = Tables.Normal(HourCount, 3, seed: 1);
        NpyFile.Write(path, hours);
        long[] offsets = [.. Enumerable.Range(0, 171).Select(stay => stay * 100L)];
        PrefixSample[] prefixes = [.. Enumerable.Range(0, 170).Select(stay => new PrefixSample(stay, 100))];
        var labels = Labels.From([.. Enumerable.Range(0, 170).Select(stay => stay % 3 == 0)]);
        var model = new Lstm { Training = new() { Epochs = 2 } };
        var fits = new IFittedModel[3];

        // <example>
        void Train(ICollective ranks)
        {
            using var file = SampleMatrix.Map(path);                                                    // the hours of all stays, one stay after the other
            var stays = new EpisodeStore(file, offsets).DivideAmongRanks(ranks);                        // each rank reads its own; EpisodeStore.OfRanks(own, ranks) takes stays from memory
            var samples = new LabeledSamples(labels, sequences: new SequenceSamples(stays, prefixes));  // of all stays, on every rank
            fits[ranks.Rank] = model.Fit(new TrainingTask(samples) { CheckpointFile = checkpoint });    // the same parameters everywhere
        }

        RankThreads.Run(size: 3, Train);
        // </example>

        var expected = model.Fit(new TrainingTask(new LabeledSamples(labels, sequences: new SequenceSamples(new EpisodeStore(hours, offsets), prefixes))));
        Assert.All(fits, fit => Assert.Equal(((Lstm.Fitted)expected).Parameters.ToArray(), ((Lstm.Fitted)fit).Parameters.ToArray()));
    }
}
