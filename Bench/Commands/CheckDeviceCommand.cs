using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Bench.Report;
using Engine.Compute;
using Engine.Data;
using Engine.Gpu;
using Engine.Numerics;
using Engine.Numerics.Distances;

namespace Bench.Commands;

/// <summary>The command <c>check-device</c>: the same work on a device and on the processor, compared by bits and timed.</summary>
internal sealed class CheckDeviceCommand : Command
{
    private const int FeatureCount = 76;
    private const int NeighborCount = 5;

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    private readonly Option<string?> _device = new("--device") { Description = "The device, by index or a part of its name; by default the first GPU.", HelpName = "NAME|INDEX" };
    private readonly Option<int[]> _rows = new("--rows") { Description = "Numbers of reference rows.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [255, 256, 257, 65534, 65535, 65536, 65537, 2377768] };
    private readonly Option<int> _queries = new("--queries") { Description = "Number of queries.", DefaultValueFactory = _ => 47555 };
    private readonly Option<string> _out = new("--out") { Description = "Folder for device.json and device.md.", DefaultValueFactory = _ => "results-device", HelpName = "DIR" };

    public CheckDeviceCommand()
        : base("check-device", "Compare a GPU with the processor: the same bits, and seconds of both. Uniform random rows of 76 features.")
    {
        _rows.Require(rows => rows.Length > 0 && rows.All(count => count >= NeighborCount), $"must be whole numbers from {NeighborCount}");
        _queries.Require(queries => queries >= 1, "must be 1 or more");
        foreach (var option in new Option[] { _device, _rows, _queries, _out })
            Options.Add(option);
        SetAction((arguments, cancellation) => Task.Run(() => UserErrors.Report(() => Run(arguments, cancellation)), CancellationToken.None));
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var folder = arguments.GetRequiredValue(_out);
        ResultFolder.CheckWritable(folder);
        using var gpu = Accelerators.OpenGpu(arguments.GetValue(_device));
        Console.WriteLine(gpu.Device.Describe());
        var queries = Uniform(arguments.GetValue(_queries), seed: 2);
        var results = new List<DeviceCheck>();
        foreach (var rowCount in arguments.GetRequiredValue(_rows))
        {
            var reference = Uniform(rowCount, seed: 1);
            foreach (var metric in new[] { Metric.L2, Metric.L1 })
            {
                results.Add(Compare(gpu, reference, queries, metric, new ComputeOptions { CancellationToken = cancellation }));
                Console.WriteLine(results[^1].Describe());
            }
        }

        var isSame = results.All(result => result.IsSame);
        var header = $"{gpu.Device.Describe()} Beside it: {SimdBackend.Instance.Name}, {Environment.ProcessorCount} cores. .NET {Environment.Version}.";
        File.WriteAllText(Path.Combine(folder, "device.json"), JsonSerializer.Serialize(new { gpu.Device, IsSame = isSame, Results = results }, s_json));
        File.WriteAllText(Path.Combine(folder, "device.md"), $"{header}\n\n{string.Join('\n', results.Select(result => $"- {result.Describe()}"))}\n");
        return isSame ? 0 : 1;
    }

    private static DeviceCheck Compare(IGpuBackend gpu, SampleMatrix reference, SampleMatrix queries, Metric metric, ComputeOptions options)
    {
        // Once for the compilation of kernels, which is not what is timed.
        Search(gpu, reference, reference.SelectRows(new long[] { 0 }), metric, options);
        var (onGpu, gpuSeconds) = Search(gpu, reference, queries, metric, options);
        var (onProcessor, processorSeconds) = Search(SimdBackend.Instance, reference, queries, metric, options);
        var isSame = onGpu.Indices.AsSpan().SequenceEqual(onProcessor.Indices) && onGpu.Distances.AsSpan().SequenceEqual(onProcessor.Distances);
        return new DeviceCheck($"{metric}", reference.RowCount, queries.RowCount, FeatureCount, NeighborCount, isSame, gpuSeconds, processorSeconds);
    }

    private static ((long[] Indices, float[] Distances) Found, double Seconds) Search(
        IComputeBackend backend, SampleMatrix reference, SampleMatrix queries, Metric metric, ComputeOptions options)
    {
        var clock = Stopwatch.StartNew();
        using var index = backend.IndexNeighbors(reference, metric, null, options);
        var (indices, distances) = (new long[queries.RowCount * NeighborCount], new float[queries.RowCount * NeighborCount]);
        index.FindNearest(new NeighborRequest(queries, NeighborCount), indices, distances, options);
        return ((indices, distances), clock.Elapsed.TotalSeconds);
    }

    private static SampleMatrix Uniform(int rowCount, ulong seed)
    {
        var samples = SampleMatrix.Create(rowCount, FeatureCount);
        var stream = new RandomStream(seed, 0);
        Parallel.For(0, rowCount, row =>
        {
            var values = samples.GetWritableRow(row);
            for (var i = 0; i < values.Length; i++)
                values[i] = stream.UniformFloat(((ulong)row * FeatureCount) + (ulong)i);
        });
        return samples;
    }

    /// <summary>One comparison; seconds are of preparation and search together.</summary>
    private sealed record DeviceCheck(string Metric, long Rows, long Queries, int Features, int Neighbors, bool IsSame, double DeviceSeconds, double ProcessorSeconds)
    {
        public string Describe() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Metric}, {Queries:N0} x {Rows:N0} x {Features}, k = {Neighbors}: {(IsSame ? "same bits" : "DIFFERENT")}; device {DeviceSeconds:F3} s, processor {ProcessorSeconds:F3} s");
    }
}
