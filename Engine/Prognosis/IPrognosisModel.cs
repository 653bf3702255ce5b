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
    /// <param name="start">A fit of almost the same rows to start from, or null; it may save time, and changes no result beyond the fit's tolerance. One that did not converge is not started from.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>The fitted model.</returns>
    IPrognosis Fit(SampleMatrix samples, Labels labels, ResamplingPlan plan, IPrognosis? start, CancellationToken cancellationToken);

    /// <summary>Fits the model for several resamplings of the same rows; each fit may start from another, or share its passes over the rows.</summary>
    /// <param name="samples">n x p training rows.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="plans">One resampling a fit, close ones next to each other.</param>
    /// <param name="cancellationToken">Stops the fits.</param>
    /// <returns>The fitted models, in the order of <paramref name="plans"/>; they may be made while they are read.</returns>
    IEnumerable<IPrognosis> FitMany(SampleMatrix samples, Labels labels, IReadOnlyList<ResamplingPlan> plans, CancellationToken cancellationToken)
    {
        IPrognosis? previous = null;
        foreach (var plan in plans)
        {
            // The neighboring plan moves a handful of rows: its solution is the best place to start.
            previous = Fit(samples, labels, plan, previous, cancellationToken);
            yield return previous;
        }
    }
}
