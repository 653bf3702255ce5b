using Bench.Cohorts;

namespace Bench.Studies.Prioritized;

/// <summary>The groups that DP serves when none are named.</summary>
internal static class ServedGroups
{
    /// <summary>Of training rows; the largest of the paper's six, Black patients, is 9.6 %.</summary>
    private const double LargestShare = 0.1;

    private static readonly string[] s_ofPaper = ["black", "hispanic", "asian", "<30", "30s", "90+"];

    /// <summary>Finds the under-represented groups: of the paper's six those that the cohort has; where it has none, its groups with less than a tenth of the training rows.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="trainRows">The rows that models are fitted on.</param>
    /// <returns>Names of groups, in the order of the cohort; all but everyone when it has none so small.</returns>
    public static IReadOnlyList<string> Of(Cohort cohort, long[] trainRows)
    {
        var groups = All(cohort);
        var known = groups.Where(name => s_ofPaper.Contains(name, StringComparer.OrdinalIgnoreCase)).ToArray();
        if (known.Length > 0)
            return known;
        var small = groups.Where(name => trainRows.Count(row => cohort.Groups[name][(int)row]) is > 0 and var count && count < LargestShare * trainRows.Length).ToArray();
        return small.Length > 0 ? small : groups;
    }

    /// <summary>Lists every group but everyone.</summary>
    public static IReadOnlyList<string> All(Cohort cohort) => [.. cohort.Groups.Names.Where(name => name != Cohort.Everyone)];
}
