using System.Text;
using Engine.Data;
using Engine.Networks;
using Engine.Prognosis;

namespace Engine.Gpu;

/// <summary>What this build can compute on besides the processor, and why not on more.</summary>
/// <remarks>ILGPU and TorchSharp are in every build but one with <c>-p:Accelerators=none</c>; the native libtorch that TorchSharp calls comes with <c>-p:LibTorch=cpu</c>.</remarks>
public static class Accelerators
{
#if ACCELERATORS
    private const bool HasPackages = true;
#else
    private const bool HasPackages = false;
    private const string MissingPackage = "this build has no ILGPU: it was made with -p:Accelerators=none; build without that to compute on a GPU.";
    private const string MissingTorch = "this build has no TorchSharp: it was made with -p:Accelerators=none; build without that, or use the managed network.";
#endif

    /// <summary>Gets the accelerator packages and whether this build has them.</summary>
    public static IReadOnlyList<AcceleratorPackage> Packages { get; } =
    [
        new("ILGPU", HasPackages),
        new("TorchSharp", HasPackages),
    ];

    /// <summary>Describes what is there: a line a package, a line a device, why there is no GPU where there is none, and which native libtorch there is, or why none.</summary>
    /// <returns>Text for a console.</returns>
    public static string Describe()
    {
        var text = new StringBuilder();
        foreach (var package in Packages)
            text.AppendLine(package.Describe());
#if ACCELERATORS
        var devices = Devices();
        foreach (var device in devices)
            text.AppendLine(device.Describe());
        if (devices.All(device => device.Kind == GpuDeviceKind.CpuCheck))
            text.AppendLine($"No GPU: {Ilgpu.NativeDrivers.WhyNoGpu()}");
        text.AppendLine(Torch.LibTorch.Describe());
#endif
        return text.ToString().TrimEnd();
    }

    /// <summary>Lists the devices that this build can compute on; the check on the processor comes last.</summary>
    /// <returns>Devices in a fixed order; none in a build without ILGPU.</returns>
    public static IReadOnlyList<GpuDevice> Devices() =>
#if ACCELERATORS
        Ilgpu.DeviceList.All();
#else
        [];
#endif

    /// <summary>Opens a device.</summary>
    /// <param name="device">Its index or a part of its name; null for the first GPU. The check on the processor must be named: it is never a stand-in.</param>
    /// <returns>The kernels on that device.</returns>
    /// <exception cref="AcceleratorException">There is no such device, or it cannot be opened; the message says why.</exception>
    public static IGpuBackend OpenGpu(string? device = null)
    {
#if ACCELERATORS
        return Ilgpu.DeviceList.Open(GpuDevice.Choose(Devices(), device, Ilgpu.NativeDrivers.WhyNoGpu()));
#else
        throw new AcceleratorException(device is null ? MissingPackage : $"cannot open '{device}': {MissingPackage}");
#endif
    }

    /// <summary>Makes a model of the same settings, draws, steps and files whose gradients and probabilities libtorch computes.</summary>
    /// <param name="managed">An <see cref="Lstm"/> or <see cref="Mlp"/>.</param>
    /// <param name="device">What libtorch computes on.</param>
    /// <returns>A model whose probabilities are close to those of the managed network (1e-5 at the same weights), not the same bits.</returns>
    /// <exception cref="AcceleratorException">There is no libtorch, no such device, or the model is no network; the message says why.</exception>
    public static IPrognosisModel OnLibTorch(IPrognosisModel managed, TorchDevice device = TorchDevice.Cpu)
    {
        ArgumentNullException.ThrowIfNull(managed);
#if ACCELERATORS
        Torch.TorchDevices.Open(device);
        return managed switch
        {
            Mlp mlp => new Torch.TorchMlp(mlp) { Device = device },
            Lstm lstm => new Torch.TorchLstm(lstm) { Device = device },
            _ => throw new AcceleratorException($"there is no '{managed.Name}' on libtorch, only networks: lstm and mlp."),
        };
#else
        throw new AcceleratorException(MissingTorch);
#endif
    }

    /// <summary>Writes a managed network as a user of libtorch would, to be measured against: libtorch's own layers on prepared batches.</summary>
    /// <param name="start">The network whose weights it starts from: of sigmoid gates, the last layer forward.</param>
    /// <param name="samples">What it trains on and predicts.</param>
    /// <param name="settings">Batch size and Adam.</param>
    /// <exception cref="AcceleratorException">There is no libtorch, or the model is no network; the message says why.</exception>
    internal static IPlainNetwork PlainOnLibTorch(IFittedModel start, LabeledSamples samples, TrainingSettings settings)
    {
#if ACCELERATORS
        Torch.TorchDevices.Open(TorchDevice.Cpu);
        return start switch
        {
            Lstm.Fitted lstm => new Torch.PlainLstm(lstm, samples, settings),
            Mlp.Fitted mlp => new Torch.PlainMlp(mlp, samples, settings),
            _ => throw new AcceleratorException($"there is no '{start.Summary.Model}' on libtorch, only networks: lstm and mlp."),
        };
#else
        throw new AcceleratorException(MissingTorch);
#endif
    }

    /// <summary>Says why there is no libtorch; null where there is one.</summary>
    internal static string? WhyNoLibTorch() =>
#if ACCELERATORS
        Torch.LibTorch.WhyNot;
#else
        MissingTorch;
#endif
}
