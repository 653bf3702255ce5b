using Bench.Cohorts;
using Bench.Cohorts.PhysioNet2012;
using Bench.Cohorts.Simulated;
using Engine.Data;

namespace Bench.Comparisons.Arrays;

/// <summary>Keeps the cohort and the labeled rows that the last case used, for the next one: cases of one cohort, or of the same rows, follow each other.</summary>
/// <param name="physioNet2012Folder">The folder of the challenge, present or not.</param>
/// <param name="progress">Told of reading and simulating.</param>
internal sealed class CohortShelf(string physioNet2012Folder, IProgress<CohortProgress>? progress = null)
{
    /// <summary>The seed of every simulation and draw.</summary>
    public const ulong Seed = 1;

    private (CohortSource Source, long TrainingRows, Cohort Cohort)? _kept;
    private (ILabeledSource Source, int RowCount, LabeledSamples Rows)? _keptRows;

    /// <summary>Gets the training rows of a simulated cohort of ordinary size: enough for the small cases, from thousands of stays.</summary>
    public long OrdinaryTrainingRows { get; init; } = 400_000;

    /// <summary>Returns a cohort of ordinary size.</summary>
    public Cohort Get(CohortSource source, CancellationToken cancellation) =>
        source == CohortSource.Simulated ? Simulate(OrdinaryTrainingRows, cancellation) : ReadPhysioNet2012(cancellation);

    /// <summary>Returns a simulated cohort.</summary>
    /// <param name="trainingRows">The number of its training rows.</param>
    /// <param name="cancellation">Stops the simulation.</param>
    public Cohort Simulate(long trainingRows, CancellationToken cancellation) =>
        Keep(CohortSource.Simulated, trainingRows, () => DecompensationSimulator.Simulate(Seed, trainingRows, progress, cancellation));

    /// <summary>Returns labeled rows, those of the last case where they are the same.</summary>
    /// <param name="source">What makes them.</param>
    /// <param name="rowCount">How many.</param>
    /// <param name="cancellation">Stops the work.</param>
    public LabeledSamples Get(ILabeledSource source, int rowCount, CancellationToken cancellation)
    {
        if (_keptRows is { } kept && kept.Source == source && kept.RowCount == rowCount)
            return kept.Rows;
        _keptRows = null;
        var rows = source.Make(rowCount, this, cancellation);
        _keptRows = (source, rowCount, rows);
        return rows;
    }

    /// <summary>Simulates whole stays, which are not kept.</summary>
    /// <param name="seed">Another seed gives other stays.</param>
    /// <param name="trainingStays">The number of training stays; others come on top.</param>
    /// <param name="cancellation">Stops the simulation.</param>
    public Cohort SimulateStays(ulong seed, int trainingStays, CancellationToken cancellation) =>
        DecompensationSimulator.SimulateStays(seed, trainingStays, progress, cancellation);

    private Cohort ReadPhysioNet2012(CancellationToken cancellation)
    {
        if (!Directory.Exists(physioNet2012Folder))
            throw new CaseUnavailableException("PhysioNet 2012 is absent; name its folder with --physionet2012");
        try
        {
            return Keep(CohortSource.PhysioNet2012, 0, () => PhysioNet2012Reader.Read(physioNet2012Folder, progress: progress, cancellation: cancellation));
        }
        catch (CohortFormatException error)
        {
            throw new CaseUnavailableException(error.Message);
        }
    }

    private Cohort Keep(CohortSource source, long trainingRows, Func<Cohort> make)
    {
        if (_kept is { } kept && kept.Source == source && kept.TrainingRows == trainingRows)
            return kept.Cohort;
        // Let go of first, so that two are never in memory.
        _kept = null;
        var cohort = make();
        _kept = (source, trainingRows, cohort);
        return cohort;
    }
}
