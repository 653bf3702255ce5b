using Engine.Data;
using Engine.Logistic;

namespace Engine.Prognosis;

/// <summary>A fitted model.</summary>
public interface IPrognosis
{
    /// <summary>Gets how the fit ended; null for a model that does not say.</summary>
    FitStatus? Status => null;

    /// <summary>Gives each row a probability of class 1.</summary>
    /// <param name="samples">n x p rows of the features that were fitted.</param>
    /// <param name="probabilities">Receives n values in [0, 1]; in double, where rows far on the side of class 1 still differ.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    void Predict(SampleMatrix samples, Span<double> probabilities, CancellationToken cancellationToken);
}
