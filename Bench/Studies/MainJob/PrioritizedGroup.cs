using Bench.Cohorts;
using Bench.Studies.Samples;

namespace Bench.Studies.MainJob;

/// <summary>The group that DP serves when none is named.</summary>
internal static class PrioritizedGroup
{
    /// <summary>Finds the group with the fewest stays of class 1 to fit on, of those that have enough to be fitted, chosen and judged by.</summary>
    /// <returns>The group, or null when none qualifies.</returns>
    public static GroupSupport? Find(Cohort cohort, SelectionRows selection) =>
        cohort.Groups.Names
            .Where(name => name != Cohort.Everyone && GroupIntersections.PartsOf(cohort.Groups, name).Count == 0)
            .Select(name => GroupSupport.Of(cohort, selection, name))
            .Where(support => support.IsEnough)
            .MinBy(support => support.FitPositives);
}
