using Engine.Compute;
using Engine.Data;

namespace Engine.Resampling;

/// <summary>SMOTE, then removal of the Tomek links among original and made rows.</summary>
/// <remarks>
/// <para><b>Determinism</b>: that of <see cref="Resampling.Smote"/>; cleaning draws nothing.</para>
/// <para><b>Cost</b>: SMOTE, then the searches of <see cref="TomekLinks"/> among all rows, made ones computed each time they are read.</para>
/// <para><b>Source</b>: Batista, Bazzan, Monard 2003; SMOTETomek of imbalanced-learn, which removes both rows of a link, as the default here does.</para>
/// </remarks>
public sealed record SmoteTomek : ISampler
{
    /// <summary>Gets what makes rows.</summary>
    public required Smote Smote { get; init; }

    /// <summary>Gets what removes rows; by default both rows of every link.</summary>
    public TomekLinks Cleaning { get; init; } = new() { Classes = CleanedClasses.Both };

    /// <summary>Plans the rows to keep and to make.</summary>
    /// <param name="training">Rows, finite; labels, the minority class needs more rows than SMOTE has neighbors.</param>
    /// <param name="compute">How to use the machine; the processor, every core, when null.</param>
    /// <returns>Original rows that stay, in row order, and made rows that stay.</returns>
    /// <exception cref="ArgumentException">As in <see cref="Smote.Plan"/> and <see cref="TomekLinks.Plan"/>.</exception>
    /// <exception cref="OperationCanceledException">A search was stopped.</exception>
    public ResamplingPlan Plan(LabeledSamples training, ComputeOptions? compute = null) => CleanedSmote.Plan(Smote, Cleaning.FindRemoved, training, compute ?? ComputeOptions.Default);
}
