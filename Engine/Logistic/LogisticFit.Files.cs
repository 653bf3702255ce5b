using System.Text.Json;
using Engine.Diagnostics;

namespace Engine.Logistic;

/// <content>Save and load, as JSON.</content>
public sealed partial class LogisticFit
{
    private const int FormatVersion = 1;

    /// <summary>Writes the fit as JSON: every number in the shortest form that reads back to the same bits.</summary>
    /// <param name="destination">Receives the text, UTF-8; stays open.</param>
    public void Save(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        JsonSerializer.Serialize(destination, new Document(
            FormatVersion, Status, HasIntercept, HasOffsets, _coefficients, _covariance.Value, [.. LeftOutFeatures], [.. SeparatingFeatures], LogLikelihood, NullDeviance, TotalWeight, Iterations));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="source">The text.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="InvalidDataException">The text is no such fit, or of a later version.</exception>
    public static LogisticFit Load(Stream source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Document? read = null;
        try
        {
            read = JsonSerializer.Deserialize<Document>(source);
        }
        catch (JsonException error)
        {
            Throw.InvalidData($"this is no saved fit: {error.Message}");
        }

        if (read is not { Version: FormatVersion, Coefficients: { } coefficients, Covariance: { } covariance, LeftOutFeatures: { } leftOut, SeparatingFeatures: { } separating })
        {
            Throw.InvalidData($"this is no saved fit of version {FormatVersion}.");
            return null;
        }

        if (covariance.Length != coefficients.Length * coefficients.Length)
            Throw.InvalidData($"the saved fit has {coefficients.Length} coefficients and {covariance.Length} covariances; it must have {coefficients.Length * coefficients.Length}.");
        return new LogisticFit(read.Status, read.HasIntercept, coefficients, () => covariance)
        {
            HasOffsets = read.HasOffsets,
            LeftOutFeatures = leftOut,
            SeparatingFeatures = separating,
            LogLikelihood = read.LogLikelihood,
            NullDeviance = read.NullDeviance,
            TotalWeight = read.TotalWeight,
            Iterations = read.Iterations,
        };
    }

    private sealed record Document(
        int Version,
        FitStatus Status,
        bool HasIntercept,
        bool HasOffsets,
        double[]? Coefficients,
        double[]? Covariance,
        int[]? LeftOutFeatures,
        int[]? SeparatingFeatures,
        double LogLikelihood,
        double NullDeviance,
        double TotalWeight,
        int Iterations);
}
