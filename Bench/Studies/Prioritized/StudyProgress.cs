using System.Globalization;
using Bench.Cohorts;
using Engine.Networks;

namespace Bench.Studies.Prioritized;

/// <summary>Tells how far a study is: which model of how many, and, of a network, which epoch.</summary>
internal sealed class StudyProgress
{
    private readonly IProgress<CohortProgress>? _progress;
    private readonly int _repeatCount;
    private readonly int _modelsOfRepeat;
    private readonly bool _hasEpochs;
    private readonly CancellationToken _cancellation;
    private string _arm = string.Empty;
    private int _modelsOfArm;
    private int _done;
    private int _doneOfArm;
    private int _epoch;
    private int _epochCount = 1;

    /// <summary>Begins at nothing.</summary>
    /// <param name="progress">Receives it; null for nobody.</param>
    /// <param name="repeatCount">The repeats.</param>
    /// <param name="modelsOfRepeat">The models of each.</param>
    /// <param name="hasEpochs">Whether models are trained in epochs.</param>
    /// <param name="cancellation">Stops the study where it tells something.</param>
    public StudyProgress(IProgress<CohortProgress>? progress, int repeatCount, int modelsOfRepeat, bool hasEpochs, CancellationToken cancellation) =>
        (_progress, _repeatCount, _modelsOfRepeat, _hasEpochs, _cancellation) = (progress, repeatCount, modelsOfRepeat, hasEpochs, cancellation);

    /// <summary>Begins an arm.</summary>
    public void Begin(ArmName name, int repeat, int modelCount)
    {
        _arm = (_repeatCount == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"repeat {repeat} of {_repeatCount}, ")) + NameOf(name);
        (_modelsOfArm, _doneOfArm, _epoch) = (modelCount, 0, 0);
        Tell();
    }

    /// <summary>Takes note of an epoch.</summary>
    public void TellEpoch(TrainingProgress told)
    {
        // The next model of an arm begins again at its first epoch.
        if (told.Epoch < _epoch)
            _doneOfArm = Math.Min(_doneOfArm + 1, _modelsOfArm - 1);
        (_epoch, _epochCount) = (told.Epoch, told.EpochCount);
        Tell();
    }

    /// <summary>Takes note of a model of a search.</summary>
    public void TellModel()
    {
        _doneOfArm++;
        _epoch = 0;
        Tell();
    }

    /// <summary>Ends an arm, trained or not.</summary>
    public void End()
    {
        _done += _modelsOfArm;
        (_modelsOfArm, _doneOfArm, _epoch) = (0, 0, 0);
        Tell();
    }

    /// <summary>Tells of the draws of an arm's intervals.</summary>
    /// <param name="name">The arm.</param>
    /// <param name="arms">All arms.</param>
    public void TellDrawing(ArmName name, IReadOnlyList<ArmName> arms)
    {
        _cancellation.ThrowIfCancellationRequested();
        _progress?.Report(new CohortProgress($"drawing patients: {NameOf(name)}", arms.Index().First(one => one.Item == name).Index, arms.Count, "arms"));
    }

    private static string NameOf(ArmName name) => name.Served is null ? name.Method : $"{name.Method} for {name.Served}";

    private void Tell()
    {
        _cancellation.ThrowIfCancellationRequested();
        var model = _modelsOfArm > 1 ? string.Create(CultureInfo.InvariantCulture, $", model {Math.Min(_doneOfArm + 1, _modelsOfArm)} of {_modelsOfArm}") : string.Empty;
        var epoch = _epoch > 0 ? string.Create(CultureInfo.InvariantCulture, $", epoch {_epoch} of {_epochCount}") : string.Empty;
        var models = _done + _doneOfArm;
        _progress?.Report(_hasEpochs
            ? new CohortProgress($"training: {_arm}{model}{epoch}", ((long)models * _epochCount) + Math.Max(_epoch - 1, 0), (long)_repeatCount * _modelsOfRepeat * _epochCount, "epochs")
            : new CohortProgress($"training: {_arm}{model}", models, (long)_repeatCount * _modelsOfRepeat, "models"));
    }
}
