using Engine.Resampling;

namespace Engine.Prognosis;

/// <summary>A kind of model that gives each sample a probability of class 1; fitted again for every resampling.</summary>
public interface IPrognosisModel
{
    /// <summary>Gets the name in results, such as "logistic".</summary>
    string Name { get; }

    /// <summary>Gets what the model reads of its samples.</summary>
    SampleForm Reads { get; }

    /// <summary>Gets whether <see cref="FitMany"/> gives the bits of fits one by one, so that a fit that was kept may stand for one of several.</summary>
    bool FitsAlone { get; }

    /// <summary>Gets what the model was told, in words, such as "ridge penalty" and "1000": whatever a result depends on beside data and seed.</summary>
    IReadOnlyList<KeyValuePair<string, string>> Settings { get; }

    /// <summary>Fits the model.</summary>
    /// <param name="task">What to fit on, and how the work is done.</param>
    /// <returns>The fitted model.</returns>
    /// <exception cref="InvalidOperationException">The samples lack what the model reads.</exception>
    /// <exception cref="ArgumentException">The samples, plan or weights do not fit each other, or cannot be fitted.</exception>
    /// <exception cref="OperationCanceledException">The fit was stopped.</exception>
    IFittedModel Fit(TrainingTask task);

    /// <summary>Fits the model for several resamplings of the same samples; each fit may start from another, or share its passes over the samples.</summary>
    /// <param name="task">What to fit on; its plan, start and checkpoint file are not used.</param>
    /// <param name="plans">One resampling a fit, close ones next to each other.</param>
    /// <returns>The fitted models, in the order of <paramref name="plans"/>; they may be made while they are read.</returns>
    IEnumerable<IFittedModel> FitMany(TrainingTask task, IReadOnlyList<ResamplingPlan> plans) =>
        plans.Select(plan => Fit(task with { Plan = plan, Start = null, CheckpointFile = null }));

    /// <summary>Reads a model that <see cref="IFittedModel.Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The fitted model; it predicts the same bits.</returns>
    /// <exception cref="InvalidDataException">The file holds no model of this kind, or is damaged.</exception>
    IFittedModel Load(string path);
}
