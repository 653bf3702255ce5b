using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Simulated;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;
using Engine.Data;
using Engine.Features;

namespace Bench.Comparisons.Prognosis;

/// <summary>The 714 features of all training prefixes of a simulated cohort, its measurements simulated on the way.</summary>
internal sealed class CohortFeaturesWork : PreparedWork
{
    /// <summary>What part of the time the simulation takes.</summary>
    public const string SimulationOnly = "the simulation alone";

    /// <summary>In parts that fit in memory on any machine; no stay is longer than a part.</summary>
    private const int RowsAtATime = 100_000;

    private const int WarmUpRows = 4_000;

    private readonly StayPlan[] _plans;
    private readonly SimulatedStays _stays;
    private readonly SampleMatrix _rows = SampleMatrix.Create(RowsAtATime, PrefixFeatures.CountFor(BenchmarkChannels.Count));
    private (StayMeasurements Stay, int Hours, float[] Features)? _last;

    /// <summary>Plans stays that have so many rows together.</summary>
    public CohortFeaturesWork(int rowCount)
        : this(DecompensationSimulator.PlanRows(CohortShelf.Seed, rowCount))
    {
    }

    private CohortFeaturesWork(IEnumerable<StayPlan> plans)
    {
        _plans = [.. plans.Where(plan => plan.Split == CohortSplit.Train && plan.SampleCount > 0)];
        _stays = new SimulatedStays(CohortShelf.Seed, _plans);
    }

    /// <inheritdoc/>
    public override long RowCount => _plans.Sum(plan => (long)plan.SampleCount);

    /// <inheritdoc/>
    public override int FeatureCount => _rows.FeatureCount;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Action<WorkContext> Run)> OtherWays => [(SimulationOnly, Simulate)];

    /// <summary>Plans stays.</summary>
    /// <param name="count">How many; a few of them are too short to have rows.</param>
    public static CohortFeaturesWork OfStays(int count) => new(DecompensationSimulator.PlanStays(CohortShelf.Seed, count));

    /// <inheritdoc/>
    public override PreparedWork MakeSmall(WorkContext context) => new CohortFeaturesWork((int)Math.Min(RowCount, WarmUpRows));

    /// <inheritdoc/>
    public override void Run(WorkContext context, PhaseClock clock)
    {
        var prefixes = new List<PrefixSample>(RowsAtATime);
        for (var stay = 0; stay < _plans.Length; stay++)
        {
            for (var hours = StayPlan.FirstSampleHour; hours <= _plans[stay].Hours; hours++)
                prefixes.Add(new PrefixSample(stay, hours));
            if (stay + 1 < _plans.Length && prefixes.Count + _plans[stay + 1].SampleCount <= RowsAtATime)
                continue;
            PrefixTable.Write(_stays, prefixes.ToArray(), _rows, new() { Compute = context.Compute });
            _last = (Read(stay, new StayMeasurements(BenchmarkChannels.Count)), prefixes[^1].Hours, _rows.GetWritableRow(prefixes.Count - 1).ToArray());
            prefixes.Clear();
        }
    }

    /// <summary>Compares the last row with one computation.</summary>
    public override IEnumerable<CheckResult> Check(WorkContext context)
    {
        var (stay, hours, features) = _last!.Value;
        var single = new float[FeatureCount];
        PrefixFeatures.Compute(stay, hours, single);
        return [CheckResult.Of("bits of the last row beside one computation", 1, single.AsSpan().SequenceEqual(features) ? null : $"after {hours} hours it differs")];
    }

    private StayMeasurements Read(int stay, StayMeasurements kept)
    {
        kept.Clear();
        _stays.Read(stay, kept);
        return kept;
    }

    private void Simulate(WorkContext context) => Parallel.For(
        0, _plans.Length, context.Parallel, () => new StayMeasurements(BenchmarkChannels.Count), (stay, _, kept) => Read(stay, kept), static _ => { });
}
