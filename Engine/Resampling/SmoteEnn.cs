using Engine.Compute;
using Engine.Data;

namespace Engine.Resampling;

/// <summary>SMOTE, then removal of original and made rows whose nearest rows do not agree with their class.</summary>
/// <remarks>
/// <para><b>Determinism</b>: that of <see cref="Resampling.Smote"/>; cleaning draws nothing.</para>
/// <para><b>Cost</b>: SMOTE, then the searches of <see cref="EditedNearestNeighbors"/> among all rows, made ones computed each time they are read.</para>
/// <para><b>Source</b>: Batista, Prati, Monard 2004; SMOTEENN of imbalanced-learn, which cleans both classes, as the default here does.</para>
/// </remarks>
public sealed record SmoteEnn : ISampler
{
    /// <summary>Gets what makes rows.</summary>
    public required Smote Smote { get; init; }

    /// <summary>Gets what removes rows; by default those of both classes unless all three neighbors agree.</summary>
    public EditedNearestNeighbors Cleaning { get; init; } = new() { Classes = CleanedClasses.Both };

    /// <summary>Plans the rows to keep and to make.</summary>
    /// <param name="training">Rows, finite; labels, the minority class needs more rows than SMOTE has neighbors.</param>
    /// <param name="compute">How to use the machine; the processor, every core, when null.</param>
    /// <returns>Original rows that stay, in row order, and made rows that stay.</returns>
    /// <exception cref="ArgumentException">As in <see cref="Smote.Plan"/> and <see cref="EditedNearestNeighbors.Plan"/>.</exception>
    /// <exception cref="OperationCanceledException">A search was stopped.</exception>
    public ResamplingPlan Plan(LabeledSamples training, ComputeOptions? compute = null) => CleanedSmote.Plan(Smote, Cleaning.FindRemoved, training, compute ?? ComputeOptions.Default);
}
