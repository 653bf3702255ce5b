using Engine.Prognosis;

namespace Bench.Studies.Journal;

/// <summary>A model whose finished fits are kept in a journal, and whose training goes on where it was stopped.</summary>
/// <param name="model">The kind of model; one whose fits stand alone.</param>
/// <param name="journal">Where fits are kept.</param>
internal sealed class JournaledModel(IPrognosisModel model, WorkJournal journal) : IPrognosisModel
{
    private const string Kind = "model";
    private const string CheckpointSuffix = ".checkpoint";

    /// <inheritdoc/>
    public string Name => model.Name;

    /// <inheritdoc/>
    public SampleForm Reads => model.Reads;

    /// <inheritdoc/>
    public bool FitsAlone => model.FitsAlone;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Settings => model.Settings;

    /// <summary>Keeps the fits of a model, where one of them may stand for one of several.</summary>
    /// <param name="model">The kind of model.</param>
    /// <param name="journal">Where fits are kept; null for nowhere.</param>
    public static IPrognosisModel Over(IPrognosisModel model, WorkJournal? journal) =>
        journal is not null && model.FitsAlone ? new JournaledModel(model, journal) : model;

    /// <inheritdoc/>
    public IFittedModel Fit(TrainingTask task)
    {
        var key = KeyOf(task);
        var checkpoint = journal.PathOf(Kind, key) + CheckpointSuffix;
        IFittedModel? fitted = null;
        var path = journal.GetOrRun(Kind, key, file =>
        {
            fitted = model.Fit(task with { CheckpointFile = checkpoint });
            fitted.Save(file);
        });
        File.Delete(checkpoint);
        return fitted ?? model.Load(path);
    }

    /// <inheritdoc/>
    public IFittedModel Load(string path) => model.Load(path);

    private string KeyOf(TrainingTask task) => string.Join(
        "\n",
        [
            model.Name,
            .. model.Settings.Select(setting => $"{setting.Key} {setting.Value}"),
            $"seed {task.Seed}",
            $"train {DataFingerprint.Of(task.Train)}",
            $"validation {(task.Validation is { } validation ? DataFingerprint.Of(validation) : "none")}",
            $"plan {DataFingerprint.Of(task.Plan)}",
            $"weights {DataFingerprint.Of(task.SampleWeights.Span)}",
        ]);
}
