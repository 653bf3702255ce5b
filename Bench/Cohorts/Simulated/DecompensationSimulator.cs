using Bench.Cohorts.Mimic3;

namespace Bench.Cohorts.Simulated;

/// <summary>Simulates a cohort of the decompensation task of the MIMIC-III benchmark: death within 24 hours, asked anew every hour.</summary>
/// <remarks>
/// <para>No record of any patient went into it. Sizes, demographic groups, death rates, mask rates, level shares, means and standard deviations of the 76
/// columns are
/// calibrated to published statistics; how channels move before death is invented, so that a plain logistic regression does about as well as the published
/// one.</para>
/// <para><b>Determinism</b>: a function of seed and size; the same bits on every machine and for every number of threads.
/// The stays of a small cohort are the first of a larger one with the same seed.</para>
/// <para><b>Cost</b>: 320 bytes an hour; 1.2 GB for the published 2,377,768 training rows and their validation and test rows.</para>
/// </remarks>
public static class DecompensationSimulator
{
    /// <summary>The number of training rows of the double prioritized study.</summary>
    public const long PublishedTrainingRows = 2_377_768;

    /// <summary>The largest number of training rows; with validation and test rows, a row index still fits in 31 bits.</summary>
    public const long MaximumTrainingRows = 1_000_000_000;

    private const double ValidationShare = 530_646.0 / PublishedTrainingRows;
    private const double TestShare = 523_208.0 / PublishedTrainingRows;
    private const int MaximumTrainingStays = 10_000_000;

    /// <summary>Simulates a cohort with exactly so many training rows, one for every hour of a stay.</summary>
    /// <param name="seed">Any number; another seed gives other stays.</param>
    /// <param name="trainingRows">1 to <see cref="MaximumTrainingRows"/>; validation rows are 22.3 % and test rows 22.0 % of them, as published.</param>
    /// <param name="progress">Told of the stays simulated so far, on the threads that simulate.</param>
    /// <param name="cancellation">Stops the simulation.</param>
    /// <returns>One row a sample, split by split and stay by stay: the 76 columns of its last hour, normalized as published. All rows of a stay are in one
    /// split.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trainingRows"/> is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The simulation was stopped.</exception>
    public static Cohort Simulate(ulong seed, long trainingRows, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default) =>
        SimulateEvery(seed, trainingRows, sampleInterval: 1, progress, cancellation);

    /// <summary>Simulates a cohort with exactly so many training rows, some hours apart: as many rows are of so many times more stays.</summary>
    /// <param name="seed">As for <see cref="Simulate"/>.</param>
    /// <param name="trainingRows">As for <see cref="Simulate"/>.</param>
    /// <param name="sampleInterval">Hours from one sample of a stay to the next, 1 to 24; 1 as published.</param>
    /// <param name="progress">As for <see cref="Simulate"/>.</param>
    /// <param name="cancellation">Stops the simulation.</param>
    /// <param name="rowsToHold">Chooses, once everything but features is known of the cohort, the rows whose features are simulated, ascending; all of them when null.</param>
    /// <returns>As <see cref="Simulate"/>; with an interval above 1 the hours between samples are not kept, and <see cref="Cohort.Episodes"/> is null.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trainingRows"/> or <paramref name="sampleInterval"/> is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The simulation was stopped.</exception>
    public static Cohort SimulateEvery(
        ulong seed, long trainingRows, int sampleInterval, IProgress<CohortProgress>? progress, CancellationToken cancellation, Func<Cohort, long[]>? rowsToHold = null) =>
        new CohortBuilder(seed, PlanRows(seed, trainingRows, sampleInterval), progress).Build(Environment.ProcessorCount, cancellation, rowsToHold);

    /// <summary>Simulates a cohort with so many whole training stays.</summary>
    /// <param name="seed">Any number; another seed gives other stays.</param>
    /// <param name="trainingStays">1 to 10,000,000; there are 22.3 % and 22.0 % as many validation and test stays, but one at least.</param>
    /// <param name="progress">Told of the stays simulated so far, on the threads that simulate.</param>
    /// <param name="cancellation">Stops the simulation.</param>
    /// <returns>As <see cref="Simulate"/>; no stay is cut short.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trainingStays"/> is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The simulation was stopped.</exception>
    public static Cohort SimulateStays(ulong seed, int trainingStays, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default) =>
        new CohortBuilder(seed, PlanStays(seed, trainingStays), progress).Build(Environment.ProcessorCount, cancellation);

