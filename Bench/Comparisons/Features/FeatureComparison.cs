using System.Diagnostics;
using Bench.Cohorts;
using Bench.Cohorts.Mimic3;
using Bench.Cohorts.Simulated;
using Bench.Comparisons.Measurement;
using Engine.Data;
using Engine.Features;

namespace Bench.Comparisons.Features;

/// <summary>Times the 714 features: one walk over a stay against one computation a prefix, and all prefixes of a simulated cohort.</summary>
internal sealed class FeatureComparison
{
    /// <summary>The length of the stays on which the two ways are compared.</summary>
    public const int StayHours = 200;

    private const ulong Seed = 1;
    private const int StayCount = 20;
    private const int RowsAtATime = 100_000;

    private readonly int _repeats;
    private readonly IProgress<CohortProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly SampleMatrix _rows = SampleMatrix.Create(RowsAtATime, PrefixFeatures.CountFor(BenchmarkChannels.Count));

    /// <summary>Prepares.</summary>
    /// <param name="repeats">Repetitions, of which the median counts.</param>
    /// <param name="progress">Told of the rows of the cohort done so far.</param>
    /// <param name="cancellation">Stops the work.</param>
    public FeatureComparison(int repeats, IProgress<CohortProgress>? progress, CancellationToken cancellation) =>
        (_repeats, _progress, _cancellation) = (repeats, progress, cancellation);

    /// <summary>Times both ways on one thread, after their results were found equal, bit by bit.</summary>
    /// <returns>One computation a prefix, then one walk a stay.</returns>
    /// <exception cref="InvalidOperationException">The results differ.</exception>
    public FeatureTiming[] CompareWays()
    {
        var stays = LongStays();
        var (walk, single, walked) = (new PrefixWalk(BenchmarkChannels.Count), new float[_rows.FeatureCount], new float[_rows.FeatureCount]);
        foreach (var stay in stays)
        {
            walk.Begin(stay);
            for (var hours = StayPlan.FirstSampleHour; hours <= StayHours; hours++)
            {
                PrefixFeatures.Compute(stay, hours, single);
                walk.Write(hours, walked);
                if (!single.AsSpan().SequenceEqual(walked))
                    throw new InvalidOperationException($"the walk differs from the single computation after {hours} hours.");
            }
        }

        var prefixCount = stays.Length * (StayHours - StayPlan.FirstSampleHour + 1);
        return
        [
            Time($"one computation a prefix, stays of {StayHours} h", 1, prefixCount, () => WriteAll(stays, (stay, hours, row) => PrefixFeatures.Compute(stay, hours, row), static _ => { })),
            Time($"one walk a stay, stays of {StayHours} h", 1, prefixCount, () => WriteAll(stays, (_, hours, row) => walk.Write(hours, row), walk.Begin)),
        ];
    }

    /// <summary>Times all prefixes of the training rows of a simulated cohort on all cores, its measurements simulated on the way.</summary>
    /// <param name="rowCount">The number of training rows.</param>
    /// <returns>The time of one run, and of the simulation alone.</returns>
    public FeatureTiming[] TimeCohort(long rowCount)
    {
        var plans = DecompensationSimulator.PlanRows(Seed, rowCount).Where(plan => plan.Split == CohortSplit.Train).ToArray();
        var stays = new SimulatedStays(Seed, plans);
        var threads = Environment.ProcessorCount;
        return
        [
            Time("simulated cohort, measurements only", threads, rowCount, () => Parallel.For(
                0, plans.Length, new ParallelOptions { CancellationToken = _cancellation }, () => new StayMeasurements(BenchmarkChannels.Count), (stay, _, kept) => Read(stays, stay, kept), static _ => { })),
            Time("simulated cohort, measurements and features", threads, rowCount, () => WriteCohort(plans, stays, rowCount)),
        ];
    }

    private static StayMeasurements Read(SimulatedStays stays, int stay, StayMeasurements kept)
    {
        kept.Clear();
        stays.Read(stay, kept);
        return kept;
    }

    private static StayMeasurements[] LongStays()
    {
        StayPlan[] plans =
        [
            .. DecompensationSimulator.PlanRows(Seed, 100_000).Where(plan => plan.Hours > StayHours).Take(StayCount)
                .Select(plan => plan.CutAlive(StayHours - StayPlan.FirstSampleHour + 1)),
        ];
        var stays = new SimulatedStays(Seed, plans);
        return [.. Enumerable.Range(0, plans.Length).Select(stay => Read(stays, stay, new StayMeasurements(BenchmarkChannels.Count)))];
    }

    private void WriteAll(StayMeasurements[] stays, Action<StayMeasurements, double, Span<float>> write, Action<StayMeasurements> begin)
    {
        var row = 0;
        foreach (var stay in stays)
        {
            _cancellation.ThrowIfCancellationRequested();
            begin(stay);
            for (var hours = StayPlan.FirstSampleHour; hours <= StayHours; hours++)
                write(stay, hours, _rows.GetWritableRow(row++));
        }
    }

    // In parts that fit in memory on any machine; no stay is longer than a part.
    private void WriteCohort(StayPlan[] plans, SimulatedStays stays, long rowCount)
    {
        var prefixes = new List<PrefixSample>(RowsAtATime);
        var done = 0L;
        for (var stay = 0; stay < plans.Length; stay++)
        {
            for (var hours = StayPlan.FirstSampleHour; hours <= plans[stay].Hours; hours++)
                prefixes.Add(new PrefixSample(stay, hours));
            if (stay + 1 < plans.Length && prefixes.Count + plans[stay + 1].SampleCount <= RowsAtATime)
                continue;
            PrefixTable.Write(stays, prefixes.ToArray(), _rows, new() { Compute = new() { CancellationToken = _cancellation } });
            done += prefixes.Count;
            prefixes.Clear();
            _progress?.Report(new CohortProgress("summarizing prefixes", done, rowCount, "rows"));
        }
    }

    private FeatureTiming Time(string work, int threads, long prefixCount, Action run)
    {
        var load = LoadAverage.Read();
        var seconds = new List<double>();
        for (var repetition = 0; repetition < _repeats; repetition++)
        {
            var clock = Stopwatch.StartNew();
            run();
            seconds.Add(clock.Elapsed.TotalSeconds);
        }

        return new FeatureTiming(work, threads, prefixCount, seconds.Order().ElementAt(seconds.Count / 2), load);
    }
}
