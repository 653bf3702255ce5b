using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Neighbors;

namespace Engine.Resampling;

/// <summary>What cleaning rules share: the rows that may be removed, neighbors other than the row itself, the plan.</summary>
internal static class Cleaning
{
    /// <summary>Returns the rows that may be removed.</summary>
    public static RowMask RowsOf(CleanedClasses classes, ClassBalance balance, Labels labels) => classes switch
    {
        CleanedClasses.Majority => labels.ToMask(balance.MajorityClass),
        CleanedClasses.Minority => labels.ToMask(balance.MinorityClass),
        _ => RowMask.All(labels.Count),
    };

    /// <summary>Refuses values that name no classes.</summary>
    public static void Check(CleanedClasses classes)
    {
        if (!Enum.IsDefined(classes))
            Throw.ArgumentOutOfRange(nameof(TomekLinks.Classes), classes, "Majority, Minority or Both");
    }

    /// <summary>Finds the nearest other rows of chosen rows.</summary>
    /// <param name="search">A search of all of <paramref name="samples"/>.</param>
    /// <param name="samples">n x p.</param>
    /// <param name="rows">The rows that search.</param>
    /// <param name="neighborCount">k, 1 to n - 1.</param>
    /// <param name="compute">How to use the machine.</param>
    /// <returns>rows x k, row-major, each list ordered by (distance, row index). A row is left out of its own list by its index, never by distance 0.</returns>
    public static long[] FindOthers(NearestNeighbors search, SampleMatrix samples, long[] rows, int neighborCount, ComputeOptions compute)
    {
        // One more neighbor makes room for the row itself, which is among them unless as many others lie at distance 0.
        var found = search.Search(samples.SelectRows(rows), neighborCount + 1, new NeighborOptions { Compute = compute });
        var others = new long[rows.Length * neighborCount];
        for (var i = 0; i < rows.Length; i++)
        {
            var neighbors = found.IndicesOf(i);
            var self = neighbors.IndexOf(rows[i]);
            var destination = others.AsSpan(i * neighborCount, neighborCount);
            for (var place = 0; place < neighborCount; place++)
                destination[place] = neighbors[self >= 0 && place >= self ? place + 1 : place];
        }

        return others;
    }

    /// <summary>Keeps all rows but those removed.</summary>
    public static ResamplingPlan KeepAllBut(RowMask removed) =>
        ResamplingPlan.Keep(removed.RowCount, RowMask.From(removed.RowCount, row => !removed[row]).ToRows());
}
