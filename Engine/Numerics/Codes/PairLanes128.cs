using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Numerics.Codes;

/// <summary>Four lanes in a 128-bit register.</summary>
internal readonly struct PairLanes128(Vector128<int> all) : ICodeLanes<PairLanes128, int>
{
    private readonly Vector128<int> _all = all;

    public static int Count => Vector128<int>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairLanes128 Broadcast(int value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe PairLanes128 Load(int* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairLanes128 Add(PairLanes128 left, PairLanes128 right) => new(left._all + right._all);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairLanes128 Term(PairLanes128 left, PairLanes128 right) => new(Dot(left._all, right._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairLanes128 GapTerm(PairLanes128 value, PairLanes128 low, PairLanes128 high)
    {
        // At most one of the two differences is positive.
        var below = low._all.AsInt16() - value._all.AsInt16();
        var above = value._all.AsInt16() - high._all.AsInt16();
        var gap = new PairLanes128(Vector128.Max(Vector128.Max(below, above), Vector128<short>.Zero).AsInt32());
        return Term(gap, gap);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Signs(PairLanes128 value) => value._all.ExtractMostSignificantBits();

    /// <summary>Where there is no instruction for it: a shift up and down extends the sign of the low half, a shift down that of the high half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> Dot(Vector128<int> left, Vector128<int> right) => Sse2.IsSupported
        ? Sse2.MultiplyAddAdjacent(left.AsInt16(), right.AsInt16())
        : (((left << 16) >> 16) * ((right << 16) >> 16)) + ((left >> 16) * (right >> 16));
}
