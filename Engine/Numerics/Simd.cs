using System.Runtime.Intrinsics;

namespace Engine.Numerics;

/// <summary>The widest vectors that kernels use on this machine.</summary>
public enum SimdLevel
{
    /// <summary>No vector instructions.</summary>
    Scalar,

    /// <summary>128-bit vectors: SSE or AdvSimd.</summary>
    Vector128,

    /// <summary>256-bit vectors: AVX2.</summary>
    Vector256,

    /// <summary>512-bit vectors: AVX-512.</summary>
    Vector512,
}

/// <summary>Tells which SIMD level kernels run at. Results have the same bits at each.</summary>
public static class Simd
{
    /// <summary>Gets the level of this process; DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0 and DOTNET_EnableHWIntrinsic=0 lower it.</summary>
    public static SimdLevel Level =>
        Vector512.IsHardwareAccelerated ? SimdLevel.Vector512 :
        Vector256.IsHardwareAccelerated ? SimdLevel.Vector256 :
        Vector128.IsHardwareAccelerated ? SimdLevel.Vector128 :
        SimdLevel.Scalar;
}
