using System.Globalization;
using Bench.Cohorts;
using Bench.Report.Claims;
using Bench.Report.Html;
using Bench.Studies.Prioritized;
using Engine.Metrics;

namespace Bench.Report.Prioritized;

/// <summary>Says in a few sentences what a study found, and no more than the intervals allow.</summary>
internal static class StudyHeadline
{
    /// <summary>Writes the sentences.</summary>
    public static IReadOnlyList<string> Of(StudyFindings findings)
    {
        var study = findings.Study;
        return
        [
            .. Original(study),
            .. study.Result.Served.Select(group => OfGroup(study, group)),
            ClaimTally.Of(findings.Claims),
        ];
    }

    /// <summary>Lists the numbers of units that DP chose for a group, one a repeat; empty when it was not trained.</summary>
    public static IReadOnlyList<int> UnitsOf(JudgedStudy study, string group) =>
        study.PrioritizedFor(group) is { } name ? [.. study.RepeatsOf(name).Select(arm => arm.Search?.ChosenUnits).OfType<int>()] : [];

    /// <summary>Writes chosen units, such as "3 units" or "3, 5, 4 units".</summary>
    public static string UnitsText(IReadOnlyList<int> units)
    {
        IEnumerable<int> told = units.Distinct().Count() == 1 ? units.Take(1) : units;
        return $"{string.Join(", ", told)} {(units.All(count => count == 1) ? "unit" : "units")}";
    }

    private static IEnumerable<string> Original(JudgedStudy study)
    {
        if (study.Original is { } original && study.IsJudged(CohortSplit.Test, Cohort.Everyone))
        {
            yield return $"Without resampling, the model finds {Value(study, original, Cohort.Everyone, ScoreMetric.RecallC1)} of C1 and {Value(study, original, Cohort.Everyone, ScoreMetric.RecallC0)} of C0, "
                + $"at an accuracy of {Value(study, original, Cohort.Everyone, ScoreMetric.Accuracy)}.";
        }
    }

    private static string OfGroup(JudgedStudy study, string group)
    {
        var (title, counts) = (GroupName.TitleOf(group), study.CountsOf(CohortSplit.Test, group));
        var patients = $"{counts.PositiveClusterCount:N0} of {counts.ClusterCount:N0} test {study.Result.PatientNoun} with C1";
        if (study.PrioritizedFor(group) is not { } name)
            return $"{title} ({patients}): DP was not trained.";
        if (!study.IsJudged(CohortSplit.Test, group))
            return $"{title} ({patients}): undefined, as C1 is missing from its training rows, or a class from its test rows.";
        return $"{title} ({patients}): with DP of {UnitsText(UnitsOf(study, group))}, C1 recall {Value(study, name, group, ScoreMetric.RecallC1)}{Change(study, name, group, ScoreMetric.RecallC1)}, "
            + $"C1 precision {Value(study, name, group, ScoreMetric.PrecisionC1)}{Change(study, name, group, ScoreMetric.PrecisionC1)}.";
    }

    private static string Change(JudgedStudy study, ArmName name, string group, ScoreMetric metric)
    {
        if (study.Original is not { } original || study.MeanOf(original, group, metric) is not { } before)
            return string.Empty;
        var change = study.DifferenceOf(name, original, group, metric) is { } difference
            ? $", {Signed(difference.Estimate)} [{Signed(difference.Lower)}, {Signed(difference.Upper)}]"
            : string.Empty;
        return $" ({Short(before)} without{change})";
    }

    private static string Value(JudgedStudy study, ArmName name, string group, ScoreMetric metric) =>
        study.MeanOf(name, group, metric) is { } value ? Short(value) : "undefined, as C1 is never predicted";

    private static string Short(double value) => ValueText.Of(value, "0.00");

    private static string Signed(double value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
}
