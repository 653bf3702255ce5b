using Bench.Cohorts;

namespace Bench.Studies.Samples;

/// <summary>How many stays, or patients, speak for a group wherever DP and its judgment need them.</summary>
/// <param name="Group">The group.</param>
/// <param name="FitPositives">Stays with class 1 among the rows to fit on: what DP repeats.</param>
/// <param name="ChoicePositives">Stays with class 1 among the rows to choose on.</param>
/// <param name="ChoiceNegatives">Stays with class 0 among the rows to choose on.</param>
/// <param name="TestPositives">Stays with class 1 among the test rows.</param>
public sealed record GroupSupport(string Group, int FitPositives, int ChoicePositives, int ChoiceNegatives, int TestPositives)
{
    /// <summary>Fewer of any of these teach nothing sure: a recall of one half over 20 patients is known to within 0.22 either way.</summary>
    public const int Least = 20;

    /// <summary>Gets whether the group has enough of all four to be chosen without being named.</summary>
    public bool IsEnough =>
        FitPositives >= Least && ChoicePositives >= Least && ChoiceNegatives >= Least && TestPositives >= Least;

    /// <summary>Counts a group.</summary>
    internal static GroupSupport Of(Cohort cohort, SelectionRows selection, string group)
    {
        var members = cohort.Groups[group];
        return new GroupSupport(
            group,
            Count(selection.FitRows, 1),
            Count(selection.ChoosingRows, 1),
            Count(selection.ChoosingRows, 0),
            Count(cohort.RowsOf(CohortSplit.Test), 1));

        int Count(long[] rows, byte label) =>
            CohortStays.Of(cohort, Array.FindAll(rows, row => members[(int)row] && cohort.Labels[(int)row] == label)).Distinct().Count();
    }

    /// <summary>Says what there is too little of.</summary>
    /// <param name="noun">What is counted, in the plural.</param>
    /// <returns>One part a shortage; none when <see cref="IsEnough"/>.</returns>
    internal IReadOnlyList<string> Shortages(string noun)
    {
        var shortages = new List<string>();
        Add(FitPositives, "of C1 to repeat");
        Add(ChoicePositives, "of C1 to choose on");
        Add(ChoiceNegatives, "of C0 to choose on");
        Add(TestPositives, "of C1 to be judged on");
        return shortages;

        void Add(int count, string purpose)
        {
            if (count < Least)
                shortages.Add($"{count:N0} {(count == 1 ? noun.TrimEnd('s') : noun)} {purpose}");
        }
    }
}
