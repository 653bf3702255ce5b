using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace Engine.Gpu.Ilgpu;

/// <summary>The PTX text of kernels, which can be made and checked where there is no GPU.</summary>
internal static class KernelText
{
    /// <summary>Compiles a kernel for sm_80, the newest that ILGPU 1.5.3 emits code for.</summary>
    /// <param name="kernel">A static method that takes views.</param>
    /// <returns>PTX text.</returns>
    public static string Ptx(Delegate kernel)
    {
        using var context = DeviceList.CreateContext();
        using var backend = new PTXBackend(context, new CudaCapabilityContext(CudaArchitecture.SM_80), CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, null);
        var compiled = (PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Method), default);
        return compiled.PTXAssembly;
    }

    /// <summary>Returns the text of the interpolation kernel on CUDA.</summary>
    public static string Interpolation() =>
        Ptx((Action<ILGPU.ArrayView<float>, ILGPU.ArrayView<float>, ILGPU.ArrayView<float>, int>)Kernels.InterpolationKernel.Interpolate);
}
