using Engine.Gpu.Ilgpu.Kernels;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Engine.Gpu.Ilgpu;

/// <summary>The devices that ILGPU finds.</summary>
internal static class DeviceList
{
    /// <summary>Lists the devices: CUDA, OpenCL, then the check on the processor.</summary>
    public static IReadOnlyList<GpuDevice> All()
    {
        using var context = CreateContext();
        return [.. Ordered(context).Select(Describe)];
    }

    /// <summary>Opens a device of <see cref="All"/>.</summary>
    /// <exception cref="AcceleratorException">The driver does not open it.</exception>
    public static IlgpuBackend Open(GpuDevice description, IlgpuLimits? limits = null)
    {
        var context = CreateContext();
        try
        {
            return new IlgpuBackend(new IlgpuDevice(context, Ordered(context)[description.Index], limits?.DeviceBytes), description, limits);
        }
        catch (Exception error)
        {
            context.Dispose();
            throw new AcceleratorException($"{description.Name} cannot be opened: {error.Message}", error);
        }
    }

    /// <summary>Creates a context of all devices; aggressive inlining, because kernels are written in small methods.</summary>
    public static Context CreateContext()
    {
        NativeDrivers.Map();
        return Context.Create(builder =>
        {
            builder.AllAccelerators().Optimize(OptimizationLevel.O2).Inlining(InliningMode.Aggressive);
            RoundedOperations.Register(builder);
        });
    }

    private static Device[] Ordered(Context context) =>
        [.. context.Devices.OrderBy(device => device switch { CudaDevice => 0, CLDevice => 1, _ => 2 })];

    private static GpuDevice Describe(Device device, int index) => device switch
    {
        CudaDevice => new GpuDevice(index, device.Name, GpuDeviceKind.Cuda, device.MemorySize),
        CLDevice => new GpuDevice(index, device.Name, GpuDeviceKind.OpenCL, device.MemorySize),
        CPUDevice => new GpuDevice(index, device.Name, GpuDeviceKind.CpuCheck, 0),
        _ => throw new AcceleratorException($"{device.Name} is a kind of device that is not known here."),
    };
}
