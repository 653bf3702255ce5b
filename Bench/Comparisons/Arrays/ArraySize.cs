namespace Bench.Comparisons.Arrays;

/// <summary>How large the arrays of a case are.</summary>
/// <param name="Rows">Rows of the reference, 1 or more.</param>
/// <param name="Queries">Queries, 1 or more.</param>
internal readonly record struct ArraySize(int Rows, int Queries);
