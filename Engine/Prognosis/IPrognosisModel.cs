using Engine.Data;
using Engine.Resampling;

namespace Engine.Prognosis;

/// <summary>A kind of model that gives each row a probability of class 1; fitted again for every resampling.</summary>
public interface IPrognosisModel
{
    /// <summary>Gets the name in results, such as "logistic".</summary>
    string Name { get; }

    /// <summary>Fits the model.</summary>
    /// <param name="samples">n x p training rows.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="plan">Which rows are used, how often, and which are made.</param>
    /// <param name="start">A fit of almost the same rows to start from, or null; it may save time, and changes no result beyond the fit's tolerance.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>The fitted model.</returns>
    IPrognosis Fit(SampleMatrix samples, Labels labels, ResamplingPlan plan, IPrognosis? start, CancellationToken cancellationToken);
}
