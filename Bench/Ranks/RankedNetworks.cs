using Engine.Compute;
using Engine.Data;
using Engine.Networks;
using Engine.Prognosis;

namespace Bench.Ranks;

/// <summary>Networks on a table that is divided among ranks: its rows are samples of a perceptron, and hours of stays for LSTMs.</summary>
/// <param name="works">What does the works, and tells of them.</param>
/// <param name="compute">How each rank uses its machine.</param>
internal sealed class RankedNetworks(DigestedWork works, ComputeOptions compute)
{
    private const ulong Seed = 7;
    private const int HoursPerStay = 48;
    private const int RowsPerBatch = 1024;

    private static readonly Mlp s_perceptron = new() { Training = new() { Epochs = 1, BatchSize = RowsPerBatch } };
    private static readonly Lstm s_mortality = new() { Training = new() { Epochs = 1, BatchesPerEpoch = 100 } };
    private static readonly Lstm s_decompensation = new() { Architecture = LstmArchitecture.PaperDecompensation, Training = new() { Epochs = 1, BatchSize = 64, BatchesPerEpoch = 10 } };

    /// <summary>Trains the networks.</summary>
    /// <param name="rows">Scaled rows, of which 48 in a row, or what is left at the end, are the hours of a stay.</param>
    /// <param name="labels">One label a row; that of a stay is its last.</param>
    public void Run(SampleMatrix rows, Labels labels)
    {
        Train("perceptron, an epoch", s_perceptron, new LabeledSamples(labels, rows));
        var stays = StaysOf(rows, labels, static hours => hours % HoursPerStay == 0);
        Train("LSTM of stays, 100 steps", s_mortality, stays);
        // Every fourth hour of a stay asks for the class then: all are answered by one walk.
        Train("LSTM of prefixes, 10 steps", s_decompensation, StaysOf(rows, labels, static hours => hours % 4 == 0), withProbabilities: false);
    }

    private static LabeledSamples StaysOf(SampleMatrix rows, Labels labels, Func<int, bool> isAsked)
    {
        var stayCount = (int)((rows.RowCount + HoursPerStay - 1) / HoursPerStay);
        var offsets = Array.ConvertAll([.. Enumerable.Range(0, stayCount + 1)], stay => Math.Min(rows.RowCount, (long)stay * HoursPerStay));
        var episodes = new EpisodeStore(rows, offsets);
        PrefixSample[] prefixes =
        [
            .. Enumerable.Range(0, stayCount).SelectMany(stay => Enumerable.Range(1, episodes.HoursOf(stay)).Where(hours => isAsked(hours) || hours == episodes.HoursOf(stay)).Select(hours => new PrefixSample(stay, hours))),
        ];
        var rowsAsked = Array.ConvertAll(prefixes, prefix => episodes.RowOf(prefix.Stay, prefix.Hours - 1));
        return new LabeledSamples(labels.Select(rowsAsked), sequences: new SequenceSamples(episodes, prefixes));
    }

    private void Train(string name, IPrognosisModel model, LabeledSamples samples, bool withProbabilities = true)
    {
        var fit = works.Do(name, () => model.Fit(new TrainingTask(samples) { Seed = Seed, Compute = compute }), static fit => DigestedWork.Bytes(ParametersOf(fit)));
        if (!withProbabilities)
            return;
        works.Do("  probabilities", () => ProbabilitiesOf(fit, samples), static probabilities => DigestedWork.Bytes<double>(probabilities));
    }

    private static ReadOnlySpan<float> ParametersOf(IFittedModel fit) => fit is Mlp.Fitted perceptron ? perceptron.Parameters : ((Lstm.Fitted)fit).Parameters;

    private double[] ProbabilitiesOf(IFittedModel fit, LabeledSamples samples)
    {
        var probabilities = new double[samples.Count];
        fit.Predict(samples, probabilities, compute);
        return probabilities;
    }
}
