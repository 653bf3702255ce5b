using Bench.Cohorts.Channels;
using Bench.Cohorts.Simulated;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;
using Engine.Data;
using Engine.Features;

namespace Bench.Comparisons.Prognosis;

/// <summary>The 714 features of every prefix of long stays on one thread: one walk over a stay, beside one computation a prefix.</summary>
internal sealed class StayFeaturesWork : PreparedWork
{
    /// <summary>The length of the stays.</summary>
    public const int StayHours = 200;

    /// <summary>The other way.</summary>
    public const string OneByOne = "one computation a prefix";

    private const int PrefixesOfStay = StayHours - StayPlan.FirstSampleHour + 1;
    private const long SimulatedRows = 100_000;
    private const int WarmUpRows = 4_000;

    private readonly StayMeasurements[] _stays;
    private readonly PrefixWalk _walk = new(BenchmarkChannels.Count);
    private readonly SampleMatrix _rows;

    /// <summary>Simulates stays.</summary>
    public StayFeaturesWork(int rowCount)
    {
        StayPlan[] plans =
        [
            .. DecompensationSimulator.PlanRows(CohortShelf.Seed, SimulatedRows).Where(plan => plan.Hours > StayHours).Take(Math.Max(1, rowCount / PrefixesOfStay))
                .Select(plan => plan.CutAlive(PrefixesOfStay)),
        ];
        var simulated = new SimulatedStays(CohortShelf.Seed, plans);
        _stays = [.. Enumerable.Range(0, plans.Length).Select(Read)];
        _rows = SampleMatrix.Create(PrefixesOf(plans.Length), PrefixFeatures.CountFor(BenchmarkChannels.Count));

        StayMeasurements Read(int stay)
        {
            var kept = new StayMeasurements(BenchmarkChannels.Count);
            simulated.Read(stay, kept);
            return kept;
        }
    }

    /// <inheritdoc/>
    public override long RowCount => _rows.RowCount;

    /// <inheritdoc/>
    public override int FeatureCount => _rows.FeatureCount;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Action<WorkContext> Run)> OtherWays =>
        [(OneByOne, context => WriteAll((stay, hours, row) => PrefixFeatures.Compute(stay, hours, row), static _ => { }, context))];

    /// <summary>Returns how many rows a number of stays has.</summary>
    public static int PrefixesOf(int stayCount) => stayCount * PrefixesOfStay;

    /// <inheritdoc/>
    public override PreparedWork MakeSmall(WorkContext context) => new StayFeaturesWork((int)Math.Min(RowCount, WarmUpRows));

    /// <inheritdoc/>
    public override void Run(WorkContext context, PhaseClock clock) => WriteAll((_, hours, row) => _walk.Write(hours, row), _walk.Begin, context);

    /// <summary>Compares both ways bit by bit.</summary>
    public override IEnumerable<CheckResult> Check(WorkContext context)
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
            static _ => { },
            context);
        return [CheckResult.Of("bits beside one computation a prefix", _rows.RowCount, differing)];
    }

    private void WriteAll(Action<StayMeasurements, double, Span<float>> write, Action<StayMeasurements> begin, WorkContext context)
    {
        var row = 0;
        foreach (var stay in _stays)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            begin(stay);
            for (var hours = StayPlan.FirstSampleHour; hours <= StayHours; hours++)
                write(stay, hours, _rows.GetWritableRow(row++));
        }
    }
}
