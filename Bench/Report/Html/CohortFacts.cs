using Bench.Cohorts;
using Bench.Report.Results;
using Bench.Studies;
using Engine.Prognosis;

namespace Bench.Report.Html;

/// <summary>What the header of every report says of data and model.</summary>
internal static class CohortFacts
{
    /// <summary>Settings beyond these are told in a sentence.</summary>
    private const int FirstSettings = 3;

    /// <summary>Lists the sizes of the data.</summary>
    public static IEnumerable<(string Name, string Value)> Of(CohortSection cohort)
    {
        var (positives, stays) = (cohort.Splits.Sum(split => split.Positives), cohort.StayNoun);
        return
        [
            (stays, $"{cohort.Splits.Sum(split => split.Stays):N0}"),
            (PositiveTitle(cohort), $"{cohort.Splits.Sum(split => split.PositiveStays):N0}"),
            ("rows", $"{cohort.Rows:N0}"),
            ("C1 rows", $"{positives:N0} ({ValueText.Of(cohort.Rows == 0 ? null : (double)positives / cohort.Rows, ValueText.Share)})"),
            .. cohort.Splits.Select(split => ($"{split.Split}: with C1, of {stays}", $"{split.PositiveStays:N0} of {split.Stays:N0}")),
        ];
    }

    /// <summary>Lists the model, what it reads and its first settings.</summary>
    public static IEnumerable<(string Name, string Value)> Of(StudyModel model, Cohort cohort) =>
    [
        model.Kind.Reads == SampleForm.Sequences && (cohort.NetworkHours?.Episodes ?? cohort.Episodes) is { } episodes
            ? ("columns an hour", $"{episodes.Hours.FeatureCount:N0}")
            : ("features", $"{cohort.FeatureNames.Count:N0}"),
        ("model", model.Title),
        .. model.Kind.Settings.Take(FirstSettings).Select(setting => (setting.Key, setting.Value)),
    ];

    /// <summary>Lists the other settings in a sentence; empty when there are none.</summary>
    public static string OtherSettings(StudyModel model) =>
        model.Kind.Settings.Count <= FirstSettings ? string.Empty : $" Also: {string.Join(", ", model.Kind.Settings.Skip(FirstSettings).Select(setting => $"{setting.Key} {setting.Value}"))}.";

    // The word that everybody uses comes before the code; in a cohort of hours the stays that end so are counted, not the hours.
    private static string PositiveTitle(CohortSection cohort) =>
        cohort.PositiveMeaning.StartsWith("death", StringComparison.OrdinalIgnoreCase) ? "deaths" : $"{cohort.StayNoun} with C1";
}
