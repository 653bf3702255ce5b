using System.Globalization;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Networks;

/// <summary>The state of a training after an epoch, as a file: a safetensors file of the parameters, Adam's moments, the history, and the parameters that may still be chosen.</summary>
/// <remarks>Draws are functions of the seed and the step, so that nothing else is needed to go on with the same bits.</remarks>
internal sealed record TrainingCheckpoint
{
    private const string Kind = "engine training checkpoint 1";
    private const string KindName = "kind";
    private const string ParametersName = "parameters";
    private const string MeansName = "adam.means";
    private const string SquaresName = "adam.squares";
    private const string HistoryName = "history";
    private const string EpochName = "epoch.";
    private const int HistoryColumns = 7;

    /// <summary>Gets what the training is, by name: network, settings, seed, data.</summary>
    public required IReadOnlyDictionary<string, string> Identity { get; init; }

    /// <summary>Gets the parameters, in the order of memory.</summary>
    public required float[] Parameters { get; init; }

    /// <summary>Gets the mean gradients.</summary>
    public required float[] Means { get; init; }

    /// <summary>Gets the mean squared gradients.</summary>
    public required float[] Squares { get; init; }

    /// <summary>Gets the epochs so far.</summary>
    public required IReadOnlyList<EpochReport> History { get; init; }

    /// <summary>Gets the parameters of earlier epochs that may be chosen, by epoch.</summary>
    public required IReadOnlyDictionary<int, float[]> Kept { get; init; }

    /// <summary>Says what a training is, so that a checkpoint of another is known.</summary>
    /// <param name="training">The training.</param>
    public static Dictionary<string, string> IdentityOf(NetworkTraining training)
    {
        var settings = training.Settings;
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["network"] = $"{training.Description}; {string.Join(", ", training.Tensors.Select(static tensor => $"{tensor.Name} [{string.Join(' ', tensor.Shape)}]"))}",
            // The number of epochs and the patience change when training ends, and nothing before.
            ["settings"] = string.Create(
                CultureInfo.InvariantCulture,
                $"batch size {settings.BatchSize}, batches an epoch {settings.BatchesPerEpoch?.ToString(CultureInfo.InvariantCulture) ?? "all"}, multiplicities as {(settings.HasMultiplicitiesAsWeights ? "weights" : "places")}, ")
                + string.Create(CultureInfo.InvariantCulture, $"learning rate {settings.LearningRate:R}, betas {settings.Beta1:R} and {settings.Beta2:R}, epsilon {settings.Epsilon:R}, ")
                + $"epoch choice {settings.EpochChoice}, validation group {settings.ValidationGroup ?? "none"}",
            ["seed"] = training.Seed.ToString(CultureInfo.InvariantCulture),
            ["data"] = DigestOf(training),
        };
    }

    /// <summary>Writes the file, complete or not at all.</summary>
    public void Write(string path)
    {
        var history = new double[History.Count * HistoryColumns];
        foreach (var (row, report) in History.Index())
            Columns(report).CopyTo(history.AsSpan(row * HistoryColumns));
        var tensors = new List<SafetensorsTensor>
        {
            new(HistoryName, [History.Count, HistoryColumns], history),
            new(ParametersName, [Parameters.Length], Parameters),
            new(MeansName, [Means.Length], Means),
            new(SquaresName, [Squares.Length], Squares),
        };
        foreach (var (epoch, parameters) in Kept.OrderBy(static pair => pair.Key))
            tensors.Add(new(EpochName + epoch.ToString(CultureInfo.InvariantCulture), [parameters.Length], parameters));
        new SafetensorsFile(tensors, new Dictionary<string, string>(Identity) { [KindName] = Kind }).Write(path);
    }

    /// <summary>Reads the state to go on from.</summary>
    /// <param name="path">A checkpoint.</param>
    /// <param name="identity">What the training is that is to go on.</param>
    /// <param name="parameterCount">The number of its parameters.</param>
    /// <exception cref="InvalidDataException">The file is no checkpoint, or one of another network, other settings, another seed or other data; the message says which.</exception>
    public static TrainingCheckpoint Read(string path, IReadOnlyDictionary<string, string> identity, int parameterCount)
    {
        var file = SafetensorsFile.Read(path);
        if (file.Metadata.GetValueOrDefault(KindName) != Kind)
            Throw.InvalidData_File(path, "this is no checkpoint of a training that this version reads; delete it, or name another file.");
        foreach (var (name, expected) in identity)
        {
            var found = file.TextOf(name);
            if (found != expected)
                Throw.InvalidData_File(path, $"the checkpoint is of another training: its {name} is '{found}' where '{expected}' is to be trained; delete it, or name another file.");
        }

        var epochs = file.Tensors.FirstOrDefault(static tensor => tensor.Name == HistoryName) is { Shape: [var rows and > 0, _] } ? rows : 1;
        var values = file.DoublesOf(HistoryName, epochs, HistoryColumns);
        var history = new EpochReport[epochs];
        for (var row = 0; row < epochs; row++)
            history[row] = ReportOf(row + 1, values.Slice(row * HistoryColumns, HistoryColumns));
        var kept = new Dictionary<int, float[]>();
        foreach (var tensor in file.Tensors)
        {
            if (tensor.Name.StartsWith(EpochName, StringComparison.Ordinal) && int.TryParse(tensor.Name.AsSpan(EpochName.Length), CultureInfo.InvariantCulture, out var epoch))
                kept[epoch] = file.SinglesOf(tensor.Name, parameterCount).ToArray();
        }

        return new TrainingCheckpoint
        {
            Identity = identity,
            Parameters = file.SinglesOf(ParametersName, parameterCount).ToArray(),
            Means = file.SinglesOf(MeansName, parameterCount).ToArray(),
            Squares = file.SinglesOf(SquaresName, parameterCount).ToArray(),
            History = history,
            Kept = kept,
        };
    }

    private static double[] Columns(EpochReport report) =>
    [
        report.TrainingLoss, report.ValidationLoss ?? double.NaN, report.BalancedAccuracy ?? double.NaN, report.TrapezoidPrC1 ?? double.NaN,
        report.Auroc ?? double.NaN, report.GroupBalancedAccuracy ?? double.NaN, report.GroupTrapezoidPrC1 ?? double.NaN,
    ];

    private static EpochReport ReportOf(int epoch, ReadOnlySpan<double> columns)
    {
        return new EpochReport(epoch, columns[0])
        {
            ValidationLoss = Known(columns[1]),
            BalancedAccuracy = Known(columns[2]),
            TrapezoidPrC1 = Known(columns[3]),
            Auroc = Known(columns[4]),
            GroupBalancedAccuracy = Known(columns[5]),
            GroupTrapezoidPrC1 = Known(columns[6]),
        };

        static double? Known(double value) => double.IsNaN(value) ? null : value;
    }

    private static string DigestOf(NetworkTraining training)
    {
        using var digest = new DataDigest();
        digest.Add<char>(training.DataDigest);
        foreach (var sample in training.Samples)
            digest.Add([sample.Row, ((long)BitConverter.SingleToInt32Bits(sample.Weight) << 8) | sample.Label]);
        digest.Add(training.Lengths.Span);
        if (training.ValidationLabels is { } labels)
            digest.Add(labels.Values);
        if (training.ValidationGroup is { } group)
            digest.Add<long>(group.ToRows());
        return digest.ToString();
    }
}
