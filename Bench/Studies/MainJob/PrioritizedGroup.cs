using Bench.Cohorts;
using Engine.Data;

namespace Bench.Studies.MainJob;

/// <summary>The group that DP serves when none is named.</summary>
internal static class PrioritizedGroup
{
    /// <summary>Fewer class 1 rows than this make no unit worth repeating.</summary>
    private const int SmallestUnit = 20;

    /// <summary>Fewer than this to choose on, and the choice is a coin toss.</summary>
    private const int SmallestChoice = 10;

    /// <summary>Finds the group with the fewest class 1 rows to fit on, of those that have enough and both classes to choose on.</summary>
    /// <returns>Its name, or null when no group qualifies.</returns>
    public static string? Find(Cohort cohort, SelectionRows selection)
    {
        var positives = cohort.Labels.ToMask(1);
        var negatives = cohort.Labels.ToMask(0);
        var candidates =
            from name in cohort.Groups.Names
            where name != Cohort.Everyone
            let mask = cohort.Groups[name]
            let unit = Count(mask.And(positives), selection.FitRows)
            where unit >= SmallestUnit
                && Count(mask.And(positives), selection.ChoosingRows) >= SmallestChoice
                && Count(mask.And(negatives), selection.ChoosingRows) >= SmallestChoice
            orderby unit
            select name;
        return candidates.FirstOrDefault();
    }

    private static int Count(RowMask mask, long[] rows) => rows.Count(row => mask[(int)row]);
}
