using Bench.Comparisons.Arrays;
using Engine.Numerics.Distances;

namespace Bench.Comparisons.Cases;

/// <summary>One search to compare: arrays, metric, k, and what is asked of the engine.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Data">What makes the arrays.</param>
/// <param name="Size">How large they are.</param>
/// <param name="Metric">The distance.</param>
/// <param name="NeighborCount">k.</param>
internal sealed record NeighborCase(string Name, IArraySource Data, ArraySize Size, Metric Metric, int NeighborCount)
{
    private const int QuickDivisor = 10;

    /// <summary>Gets the names of the rivals that do the same.</summary>
    public IReadOnlyList<string> Rivals { get; init; } = [];

    /// <summary>Gets what is asked of the engine.</summary>
    public IReadOnlyList<IBar> Bars { get; init; } = [];

    /// <summary>Gets the memory that must be free, in bytes; with less the case is left out, with this reason.</summary>
    public long NeededBytes { get; init; }

    /// <summary>Gets whether the case is one of the largest, which a quick run leaves out.</summary>
    public bool IsLarge { get; init; }

    /// <summary>Returns the same case with a tenth of the rows and of the queries.</summary>
    public NeighborCase ToQuick() => this with { Size = new ArraySize(Size.Rows / QuickDivisor, Size.Queries / QuickDivisor) };
}
