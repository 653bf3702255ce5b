using System.Text.Json;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Logistic;

/// <content>Save and load, as JSON.</content>
public sealed partial class LogisticFit
{
    /// <summary>Writes the fit as JSON: every number in the shortest form that reads back to the same bits.</summary>
    /// <param name="destination">Receives the text, UTF-8; stays open.</param>
    /// <exception cref="InvalidOperationException">The fit holds a number that is not finite, as a fit without an optimum can; the message names its field, and nothing is written.</exception>
    public void Save(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        destination.Write(ToJson());
    }

    /// <summary>Writes the fit as JSON into a file, which appears under its name, or replaces what has it, only when it is complete.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">As in the other overload.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        var text = ToJson();
        using var file = new PendingFile(path);
        file.Stream.Write(text);
        file.Commit();
    }

    /// <summary>Writes the coefficients alone as a safetensors file, for other programs: the output unit of a network without hidden layers.</summary>
    /// <param name="path">The file, such as the one of <see cref="Save(string)"/> with another ending; it appears under its name only when it is complete.</param>
    /// <exception cref="InvalidOperationException">A coefficient is not finite, as a fit without an optimum can have; nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <remarks>
    /// The tensors, float64: "output.weight" [1, p], one coefficient a feature, and "output.bias" [1], the intercept, 0 in a fit without; so the log odds of a row x are x output.weight' + output.bias.
    /// The metadata: "model", which is "logistic", and "status", the <see cref="FitStatus"/>. What inference needs is in the JSON.
    /// </remarks>
    public void SaveWeights(string path)
    {
        if (Array.FindIndex(_coefficients, static value => !double.IsFinite(value)) is var place and >= 0)
            Throw.InvalidOperation($"this fit, which ended as {Status}, cannot be saved: coefficient {place:N0} is {_coefficients[place]}. A ridge penalty, or another scale of columns and weights, gives a fit that can.");
        ReadOnlySpan<double> weights = HasIntercept ? _coefficients.AsSpan(1) : _coefficients;
        new SafetensorsFile(
            [new("output.weight", [1, weights.Length], weights), new("output.bias", [1], [HasIntercept ? _coefficients[0] : 0.0])],
            new Dictionary<string, string> { ["model"] = "logistic", ["status"] = Status.ToString() }).Write(path);
    }

    /// <summary>Reads what <see cref="Save(Stream)"/> wrote.</summary>
    /// <param name="source">The text.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="InvalidDataException">The text is no such fit, or of a later version; the message names the field.</exception>
    public static LogisticFit Load(Stream source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (Read(source, out var saved) is { } fault)
            Throw.InvalidData($"this is no saved fit: {fault}");
        return new LogisticFit(saved);
    }

    /// <summary>Reads what <see cref="Save(string)"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="InvalidDataException">The file holds no such fit, or one of a later version; the message names the file and the field.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LogisticFit Load(string path)
    {
        using var source = RegularFile.Open(path);
        if (Read(source, out var saved) is { } fault)
            Throw.InvalidData_File(path, $"this is no saved fit: {fault}");
        return new LogisticFit(saved);
    }

    /// <summary>Reads a fit, and returns what is wrong with the text or null.</summary>
    private static string? Read(Stream source, out SavedFit saved)
    {
        saved = new SavedFit();
        try
        {
            saved = (JsonSerializer.Deserialize(source, SavedFitJson.Default.SavedFit) ?? saved).ToCurrentVersion();
            return saved.FindFault();
        }
        catch (JsonException error)
        {
            return error.Message;
        }
    }

    private byte[] ToJson()
    {
        var saved = new SavedFit
        {
            Version = SavedFit.CurrentVersion,
            Status = Status,
            HasIntercept = HasIntercept,
            HasOffsets = HasOffsets,
            HasAddedRows = HasAddedRows,
            Coefficients = _coefficients,
            Covariance = SymmetricCovariance(),
            LeftOutCoefficients = [.. LeftOutCoefficients],
            SeparatingCoefficients = [.. SeparatingCoefficients],
            LogLikelihood = LogLikelihood,
            NullDeviance = NullDeviance,
            TotalWeight = TotalWeight,
            Iterations = Iterations,
        };
        if (saved.FindFault() is { } fault)
            Throw.InvalidOperation($"this fit, which ended as {Status}, cannot be saved: {fault} A ridge penalty, or another scale of columns and weights, gives a fit that can.");
        return JsonSerializer.SerializeToUtf8Bytes(saved, SavedFitJson.Default.SavedFit);
    }

    private double[] SymmetricCovariance()
    {
        var covariance = new double[_coefficients.Length * _coefficients.Length];
        for (var i = 0; i < covariance.Length; i++)
            covariance[i] = CovarianceOf(i / _coefficients.Length, i % _coefficients.Length);
        return covariance;
    }
}
