using System.Diagnostics;
using Engine.Compute;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Distances;

namespace Bench.Devices;

/// <summary>The kernels of a device beside those of the processor, on uniform random rows of 76 features.</summary>
/// <param name="device">The device.</param>
/// <param name="options">How to use the machine.</param>
internal sealed class DeviceChecks(IComputeBackend device, ComputeOptions options)
{
    private const int FeatureCount = 76;
    private const int NeighborCount = 5;
    private const int Repetitions = 5;
    private const int RowsPerCall = 1 << 16;
    private const string SameBits = "same bits";

    /// <summary>Sums of n terms below 1 that are added in another order differ by less, by far.</summary>
    private const double ErrorPerRow = 1e-12;

    /// <summary>Gets the fewest rows that can be checked.</summary>
    public static int SmallestRowCount => NeighborCount;

    /// <summary>Searches the five nearest rows; preparation and search are timed together.</summary>
    public DeviceCheck Neighbors(int rowCount, int queryCount, Metric metric)
    {
        var (reference, queries) = (Uniform(rowCount, seed: 1), Uniform(queryCount, seed: 2));
        // Once for the compilation of kernels, which is not what is timed.
        Search(device, reference, reference.SelectRows(new long[] { 0 }), metric);
        var (onDevice, deviceSeconds) = Search(device, reference, queries, metric);
        var (onProcessor, processorSeconds) = Search(SimdBackend.Instance, reference, queries, metric);
        var isSame = onDevice.Indices.AsSpan().SequenceEqual(onProcessor.Indices) && onDevice.Distances.AsSpan().SequenceEqual(onProcessor.Distances);
        return new DeviceCheck(
            $"{metric}, {queryCount:N0} x {rowCount:N0} x {FeatureCount}, k = {NeighborCount}", SameBits, isSame, deviceSeconds, processorSeconds,
            ((double)rowCount + queryCount) * FeatureCount * sizeof(float), 2.0 * rowCount * queryCount * FeatureCount);
    }

    /// <summary>Interpolates rows, many a call; the device's time has the copies of two parents to it and of the rows back.</summary>
    public DeviceCheck Interpolation(int rowCount)
    {
        const int Stride = 80;
        var rowsOfCall = Math.Min(rowCount, RowsPerCall);
        var (rows, neighbors, factors) = (Uniforms(rowsOfCall * Stride, 3), Uniforms(rowsOfCall * Stride, 4), Uniforms(rowsOfCall, 5));
        var (onDevice, onProcessor) = (new float[rows.Length], new float[rows.Length]);
        var (deviceSeconds, processorSeconds) = (0.0, 0.0);
        // Once for the compilation of kernels.
        device.Interpolate(rows, neighbors, factors, Stride, onDevice);
        SimdBackend.Instance.Interpolate(rows, neighbors, factors, Stride, onProcessor);
        for (var done = 0; done < rowCount; done += rowsOfCall)
        {
            var count = Math.Min(rowsOfCall, rowCount - done);
            deviceSeconds += Time(() => device.Interpolate(rows, neighbors, factors.AsSpan(0, count), Stride, onDevice));
            processorSeconds += Time(() => SimdBackend.Instance.Interpolate(rows, neighbors, factors.AsSpan(0, count), Stride, onProcessor));
        }

        return new DeviceCheck(
            $"interpolation, {rowCount:N0} x {FeatureCount}", SameBits, onDevice.AsSpan().SequenceEqual(onProcessor), deviceSeconds, processorSeconds,
            3.0 * rowCount * Stride * sizeof(float), 3.0 * rowCount * FeatureCount);
    }

