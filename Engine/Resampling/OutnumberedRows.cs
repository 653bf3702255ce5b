using Engine.Compute;
using Engine.Data;

namespace Engine.Resampling;

/// <summary>Finds rows of one class that have many rows of the other class among their k nearest other rows, in L2.</summary>
/// <remarks>
/// <para><b>Computes</b>: foes are rows of the other class, friends other rows of the same. At least t of the k nearest are foes exactly when fewer than
/// k - t + 1 friends come before the t-th nearest foe. Of a rare class there are few foes to search, and friends need only be counted, until there are enough.
/// First, k - t + 1 friends that merely lie near are found for every row: when fewer than t foes come before the last of them, fewer are among the k nearest.</para>
/// <para><b>Ties</b>: rows come in the order of (distance, row index).</para>
/// <para><b>Cost</b>: up to 12 (k - t + 1) + 28 bytes for each row of the class, then 12 t + 12 for those left, beside an index of the foes or of a third of the friends.</para>
/// </remarks>
internal static class OutnumberedRows
{
    /// <summary>Lists of more friends that lie near would take more memory than the steps that they spare.</summary>
    private const int MostNearFriends = 16;

    /// <summary>Finds the rows.</summary>
    /// <param name="samples">n x p, finite.</param>
    /// <param name="labels">n labels, both classes present.</param>
    /// <param name="label">The class of the rows to judge.</param>
    /// <param name="neighborCount">k, 1 to n - 1.</param>
    /// <param name="foeCount">t, 1 to k.</param>
    /// <param name="compute">How to use the machine.</param>
    /// <returns>Rows of the class, ascending.</returns>
    /// <exception cref="OperationCanceledException">A search was stopped.</exception>
    public static long[] Find(SampleMatrix samples, Labels labels, byte label, int neighborCount, int foeCount, ComputeOptions compute)
    {
        var (friends, foes) = (labels.ToMask(label), labels.ToMask((byte)(1 - label)));
        var rows = friends.ToRows();
        var friendCount = neighborCount - foeCount + 1;
        if (foes.Count < foeCount)
            return [];
        if (rows.Length - 1 < friendCount)
            return rows;
        if (friendCount <= MostNearFriends)
            rows = WithNearFoes(samples, friends, foes, rows, friendCount, foeCount, compute);
        var limits = NearestOthers.FindLast(samples, foes, rows, foeCount, compute);
        var needed = new int[rows.Length];
        Array.Fill(needed, friendCount);
        NearestOthers.CountNearer(samples, friends, rows, limits, needed, compute);
        return [.. rows.Where((_, i) => needed[i] > 0)];
    }

    /// <summary>Leaves out rows that have enough friends near them, before the t-th foe.</summary>
    private static long[] WithNearFoes(SampleMatrix samples, RowMask friends, RowMask foes, long[] rows, int friendCount, int foeCount, ComputeOptions compute)
    {
        var bounds = NearestOthers.BoundLast(samples, friends, friendCount, compute);
        var needed = Array.ConvertAll(bounds.Squares, square => double.IsFinite(square) ? foeCount : 0);
        NearestOthers.CountNearer(samples, foes, rows, bounds, needed, compute);
        return [.. rows.Where((_, i) => needed[i] == 0)];
    }
}
