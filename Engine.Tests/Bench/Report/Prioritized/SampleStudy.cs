using Bench.Cohorts;
using Bench.Cohorts.Simulated;
using Bench.Report;
using Bench.Report.Prioritized;
using Bench.Report.Prioritized.Html;
using Bench.Report.Prioritized.Results;
using Bench.Studies.Prioritized;
using Engine.Data;

namespace Engine.Tests.Bench.Report.Prioritized;

/// <summary>A small study with all that a study can have: three served groups of two traits, a group without C1 to judge on, an arm that cannot be trained.</summary>
internal static class SampleStudy
{
    public const string WithoutTestPositives = "30s";

    private static readonly RunInfo s_start = new(["prioritized", "--seed", "7"], new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), TimeSpan.FromSeconds(1.5));

    private static readonly Lazy<PrioritizedResult> s_result = new(() => Run(new PrioritizedOptions
    {
        Model = "logistic",
        Repeats = 2,
        Units = [1, 2, 3],
        Methods = ["none", "random-under", "smote", "dp", "group-alone"],
        Groups = ["black", "70s", "80s"],
        Seed = 7,
    }) with
    {
        Skipped = [new SkippedArm(new ArmName("group-weights", "black"), "it is there to be <reported>.")],
    });

    private static readonly Lazy<StudyFindings> s_findings = new(() => StudyFindings.Of(Result));

    private static readonly Lazy<PrioritizedDocument> s_document = new(() => PrioritizedDocument.From(Findings, s_start));

    private static readonly Lazy<string> s_page = new(() => PrioritizedReport.Render(Findings, Document));

    public static RunInfo Start => s_start;

    public static PrioritizedResult Result => s_result.Value;

    public static StudyFindings Findings => s_findings.Value;

    public static PrioritizedDocument Document => s_document.Value;

    public static string Page => s_page.Value;

    /// <summary>Returns what a network comes to, in two epochs.</summary>
    public static PrioritizedResult OfNetwork => Run(new PrioritizedOptions { Model = "mlp", Epochs = 2, Repeats = 1, Units = [1, 2], Methods = ["none", "dp"], Groups = ["black"] });

    public static PrioritizedResult Run(PrioritizedOptions options) => PrioritizedRunner.Run(Cohort(), options, progress: null, TestContext.Current.CancellationToken);

    private static Cohort Cohort()
    {
        var cohort = DecompensationSimulator.SimulateEvery(5, 8_000, sampleInterval: 12, progress: null, TestContext.Current.CancellationToken);
        var members = cohort.Groups[WithoutTestPositives];
        byte[] labels = [.. Enumerable.Range(0, cohort.Labels.Count).Select(row => members[row] && cohort.Splits[row] == CohortSplit.Test ? (byte)0 : cohort.Labels[row])];
        return cohort with { Labels = Labels.From(labels) };
    }
}
