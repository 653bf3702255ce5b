using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Numerics.Codes;

/// <summary>Two lanes in a 128-bit register.</summary>
internal readonly struct ByteLanes128(Vector128<long> all) : ICodeLanes<ByteLanes128, long>
{
    private readonly Vector128<long> _all = all;

    public static int Count => Vector128<long>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes128 Broadcast(long value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ByteLanes128 Load(long* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes128 Add(ByteLanes128 left, ByteLanes128 right) => new(left._all + right._all);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes128 Term(ByteLanes128 left, ByteLanes128 right) => new(AbsoluteDifferences(left._all, right._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLanes128 GapTerm(ByteLanes128 value, ByteLanes128 low, ByteLanes128 high)
    {
        // Below the box the larger of value and low is low, above it the smaller of value and high is high.
        var nearest = Vector128.Min(Vector128.Max(value._all.AsByte(), low._all.AsByte()), high._all.AsByte());
        return Term(value, new ByteLanes128(nearest.AsInt64()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Signs(ByteLanes128 value) => value._all.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<long> AbsoluteDifferences(Vector128<long> left, Vector128<long> right) => Sse2.IsSupported
        ? Sse2.SumAbsoluteDifferences(left.AsByte(), right.AsByte()).AsInt64()
        : AddNeighbors(Vector128.Max(left.AsByte(), right.AsByte()) - Vector128.Min(left.AsByte(), right.AsByte()));

    /// <summary>Where there is no instruction for it: neighboring parts are added at 16, 32 and 64 bits.</summary>
    private static Vector128<long> AddNeighbors(Vector128<byte> differences)
    {
        var pairs = (differences.AsUInt16() & Vector128.Create((ushort)0xFF)) + (differences.AsUInt16() >> 8);
        var fours = (pairs.AsUInt32() & Vector128.Create(0xFFFFu)) + (pairs.AsUInt32() >> 16);
        return ((fours.AsUInt64() & Vector128.Create(0xFFFF_FFFFul)) + (fours.AsUInt64() >> 32)).AsInt64();
    }
}
