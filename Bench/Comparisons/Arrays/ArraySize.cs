namespace Bench.Comparisons.Arrays;

/// <summary>How large the arrays of a case are.</summary>
/// <param name="Rows">Rows, of the reference where there are queries; 1 or more.</param>
/// <param name="Queries">Queries; 0 where there are none or their number follows from the data.</param>
internal readonly record struct ArraySize(int Rows, int Queries = 0);
