using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Neighbors;
using Engine.Numerics.Distances;

namespace Engine.Resampling;

/// <summary>Chooses majority rows by how far they lie, on average, from some minority rows.</summary>
/// <remarks>
/// <para><b>Computes</b> means in double: of the double roots of canonical squared L2 distances, added in the order of the neighbors.</para>
/// <para><b>Ties</b>: of equal means the lower row is chosen.</para>
/// </remarks>
internal static class MajoritySelection
{
    /// <summary>Computes the mean L2 distance of rows to their k nearest minority rows.</summary>
    /// <param name="samples">n x p, finite.</param>
    /// <param name="minority">The minority rows, k or more.</param>
    /// <param name="rows">The majority rows to measure.</param>
    /// <param name="neighborCount">k, 1 or more.</param>
    /// <param name="compute">How to use the machine.</param>
    /// <returns>One mean for each of <paramref name="rows"/>.</returns>
    public static double[] MeansToNearest(SampleMatrix samples, RowMask minority, long[] rows, int neighborCount, ComputeOptions compute)
    {
        using var search = NearestNeighbors.BuildOfFinite(samples, Metric.SquaredL2, new() { Rows = minority, Compute = compute });
        var nearest = search.SearchWideOfFinite(samples.SelectRows(rows), neighborCount, new NeighborOptions { Compute = compute });
        return MeansOf(nearest.Squares, neighborCount);
    }

    /// <summary>Computes the mean L2 distance of rows to their k farthest minority rows.</summary>
    /// <param name="samples">n x p, finite.</param>
    /// <param name="minority">The minority rows, k or more; they are copied.</param>
    /// <param name="rows">The majority rows to measure.</param>
    /// <param name="neighborCount">k, 1 or more.</param>
    /// <param name="compute">How to use the machine.</param>
    /// <returns>One mean for each of <paramref name="rows"/>.</returns>
    public static double[] MeansToFarthest(SampleMatrix samples, RowMask minority, long[] rows, int neighborCount, ComputeOptions compute)
    {
        if ((long)rows.Length * neighborCount > Array.MaxLength)
            Throw.ArgumentOutOfRange(nameof(neighborCount), neighborCount, $"at most {Array.MaxLength / rows.Length:N0} for {rows.Length:N0} majority rows");
        var length = rows.Length * neighborCount;
        var (indices, squares) = (new long[length], new double[length]);
        FarthestNeighbors.Search(compute.CopyWithinLimit(samples.SelectRows(minority.ToRows())), samples.SelectRows(rows), neighborCount, indices, squares, compute);
        return MeansOf(squares, neighborCount);
    }

    /// <summary>Chooses the rows with the smallest means.</summary>
    /// <returns>Ascending rows.</returns>
    public static long[] Smallest(long[] rows, double[] means, int count) => Select(rows, means, count, sign: 1);

    /// <summary>Chooses the rows with the largest means.</summary>
    /// <returns>Ascending rows.</returns>
    public static long[] Largest(long[] rows, double[] means, int count) => Select(rows, means, count, sign: -1);

    /// <summary>Keeps all minority rows and the chosen majority rows.</summary>
    public static ResamplingPlan Keep(RowMask minority, long[] chosen)
    {
        long[] kept = [.. minority.ToRows(), .. chosen];
        Array.Sort(kept);
        return ResamplingPlan.Keep(minority.RowCount, kept);
    }

    private static double[] MeansOf(ReadOnlySpan<double> squares, int neighborCount)
    {
        var means = new double[squares.Length / neighborCount];
        for (var row = 0; row < means.Length; row++)
        {
            var sum = 0.0;
            foreach (var square in squares.Slice(row * neighborCount, neighborCount))
                sum += Math.Sqrt(square);
            means[row] = sum / neighborCount;
        }

        return means;
    }

    private static long[] Select(long[] rows, double[] means, int count, int sign)
    {
        var ranked = new (double Key, long Row)[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            ranked[i] = (sign * means[i], rows[i]);
        Array.Sort(ranked);
        var chosen = new long[Math.Min(count, ranked.Length)];
        for (var i = 0; i < chosen.Length; i++)
            chosen[i] = ranked[i].Row;
        Array.Sort(chosen);
        return chosen;
    }
}
