using Engine.Diagnostics;

namespace Engine.Metrics;

/// <summary>The checks that every metric makes of its input, in one order and with one wording.</summary>
internal static class MetricArguments
{
    /// <summary>Throws unless there is one label a score and each is 0 or 1.</summary>
    public static void CheckLabels(ReadOnlySpan<float> scores, ReadOnlySpan<byte> labels)
    {
        if (labels.Length != scores.Length)
            Throw.Argument_LengthsDiffer(nameof(labels), labels.Length, nameof(scores), scores.Length);
        var other = labels.IndexOfAnyExcept<byte>(0, 1);
        if (other >= 0)
            Throw.Argument_LabelNotBinary(nameof(labels), other, labels[other]);
    }

    /// <summary>Throws unless there are no weights, or one a score and each is finite and 0 or more.</summary>
    public static void CheckWeights(ReadOnlySpan<float> scores, ReadOnlySpan<float> weights)
    {
        if (weights.IsEmpty)
            return;
        if (weights.Length != scores.Length)
            Throw.Argument_LengthsDiffer(nameof(weights), weights.Length, nameof(scores), scores.Length);
        for (var row = 0; row < weights.Length; row++)
        {
            if (!(weights[row] >= 0 && float.IsFinite(weights[row])))
                Throw.Argument_WeightInvalid(nameof(weights), row, weights[row]);
        }
    }

    /// <summary>Throws when the threshold is NaN.</summary>
    public static void CheckThreshold(float threshold)
    {
        if (float.IsNaN(threshold))
            Throw.ArgumentOutOfRange(nameof(threshold), threshold, "any number; infinity predicts one class only");
    }

    /// <summary>Throws unless the class is 0 or 1.</summary>
    public static void CheckClass(byte scoredClass)
    {
        if (scoredClass > 1)
            Throw.ArgumentOutOfRange(nameof(scoredClass), scoredClass, "0 (class C0) or 1 (class C1)");
    }
}