    /// <summary>Writes the cohort of <see cref="Simulate"/> in the layout of the real data, as a credentialed user has them on disk.</summary>
    /// <param name="seed">As for <see cref="Simulate"/>.</param>
    /// <param name="trainingRows">As for <see cref="Simulate"/>.</param>
    /// <param name="folder">Gets decompensation/ with time series and lists, ADMISSIONS.csv and PATIENTS.csv; <see cref="Mimic3Reader"/> reads back the same
    /// bits.</param>
    /// <param name="progress">Told of the stays written so far, on the threads that write.</param>
    /// <param name="cancellation">Stops the writing; the files written so far stay.</param>
    /// <returns>The number of stays.</returns>
    /// <exception cref="IOException">A file cannot be written, or is no longer there at the end.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trainingRows"/> is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The writing was stopped.</exception>
    public static int WriteBenchmarkLayout(
        ulong seed, long trainingRows, string folder, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var plans = PlanRows(seed, trainingRows);
        new SimulatedFiles(seed, plans, folder, progress).Write(cancellation);
        return plans.Count;
    }

    /// <summary>Writes the cohort of <see cref="Simulate"/> as a data set of the Medical Event Data Standard.</summary>
    /// <param name="seed">As for <see cref="Simulate"/>.</param>
    /// <param name="trainingRows">As for <see cref="Simulate"/>.</param>
    /// <param name="folder">Gets data/, metadata/, labels/ and codes.csv; numbers are rounded to float32, as the standard has them.</param>
    /// <param name="progress">Told of the stays written so far, on the threads that write.</param>
    /// <param name="cancellation">Stops the writing; the files written so far stay.</param>
    /// <returns>The number of stays.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trainingRows"/> is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The writing was stopped.</exception>
    public static int WriteMeds(ulong seed, long trainingRows, string folder, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var plans = PlanRows(seed, trainingRows);
        new SimulatedMeds(seed, plans, folder, progress).Write(cancellation);
        return plans.Count;
    }

    /// <summary>Plans the stays of a cohort with exactly so many training rows.</summary>
    internal static List<StayPlan> PlanRows(ulong seed, long trainingRows, int sampleInterval = 1)
    {
        // A longer one would pass over the day before a death, which is all that is of class 1.
        if (sampleInterval is < 1 or > (int)StayPlan.Horizon)
            throw new ArgumentOutOfRangeException(nameof(sampleInterval), sampleInterval, $"the hours between samples must be 1 to {StayPlan.Horizon}.");
        if (trainingRows is < 1 or > MaximumTrainingRows)
            throw new ArgumentOutOfRangeException(nameof(trainingRows), trainingRows, $"the number of training rows must be 1 to {MaximumTrainingRows:N0}.");
        var plans = new List<StayPlan>();
        StayPlanner.AppendSamples(seed, CohortSplit.Train, trainingRows, sampleInterval, plans);
        StayPlanner.AppendSamples(seed, CohortSplit.Validation, Part(trainingRows, ValidationShare), sampleInterval, plans);
        StayPlanner.AppendSamples(seed, CohortSplit.Test, Part(trainingRows, TestShare), sampleInterval, plans);
        return plans;
    }

    /// <summary>Plans the stays of a cohort with exactly so many whole training stays.</summary>
    internal static List<StayPlan> PlanStays(ulong seed, int trainingStays)
    {
        if (trainingStays is < 1 or > MaximumTrainingStays)
            throw new ArgumentOutOfRangeException(nameof(trainingStays), trainingStays, $"the number of stays must be 1 to {MaximumTrainingStays:N0}.");
        var plans = new List<StayPlan>();
        StayPlanner.AppendStays(seed, CohortSplit.Train, trainingStays, plans);
        StayPlanner.AppendStays(seed, CohortSplit.Validation, (int)Part(trainingStays, ValidationShare), plans);
        StayPlanner.AppendStays(seed, CohortSplit.Test, (int)Part(trainingStays, TestShare), plans);
        return plans;
    }

    private static long Part(long whole, double share) => Math.Max(1, (long)((whole * share) + 0.5));
}
