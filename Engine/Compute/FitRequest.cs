using Engine.Data;

namespace Engine.Compute;

/// <summary>The rows of a logistic regression and what is known of each.</summary>
/// <param name="Samples">n x p. What rows of weight 0 hold does not matter.</param>
/// <param name="Labels">n labels, 0 or 1.</param>
public sealed record FitRequest(SampleMatrix Samples, ReadOnlyMemory<byte> Labels)
{
    /// <summary>Gets n weights; empty where every row has weight 1. A row of weight 0 adds nothing at all.</summary>
    public ReadOnlyMemory<double> Weights { get; init; }

    /// <summary>Gets n offsets of the linear predictor; empty for none.</summary>
    public ReadOnlyMemory<double> Offsets { get; init; }
}
