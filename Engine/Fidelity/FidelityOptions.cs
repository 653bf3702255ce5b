using Engine.Compute;
using Engine.Data;

namespace Engine.Fidelity;

/// <summary>What to measure beside the synthetic and the real rows; the defaults measure whatever needs nothing else.</summary>
public sealed record FidelityOptions
{
    /// <summary>Gets real rows that played no part in making the synthetic ones: the baseline of near copies and of singling out, and what the membership attack needs; null where there are none.</summary>
    public SchemaTable? Holdout { get; init; }

    /// <summary>Gets groups over the real rows, whose distances are measured one by one; null for none.</summary>
    public Subgroups? Groups { get; init; }

    /// <summary>Gets the group in <see cref="Groups"/> that the synthetic rows were made for; null where they are of everyone.</summary>
    public string? MinorityGroup { get; init; }

    /// <summary>Gets the group in <see cref="Groups"/> that the minority is told from; null leaves group membership out.</summary>
    public string? MajorityGroup { get; init; }

    /// <summary>Gets two columns whose joint density is wanted; null for none.</summary>
    public (string First, string Second)? DensityColumns { get; init; }

    /// <summary>Gets the seed of all draws.</summary>
    public ulong Seed { get; init; }

    /// <summary>Gets the number of folds of detection; default 3.</summary>
    public int FoldCount { get; init; } = 3;

    /// <summary>Gets the number of conditions of each attack by singling out; default 2,000.</summary>
    public int AttackCount { get; init; } = 2000;

    /// <summary>Gets the number of columns of a condition of the multivariate attack; default 3.</summary>
    public int ConditionColumnCount { get; init; } = 3;

    /// <summary>Gets how far numbers of nearly identical rows may differ, as a share of the real range of their column; default 1/30.</summary>
    public double MatchTolerance { get; init; } = RecordMatches.DefaultTolerance;

    /// <summary>Gets k of the densities of the membership attack; default 1.</summary>
    public int AttackNeighborCount { get; init; } = 1;

    /// <summary>Gets the largest number of real rows that the membership attack tries, drawn by the seed; as many as there are others to tell them from, up to this; default 10,000.</summary>
    public int LargestAttackedCount { get; init; } = 10_000;

    /// <summary>Gets the forest of group membership; its seed and machine options are replaced by those here.</summary>
    public RandomForestOptions Forest { get; init; } = new();

    /// <summary>Gets the largest number of rows of each table that are used, drawn by the seed; null, the default, for all. Nothing else draws rows but where it says so.</summary>
    public int? RowLimit { get; init; }

    /// <summary>Gets the confidence of all intervals; default .95.</summary>
    public double Confidence { get; init; } = .95;

    /// <summary>Gets how the machine may be used; no bit of the report depends on it.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}
