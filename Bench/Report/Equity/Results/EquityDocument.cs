using Bench.Report.Claims;
using Bench.Report.Results;

namespace Bench.Report.Equity.Results;

/// <summary>The content of results.json of the study of paper E; every field is described in docs/results.md.</summary>
internal sealed record EquityDocument
{
    /// <summary>The value of <see cref="Schema"/> by which a results file is known as one of this study.</summary>
    public const string SchemaName = "engine-equity";

    /// <summary>The version that this code writes; it rises when a field changes its meaning or goes away.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Gets the name of the format.</summary>
    public string Schema { get; init; } = SchemaName;

    /// <summary>Gets the version of the format.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>Gets what is needed to repeat the run.</summary>
    public required RunSection Run { get; init; }

    /// <summary>Gets the data.</summary>
    public required EquityCohortSection Cohort { get; init; }

    /// <summary>Gets what was asked for.</summary>
    public required EquityOptionsSection Options { get; init; }

    /// <summary>Gets what a reader must know before any number.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Gets the claims of the paper, with what they come to here.</summary>
    public required IReadOnlyList<ClaimEntry> Claims { get; init; }

    /// <summary>Gets what the answers rest on.</summary>
    public required IReadOnlyList<ClaimMeasureEntry> ClaimMeasures { get; init; }

    /// <summary>Gets the rows of each group and how many have each outcome.</summary>
    public required IReadOnlyList<PrevalenceEntry> Prevalences { get; init; }

    /// <summary>Gets the arms over all repeats.</summary>
    public required IReadOnlyList<EquitySummaryEntry> Summary { get; init; }

    /// <summary>Gets the arms in each repeat.</summary>
    public required IReadOnlyList<EquityScoreEntry> Scores { get; init; }

    /// <summary>Gets what generating took.</summary>
    public required IReadOnlyList<GenerationEntry> Generation { get; init; }

    /// <summary>Gets the proposed rows that were refused, by reason.</summary>
    public required IReadOnlyList<RefusedEntry> Refused { get; init; }

    /// <summary>Gets how like real rows the made ones are.</summary>
    public required IReadOnlyList<FidelityEntry> Fidelity { get; init; }

    /// <summary>Gets every measure of it.</summary>
    public required IReadOnlyList<FidelityMeasureEntry> FidelityMeasures { get; init; }

    /// <summary>Gets the shapes of single columns.</summary>
    public required IReadOnlyList<FidelityColumnEntry> FidelityColumns { get; init; }

    /// <summary>Gets the correlations of figure 2.</summary>
    public required IReadOnlyList<CorrelationEntry> Correlations { get; init; }

    /// <summary>Gets the joint densities of figure 2.</summary>
    public required IReadOnlyList<JointDensityEntry> JointDensity { get; init; }

    /// <summary>Gets the densities of figure 4.</summary>
    public required IReadOnlyList<MembershipEntry> Membership { get; init; }

    /// <summary>Gets the minorities that were left out.</summary>
    public required IReadOnlyList<SkippedMinorityEntry> Skipped { get; init; }

    /// <summary>Gathers everything that is known of a run.</summary>
    public static EquityDocument From(EquityFindings findings, RunInfo run)
    {
        var result = findings.Study.Result;
        return new EquityDocument
        {
            Run = RunSection.From(run, result.Options.Seed),
            Cohort = EquityCohortSection.From(result.Cohort),
            Options = EquityOptionsSection.From(result.Options),
            Warnings = findings.Warnings,
            Claims = [.. findings.Claims.Select(ClaimEntry.From)],
            ClaimMeasures = [.. ClaimMeasureEntry.ListOf(findings.Claims)],
            Prevalences = [.. PrevalenceEntry.ListOf(result)],
            Summary = [.. EquitySummaryEntry.ListOf(findings.Study)],
            Scores = [.. EquityScoreEntry.ListOf(result)],
            Generation = [.. GenerationEntry.ListOf(result)],
            Refused = [.. RefusedEntry.ListOf(result)],
            Fidelity = [.. FidelityEntry.ListOf(result)],
            FidelityMeasures = [.. FidelityMeasureEntry.ListOf(result)],
            FidelityColumns = [.. FidelityColumnEntry.ListOf(result)],
            Correlations = [.. CorrelationEntry.ListOf(result)],
            JointDensity = [.. JointDensityEntry.ListOf(result)],
            Membership = [.. MembershipEntry.ListOf(result)],
            Skipped = [.. result.Skipped.Select(skipped => new SkippedMinorityEntry(skipped.Minority, skipped.Size, skipped.Reason))],
        };
    }
}
