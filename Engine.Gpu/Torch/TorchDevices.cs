using Engine.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Engine.Gpu.Torch;

/// <summary>What libtorch can compute on.</summary>
internal static class TorchDevices
{
    /// <summary>Gets whether libtorch has a CUDA device; libtorch must be loaded.</summary>
    public static bool HasCuda => torch.cuda.is_available();

    /// <summary>Opens a device.</summary>
    /// <param name="kind">Which.</param>
    /// <exception cref="AcceleratorException">There is no libtorch, or it has no such device; the message says why.</exception>
    public static Device Open(TorchDevice kind)
    {
        LibTorch.Require();
        if (kind == TorchDevice.Cuda && !HasCuda)
            throw new AcceleratorException($"libtorch in {LibTorch.Folder} has no CUDA device; build with -p:LibTorch=cuda on a machine with NVIDIA's driver, or let {LibTorch.FolderVariable} name a libtorch with CUDA, or compute on the processor.");
        return kind == TorchDevice.Cuda ? CUDA : CPU;
    }

    /// <summary>Limits the threads that libtorch computes on, in the whole process.</summary>
    /// <param name="options">How to use the machine.</param>
    public static void Limit(ComputeOptions options)
    {
        var wanted = options.MaxDegreeOfParallelism > 0 ? Math.Min(options.MaxDegreeOfParallelism, Environment.ProcessorCount) : Environment.ProcessorCount;
        if (get_num_threads() != wanted)
            set_num_threads(wanted);
    }
}
