using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;
using Engine.Data;

namespace Bench.Cohorts.Simulated;

/// <summary>Simulates planned stays on all cores and puts a cohort together.</summary>
/// <remarks><b>Determinism</b>: the rows of a stay have their place before the first stay is simulated, and no draw depends on another stay.</remarks>
internal sealed class CohortBuilder
{
    private const int StaysPerReport = 256;
    private const double MiddleOfHour = 0.5;
    private const double BytesPerHour = 320;

    private readonly ulong _seed;
    private readonly List<StayPlan> _plans;
    private readonly Mimic3Task _task;
    private readonly HourlyNormalizer _normalizer;
    private readonly IProgress<CohortProgress>? _progress;
    private readonly Lock _lock = new();
    private int _done;

    /// <summary>Takes the plans of all stays.</summary>
    public CohortBuilder(ulong seed, List<StayPlan> plans, IProgress<CohortProgress>? progress)
    {
        _seed = seed;
        _plans = plans;
        _task = plans[0].Task;
        _normalizer = HourlyNormalizer.Published(_task);
        _progress = progress;
    }

    /// <summary>Simulates the stays and lists their samples.</summary>
    /// <param name="threads">How many stays are simulated at a time, 1 or more; the result does not depend on it.</param>
    /// <param name="cancellation">Stops the simulation.</param>
    /// <param name="rowsToHold">Chooses, once everything but features is known of the cohort, the rows whose features are read, ascending; all of them when null.</param>
    public Cohort Build(int threads, CancellationToken cancellation, Func<Cohort, long[]>? rowsToHold = null)
    {
        var sampleCount = _plans.Sum(plan => plan.SampleCount);
        var prefixes = new PrefixSample[sampleCount];
        var labels = new byte[sampleCount];
        var splits = new CohortSplit[sampleCount];
        ListSamples(prefixes, labels, splits);
        var interval = _plans[0].SampleInterval;
        var cohort = new Cohort
        {
            Name = $"Simulated MIMIC-III benchmark, {Mimic3Layout.TaskFolder(_task)}",
            PositiveMeaning = Mimic3Layout.PositiveMeaning(_task),
            FeatureNames = BenchmarkChannels.ColumnNames,
            Samples = Cohort.NoFeatures(sampleCount, BenchmarkChannels.ColumnCount),
            Labels = Labels.From(labels),
            Groups = DemographicGroups.Build([.. _plans.Select(plan => plan.Patient)], new StaysOf(prefixes)),
            Splits = splits,
            RidgePenalty = Cohort.BenchmarkRidgePenalty,
            IsSimulated = true,
            Notes = interval == 1 ? [SimulatedNote.Of(_task, _seed)] : [SimulatedNote.Of(_task, _seed), NoteOn(interval)],
            Prefixes = prefixes,
            Measurements = new SimulatedStays(_seed, _plans),
        };
        if (rowsToHold is not null)
            return cohort with { Samples = SimulatePart(prefixes, rowsToHold(cohort), threads, cancellation) };
        if (interval > 1)
            return cohort with { Samples = SimulateSamples(threads, cancellation) };
        var episodes = SimulateHours(threads, cancellation);
        return cohort with { Samples = episodes.LastHours(prefixes), Episodes = episodes };
    }

    private static string NoteOn(int interval) =>
        $"One hour in {interval} of each stay is a sample, from the fifth on, where the benchmark takes every hour: as many rows are of so many times more patients, and it is patients that results rest on.";

    private EpisodeStore SimulateHours(int threads, CancellationToken cancellation)
    {
        var offsets = new long[_plans.Count + 1];
        for (var stay = 0; stay < _plans.Count; stay++)
            offsets[stay + 1] = offsets[stay] + _plans[stay].Hours;
        MemoryNeed.Require(BytesPerHour * offsets[^1], $"the hours of {_plans.Count:N0} simulated stays");
        var hours = SampleMatrix.Create(offsets[^1], BenchmarkChannels.ColumnCount);
        ForEachStay(threads, (stay, worker) => worker.Discretizer.Write(hours, offsets[stay], _normalizer), cancellation);
        return new EpisodeStore(hours, offsets);
    }

