using System.Globalization;

namespace Engine.Gpu;

/// <summary>A device that this build can compute on.</summary>
/// <param name="Index">Its number in the list of <see cref="Accelerators.Devices"/>.</param>
/// <param name="Name">Its name, as its driver says it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="MemoryBytes">Its memory; 0 where that is the computer's own.</param>
public sealed record GpuDevice(int Index, string Name, GpuDeviceKind Kind, long MemoryBytes)
{
    private const double BytesPerGib = 1L << 30;

    /// <summary>Says what the device is.</summary>
    /// <returns>One line.</returns>
    public string Describe() => Kind == GpuDeviceKind.CpuCheck
        ? $"[{Index}] {Name}: a check of the kernels on the processor, not a way to be fast."
        : string.Create(CultureInfo.InvariantCulture, $"[{Index}] {Name}: {Kind}, {MemoryBytes / BytesPerGib:F1} GiB.");

    /// <summary>Chooses a device by index or by a part of its name.</summary>
    /// <param name="devices">The devices there are.</param>
    /// <param name="wanted">An index or a part of a name; null for the first GPU.</param>
    /// <param name="whyNoGpu">What to say when there is no GPU.</param>
    /// <exception cref="AcceleratorException">No device fits, a name fits several, or an index is that of the check on the processor.</exception>
    internal static GpuDevice Choose(IReadOnlyList<GpuDevice> devices, string? wanted, string whyNoGpu)
    {
        if (wanted is null)
            return devices.FirstOrDefault(device => device.Kind != GpuDeviceKind.CpuCheck) ?? throw new AcceleratorException($"there is no GPU: {whyNoGpu}");
        var fitting = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? devices.Where(device => device.Index == index).ToArray()
            : devices.Where(device => device.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)).ToArray();
        // An index says nothing of what the device is.
        if (fitting is [{ Kind: GpuDeviceKind.CpuCheck }] && int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new AcceleratorException($"device {wanted} is no GPU but a check of the kernels on the processor, which runs only under its name, '{fitting[0].Name}'.{NoGpu(devices, whyNoGpu)}");
        if (fitting.Length == 1)
            return fitting[0];
        var known = string.Join("; ", devices.Select(device => device.Describe().TrimEnd('.')));
        var problem = fitting.Length == 0 ? "no device is called" : "several devices are called";
        throw new AcceleratorException($"{problem} '{wanted}'; there are: {known}.{NoGpu(devices, whyNoGpu)}");
    }

    private static string NoGpu(IReadOnlyList<GpuDevice> devices, string whyNoGpu) =>
        devices.All(device => device.Kind == GpuDeviceKind.CpuCheck) ? $" No GPU: {whyNoGpu}" : "";
}
