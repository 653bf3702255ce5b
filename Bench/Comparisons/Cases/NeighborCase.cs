using Bench.Comparisons.Arrays;
using Engine.Numerics.Distances;

namespace Bench.Comparisons.Cases;

/// <summary>One search to compare: arrays, metric, k, and what is asked of the engine.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Data">What makes the arrays.</param>
/// <param name="Size">How large they are.</param>
/// <param name="Metric">The distance.</param>
/// <param name="NeighborCount">k.</param>
internal sealed record NeighborCase(string Name, IArraySource Data, ArraySize Size, Metric Metric, int NeighborCount) : IPlannedCase<NeighborCase>
{
    /// <summary>Gets the names of the rivals that do the same.</summary>
    public IReadOnlyList<string> Rivals { get; init; } = [];

    /// <summary>Gets what is asked of the engine.</summary>
    public IReadOnlyList<IBar> Bars { get; init; } = [];

    /// <summary>Gets the memory that must be free, in bytes; with less the case is left out, with this reason.</summary>
    public long NeededBytes { get; init; }

    /// <inheritdoc/>
    public bool IsLarge { get; init; }

    /// <inheritdoc/>
    public NeighborCase ToQuick() => this with { Size = new ArraySize(Size.Rows / PlannedCase.QuickDivisor, Size.Queries / PlannedCase.QuickDivisor) };
}
