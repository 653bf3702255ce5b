using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;

namespace Bench.Cohorts.Simulated;

/// <summary>Simulates a cohort of the in-hospital mortality task of the MIMIC-III benchmark: death in hospital, from the first 48 hours of a stay.</summary>
/// <remarks>
/// <para>The patients, channels and outcomes of <see cref="DecompensationSimulator"/>, of whose stays those of 48 hours and more are drawn. Sizes, groups and their death rates are those of the double
/// prioritized study.</para>
/// <para><b>Determinism</b>: a function of seed and size, as there; the stays of a small cohort are the first of a larger one.</para>
/// <para><b>Cost</b>: 15 kB a stay.</para>
/// </remarks>
public static class MortalitySimulator
{
    /// <summary>The number of training stays of the double prioritized study.</summary>
    public const int PublishedTrainingStays = 14_681;

    /// <summary>The largest number of training stays.</summary>
    public const int MaximumTrainingStays = 10_000_000;

    private const double ValidationShare = 3_222.0 / PublishedTrainingStays;
    private const double TestShare = 3_236.0 / PublishedTrainingStays;

    /// <summary>Simulates a cohort.</summary>
    /// <param name="seed">Any number; another seed gives other stays.</param>
    /// <param name="trainingStays">1 to <see cref="MaximumTrainingStays"/>; there are 21.9 % and 22.0 % as many validation and test stays, as published, but one at least.</param>
    /// <param name="progress">Told of the stays simulated so far, on the threads that simulate.</param>
    /// <param name="cancellation">Stops the simulation.</param>
    /// <returns>One row a stay: the 76 columns of hour 48, normalized as published for the task; <see cref="Cohort.Episodes"/> holds all 48.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trainingStays"/> is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The simulation was stopped.</exception>
    public static Cohort Simulate(ulong seed, int trainingStays, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default) =>
        new CohortBuilder(seed, Plan(seed, trainingStays), progress).Build(Environment.ProcessorCount, cancellation);

    /// <summary>Writes the cohort of <see cref="Simulate"/> in the layout of the real data.</summary>
    /// <param name="seed">As for <see cref="Simulate"/>.</param>
    /// <param name="trainingStays">As for <see cref="Simulate"/>.</param>
    /// <param name="folder">Gets in-hospital-mortality/ with time series and lists, ADMISSIONS.csv and PATIENTS.csv; <see cref="Mimic3Reader"/> reads back the same bits.</param>
    /// <param name="progress">Told of the stays written so far, on the threads that write.</param>
    /// <param name="cancellation">Stops the writing; the files written so far stay.</param>
    /// <returns>The number of stays.</returns>
    /// <exception cref="IOException">A file cannot be written, or is no longer there at the end.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trainingStays"/> is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The writing was stopped.</exception>
    public static int WriteBenchmarkLayout(
        ulong seed, int trainingStays, string folder, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var plans = Plan(seed, trainingStays);
        new SimulatedFiles(seed, plans, folder, progress).Write(cancellation);
        return plans.Count;
    }

    /// <summary>Plans the stays.</summary>
    internal static List<StayPlan> Plan(ulong seed, int trainingStays)
    {
        if (trainingStays is < 1 or > MaximumTrainingStays)
            throw new ArgumentOutOfRangeException(nameof(trainingStays), trainingStays, $"the number of training stays must be 1 to {MaximumTrainingStays:N0}.");
        var plans = new List<StayPlan>();
        foreach (var (split, share) in new[] { (CohortSplit.Train, 1), (CohortSplit.Validation, ValidationShare), (CohortSplit.Test, TestShare) })
            StayPlanner.AppendStays(seed, split, Math.Max(1, (int)((trainingStays * share) + 0.5)), plans, Mimic3Task.InHospitalMortality);
        return plans;
    }
}
