using Bench.Studies.Arms;
using Bench.Studies.MainJob;
using Bench.Studies.Samples;
using Engine.Logistic;

namespace Bench.Report;

/// <summary>What a reader must know before any number: what did not run, what rests on too few patients, what was chosen at an end.</summary>
internal static class RunWarnings
{
    /// <summary>Lists the warnings of a result, in words.</summary>
    public static IReadOnlyList<string> Of(MainJobResult result) =>
        [.. Skipped(result), .. Support(result), .. Units(result), .. Fits(result)];

    private static IEnumerable<string> Skipped(MainJobResult result) =>
        from method in result.Skipped
        where method.Method is ResamplingMethod.DoublePrioritized or ResamplingMethod.None
        select $"{ResamplingMethod.TitleOf(method.Method)} did not run: {method.Reason}";

    private static IEnumerable<string> Support(MainJobResult result)
    {
        if (result.Support is { IsEnough: false } support)
        {
            yield return $"{GroupName.TitleOf(new ReportView(result).Prioritized ?? support.Group)} has only {string.Join(", ", support.Shortages(result.StayNoun))}; "
                + $"a group is taken without being named from {GroupSupport.Least} of each on. Its figures show little but chance.";
        }
    }

    private static IEnumerable<string> Units(MainJobResult result)
    {
        if (result.UnitSearch is not { } search)
            yield break;
        if (search.IsEndOfGrid)
            yield return $"DP chose {search.ChosenUnits} of at most {search.Scores.Max(score => score.Units)} units, the end of what it tried: more may serve the group better, and --units tries them.";
        foreach (var status in search.Scores.Where(score => score.Status is not (null or FitStatus.Converged)).GroupBy(score => score.Status))
            yield return $"{status.Count()} of {search.Scores.Count} DP fits ended as {status.Key}: their scores are those of no optimum. A ridge penalty gives one.";
    }

    private static IEnumerable<string> Fits(MainJobResult result) =>
        from method in result.Methods
        where method.Models.Any(model => model.Status is not (null or FitStatus.Converged))
        select $"The fit of {ResamplingMethod.TitleOf(method.Method)} ended as {method.FitStatus}: its coefficients are no estimates.";
}
