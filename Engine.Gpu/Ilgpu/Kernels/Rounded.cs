using ILGPU.IR.Intrinsics;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Operations that every device rounds one by one, which makes their bits those of the processor: compilers of devices fuse a product and a sum unless they are told not to.</summary>
/// <remarks>What stands here is what ILGPU's CPU accelerator runs, as .NET never fuses. CUDA's and OpenCL's are in <see cref="RoundedOnCuda"/> and <see cref="RoundedOnOpenCL"/>.</remarks>
internal static class Rounded
{
    [IntrinsicImplementation]
    public static float Add(float x, float y) => x + y;

    [IntrinsicImplementation]
    public static float Subtract(float x, float y) => x - y;

    [IntrinsicImplementation]
    public static float Multiply(float x, float y) => x * y;

    /// <summary>Computes x y + z, rounded once.</summary>
    [IntrinsicImplementation]
    public static float MultiplyAdd(float x, float y, float z) => MathF.FusedMultiplyAdd(x, y, z);

    [IntrinsicImplementation]
    public static double Add(double x, double y) => x + y;

    [IntrinsicImplementation]
    public static double Subtract(double x, double y) => x - y;

    [IntrinsicImplementation]
    public static double Multiply(double x, double y) => x * y;

    /// <summary>Computes x y + z, rounded once.</summary>
    [IntrinsicImplementation]
    public static double MultiplyAdd(double x, double y, double z) => Math.FusedMultiplyAdd(x, y, z);
}
