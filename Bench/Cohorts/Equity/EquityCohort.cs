using Engine.Data;

namespace Bench.Cohorts.Equity;

/// <summary>A table with one outcome or more and a demographic trait of which some groups are small: what the study of synthetic rows reads.</summary>
public sealed record EquityCohort
{
    /// <summary>Gets the name of the data set, such as "MIMIC-IV-ED".</summary>
    public required string Name { get; init; }

    /// <summary>Gets what the rows are about, in words that a language model is told, such as "hospital admissions and readmission".</summary>
    public required string Subject { get; init; }

    /// <summary>Gets the rows: features and outcomes, the trait of the groups not among them.</summary>
    public required SchemaTable Table { get; init; }

    /// <summary>Gets the groups of the trait; a row is in at most one of them.</summary>
    public required Subgroups Groups { get; init; }

    /// <summary>Gets the group of which there are most.</summary>
    public required string Majority { get; init; }

    /// <summary>Gets the groups that are made small, one after the other.</summary>
    public required IReadOnlyList<string> Minorities { get; init; }

    /// <summary>Gets a number for each row, the same for rows of one patient; null where every row is a patient of its own.</summary>
    public IReadOnlyList<int>? Patients { get; init; }

    /// <summary>Gets what a reader of results must know: simulated, rows skipped, defects of the outcomes.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Gets whether the rows were simulated and speak of no patient; default false.</summary>
    public bool IsSimulated { get; init; }
}
