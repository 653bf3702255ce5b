namespace Bench.Cohorts.Equity.Simulated;

/// <summary>Divides a number of rows among groups in given proportions.</summary>
internal static class GroupSizes
{
    /// <summary>Gives each group the whole part of its share, and the rows that are left to those with the largest rests.</summary>
    /// <param name="proportions">Any positive whole numbers, such as published counts, which come out as they are where <paramref name="total"/> is their sum.</param>
    /// <param name="total">The rows to divide.</param>
    public static int[] Divide(IReadOnlyList<int> proportions, int total)
    {
        var sum = proportions.Sum(static size => (long)size);
        var sizes = proportions.Select(size => (int)((long)size * total / sum)).ToArray();
        foreach (var group in Enumerable.Range(0, sizes.Length).OrderByDescending(group => (long)proportions[group] * total % sum).Take(total - sizes.Sum()))
            sizes[group]++;
        return sizes;
    }
}
