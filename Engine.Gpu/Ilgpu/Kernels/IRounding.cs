using ILGPU.Runtime.Cuda;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Float32 operations that are rounded one by one, which makes their bits those of the processor.</summary>
internal interface IRounding
{
    static abstract float Add(float x, float y);

    static abstract float Subtract(float x, float y);

    static abstract float Multiply(float x, float y);
}

/// <summary>CUDA: without the mark .rn, the driver would fuse a product and a sum.</summary>
internal readonly struct PtxRounding : IRounding
{
    public static float Add(float x, float y)
    {
        CudaAsm.Emit("add.rn.f32 %0, %1, %2;", out float result, x, y);
        return result;
    }

    public static float Subtract(float x, float y)
    {
        CudaAsm.Emit("sub.rn.f32 %0, %1, %2;", out float result, x, y);
        return result;
    }

    public static float Multiply(float x, float y)
    {
        CudaAsm.Emit("mul.rn.f32 %0, %1, %2;", out float result, x, y);
        return result;
    }
}

/// <summary>ILGPU's CPU accelerator: .NET never fuses.</summary>
internal readonly struct PlainRounding : IRounding
{
    public static float Add(float x, float y) => x + y;

    public static float Subtract(float x, float y) => x - y;

    public static float Multiply(float x, float y) => x * y;
}
