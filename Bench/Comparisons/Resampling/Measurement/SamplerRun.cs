using System.Diagnostics;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Resampling.Methods;
using Bench.Comparisons.Resampling.Rows;
using Engine.Compute;
using Engine.Data;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling.Measurement;

/// <summary>Times the engine.</summary>
internal static class SamplerRun
{
    private const int WarmUpMinorityRows = 400;
    private const int WarmUpMajorityRows = 1_600;

    /// <summary>Made rows that a thread holds at a time.</summary>
    private const int RowsAtATime = SampleMatrix.RowsPerBlock;

    /// <summary>Values read and values written for one value of a made row.</summary>
    private const int ValuesPerMadeValue = 3;

    /// <summary>Plans and makes rows several times.</summary>
    /// <param name="rows">What is resampled.</param>
    /// <param name="method">How.</param>
    /// <param name="options">How often, on how many threads, for how long.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Times and memory; the plan.</returns>
    /// <exception cref="TimeoutException">A repetition did not end in time.</exception>
    /// <exception cref="ArgumentException">The method cannot be used on these rows.</exception>
    public static (SamplerMeasurement Measured, ResamplingPlan Plan) Measure(
        LabeledSamples rows, SamplerMethod method, MeasureOptions options, CancellationToken cancellation)
    {
        WarmUp(rows, method, options, cancellation);

        var load = LoadAverage.Read();
        var (repetitions, growth) = (new List<SamplerTiming>(), (long?)0);
        ResamplingPlan? plan = null;
        var all = Stopwatch.StartNew();
        while (repetitions.Count == 0 || (repetitions.Count < options.Repeats && all.Elapsed.TotalSeconds < options.MaxSeconds))
        {
            plan = null;
            var begin = ProcessMemory.Begin();
            (var timing, plan) = RunInTime(rows, method, options, cancellation);
            growth = ProcessMemory.GrowthSince(begin) is { } bytes && growth is { } largest ? Math.Max(largest, bytes) : null;
            repetitions.Add(timing);
        }

        var madeBytes = (long)plan!.Synthetic.Length * rows.Rows.FeatureCount * sizeof(float) * ValuesPerMadeValue;
        return (new SamplerMeasurement(repetitions, growth, load, madeBytes, madeBytes == 0 ? null : MemoryBandwidth.Measure(options.Threads)), plan);
    }

    private static (SamplerTiming Timing, ResamplingPlan Plan) RunInTime(LabeledSamples rows, SamplerMethod method, MeasureOptions options, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            return RunOnce(rows, method, new ComputeOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = limit.Token });
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    private static (SamplerTiming Timing, ResamplingPlan Plan) RunOnce(LabeledSamples rows, SamplerMethod method, ComputeOptions compute)
    {
        var clock = Stopwatch.StartNew();
        var plan = method.Of(rows).Plan(rows, compute);
        var planned = clock.Elapsed.TotalSeconds;
        if (plan.Synthetic.Length == 0)
            return (new SamplerTiming(planned, 0), plan);
        clock.Restart();
        Make(plan.SyntheticRows(rows.Rows), compute);
        return (new SamplerTiming(planned, clock.Elapsed.TotalSeconds), plan);
    }

    /// <summary>Makes every row, in memory of each thread that the next rows are made in too.</summary>
    private static void Make(SampleMatrix made, ComputeOptions compute) => Parallel.For(
        0L,
        made.BlockCount,
        new ParallelOptions { MaxDegreeOfParallelism = compute.MaxDegreeOfParallelism, CancellationToken = compute.CancellationToken },
        () => new float[RowsAtATime * made.FeatureCount],
        (block, _, buffer) =>
        {
            var first = block * RowsAtATime;
            made.CopyRows(first, (int)Math.Min(RowsAtATime, made.RowCount - first), buffer);
            return buffer;
        },
        static _ => { });

    private static void WarmUp(LabeledSamples rows, SamplerMethod method, MeasureOptions options, CancellationToken cancellation)
    {
        var few = rows.CopyOf([.. rows.MinorityRows.Take(WarmUpMinorityRows).Concat(rows.MajorityRows.Take(WarmUpMajorityRows)).Order()]);
        var compute = new ComputeOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        var clock = Stopwatch.StartNew();
        try
        {
            do
                RunOnce(few, method, compute);
            while (clock.Elapsed.TotalSeconds < options.WarmUpSeconds);
        }
        catch (ArgumentException)
        {
            // A few rows may lack what the method needs, such as rows in danger; they were only to make it warm.
        }
    }
}
