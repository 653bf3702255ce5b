using System.Runtime.InteropServices;
using ILGPU;

namespace Engine.Gpu.Ilgpu;

/// <summary>The drivers that ILGPU calls, by the names that Linux gives them, and why they offer no GPU.</summary>
/// <remarks>ILGPU looks for <c>cuda</c> and <c>OpenCL</c>, and says nothing when it finds neither.</remarks>
internal static class NativeDrivers
{
    private const string CudaLibrary = "libcuda.so.1";
    private const string OpenCLLibrary = "libOpenCL.so.1";
    private const string WslFolder = "/usr/lib/wsl/lib";

    private static readonly Lazy<bool> s_mapped = new(SetResolver);

    /// <summary>Maps the names, once per process; must come before the first context.</summary>
    public static void Map() => _ = s_mapped.Value;

    /// <summary>Says why no GPU was listed.</summary>
    /// <returns>One or two sentences.</returns>
    public static string WhyNoGpu()
    {
        if (!OperatingSystem.IsLinux())
            return "ILGPU lists no CUDA device and no OpenCL device with a generic address space; is the driver installed?";
        return $"{WhyNot(CudaLibrary, "CUDA", "its driver lists no device that ILGPU can use")} "
            + $"{WhyNot(OpenCLLibrary, "OpenCL", "it lists no GPU with a generic address space")}";
    }

    private static string WhyNot(string library, string interfaceName, string otherwise)
    {
        if (!NativeLibrary.TryLoad(library, out var handle))
            return $"{interfaceName}: {library} cannot be loaded; the driver is not installed, or not visible here (containers need to be given the GPU).";
        NativeLibrary.Free(handle);
        return $"{interfaceName}: {library} is there, but {otherwise}.";
    }

    private static bool SetResolver()
    {
        // Under WSL, ILGPU sets a resolver of its own, and a second one is an error.
        if (!OperatingSystem.IsLinux() || Directory.Exists(WslFolder))
            return false;
        NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, static (name, _, _) =>
        {
            var library = name switch { "cuda" => CudaLibrary, "OpenCL" => OpenCLLibrary, _ => null };
            return library is not null && NativeLibrary.TryLoad(library, out var handle) ? handle : 0;
        });
        return true;
    }
}
