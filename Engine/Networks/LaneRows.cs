using System.Runtime.CompilerServices;
using Engine.Numerics.Lanes;

namespace Engine.Networks;

/// <summary>Operations on rows of whole registers.</summary>
internal static unsafe class LaneRows<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    private static nint Lanes => 64 / sizeof(T);

    /// <summary>Computes left x right value by value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(T* left, T* right, nint lanes, T* result)
    {
        for (nint i = 0; i < lanes * Lanes; i += Lanes)
            TLanes.Store(TLanes.Multiply(TLanes.Load(ref left[i]), TLanes.Load(ref right[i])), ref result[i]);
    }

    /// <summary>Adds left x right value by value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProduct(T* left, T* right, nint lanes, T* sums)
    {
        for (nint i = 0; i < lanes * Lanes; i += Lanes)
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(ref left[i]), TLanes.Load(ref right[i]), TLanes.Load(ref sums[i])), ref sums[i]);
    }

    /// <summary>Adds factor x (left x right) value by value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(T factor, T* left, T* right, nint lanes, T* sums)
    {
        var scale = TLanes.Broadcast(factor);
        for (nint i = 0; i < lanes * Lanes; i += Lanes)
        {
            var product = TLanes.Multiply(TLanes.Load(ref left[i]), TLanes.Load(ref right[i]));
            TLanes.Store(TLanes.MultiplyAdd(scale, product, TLanes.Load(ref sums[i])), ref sums[i]);
        }
    }

    /// <summary>Adds up left x factors x right in lanes, and folds them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Dot(T* left, T* factors, T* right, nint lanes)
    {
        var sum = TLanes.Zero;
        for (nint i = 0; i < lanes * Lanes; i += Lanes)
            sum = TLanes.MultiplyAdd(TLanes.Multiply(TLanes.Load(ref left[i]), TLanes.Load(ref factors[i])), TLanes.Load(ref right[i]), sum);
        return TLanes.Sum(sum);
    }

    /// <summary>Adds rows to one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRows(T* rows, nint stride, nint count, nint lanes, T* sums)
    {
        for (nint i = 0; i < lanes * Lanes; i += Lanes)
        {
            var sum = TLanes.Load(ref sums[i]);
            for (nint row = 0; row < count; row++)
                sum = TLanes.Add(sum, TLanes.Load(ref rows[(row * stride) + i]));
            TLanes.Store(sum, ref sums[i]);
        }
    }
}
