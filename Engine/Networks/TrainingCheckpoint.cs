using System.Globalization;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Networks;

/// <summary>The state of a training after an epoch, as a file: a safetensors file of the parameters, Adam's moments, the history, and the parameters that may still be chosen.</summary>
/// <remarks>Draws are functions of the seed and the step, so that nothing else is needed to go on with the same bits.</remarks>
internal sealed partial record TrainingCheckpoint
{
    private const string Kind = "engine training checkpoint 1";
    private const string KindName = "kind";
    private const string ParametersName = "parameters";
    private const string MeansName = "adam.means";
    private const string SquaresName = "adam.squares";
    private const string HistoryName = "epochs";
    private const string EpochName = "epoch.";

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
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["network"] = $"{training.Description}; {string.Join(", ", training.Tensors.Select(static tensor => $"{tensor.Name} [{string.Join(' ', tensor.Shape)}]"))}",
            ["settings"] = string.Join(", ", training.Settings.ThatShapeSteps().Select(static pair => $"{pair.Key} {pair.Value}")),
            ["seed"] = training.Seed.ToString(CultureInfo.InvariantCulture),
            ["data"] = DigestOf(training),
        };
    }

    /// <summary>Writes the file, complete or not at all.</summary>
    public void Write(string path)
    {
        var tensors = new List<SafetensorsTensor>
        {
            new(ParametersName, [Parameters.Length], Parameters),
            new(MeansName, [Means.Length], Means),
            new(SquaresName, [Squares.Length], Squares),
        };
        foreach (var (epoch, parameters) in Kept.OrderBy(static pair => pair.Key))
            tensors.Add(new(EpochName + epoch.ToString(CultureInfo.InvariantCulture), [parameters.Length], parameters));
        new SafetensorsFile(tensors, new Dictionary<string, string>(Identity) { [KindName] = Kind, [HistoryName] = EpochHistory.ToText(History) }).Write(path);
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

        var history = EpochHistory.Parse(path, file.TextOf(HistoryName));
        if (history.Count == 0)
            Throw.InvalidData_File(path, "the checkpoint is of no epoch; delete it, or name another file.");
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
