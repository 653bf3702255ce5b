using System.Runtime.CompilerServices;
using Engine.Numerics.Lanes;

namespace Engine.Numerics.Distances;

/// <summary>|x - y|, the term of L1.</summary>
internal readonly struct AbsoluteDifference : IDistanceTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Of<TLanes>(TLanes x, TLanes y)
        where TLanes : struct, IArithmetic<TLanes, float> => TLanes.Abs(TLanes.Subtract(x, y));
}
