namespace Bench.Cohorts;

/// <summary>The split of the reference results on data sets that come without one: every fifth row is for the test.</summary>
internal static class FifthRowSplit
{
    /// <summary>Returns what every row is for: test where row mod 5 is 4, else train.</summary>
    /// <param name="rowCount">The number of rows, 0 or more.</param>
    /// <returns>One entry a row.</returns>
    public static CohortSplit[] Of(int rowCount)
    {
        var splits = new CohortSplit[rowCount];
        for (var row = 4; row < rowCount; row += 5)
            splits[row] = CohortSplit.Test;
        return splits;
    }
}
