using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Numerics.Codes;

/// <summary>Sixteen lanes in a 512-bit register.</summary>
internal readonly struct PairLanes512(Vector512<int> all) : ICodeLanes<PairLanes512, int>
{
    private readonly Vector512<int> _all = all;

    public static int Count => Vector512<int>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairLanes512 Broadcast(int value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe PairLanes512 Load(int* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairLanes512 Add(PairLanes512 left, PairLanes512 right) => new(left._all + right._all);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairLanes512 Term(PairLanes512 left, PairLanes512 right) => new(Avx512BW.IsSupported
        ? Avx512BW.MultiplyAddAdjacent(left._all.AsInt16(), right._all.AsInt16())
        : Vector512.Create(
            PairLanes256.Dot(left._all.GetLower(), right._all.GetLower()),
            PairLanes256.Dot(left._all.GetUpper(), right._all.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairLanes512 GapTerm(PairLanes512 value, PairLanes512 low, PairLanes512 high)
    {
        // At most one of the two differences is positive.
        var below = low._all.AsInt16() - value._all.AsInt16();
        var above = value._all.AsInt16() - high._all.AsInt16();
        var gap = new PairLanes512(Vector512.Max(Vector512.Max(below, above), Vector512<short>.Zero).AsInt32());
        return Term(gap, gap);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Signs(PairLanes512 value) => (uint)value._all.ExtractMostSignificantBits();
}
