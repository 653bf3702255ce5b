using Bench.Cohorts;
using Engine.Metrics;
using Engine.Prognosis;

namespace Bench.Studies.MainJob;

/// <summary>Everything that the main job found.</summary>
public sealed record MainJobResult
{
    /// <summary>Gets the cohort.</summary>
    public required Cohort Cohort { get; init; }

    /// <summary>Gets what was asked for.</summary>
    public required MainJobOptions Options { get; init; }

    /// <summary>Gets the ridge penalty that was used.</summary>
    public required double RidgePenalty { get; init; }

    /// <summary>Gets the name of the model, such as "logistic".</summary>
    public required string Model { get; init; }

    /// <summary>Gets the representation of every group, for each split that has rows.</summary>
    public required IReadOnlyDictionary<CohortSplit, IReadOnlyList<BiasRow>> Bias { get; init; }

    /// <summary>Gets the group that DP served, or null when it did not run.</summary>
    public required string? PrioritizedGroup { get; init; }

    /// <summary>Gets how the rows on which DP chose were come by.</summary>
    public required string SelectionRows { get; init; }

    /// <summary>Gets the search over numbers of units, or null when DP did not run.</summary>
    public required UnitSearch? UnitSearch { get; init; }

    /// <summary>Gets one result a method that ran.</summary>
    public required IReadOnlyList<MethodResult> Methods { get; init; }

    /// <summary>Gets the methods that could not run on this cohort, with the reason.</summary>
    public required IReadOnlyList<SkippedMethod> Skipped { get; init; }

    /// <summary>Gets the coefficients of the model without resampling on standardised features, intercept first; null when that method did not run.</summary>
    public required IReadOnlyList<double>? BaselineCoefficients { get; init; }
}

/// <summary>How one method did.</summary>
/// <param name="Method">A name of <see cref="ResamplingMethod"/>.</param>
/// <param name="TrainingRowCount">The rows that one model was fitted on, repeated and made ones counted.</param>
/// <param name="Seconds">Wall time of planning and fitting.</param>
/// <param name="FitStatus">How the fit ended, such as "Converged".</param>
/// <param name="Tables">Metrics of every group, for each split on which models are judged.</param>
public sealed record MethodResult(string Method, long TrainingRowCount, double Seconds, string FitStatus, IReadOnlyDictionary<CohortSplit, SubgroupTable> Tables);

/// <summary>A method that could not run.</summary>
/// <param name="Method">A name of <see cref="ResamplingMethod"/>.</param>
/// <param name="Reason">Why not, and what to change.</param>
public sealed record SkippedMethod(string Method, string Reason);
