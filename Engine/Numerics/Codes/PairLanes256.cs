using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Numerics.Codes;

/// <summary>Eight lanes in a 256-bit register.</summary>
internal readonly struct PairLanes256(Vector256<int> all) : ICodeLanes<PairLanes256, int>
{
    private readonly Vector256<int> _all = all;

    public static int Count => Vector256<int>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairLanes256 Broadcast(int value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe PairLanes256 Load(int* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairLanes256 Add(PairLanes256 left, PairLanes256 right) => new(left._all + right._all);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairLanes256 Term(PairLanes256 left, PairLanes256 right) => new(Dot(left._all, right._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairLanes256 GapTerm(PairLanes256 value, PairLanes256 low, PairLanes256 high)
    {
        // At most one of the two differences is positive.
        var below = low._all.AsInt16() - value._all.AsInt16();
        var above = value._all.AsInt16() - high._all.AsInt16();
        var gap = new PairLanes256(Vector256.Max(Vector256.Max(below, above), Vector256<short>.Zero).AsInt32());
        return Term(gap, gap);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Signs(PairLanes256 value) => value._all.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<int> Dot(Vector256<int> left, Vector256<int> right) => Avx2.IsSupported
        ? Avx2.MultiplyAddAdjacent(left.AsInt16(), right.AsInt16())
        : Vector256.Create(PairLanes128.Dot(left.GetLower(), right.GetLower()), PairLanes128.Dot(left.GetUpper(), right.GetUpper()));
}
