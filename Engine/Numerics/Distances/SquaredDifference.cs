using System.Runtime.CompilerServices;
using Engine.Numerics.Lanes;

namespace Engine.Numerics.Distances;

/// <summary>(x - y)^2, the term of squared L2; never ||x||^2 + ||y||^2 - 2xy, which loses all digits when rows lie far from the origin.</summary>
internal readonly struct SquaredDifference : IDistanceTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Of<TLanes>(TLanes x, TLanes y)
        where TLanes : struct, IArithmetic<TLanes, float>
    {
        var difference = TLanes.Subtract(x, y);
        return TLanes.Multiply(difference, difference);
    }
}
