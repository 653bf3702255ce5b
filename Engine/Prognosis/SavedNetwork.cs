using System.Globalization;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Networks;

namespace Engine.Prognosis;

/// <summary>A trained network as a safetensors file: its tensors, float32, and in the metadata how the training went.</summary>
/// <remarks>The metadata: "model", the name of the kind; "epochs", see <see cref="EpochHistory"/>; "chosen epoch"; and the model's settings by their names. A file without it, as other programs write, is read as weights alone.</remarks>
internal static class SavedNetwork
{
    private const string ModelName = "model";
    private const string EpochsName = "epochs of training";
    private const string ChosenName = "chosen epoch";

    /// <summary>Returns whether a text of the metadata is no setting.</summary>
    public static bool IsOwn(string name) => name is ModelName or EpochsName or ChosenName;

    /// <summary>Writes a network, complete or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="parameters">Their values, in the order of files.</param>
    /// <param name="summary">How the training went.</param>
    /// <param name="settings">What the model was told.</param>
    public static void Write(string path, IReadOnlyList<NetworkTensor> tensors, ReadOnlySpan<float> parameters, ModelSummary summary, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var metadata = new Dictionary<string, string>(settings) { [ModelName] = summary.Model, [EpochsName] = EpochHistory.ToText(summary.Epochs) };
        if (summary.ChosenEpoch is { } chosen)
            metadata[ChosenName] = chosen.ToString(CultureInfo.InvariantCulture);
        var saved = new List<SafetensorsTensor>();
        foreach (var tensor in tensors)
            saved.Add(new(tensor.Name, [.. tensor.Shape], parameters.Slice(tensor.Offset, tensor.Length)));
        new SafetensorsFile(saved, metadata).Write(path);
    }

    /// <summary>Reads how the training of a saved network went.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="file">What it holds.</param>
    /// <param name="model">The kind of model that is to be read.</param>
    /// <exception cref="InvalidDataException">The file is of another kind of model, or its metadata cannot be read.</exception>
    public static ModelSummary SummaryOf(string path, SafetensorsFile file, string model)
    {
        if (!file.Metadata.TryGetValue(ModelName, out var saved))
            return new ModelSummary(model);
        if (saved != model)
            Throw.InvalidData_File(path, $"this is a model '{saved}' where '{model}' is asked for.");
        var summary = new ModelSummary(model) { Epochs = EpochHistory.Parse(path, file.Metadata.GetValueOrDefault(EpochsName, "[]")) };
        if (!file.Metadata.TryGetValue(ChosenName, out var text))
            return summary;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) || chosen < 1 || chosen > summary.Epochs.Count)
            Throw.InvalidData_File(path, $"its {ChosenName} is {text}, of {summary.Epochs.Count:N0} epochs.");
        return summary with { ChosenEpoch = chosen };
    }

    /// <summary>Reads the values of tensors.</summary>
    /// <param name="file">What a file holds.</param>
    /// <param name="tensors">The tensors, all of which must be there.</param>
    /// <returns>Their values, in the order of files.</returns>
    /// <exception cref="InvalidDataException">A tensor is missing, of another shape or type, or holds a value that is not finite.</exception>
    public static float[] ParametersOf(SafetensorsFile file, IReadOnlyList<NetworkTensor> tensors)
    {
        // All are looked at before memory is taken for what they may not hold.
        foreach (var tensor in tensors)
            _ = file.SinglesOf(tensor.Name, [.. tensor.Shape]);
        var parameters = new float[tensors.Sum(static tensor => tensor.Length)];
        foreach (var tensor in tensors)
            file.SinglesOf(tensor.Name, [.. tensor.Shape]).CopyTo(parameters.AsSpan(tensor.Offset));
        return parameters;
    }
}
