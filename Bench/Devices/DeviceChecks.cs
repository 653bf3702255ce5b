using System.Diagnostics;
using Engine.Compute;
using Engine.Data;
using Engine.Logistic;
using Engine.Numerics;
using Engine.Numerics.Distances;
using Engine.Prognosis;
using Engine.Resampling;

namespace Bench.Devices;

/// <summary>The kernels of a device beside those of the processor, on uniform random rows of 76 features.</summary>
/// <param name="device">The device.</param>
/// <param name="options">How to use the machine.</param>
internal sealed class DeviceChecks(IComputeBackend device, ComputeOptions options)
{
    /// <summary>The fewest rows whose models share passes; of fewer, many fits are as many times one.</summary>
    public const int FewestSharedRows = 1 << 19;

    private const int FeatureCount = 76;
    private const int NeighborCount = 5;
    private const int Repetitions = 5;
    private const int RowsPerCall = 1 << 16;
    private const int ModelCount = 15;
    private const string SameBits = "same bits";

    /// <summary>Sums of n terms below 1 that are added in another order differ by less, by far.</summary>
    private const double ErrorPerRow = 1e-12;

    /// <summary>Each fit takes its last step within 1e-8 standard errors of its optimum.</summary>
    private const double LargestDistance = 1e-7;

    /// <summary>Gets the fewest rows that can be checked.</summary>
    public static int SmallestRowCount => NeighborCount;

    /// <summary>Searches the five nearest rows; preparation and search are timed together.</summary>
    public DeviceCheck Neighbors(int rowCount, int queryCount, Metric metric)
    {
        var (reference, queries) = (Uniform(rowCount, seed: 1), Uniform(queryCount, seed: 2));
        // Once for the compilation of kernels, which is not what is timed.
        foreach (var backend in new[] { device, SimdBackend.Instance })
            Search(backend, reference, reference.SelectRows(new long[] { 0 }), metric);
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
        var (labels, coefficients) = (Labels(rowCount), Coefficients(scale: 0.1));
        // Once for the compilation of kernels.
        foreach (var backend in new[] { device, SimdBackend.Instance })
            Repeat(backend, new FitRequest(samples.SelectRows(new long[] { 0 }), labels.AsMemory(0, 1)), coefficients, true, 1);
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

    /// <summary>Sums the gradients of the models of double prioritized sampling in shared passes over rows that are there.</summary>
    public DeviceCheck SharedPasses(int rowCount)
    {
        var labels = Labels(rowCount);
        var request = new FitRequest(Uniform(rowCount, seed: 6), labels) { Weights = labels.Select((label, row) => label == 1 && row % 4 == 0 ? 2.0 : 1).ToArray() };
        double[][] models = [.. Enumerable.Range(1, ModelCount).Select(model => Coefficients(scale: model / 10.0 / ModelCount))];
        var (onDevice, deviceSeconds) = SumGradients(device, request, models);
        var (onProcessor, processorSeconds) = SumGradients(SimdBackend.Instance, request, models);
        var isSame = onDevice.Zip(onProcessor).All(pair => pair.First.LogLikelihood.Equals(pair.Second.LogLikelihood) && pair.First.Gradient.AsSpan().SequenceEqual(pair.Second.Gradient));
        return new DeviceCheck(
            $"gradients of {ModelCount} models, {rowCount:N0} x {FeatureCount}", SameBits, isSame, deviceSeconds, processorSeconds,
            (double)rowCount * FeatureCount * sizeof(float), 4.0 * rowCount * (FeatureCount + 1) * ModelCount);
    }

    /// <summary>Fits a plan that makes as many rows as there are, between those that were sent.</summary>
    public DeviceCheck FitOfMadeRows(int rowCount)
    {
        var draws = new RandomStream(8, 0);
        var made = Enumerable.Range(0, rowCount).Select(row => new SyntheticRow(row, (long)draws.Below((ulong)row, (ulong)rowCount), draws.UniformFloat((ulong)(rowCount + row)))).ToArray();
        return Fit($"fit of {rowCount:N0} x {FeatureCount} and as many rows made between them", rowCount, [new() { Plan = ResamplingPlan.Extend(rowCount, made, 1) }]);
    }

    /// <summary>Fits the models of double prioritized sampling.</summary>
    public DeviceCheck ManyFits(int rowCount)
    {
        var (labels, group) = (Engine.Data.Labels.From(Labels(rowCount).Select(static label => (int)label).ToArray()), RowMask.From(rowCount, static row => row % 24 == 0));
        return Fit(
            $"fits of {ModelCount} models of double prioritized sampling, {rowCount:N0} x {FeatureCount}", rowCount,
            [.. Enumerable.Range(1, ModelCount).Select(units => new LogisticOptions { Plan = DoublePrioritized.Plan(labels, group, units) })]);
    }

    private static byte[] Labels(int rowCount) => [.. Enumerable.Range(0, rowCount).Select(static row => (byte)(row % 3 == 0 ? 1 : 0))];

    private static double[] Coefficients(double scale)
    {
        var stream = new RandomStream(7, 0);
        return [.. Enumerable.Range(0, FeatureCount + 1).Select(i => stream.Normal((ulong)i) * scale)];
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

    private static bool AreClose(LogisticFit left, LogisticFit right)
    {
        if (left.Status != FitStatus.Converged || right.Status != FitStatus.Converged)
            return false;
        for (var i = 0; i < left.Coefficients.Length; i++)
        {
            if (!(Math.Abs(left.Coefficients[i] - right.Coefficients[i]) <= LargestDistance * right.StandardErrorOf(i)))
                return false;
        }

        return true;
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

    private DeviceCheck Fit(string work, int rowCount, IReadOnlyList<LogisticOptions> models)
    {
        var (samples, labels) = (Uniform(rowCount, seed: 6), Engine.Data.Labels.From(Labels(rowCount).Select(static label => (int)label).ToArray()));
        // Once for the compilation of kernels.
        Run(device);
        var (onDevice, deviceSeconds) = Run(device);
        var (onProcessor, processorSeconds) = Run(SimdBackend.Instance);
        return new DeviceCheck(
            work, $"coefficients within {LargestDistance:G1} standard errors", onDevice.Zip(onProcessor).All(static pair => AreClose(pair.First, pair.Second)), deviceSeconds, processorSeconds);

        (IReadOnlyList<LogisticFit> Fits, double Seconds) Run(IComputeBackend backend)
        {
            var clock = Stopwatch.StartNew();
            var fits = LogisticRegression.FitMany(samples, labels, [.. models.Select(model => model with { Compute = options with { Backend = backend } })]);
            return (fits, clock.Elapsed.TotalSeconds);
        }
    }

    /// <summary>Sums gradients several times; the first, for which rows are sent and kernels compiled, is not timed.</summary>
    /// <returns>The sums and the median of the seconds.</returns>
    private (NormalEquations[] Sums, double Seconds) SumGradients(IComputeBackend backend, FitRequest request, double[][] models)
    {
        using var rows = backend.PrepareFit(request, options);
        var sums = models.Select(static model => new NormalEquations(model.Length, hasHessian: false)).ToArray();
        rows.AccumulateGradients(models, sums);
        var seconds = new List<double>();
        for (var i = 0; i < Repetitions; i++)
        {
            foreach (var sum in sums)
                sum.Clear();
            seconds.Add(Time(() => rows.AccumulateGradients(models, sums)));
        }

        return (sums, seconds.Order().ElementAt(Repetitions / 2));
    }
}