    /// <summary>Simulates every hour and keeps those that are samples: of many stays, the others would fill the memory.</summary>
    private SampleMatrix SimulateSamples(int threads, CancellationToken cancellation)
    {
        var offsets = new long[_plans.Count + 1];
        for (var stay = 0; stay < _plans.Count; stay++)
            offsets[stay + 1] = offsets[stay] + _plans[stay].SampleCount;
        var samples = SampleMatrix.Create(offsets[^1], BenchmarkChannels.ColumnCount);
        ForEachStay(threads, Keep, cancellation);
        return samples;

        void Keep(int stay, Worker worker)
        {
            worker.Discretizer.Write(worker.Hours, 0, _normalizer);
            for (var sample = 0; sample < _plans[stay].SampleCount; sample++)
                worker.Hours.CopyRow(_plans[stay].FirstSample + (sample * _plans[stay].SampleInterval) - 1, samples.GetWritableRow(offsets[stay] + sample));
        }
    }

    /// <summary>Simulates the stays of some rows.</summary>
    private SampleMatrix SimulatePart(PrefixSample[] prefixes, long[] rows, int threads, CancellationToken cancellation)
    {
        var held = HeldStays.Of(prefixes, rows);
        List<StayPlan> plans = [.. held.Stays.Select(stay => _plans[stay])];
        // Without a row there is no stay, and no task of it.
        if (plans.Count == 0)
            return Cohort.NoFeatures(prefixes.Length, BenchmarkChannels.ColumnCount);
        var samples = new CohortBuilder(_seed, plans, _progress).SimulateSamples(threads, cancellation);
        var offsets = new long[plans.Count];
        for (var stay = 1; stay < offsets.Length; stay++)
            offsets[stay] = offsets[stay - 1] + plans[stay - 1].SampleCount;
        var places = Array.ConvertAll(held.Prefixes, prefix => offsets[prefix.Stay] + ((prefix.Hours - plans[prefix.Stay].FirstSample) / plans[prefix.Stay].SampleInterval));
        return SampleMatrix.OfHeldRows(samples.SelectRows(places), rows, prefixes.Length);
    }

    private void ForEachStay(int threads, Action<int, Worker> write, CancellationToken cancellation) => Parallel.For(
        0,
        _plans.Count,
        new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = threads },
        static () => new Worker(),
        (stay, _, worker) =>
        {
            SimulateStay(_plans[stay], worker.Simulator, worker.Discretizer);
            write(stay, worker);
            ReportOneMore();
            return worker;
        },
        static worker => worker.Dispose());

    // Through the discretizer of the real files, so that memory and files cannot come to differ.
    private void SimulateStay(in StayPlan plan, StaySimulator simulator, HourlyDiscretizer discretizer)
    {
        discretizer.Begin(plan.Hours);
        simulator.Begin(_seed, plan);
        while (simulator.NextHour())
        {
            foreach (var channel in BenchmarkChannels.All)
            {
                var observation = simulator.Observations[channel.Index];
                if (double.IsNaN(observation))
                    continue;
                if (channel.IsCategorical)
                    discretizer.AddLevel(simulator.Hour + MiddleOfHour, channel, (int)observation);
                else
                    discretizer.Add(simulator.Hour + MiddleOfHour, channel, observation);
            }
        }
    }

    private void ListSamples(PrefixSample[] prefixes, byte[] labels, CohortSplit[] splits)
    {
        var row = 0;
        for (var stay = 0; stay < _plans.Count; stay++)
        {
            var plan = _plans[stay];
            for (var hours = plan.FirstSample; hours <= plan.Hours; hours += plan.SampleInterval, row++)
            {
                prefixes[row] = new PrefixSample(stay, hours);
                labels[row] = plan.LabelAt(hours);
                splits[row] = plan.Split;
            }
        }
    }

    private void ReportOneMore()
    {
        // Within the lock, so that progress never runs backwards.
        lock (_lock)
        {
            _done++;
            if (_done % StaysPerReport == 0 || _done == _plans.Count)
                _progress?.Report(new CohortProgress("simulating stays", _done, _plans.Count, "stays"));
        }
    }

    /// <summary>What one thread needs; the hours of a stay only where not all are kept.</summary>
    private sealed class Worker : IDisposable
    {
        private readonly Lazy<SampleMatrix> _hours = new(static () => SampleMatrix.Create(StayPlanner.LongestStay, BenchmarkChannels.ColumnCount));

        public StaySimulator Simulator { get; } = new();

        public HourlyDiscretizer Discretizer { get; } = new();

        public SampleMatrix Hours => _hours.Value;

        public void Dispose()
        {
            if (_hours.IsValueCreated)
                _hours.Value.Dispose();
        }
    }

    /// <summary>The stay of every row, without a list of its own.</summary>
    private sealed class StaysOf(PrefixSample[] prefixes) : IReadOnlyList<int>
    {
        public int Count => prefixes.Length;

        public int this[int row] => prefixes[row].Stay;

        public IEnumerator<int> GetEnumerator() => prefixes.Select(prefix => prefix.Stay).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
