using Bench.Cohorts;
using Bench.Studies.Arms;
using Bench.Studies.Prioritized;
using Bench.Studies.Samples;
using Engine.Logistic;

namespace Bench.Report.Prioritized;

/// <summary>What a reader must know before any number of a study: what did not run, what rests on too few patients, what was chosen at an end.</summary>
internal static class StudyWarnings
{
    /// <summary>Lists the warnings of a study, in words.</summary>
    public static IReadOnlyList<string> Of(JudgedStudy study) => [.. Skipped(study.Result), .. Support(study), .. Units(study), .. Fits(study)];

    private static IEnumerable<string> Skipped(PrioritizedResult result)
    {
        if (result.Options.SelectOn == CohortSplit.Test)
            yield return "DP chose its units on the test rows, as the paper did: what it reaches there is optimistic.";
        foreach (var skipped in result.Skipped.Where(skipped => skipped.Name.Method is ResamplingMethod.DoublePrioritized or ResamplingMethod.None))
            yield return $"{ArmTitle.Of(skipped.Name)} was not trained: {skipped.Reason}";
    }

    private static IEnumerable<string> Support(JudgedStudy study)
    {
        var few = study.Result.Served
            .Select(group => (Group: group, Train: study.CountsOf(CohortSplit.Train, group).PositiveClusterCount, Test: study.CountsOf(CohortSplit.Test, group).PositiveClusterCount))
            .Where(one => Math.Min(one.Train, one.Test) < GroupSupport.Least)
            .ToArray();
        if (few.Length > 0)
        {
            yield return $"Fewer than {GroupSupport.Least} {study.Result.PatientNoun} with C1 to learn from, or to be judged on: "
                + $"{string.Join(", ", few.Select(one => $"{GroupName.TitleOf(one.Group)} ({one.Train:N0}, {one.Test:N0})"))}. Figures of these show little but chance.";
        }
    }

    private static IEnumerable<string> Units(JudgedStudy study)
    {
        var ends = study.Names
            .Where(name => name.Method == ResamplingMethod.DoublePrioritized && study.RepeatsOf(name).Any(arm => arm.Search is { IsEndOfGrid: true }))
            .Select(name => GroupName.TitleOf(name.Served!))
            .ToArray();
        if (ends.Length > 0)
            yield return $"DP chose the largest number of units that it tried, {study.Result.Options.Units.Max()}, or the one before, in a repeat for {string.Join(", ", ends)}: more may serve better, and --units tries them.";
    }

    private static IEnumerable<string> Fits(JudgedStudy study) =>
        from name in study.Names
        let ended = study.RepeatsOf(name).SelectMany(arm => arm.Models).Select(model => model.Status).Where(status => status is not (null or FitStatus.Converged)).Distinct().ToArray()
        where ended.Length > 0
        select $"Fits of {ArmTitle.Of(name)} ended as {string.Join(", ", ended)}: their coefficients are those of no optimum.";
}
