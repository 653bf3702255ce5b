using System.Runtime.CompilerServices;
using Engine.Numerics.Lanes;

namespace Engine.Numerics.Distances;

/// <summary>(2^100 (x - y))^2: squares of the smallest differences, none of which is lost; differences above 2^-37 overflow.</summary>
internal readonly struct SmallSquaredDifference : IDistanceTerm
{
    /// <summary>2^100.</summary>
    private const float Factor = 1.2676506e30f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Of<TLanes>(TLanes x, TLanes y)
        where TLanes : struct, IArithmetic<TLanes, float>
    {
        var difference = TLanes.Multiply(TLanes.Subtract(x, y), TLanes.Broadcast(Factor));
        return TLanes.Multiply(difference, difference);
    }
}
