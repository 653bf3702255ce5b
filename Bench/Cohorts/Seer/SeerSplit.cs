namespace Bench.Cohorts.Seer;

/// <summary>The split of the published code: 80 % train, 10 % validation, 10 % test.</summary>
/// <remarks><b>Computes</b> scikit-learn's <c>train_test_split</c> with a fifth for the test and random state 73, then with half of that fifth and 63: the test takes the first of a permutation, rounded up, the others the rest.</remarks>
internal static class SeerSplit
{
    private const double HeldOutShare = 0.2;
    private const double TestShare = 0.5;
    private const uint HeldOutSeed = 73;
    private const uint TestSeed = 63;

    /// <summary>Returns what every row is for.</summary>
    /// <param name="rowCount">The number of rows.</param>
    public static CohortSplit[] Of(int rowCount)
    {
        var splits = new CohortSplit[rowCount];
        foreach (var (split, rows) in RowsOf(rowCount))
        {
            foreach (var row in rows)
                splits[row] = split;
        }

        return splits;
    }

    /// <summary>Lists the rows of each part, in the order in which the published code has them.</summary>
    /// <param name="rowCount">The number of rows.</param>
    public static IReadOnlyDictionary<CohortSplit, int[]> RowsOf(int rowCount)
    {
        var (train, heldOut) = Split([.. Enumerable.Range(0, rowCount)], HeldOutShare, HeldOutSeed);
        var (validation, test) = Split(heldOut, TestShare, TestSeed);
        return new Dictionary<CohortSplit, int[]> { [CohortSplit.Train] = train, [CohortSplit.Validation] = validation, [CohortSplit.Test] = test };
    }

    /// <summary>Returns the number of rows of which so many are for training.</summary>
    /// <param name="trainingRows">The training rows, 1 or more.</param>
    public static int RowCountFor(int trainingRows)
    {
        var count = (int)(trainingRows / (1 - HeldOutShare));
        while (count - HeldOut(count, HeldOutShare) < trainingRows)
            count++;
        return count;
    }

    private static (int[] Remaining, int[] First) Split(int[] rows, double share, uint seed)
    {
        var order = NumpyPermutation.Of(seed, rows.Length);
        var count = HeldOut(rows.Length, share);
        return ([.. order[count..].Select(place => rows[place])], [.. order[..count].Select(place => rows[place])]);
    }

    private static int HeldOut(int count, double share) => (int)Math.Ceiling(share * count);
}
