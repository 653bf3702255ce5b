using System.Diagnostics.CodeAnalysis;

namespace Engine.Data;

/// <summary>The values of a .npy file of one or two dimensions, in memory.</summary>
/// <typeparam name="T">Half, float, double, an integer of 8 to 64 bits, or bool.</typeparam>
/// <param name="Values">All values, row-major.</param>
/// <param name="RowCount">The length of the first dimension.</param>
/// <param name="ColumnCount">The length of the second dimension; 1 for a file of one dimension.</param>
[SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "The array is the caller's own from the moment it is read.")]
public sealed record NpyArray<T>(T[] Values, long RowCount, long ColumnCount)
    where T : unmanaged;
