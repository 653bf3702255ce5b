namespace Engine.Gpu;

/// <summary>What a device is.</summary>
public enum GpuDeviceKind
{
    /// <summary>An NVIDIA GPU, through CUDA.</summary>
    Cuda,

    /// <summary>A GPU through OpenCL, with a generic address space.</summary>
    OpenCL,

    /// <summary>ILGPU's stand-in on the processor: it checks kernels, and takes minutes for what the processor's own code takes a second.</summary>
    CpuCheck,
}
