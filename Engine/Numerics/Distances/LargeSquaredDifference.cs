using System.Runtime.CompilerServices;
using Engine.Numerics.Lanes;

namespace Engine.Numerics.Distances;

/// <summary>(2^-80 x - 2^-80 y)^2: no difference of finite numbers overflows, nor any sum of their squares; values below 2^-46 lose digits.</summary>
internal readonly struct LargeSquaredDifference : IDistanceTerm
{
    /// <summary>2^-80.</summary>
    private const float Factor = 8.271806e-25f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Of<TLanes>(TLanes x, TLanes y)
        where TLanes : struct, IArithmetic<TLanes, float>
    {
        var factor = TLanes.Broadcast(Factor);
        var difference = TLanes.Subtract(TLanes.Multiply(x, factor), TLanes.Multiply(y, factor));
        return TLanes.Multiply(difference, difference);
    }
}
