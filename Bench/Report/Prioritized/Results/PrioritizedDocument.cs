using Bench.Report.Claims;
using Bench.Report.Results;

namespace Bench.Report.Prioritized.Results;

/// <summary>The content of results.json of the study of paper P; every field is described in docs/results.md.</summary>
internal sealed record PrioritizedDocument
{
    /// <summary>The value of <see cref="Schema"/> by which a results file is known as one of this study.</summary>
    public const string SchemaName = "engine-prioritized";

    /// <summary>The version that this code writes; it rises when a field changes its meaning or goes away.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Gets the name of the format.</summary>
    public string Schema { get; init; } = SchemaName;

    /// <summary>Gets the version of the format.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>Gets what is needed to repeat the run.</summary>
    public required RunSection Run { get; init; }

    /// <summary>Gets the data.</summary>
    public required CohortSection Cohort { get; init; }

    /// <summary>Gets what was asked for.</summary>
    public required StudyOptionsSection Options { get; init; }

    /// <summary>Gets the groups that DP and its kin served.</summary>
    public required IReadOnlyList<string> Served { get; init; }

    /// <summary>Gets what a reader must know before any number.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Gets the claims of the paper, with what they come to here.</summary>
    public required IReadOnlyList<ClaimEntry> Claims { get; init; }

    /// <summary>Gets what the answers rest on.</summary>
    public required IReadOnlyList<ClaimMeasureEntry> ClaimMeasures { get; init; }

    /// <summary>Gets the representation of every group in every split.</summary>
    public required IReadOnlyList<BiasEntry> Bias { get; init; }

    /// <summary>Gets the arms of every repeat.</summary>
    public required IReadOnlyList<ArmEntry> Arms { get; init; }

    /// <summary>Gets the metrics of every arm, repeat, split and group.</summary>
    public required IReadOnlyList<ArmMetricEntry> Metrics { get; init; }

    /// <summary>Gets the metrics of the test rows over the repeats.</summary>
    public required IReadOnlyList<SummaryEntry> Summary { get; init; }

    /// <summary>Gets the paired differences of arms.</summary>
    public required IReadOnlyList<DifferenceEntry> Differences { get; init; }

    /// <summary>Gets the numbers of units that were tried.</summary>
    public required IReadOnlyList<CandidateEntry> Units { get; init; }

    /// <summary>Gets the shares of C1 in the training rows before and after DP.</summary>
    public required IReadOnlyList<ShareEntry> Shares { get; init; }

    /// <summary>Gets how models that serve one group do in the others of its trait.</summary>
    public required IReadOnlyList<CrossGroupEntry> CrossGroup { get; init; }

    /// <summary>Gets how far apart the groups lie.</summary>
    public required IReadOnlyList<DisparityEntry> Disparity { get; init; }

    /// <summary>Gets the epochs of every fit; empty for a model that is not trained in epochs.</summary>
    public required IReadOnlyList<ArmEpochEntry> Epochs { get; init; }

    /// <summary>Gets the arms that could not be trained.</summary>
    public required IReadOnlyList<SkippedArmEntry> Skipped { get; init; }

    /// <summary>Gathers everything that is known of a run.</summary>
    public static PrioritizedDocument From(StudyFindings findings, RunInfo run)
    {
        var study = findings.Study;
        var result = study.Result;
        return new PrioritizedDocument
        {
            Run = RunSection.From(run, result.Options.Seed),
            Cohort = CohortSection.From(result.Cohort),
            Options = StudyOptionsSection.From(result),
            Served = result.Served,
            Warnings = findings.Warnings,
            Claims = [.. findings.Claims.Select(ClaimEntry.From)],
            ClaimMeasures = [.. ClaimMeasureEntry.ListOf(findings.Claims)],
            Bias = [.. BiasEntry.ListOf(result.Bias)],
            Arms = [.. result.Arms.Select(ArmEntry.From)],
            Metrics = [.. ArmMetricEntry.ListOf(study)],
            Summary = [.. SummaryEntry.ListOf(study)],
            Differences = [.. DifferenceEntry.ListOf(study)],
            Units = [.. CandidateEntry.ListOf(result)],
            Shares = [.. ShareEntry.ListOf(study)],
            CrossGroup = [.. CrossGroupEntry.ListOf(study)],
            Disparity = [.. StudyDisparity.ListOf(study)],
            Epochs = [.. ArmEpochEntry.ListOf(result)],
            Skipped = [.. result.Skipped.Select(skipped => new SkippedArmEntry(skipped.Name.Method, skipped.Name.Served, skipped.Reason))],
        };
    }
}
