using Bench.Cohorts.Mimic3;
using Bench.Cohorts.Simulated;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Resampling.Checks;
using Engine.Data;
using Engine.Features;

namespace Bench.Comparisons.Prognosis.Work;

/// <summary>The 714 features of every prefix of long stays on one thread: one walk over a stay, beside one computation a prefix.</summary>
internal sealed class StayFeaturesWork : PreparedWork
{
    /// <summary>The length of the stays.</summary>
    public const int StayHours = 200;

    /// <summary>The other way.</summary>
    public const string OneByOne = "one computation a prefix";

    private const int PrefixesOfStay = StayHours - StayPlan.FirstSampleHour + 1;
    private const long SimulatedRows = 100_000;

    private readonly StayMeasurements[] _stays;
    private readonly PrefixWalk _walk = new(BenchmarkChannels.Count);
    private readonly SampleMatrix _rows;
    private readonly CancellationToken _cancellation;

    private StayFeaturesWork(StayMeasurements[] stays, CancellationToken cancellation)
    {
        (_stays, _cancellation) = (stays, cancellation);
        _rows = SampleMatrix.Create(PrefixesOf(stays.Length), PrefixFeatures.CountFor(BenchmarkChannels.Count));
    }

    /// <inheritdoc/>
    public override int FeatureCount => _rows.FeatureCount;

    /// <inheritdoc/>
    public override long DataBytes => _rows.RowCount * _rows.FeatureCount * sizeof(float);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Action Run)> OtherWays =>
        [(OneByOne, () => WriteAll((stay, hours, row) => PrefixFeatures.Compute(stay, hours, row), static _ => { }))];

    /// <summary>Returns how many rows a number of stays has.</summary>
    public static int PrefixesOf(int stayCount) => stayCount * PrefixesOfStay;

    /// <summary>Simulates stays.</summary>
    public static StayFeaturesWork Prepare(int rowCount, WorkContext context)
    {
        StayPlan[] plans =
        [
            .. DecompensationSimulator.PlanRows(CohortShelf.Seed, SimulatedRows).Where(plan => plan.Hours > StayHours).Take(Math.Max(1, rowCount / PrefixesOfStay))
                .Select(plan => plan.CutAlive(PrefixesOfStay)),
        ];
        var stays = new SimulatedStays(CohortShelf.Seed, plans);
        return new StayFeaturesWork([.. Enumerable.Range(0, plans.Length).Select(Read)], context.Cancellation);

        StayMeasurements Read(int stay)
        {
            var kept = new StayMeasurements(BenchmarkChannels.Count);
            stays.Read(stay, kept);
            return kept;
        }
    }

    /// <inheritdoc/>
    public override void Run() => WriteAll((_, hours, row) => _walk.Write(hours, row), _walk.Begin);

    /// <summary>Compares both ways bit by bit.</summary>
    public override IReadOnlyList<CheckResult> Check()
    {
        var (single, differing, place) = (new float[FeatureCount], (string?)null, 0);
        WriteAll(
            (stay, hours, row) =>
            {
                PrefixFeatures.Compute(stay, hours, single);
                if (!row.SequenceEqual(single))
                    differing ??= $"prefix {place} of {hours} hours differs";
                place++;
            },
            static _ => { });
        return [CheckResult.Of("bits beside one computation a prefix", _rows.RowCount, differing)];
    }

    private void WriteAll(Action<StayMeasurements, double, Span<float>> write, Action<StayMeasurements> begin)
    {
        var row = 0;
        foreach (var stay in _stays)
        {
            _cancellation.ThrowIfCancellationRequested();
            begin(stay);
            for (var hours = StayPlan.FirstSampleHour; hours <= StayHours; hours++)
                write(stay, hours, _rows.GetWritableRow(row++));
        }
    }
}
