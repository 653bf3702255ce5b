using Engine.Compute;
using Engine.Data;

namespace Engine.Prognosis;

/// <summary>A fitted model.</summary>
public interface IFittedModel
{
    /// <summary>Gets how the fit went.</summary>
    ModelSummary Summary { get; }

    /// <summary>Gives each sample a probability of class 1.</summary>
    /// <param name="samples">n samples of the features that were fitted.</param>
    /// <param name="probabilities">Receives n values in [0, 1]; in double, where samples far on the side of class 1 still differ.</param>
    /// <param name="options">How to use the machine; every core when null.</param>
    /// <exception cref="InvalidOperationException">The samples lack what the model reads.</exception>
    void Predict(LabeledSamples samples, Span<double> probabilities, ComputeOptions? options = null);

    /// <summary>Computes the standard error of each coefficient, taking the clusters of the training samples, and not the samples, for independent.</summary>
    /// <param name="training">The samples that were fitted, each once.</param>
    /// <param name="options">How to use the machine; every core when null.</param>
    /// <returns>One error for each of the summary's coefficients; null for a model that has none, or that did not converge, and for samples of one cluster.</returns>
    IReadOnlyList<double>? ClusteredErrors(LabeledSamples training, ComputeOptions? options = null) => null;

    /// <summary>Writes the model to a file, complete or not at all.</summary>
    /// <param name="path">The file; it is replaced.</param>
    void Save(string path);
}
