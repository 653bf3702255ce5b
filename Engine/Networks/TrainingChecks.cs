using Engine.Diagnostics;

namespace Engine.Networks;

/// <summary>What must hold before a training begins.</summary>
internal static class TrainingChecks
{
    /// <summary>Throws where a setting is out of its range, or the parts of a training do not fit together.</summary>
    /// <param name="training">The training.</param>
    /// <exception cref="ArgumentException">The message names the setting, its value and the range.</exception>
    public static void Check(NetworkTraining training)
    {
        var settings = training.Settings;
        CheckWhole(nameof(settings.Epochs), settings.Epochs);
        CheckWhole(nameof(settings.BatchSize), settings.BatchSize);
        CheckWhole(nameof(settings.BatchesPerEpoch), settings.BatchesPerEpoch ?? 1);
        CheckWhole(nameof(settings.Patience), settings.Patience ?? 1);
        CheckPositive(nameof(settings.LearningRate), settings.LearningRate);
        CheckPositive(nameof(settings.Epsilon), settings.Epsilon);
        CheckShare(nameof(settings.Beta1), settings.Beta1);
        CheckShare(nameof(settings.Beta2), settings.Beta2);
        if (!Enum.IsDefined(settings.EpochChoice))
            Throw.ArgumentOutOfRange(nameof(settings.EpochChoice), settings.EpochChoice, "a named choice");
        if (training.Samples.Length == 0)
            Throw.Argument_Invalid(nameof(training.Samples), "there are no samples to train on.");
        if (!training.Lengths.IsEmpty && training.Lengths.Length != training.Samples.Length)
            Throw.Argument_LengthsDiffer(nameof(training.Lengths), training.Lengths.Length, nameof(training.Samples), training.Samples.Length);
        if (training.ValidationLabels is not { } labels)
        {
            if (settings.Patience is not null)
                Throw.Argument_Invalid(nameof(settings.Patience), "patience is about the validation loss, and there are no validation samples; add some, or leave it null.");
            return;
        }

        if (labels.Count == 0)
            Throw.Argument_Invalid("validation", "there are no validation samples; pass some, or none at all.");
        if (training.ValidationGroup is { } group && group.RowCount != labels.Count)
            Throw.Argument_LengthsDiffer(nameof(training.ValidationGroup), group.RowCount, nameof(training.ValidationLabels), labels.Count);
        EpochChooser.EnsureClasses(settings.EpochChoice, labels, training.ValidationGroup);
    }

    private static void CheckWhole(string name, int value)
    {
        if (value < 1)
            Throw.ArgumentOutOfRange(name, value, "1 or more");
    }

    private static void CheckPositive(string name, double value)
    {
        if (!(value > 0 && double.IsFinite(value)))
            Throw.ArgumentOutOfRange(name, value, "finite and above 0");
    }

    private static void CheckShare(string name, double value)
    {
        if (!(value is >= 0 and < 1))
            Throw.ArgumentOutOfRange(name, value, "0 to below 1");
    }
}
