using System.Numerics;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Metrics;

/// <summary>The checks that every metric makes of its input, in one order and with one wording.</summary>
internal static class MetricArguments
{
    /// <summary>Throws unless there is one label a score and each is 0 or 1.</summary>
    public static void CheckLabels<T>(ReadOnlySpan<T> scores, ReadOnlySpan<byte> labels)
    {
        if (labels.Length != scores.Length)
            Throw.Argument_LengthsDiffer(nameof(labels), labels.Length, nameof(scores), scores.Length);
        var other = labels.IndexOfAnyExcept<byte>(0, 1);
        if (other >= 0)
            Throw.Argument_LabelNotBinary(nameof(labels), other, labels[other]);
    }

    /// <summary>Throws unless there are no weights, or one a score and each is finite and 0 or more.</summary>
    public static void CheckWeights<T>(ReadOnlySpan<T> scores, ReadOnlySpan<float> weights)
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

    /// <summary>Returns a threshold as scores of a type hold it, so that .7 means .7f where scores are floats; or throws when it is NaN.</summary>
    public static double ToThreshold<T>(double threshold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (double.IsNaN(threshold))
            Throw.ArgumentOutOfRange(nameof(threshold), threshold, "any number; infinity predicts one class only");
        return double.CreateTruncating(T.CreateTruncating(threshold));
    }

    /// <summary>Throws unless the class is 0 or 1.</summary>
    public static void CheckClass(byte scoredClass)
    {
        if (scoredClass > 1)
            Throw.ArgumentOutOfRange(nameof(scoredClass), scoredClass, "0 (class C0) or 1 (class C1)");
    }

    /// <summary>Throws unless both models have as many scores.</summary>
    public static void CheckPair<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second)
    {
        if (second.Length != first.Length)
            Throw.Argument_LengthsDiffer(nameof(second), second.Length, nameof(first), first.Length);
    }

    /// <summary>Throws unless the groups speak of as many rows as there are scores.</summary>
    public static void CheckGroups<T>(ReadOnlySpan<T> scores, Subgroups groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.RowCount != scores.Length)
            Throw.Argument_LengthsDiffer(nameof(groups), groups.RowCount, nameof(scores), scores.Length);
    }

    /// <summary>Throws unless the confidence is between 0 and 1.</summary>
    public static void CheckConfidence(double confidence)
    {
        if (!(confidence > 0 && confidence < 1))
            Throw.ArgumentOutOfRange(nameof(confidence), confidence, "above 0 and below 1, such as 0.95");
    }

    /// <summary>Returns options for a number of threads, or throws unless it is 1 or more, or -1.</summary>
    public static ParallelOptions ToOptions(int maxThreadCount)
    {
        if (maxThreadCount is 0 or < -1)
            Throw.ArgumentOutOfRange(nameof(maxThreadCount), maxThreadCount, "1 or more, or -1 for all processors");
        return new ParallelOptions { MaxDegreeOfParallelism = maxThreadCount };
    }

    /// <summary>Returns how many threads options allow.</summary>
    public static int ThreadsOf(ParallelOptions options) => ParallelLoop.WorkersOf(options);
}
