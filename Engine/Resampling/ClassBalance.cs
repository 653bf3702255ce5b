using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Resampling;

/// <summary>The two classes as a sampler sees them, in the whole table or in one group of rows, and the counts that a target ratio of minority to majority rows asks for.</summary>
internal readonly struct ClassBalance
{
    private ClassBalance(int positiveCount, int negativeCount)
    {
        MinorityClass = positiveCount <= negativeCount ? (byte)1 : (byte)0;
        MinorityCount = Math.Min(positiveCount, negativeCount);
        MajorityCount = Math.Max(positiveCount, negativeCount);
    }

    public byte MinorityClass { get; }

    public byte MajorityClass => (byte)(1 - MinorityClass);

    public int MinorityCount { get; }

    public int MajorityCount { get; }

    /// <summary>Reads the classes; both must be present.</summary>
    public static ClassBalance Of(Labels labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var balance = new ClassBalance(labels.PositiveCount, labels.NegativeCount);
        if (balance.MinorityCount == 0)
            Throw.Argument_Invalid(nameof(labels), $"class {balance.MinorityClass} has no rows; resampling needs both classes.");
        return balance;
    }

    /// <summary>Reads the classes within a group, where both must be present; the rarer class is that of the group.</summary>
    public static ClassBalance Of(Labels labels, RowMask? group, string groupName)
    {
        if (group is null)
            return Of(labels);
        ArgumentNullException.ThrowIfNull(labels);
        if (group.RowCount != labels.Count)
            Throw.Argument_LengthsDiffer(groupName, group.RowCount, nameof(labels), labels.Count);
        if (group.Count == 0)
            Throw.Argument_Invalid(groupName, $"{groupName} has no row; choose a group that has some.");
        var positiveCount = labels.ToMask(1).And(group).Count;
        var balance = new ClassBalance(positiveCount, group.Count - positiveCount);
        if (balance.MinorityCount == 0)
            Throw.Argument_Invalid(groupName, $"class {balance.MinorityClass} has no rows among the {group.Count:N0} of {groupName}; resampling needs both classes.");
        return balance;
    }

    /// <summary>Reads the classes of a table; both must be present and every row must have a label.</summary>
    public static ClassBalance Of(SampleMatrix samples, Labels labels)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != samples.RowCount)
            Throw.Argument_LengthsDiffer(nameof(labels), labels.Count, nameof(samples), samples.RowCount);
        return Of(labels);
    }

    /// <summary>Returns how many minority rows must be added: floor(ratio x majority - minority), imbalanced-learn's rule.</summary>
    public int RowsToAdd(double targetRatio)
    {
        Check(targetRatio);
        var toAdd = (int)((MajorityCount * targetRatio) - MinorityCount);
        if ((MajorityCount * targetRatio) - MinorityCount < 0)
            Throw.ArgumentOutOfRange(nameof(targetRatio), targetRatio, $"{(double)MinorityCount / MajorityCount:g4} (the present ratio) to 1; oversampling only adds rows");
        return toAdd;
    }

    /// <summary>Returns how many majority rows may stay: floor(minority / ratio), imbalanced-learn's rule.</summary>
    public int MajorityRowsToKeep(double targetRatio)
    {
        Check(targetRatio);
        var toKeep = (int)(MinorityCount / targetRatio);
        if (toKeep > MajorityCount)
            Throw.ArgumentOutOfRange(nameof(targetRatio), targetRatio, $"{(double)MinorityCount / MajorityCount:g4} (the present ratio) to 1; undersampling only removes rows");
        return toKeep;
    }

    private static void Check(double targetRatio)
    {
        if (!(targetRatio is > 0 and <= 1))
            Throw.ArgumentOutOfRange(nameof(targetRatio), targetRatio, "above 0, up to 1");
    }
}
