using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Bench.Devices;
using Bench.Report;
using Bench.Report.Terminal;
using Engine.Compute;
using Engine.Gpu;
using Engine.Numerics.Distances;
using Engine.Prognosis;

namespace Bench.Commands;

/// <summary>The command <c>check-device</c>: the same work on a device and on the processor, compared and timed.</summary>
internal sealed class CheckDeviceCommand : Command
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    private static readonly int[] s_defaultRows = [255, 256, 257, 65534, 65535, 65536, 65537, 2377768];

    private readonly Option<string?> _device = new("--device") { Description = "The device, by index or a part of its name; by default the first GPU.", HelpName = "NAME|INDEX" };
    private readonly Option<int[]> _rows = new("--rows") { Description = $"Numbers of reference rows; by default {string.Join(",", s_defaultRows)}." };
    private readonly Option<int> _queries = new("--queries") { Description = "Number of queries.", DefaultValueFactory = _ => 47555 };
    private readonly Option<string> _out = new("--out") { Description = "Folder for device.json and device.md.", DefaultValueFactory = _ => "results-device", HelpName = "DIR" };

    public CheckDeviceCommand()
        : base("check-device", "Compare a GPU with the processor: neighbors, interpolation and gradients of many models by bits, passes of a fit, whole fits and networks on libtorch within bounds, and seconds of both. Uniform random rows of 76 features.")
    {
        _rows.AcceptWholeNumbers();
        _rows.Require(rows => rows.Length > 0 && rows.All(count => count >= DeviceChecks.SmallestRowCount), $"must be whole numbers from {DeviceChecks.SmallestRowCount}");
        _queries.Require(queries => queries >= 1, "must be 1 or more");
        foreach (var option in new Option[] { _device, _rows, _queries, _out })
            Options.Add(option);
        SetAction((arguments, cancellation) => Task.Run(() => UserErrors.Report(() => Run(arguments, cancellation)), CancellationToken.None));
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var folder = arguments.GetRequiredValue(_out);
        PendingFolder.Prepare(folder, Messages.Tell);
        using var gpu = Accelerators.OpenGpu(arguments.GetValue(_device));
        Messages.Say(gpu.Device.Describe());
        var checks = new DeviceChecks(gpu, new ComputeOptions { CancellationToken = cancellation });
        var results = new List<DeviceCheck>();
        var networks = WithLibTorch(gpu.Device, out var whyNoNetworks);
        foreach (var result in Run(checks, arguments.GetValue(_rows) is { Length: > 0 } rows ? rows : s_defaultRows, arguments.GetValue(_queries)).Concat(networks))
        {
            cancellation.ThrowIfCancellationRequested();
            results.Add(result);
            Messages.Say(result.Describe());
        }

        if (whyNoNetworks is not null)
            Messages.Say($"Left out, networks on libtorch: {whyNoNetworks}");
        var isKept = results.All(result => result.IsKept);
        var bandwidth = gpu.MeasureMemoryBandwidth() / 1e9;
        var header = string.Create(
            CultureInfo.InvariantCulture,
            $"{gpu.Device.Describe()} Its memory copies at {bandwidth:F0} GB/s. Beside it: {SimdBackend.Instance.Name}, {Environment.ProcessorCount} cores. .NET {Environment.Version}.");
        Messages.Say(header);
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, "device.json"), JsonSerializer.Serialize(new { gpu.Device, IsKept = isKept, MemoryGigabytesPerSecond = bandwidth, WhyNoNetworks = whyNoNetworks, Results = results }, s_json));
        File.WriteAllText(Path.Combine(folder, "device.md"), $"{header}\n\n{string.Join('\n', results.Select(result => $"- {result.Describe()}"))}\n{(whyNoNetworks is null ? "" : $"- left out, networks on libtorch: {whyNoNetworks}\n")}");
        return isKept ? 0 : 1;
    }

    private static IEnumerable<DeviceCheck> Run(DeviceChecks checks, int[] rowCounts, int queryCount)
    {
        foreach (var rowCount in rowCounts)
        {
            yield return checks.Neighbors(rowCount, queryCount, Metric.L2);
            yield return checks.Neighbors(rowCount, queryCount, Metric.L1);
        }

        yield return checks.Interpolation(rowCounts.Max());
        foreach (var result in checks.FitPasses(rowCounts.Max()))
            yield return result;
        yield return checks.SharedPasses(rowCounts.Max());
        yield return checks.FitOfMadeRows(rowCounts.Max());
        if (rowCounts.Max() >= DeviceChecks.FewestSharedRows)
            yield return checks.ManyFits(rowCounts.Max());
    }

    /// <summary>Returns the checks of networks: on CUDA beside a device of CUDA; beside others on the processor, which checks libtorch itself.</summary>
    private static IEnumerable<DeviceCheck> WithLibTorch(GpuDevice device, out string? whyNot)
    {
        var kind = device.Kind == GpuDeviceKind.Cuda ? TorchDevice.Cuda : TorchDevice.Cpu;
        try
        {
            Accelerators.OnLibTorch(new Mlp(), kind);
        }
        catch (AcceleratorException error)
        {
            whyNot = error.Message;
            return [];
        }

        whyNot = null;
        return Run(new NetworkChecks(managed => Accelerators.OnLibTorch(managed, kind)));
    }

    private static IEnumerable<DeviceCheck> Run(NetworkChecks checks)
    {
        yield return checks.Perceptron(16_384, batchSize: 4096);
        yield return checks.Lstm(1024, batchSize: 64);
    }
}
