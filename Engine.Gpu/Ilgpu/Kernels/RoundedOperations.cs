using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Tells ILGPU what <see cref="Rounded"/> is on each kind of device.</summary>
internal static class RoundedOperations
{
    /// <summary>Adds them to what the kernels of a context may call.</summary>
    public static void Register(Context.Builder builder)
    {
        var intrinsics = builder.GetIntrinsicManager();
        foreach (var operation in typeof(Rounded).GetMethods(BindingFlags.Public | BindingFlags.Static))
        {
            intrinsics.RegisterMethod(operation, new PTXIntrinsic(typeof(RoundedOnCuda).GetMethod(operation.Name)!, IntrinsicImplementationMode.GenerateCode));
            intrinsics.RegisterMethod(operation, new CLIntrinsic(typeof(RoundedOnOpenCL).GetMethod(operation.Name)!, IntrinsicImplementationMode.GenerateCode));
        }
    }
}
