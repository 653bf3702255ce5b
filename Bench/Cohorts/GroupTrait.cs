namespace Bench.Cohorts;

/// <summary>A trait that divides patients into groups, such as a column of a table.</summary>
/// <param name="Name">Its name, such as "sex" or "hospital".</param>
/// <param name="Groups">Names of groups of the cohort, in its order; a row is in at most one of them.</param>
public sealed record GroupTrait(string Name, IReadOnlyList<string> Groups);
