using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Numerics.Codes;

/// <summary>Four lanes in a 256-bit register.</summary>
internal readonly struct ByteLanes256(Vector256<long> all) : ICodeLanes<ByteLanes256, long>
{
    private readonly Vector256<long> _all = all;

    public static int Count => Vector256<long>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes256 Broadcast(long value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ByteLanes256 Load(long* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes256 Add(ByteLanes256 left, ByteLanes256 right) => new(left._all + right._all);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes256 Term(ByteLanes256 left, ByteLanes256 right) => new(AbsoluteDifferences(left._all, right._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes256 GapTerm(ByteLanes256 value, ByteLanes256 low, ByteLanes256 high)
    {
        // Below the box the larger of value and low is low, above it the smaller of value and high is high.
        var nearest = Vector256.Min(Vector256.Max(value._all.AsByte(), low._all.AsByte()), high._all.AsByte());
        return Term(value, new ByteLanes256(nearest.AsInt64()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Signs(ByteLanes256 value) => value._all.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<long> AbsoluteDifferences(Vector256<long> left, Vector256<long> right) => Avx2.IsSupported
        ? Avx2.SumAbsoluteDifferences(left.AsByte(), right.AsByte()).AsInt64()
        : Vector256.Create(
            ByteLanes128.AbsoluteDifferences(left.GetLower(), right.GetLower()),
            ByteLanes128.AbsoluteDifferences(left.GetUpper(), right.GetUpper()));
}
