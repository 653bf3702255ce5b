using System.Text;

namespace Engine.Gpu;

/// <summary>What this build can compute on besides the processor, and why not on more.</summary>
/// <remarks>ILGPU is opt-in: build with <c>-p:Accelerators=ilgpu</c>.</remarks>
public static class Accelerators
{
#if ILGPU
    private const bool HasIlgpu = true;
#else
    private const bool HasIlgpu = false;
#endif

    private const string MissingPackage = "this build has no ILGPU; build with -p:Accelerators=ilgpu to compute on a GPU.";

    /// <summary>Gets the accelerator packages and whether this build has them.</summary>
    public static IReadOnlyList<AcceleratorPackage> Packages { get; } =
    [
        new("ILGPU", "ilgpu", HasIlgpu),
    ];

    /// <summary>Describes what is there: a line a package, a line a device, and why there is no GPU where there is none.</summary>
    /// <returns>Text for a console.</returns>
    public static string Describe()
    {
        var text = new StringBuilder();
        foreach (var package in Packages)
            text.AppendLine(package.Describe());
        var devices = HasIlgpu ? Devices() : [];
        foreach (var device in devices)
            text.AppendLine(device.Describe());
        if (HasIlgpu && devices.All(device => device.Kind == GpuDeviceKind.CpuCheck))
            text.AppendLine($"No GPU: {WhyNoGpu()}");
        return text.ToString().TrimEnd();
    }

    /// <summary>Lists the devices that this build can compute on; the check on the processor comes last.</summary>
    /// <returns>Devices in a fixed order; none in a build without ILGPU.</returns>
    public static IReadOnlyList<GpuDevice> Devices() =>
#if ILGPU
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
#if ILGPU
        return Ilgpu.DeviceList.Open(GpuDevice.Choose(Devices(), device, WhyNoGpu()));
#else
        throw new AcceleratorException(device is null ? MissingPackage : $"cannot open '{device}': {MissingPackage}");
#endif
    }

    private static string WhyNoGpu() =>
#if ILGPU
        Ilgpu.NativeDrivers.WhyNoGpu();
#else
        MissingPackage;
#endif
}
