using Bench.Cohorts;
using Bench.Studies.Samples;
using Engine.Prognosis;

namespace Bench.Studies.MainJob;

/// <summary>Everything that the main job found.</summary>
public sealed record MainJobResult
{
    /// <summary>Gets the cohort.</summary>
    public required Cohort Cohort { get; init; }

    /// <summary>Gets what was asked for.</summary>
    public required MainJobOptions Options { get; init; }

    /// <summary>Gets the model that every method trained.</summary>
    public required StudyModel Model { get; init; }

    /// <summary>Gets the representation of every group, for each split that has rows.</summary>
    public required IReadOnlyDictionary<CohortSplit, IReadOnlyList<BiasRow>> Bias { get; init; }

    /// <summary>Gets the group that DP served, or null when it did not run.</summary>
    public required string? PrioritizedGroup { get; init; }

    /// <summary>Gets how many stays speak for the group named or chosen for DP; null when none was named and none has enough.</summary>
    public required GroupSupport? Support { get; init; }

    /// <summary>Gets what is counted where rows of one patient belong together, in the plural: stays, or patients where they are known or every row is one.</summary>
    public required string StayNoun { get; init; }

    /// <summary>Gets how the rows on which DP chose were come by.</summary>
    public required string SelectionRows { get; init; }

    /// <summary>Gets the search over numbers of units, or null when DP did not run.</summary>
    public required UnitSearch? UnitSearch { get; init; }

    /// <summary>Gets one result a method that ran.</summary>
    public required IReadOnlyList<MethodResult> Methods { get; init; }

    /// <summary>Gets the methods that could not run on this cohort, with the reason.</summary>
    public required IReadOnlyList<SkippedMethod> Skipped { get; init; }

    /// <summary>Gets the coefficients of the model without resampling on standardized features, intercept first; null when that method did not run.</summary>
    public required IReadOnlyList<double>? BaselineCoefficients { get; init; }

    /// <summary>Gets their standard errors, which take stays and not rows for independent; null when that method did not run or its fit did not converge.</summary>
    public required IReadOnlyList<double>? BaselineErrors { get; init; }
}
