using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Neighbors;

namespace Engine.Resampling;

/// <summary>What oversamplers start from, checked: the minority rows of the table, or of one group as if the group were the table.</summary>
internal sealed class MinorityRows
{
    private readonly SampleMatrix _samples;
    private readonly RowMask? _group;

    private MinorityRows(SampleMatrix samples, RowMask? group, ClassBalance balance, int rowsToMake, long[] rows, ComputeOptions compute)
    {
        _samples = samples;
        _group = group;
        Balance = balance;
        RowsToMake = rowsToMake;
        Rows = rows;
        // Searched and measured many times, which is faster on a copy than on a view; a few per cent of the table.
        Values = compute.CopyWithinLimit(samples.SelectRows(rows));
    }

    /// <summary>Gets the classes.</summary>
    public ClassBalance Balance { get; }

    /// <summary>Gets how many rows the target ratio asks for.</summary>
    public int RowsToMake { get; }

    /// <summary>Gets the minority rows, ascending.</summary>
    public long[] Rows { get; }

    /// <summary>Gets the minority rows: a copy, where memory allows one.</summary>
    public SampleMatrix Values { get; }

    /// <summary>Checks everything that can be wrong before a search.</summary>
    /// <param name="samples">n x p.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="group">The rows to stay within, or null for all; errors call it Rows.</param>
    /// <param name="neighborCount">How many others each minority row must have.</param>
    /// <param name="targetRatio">Minority rows / majority rows after sampling.</param>
    /// <param name="compute">How to use the machine.</param>
    /// <param name="count">How many rows to make; null for as many as the ratio asks for.</param>
    public static MinorityRows Of(SampleMatrix samples, Labels labels, RowMask? group, int neighborCount, double targetRatio, ComputeOptions compute, int? count = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != samples.RowCount)
            Throw.Argument_LengthsDiffer(nameof(labels), labels.Count, nameof(samples), samples.RowCount);
        var balance = ClassBalance.Of(labels, group, nameof(Smote.Rows));
        CheckNeighborCount(neighborCount, balance, group);
        if (count < 0)
            Throw.ArgumentOutOfRange(nameof(Smote.RowsToMake), count, "0 or more, or null for what TargetRatio asks for");
        var rowsToMake = count ?? balance.RowsToAdd(targetRatio);
        samples.EnsureFinite(nameof(samples));
        var minority = labels.ToMask(balance.MinorityClass);
        return new MinorityRows(samples, group, balance, rowsToMake, (group is null ? minority : minority.And(group)).ToRows(), compute);
    }

    /// <summary>Finds the k nearest other minority rows of each minority row.</summary>
    /// <returns>Minority rows x k rows of the table, nearest first.</returns>
    public long[] NearestMinority(int neighborCount, NeighborIndexOptions options)
    {
        var neighbors = NearestAmong.Find(Values, neighborCount, options);
        for (var i = 0; i < neighbors.Length; i++)
            neighbors[i] = Rows[neighbors[i]];
        return neighbors;
    }

    /// <summary>Finds the k nearest other rows of either class of each minority row.</summary>
    /// <returns>Minority rows x k rows of the table, nearest first.</returns>
    public long[] NearestOfBothClasses(int neighborCount, NeighborIndexOptions options)
    {
        var among = _group ?? RowMask.All((int)_samples.RowCount);
        if (neighborCount >= among.Count)
            Throw.ArgumentOutOfRange(nameof(neighborCount), neighborCount, $"1 to {among.Count - 1:N0}, the other rows");
        return NearestOthers.Find(_samples, among, Rows, neighborCount, options.Compute);
    }

    private static void CheckNeighborCount(int neighborCount, ClassBalance balance, RowMask? group)
    {
        if (neighborCount < 1)
            Throw.ArgumentOutOfRange(nameof(Smote.NeighborCount), neighborCount, "1 or more");
        if (balance.MinorityCount > neighborCount)
            return;
        if (group is null)
            Throw.Argument_ClassTooSmall("labels", balance.MinorityClass, balance.MinorityCount, neighborCount);
        Throw.Argument_ClassTooSmallInGroup(nameof(Smote.Rows), balance.MinorityClass, balance.MinorityCount, neighborCount);
    }
}