    /// <summary>Runs passes of a fit: first one that sends the rows, then passes without and with a Hessian over rows that are there.</summary>
    public IEnumerable<DeviceCheck> FitPasses(int rowCount)
    {
        var samples = Uniform(rowCount, seed: 6);
        var labels = Enumerable.Range(0, rowCount).Select(row => (byte)(row % 3 == 0 ? 1 : 0)).ToArray();
        var coefficients = Enumerable.Range(0, FeatureCount + 1).Select(i => new RandomStream(7, 0).Normal((ulong)i) / 10).ToArray();
        // Once for the compilation of kernels.
        Repeat(device, new FitRequest(samples.SelectRows(new long[] { 0 }), labels.AsMemory(0, 1)), coefficients, true, 1);
        var request = new FitRequest(samples, labels);
        var (bytes, columns) = ((double)rowCount * FeatureCount * sizeof(float), FeatureCount + 1.0);
        foreach (var (hasHessian, repetitions) in new[] { (false, 1), (false, Repetitions), (true, Repetitions) })
        {
            var (onDevice, deviceSeconds) = Repeat(device, request, coefficients, hasHessian, repetitions);
            var (onProcessor, processorSeconds) = Repeat(SimdBackend.Instance, request, coefficients, hasHessian, repetitions);
            yield return new DeviceCheck(
                $"pass of a fit, {rowCount:N0} x {FeatureCount}, {(hasHessian ? "with" : "without")} Hessian{(repetitions == 1 ? ", rows sent" : "")}",
                $"within {ErrorPerRow:G1} a row", AreClose(onDevice, onProcessor, rowCount * ErrorPerRow), deviceSeconds, processorSeconds,
                bytes, 2 * rowCount * (hasHessian ? (columns * (columns + 1) / 2) + (2 * columns) : 2 * columns));
        }
    }

    private static double Time(Action work)
    {
        var clock = Stopwatch.StartNew();
        work();
        return clock.Elapsed.TotalSeconds;
    }

    private static float[] Uniforms(int count, ulong seed)
    {
        var stream = new RandomStream(seed, 0);
        return [.. Enumerable.Range(0, count).Select(i => stream.UniformFloat((ulong)i))];
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

    private static bool AreClose(NormalEquations left, NormalEquations right, double bound)
    {
        for (var i = 0; i < left.CoefficientCount; i++)
        {
            if (!(Math.Abs(left.Gradient[i] - right.Gradient[i]) <= bound))
                return false;
            for (var j = 0; left.HasHessian && j <= i; j++)
            {
                if (!(Math.Abs(left.Hessian[(i * left.Stride) + j] - right.Hessian[(i * right.Stride) + j]) <= bound))
                    return false;
            }
        }

        return Math.Abs(left.LogLikelihood - right.LogLikelihood) <= bound;
    }

    private ((long[] Indices, float[] Distances) Found, double Seconds) Search(IComputeBackend backend, SampleMatrix reference, SampleMatrix queries, Metric metric)
    {
        var clock = Stopwatch.StartNew();
        using var index = backend.IndexNeighbors(reference, metric, null, options);
        var (indices, distances) = (new long[queries.RowCount * NeighborCount], new float[queries.RowCount * NeighborCount]);
        index.FindNearest(new NeighborRequest(queries, NeighborCount), indices, distances, options);
        return ((indices, distances), clock.Elapsed.TotalSeconds);
    }

    /// <summary>Runs passes; when there are several the first, which may send rows, is not timed.</summary>
    /// <returns>The sums and the median of the seconds.</returns>
    private (NormalEquations Sums, double Seconds) Repeat(IComputeBackend backend, FitRequest request, double[] coefficients, bool hasHessian, int repetitions)
    {
        using var rows = backend.PrepareFit(request, options);
        var sums = new NormalEquations(coefficients.Length, hasHessian);
        if (repetitions > 1)
            rows.Accumulate(coefficients, sums);
        var seconds = new List<double>();
        for (var i = 0; i < repetitions; i++)
        {
            sums.Clear();
            seconds.Add(Time(() => rows.Accumulate(coefficients, sums)));
        }

        return (sums, seconds.Order().ElementAt(repetitions / 2));
    }
}
