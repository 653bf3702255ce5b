using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Numerics.Codes;

/// <summary>Eight lanes in a 512-bit register.</summary>
internal readonly struct ByteLanes512(Vector512<long> all) : ICodeLanes<ByteLanes512, long>
{
    private readonly Vector512<long> _all = all;

    public static int Count => Vector512<long>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes512 Broadcast(long value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ByteLanes512 Load(long* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes512 Add(ByteLanes512 left, ByteLanes512 right) => new(left._all + right._all);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes512 Term(ByteLanes512 left, ByteLanes512 right) => new(Avx512BW.IsSupported
        ? Avx512BW.SumAbsoluteDifferences(left._all.AsByte(), right._all.AsByte()).AsInt64()
        : Vector512.Create(
            ByteLanes256.AbsoluteDifferences(left._all.GetLower(), right._all.GetLower()),
            ByteLanes256.AbsoluteDifferences(left._all.GetUpper(), right._all.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes512 GapTerm(ByteLanes512 value, ByteLanes512 low, ByteLanes512 high)
    {
        // Below the box the larger of value and low is low, above it the smaller of value and high is high.
        var nearest = Vector512.Min(Vector512.Max(value._all.AsByte(), low._all.AsByte()), high._all.AsByte());
        return Term(value, new ByteLanes512(nearest.AsInt64()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Signs(ByteLanes512 value) => (uint)value._all.ExtractMostSignificantBits();
}
