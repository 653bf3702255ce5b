using System.Text.Json;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;

namespace Bench.Comparisons.Report;

/// <summary>A line for each case and each of those who ran it: the .csv file of a comparison.</summary>
internal static class ContenderTable
{
    /// <summary>Returns the names of the columns.</summary>
    /// <param name="family">What is compared.</param>
    public static IEnumerable<string> HeadersOf(FamilyPage family) => ColumnsOf(family).Select(column => JsonNamingPolicy.CamelCase.ConvertName(column.Header));

    /// <summary>Lists the lines of a case: the engine's, then one another.</summary>
    /// <param name="family">What is compared.</param>
    /// <param name="result">The case.</param>
    public static IEnumerable<IEnumerable<object?>> LinesOf(FamilyPage family, CaseResult result) =>
        new[] { result.Engine ?? new Contender(Contender.Engine, ContenderStatus.Failed, result.Skipped) }.Concat(result.Rivals)
            .Select(contender => ColumnsOf(family).Select(column => column.Show(result, contender)));

    private static IEnumerable<(string Header, Func<CaseResult, Contender, object?> Show)> ColumnsOf(FamilyPage family) =>
    [
        ("case", (result, _) => result.Name),
        ("work", (result, _) => result.Work),
        ("data", (result, _) => result.Data),
        ("rows", (result, _) => result.RowCount),
        ("features", (result, _) => result.FeatureCount),
        .. family.Facts.Select(fact => ($"{fact}", (Func<CaseResult, Contender, object?>)((result, _) => result.Facts.TryGetValue(fact, out var count) ? count : null))),
        ("contender", (_, contender) => contender.Name),
        ("version", (_, contender) => contender.Version),
        ("status", StatusOf),
        ("reason", (result, contender) => contender.Name == Contender.Engine ? contender.Reason ?? result.FirstDifference : contender.Reason),
        .. family.Phases.Select((phase, place) => ($"{phase}Seconds", (Func<CaseResult, Contender, object?>)((_, contender) =>
            contender.Median is { } median && median.Length == family.Phases.Count ? median[place] : null))),
        ("totalSeconds", (_, contender) => contender.Seconds),
        ("repetitions", (_, contender) => contender.Repetitions.Count),
        ("timesTheEngine", (result, contender) => contender.Name == Contender.Engine ? null : result.RatioOf(contender)),
        ("recall", (_, contender) => contender.Recall),
        ("peakGrowthBytes", (_, contender) => contender.PeakGrowthBytes),
        ("loadBefore", (_, contender) => contender.LoadBefore),
    ];

    private static string StatusOf(CaseResult result, Contender contender) => contender.Name switch
    {
        Contender.Engine when result.Engine is null => "Skipped",
        Contender.Engine when result.FirstDifference is not null => "Wrong",
        _ => $"{contender.Status}",
    };
}
