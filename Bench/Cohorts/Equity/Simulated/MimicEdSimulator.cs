using System.Globalization;
using System.Text;
using Bench.Cohorts.Equity.MimicEd;
using Engine.Data;

namespace Bench.Cohorts.Equity.Simulated;

/// <summary>Simulates visits to an emergency department in the shape of MIMIC-IV-ED, as the study of synthetic rows uses it.</summary>
/// <remarks>
/// <para>No patient's record went into it. The sizes of the groups, how many visits are missing a vital sign and the shares of the outcomes in each group are published; all else is invented.</para>
/// <para><b>Determinism</b>: a function of seed and size; the same bits on every machine and for every number of threads.</para>
/// <para><b>Cost</b>: 350 bytes a visit.</para>
/// </remarks>
public static class MimicEdSimulator
{
    /// <summary>The visits of the study.</summary>
    public const int PublishedRows = 418_100;

    /// <summary>The patients whose visits they are.</summary>
    public const int PublishedPatients = 201_252;

    /// <summary>The smallest number of visits: nine are of the smallest group then.</summary>
    public const int MinimumRows = 200;

    /// <summary>The largest number of visits.</summary>
    public const int MaximumRows = 50_000_000;

    /// <summary>The name of the file that <see cref="Write"/> makes.</summary>
    public const string MasterFile = "master_dataset.csv";

    private const int RowsPerPart = 4096;
    private const int Critical = 0;
    private const int Revisit = 1;
    private const int Hospitalization = 2;

    // Critical, revisit, hospitalization, in the order of MimicEdRaces.Groups; those of the last, which the study leaves out, are the mean of the rest.
    private static readonly double[][] s_publishedShares = [[0.067, 0.039, 0.029, 0.050, 0.056], [0.033, 0.047, 0.039, 0.031, 0.037], [0.533, 0.393, 0.349, 0.389, 0.476]];

    /// <summary>Simulates a cohort.</summary>
    /// <param name="seed">Any number; another seed gives other visits.</param>
    /// <param name="rows">The number of visits, <see cref="MinimumRows"/> to <see cref="MaximumRows"/>; groups and patients in the published proportions, to the visit at <see cref="PublishedRows"/>.</param>
    /// <param name="progress">Told of the visits simulated so far, on the threads that simulate.</param>
    /// <param name="cancellation">Stops the simulation.</param>
    /// <returns>What <see cref="MimicEdReader"/> makes of such visits.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is outside its range.</exception>
    /// <exception cref="InsufficientMemoryException">The visits do not fit into memory.</exception>
    /// <exception cref="OperationCanceledException">The simulation was stopped.</exception>
    public static EquityCohort Simulate(ulong seed, int rows, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default) =>
        Build(seed, rows, Environment.ProcessorCount, progress, cancellation);

    /// <summary>Writes the visits of <see cref="Simulate"/> as a master file, and a file that says that they are simulated.</summary>
    /// <param name="folder">Gets <see cref="MasterFile"/>, of which <see cref="MimicEdReader"/> reads the same bits; columns that it does not read are empty.</param>
    /// <param name="seed">As for <see cref="Simulate"/>.</param>
    /// <param name="rows">As for <see cref="Simulate"/>.</param>
    /// <param name="progress">Told of the visits simulated and written so far.</param>
    /// <param name="cancellation">Stops the writing; what is written so far stays.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is outside its range.</exception>
    public static void Write(string folder, ulong seed, int rows, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var (plan, outcomes) = DrawOutcomes(seed, rows, Environment.ProcessorCount, null, progress, cancellation);
        // Files outlive the command that made them: nobody may take them for patients.
        File.WriteAllText(Path.Combine(folder, SimulatedMark.Name), NoteOn(seed) + "\n");
        using var file = new FileStream(Path.Combine(folder, MasterFile), FileMode.CreateNew, FileAccess.Write);
        file.Write(Encoding.UTF8.GetBytes(string.Join(',', MimicEdMasterFile.Header) + "\n"));
        // Parts are made on all threads, some at a time, and written in order.
        var (partCount, atOnce) = ((rows + RowsPerPart - 1) / RowsPerPart, 4 * Environment.ProcessorCount);
        for (var first = 0; first < partCount; first += atOnce)
        {
            var parts = new byte[Math.Min(atOnce, partCount - first)][];
            Parallel.For(0, parts.Length, new ParallelOptions { CancellationToken = cancellation }, part =>
            {
                var start = (first + part) * RowsPerPart;
                parts[part] = MimicEdMasterFile.Format(new MimicEdVisits(seed, plan), plan, outcomes, start, Math.Min(start + RowsPerPart, rows));
            });
            foreach (var part in parts)
                file.Write(part);
            progress?.Report(new("writing MIMIC-IV-ED", Math.Min((long)(first + atOnce) * RowsPerPart, rows), rows, "visits"));
        }
    }

    /// <summary>Says that data are simulated, from which seed, and what of them is known.</summary>
    internal static string NoteOn(ulong seed) =>
        $"These data are simulated, from seed {seed}, in the format of MIMIC-IV-ED, and hold no patient's record: the sizes of the groups, the shares of the outcomes in each, and how often a vital sign "
        + "is missing are published; every other value, and what it says of an outcome, is invented.";

    /// <summary>Simulates a cohort on so many threads.</summary>
    internal static EquityCohort Build(ulong seed, int rows, int threads, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        SampleMatrix? samples = null;
        var (plan, outcomes) = DrawOutcomes(seed, rows, threads, count => samples = SampleMatrix.Create(count, MimicEdColumns.Schema.Columns.Count), progress, cancellation);
        for (var row = 0; row < rows; row++)
        {
            for (var outcome = 0; outcome < outcomes.Length; outcome++)
                samples!.GetWritableRow(row)[MimicEdColumns.FeatureCount + outcome] = outcomes[outcome][row];
        }

        var races = new byte[rows];
        for (var row = 0; row < rows; row++)
            races[row] = plan.GroupOf(row);
        return MimicEdReader.Build(new SchemaTable(MimicEdColumns.Schema, samples!), races, plan.Patients, [NoteOn(seed)]) with { IsSimulated = true };
    }

    private static (MimicEdPlan Plan, byte[][] Outcomes) DrawOutcomes(
        ulong seed, int rows, int threads, Func<int, SampleMatrix>? create, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        if (rows is < MinimumRows or > MaximumRows)
            throw new ArgumentOutOfRangeException(nameof(rows), rows, string.Create(CultureInfo.InvariantCulture, $"the number of visits must be {MinimumRows:N0} to {MaximumRows:N0}."));
        MemoryNeed.Require(350.0 * rows, $"{rows:N0} visits");
        var plan = new MimicEdPlan(seed, rows);
        var samples = create?.Invoke(rows);
        double[][] logOdds = [.. MimicEdColumns.Outcomes.Select(_ => new double[rows])];
        var (done, gate) = (0L, new Lock());
        Parallel.For(0, (rows + RowsPerPart - 1) / RowsPerPart, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = threads }, part =>
        {
            var (first, end) = (part * RowsPerPart, Math.Min((part + 1) * RowsPerPart, rows));
            DrawPart(new MimicEdVisits(seed, plan), first, end, samples, logOdds);
            // Within the lock, so that progress never runs backwards.
            lock (gate)
                progress?.Report(new("simulating MIMIC-IV-ED", done += end - first, rows, "visits"));
        });

        int[][] groups = [.. Enumerable.Range(0, MimicEdRaces.Groups.Count).Select(group => Enumerable.Range(0, rows).Where(row => plan.GroupOf(row) == group).ToArray())];
        byte[] Draw(int outcome, byte[]? always) =>
            SimulatedOutcomes.Draw(logOdds[outcome], groups, s_publishedShares[outcome], row => MimicEdVisits.UniformOf(seed, outcome, row), always, cancellation);
        var critical = Draw(Critical, null);
        // Nobody dies in hospital or comes to intensive care who is not admitted.
        return (plan, [critical, Draw(Revisit, null), Draw(Hospitalization, critical)]);
    }

    private static void DrawPart(MimicEdVisits visits, int first, int end, SampleMatrix? samples, double[][] logOdds)
    {
        Span<double> values = stackalloc double[MimicEdColumns.FeatureCount];
        Span<double> odds = stackalloc double[logOdds.Length];
        for (var row = first; row < end; row++)
        {
            visits.Draw(row, values, odds);
            for (var outcome = 0; outcome < odds.Length; outcome++)
                logOdds[outcome][row] = odds[outcome];
            if (samples is not null)
                Clean(values, samples.GetWritableRow(row));
        }
    }

    private static void Clean(Span<double> values, Span<float> row)
    {
        values[MimicEdColumns.FirstVital] = MimicEdVital.ToCelsius(values[MimicEdColumns.FirstVital]);
        for (var vital = 0; vital < MimicEdVital.All.Count; vital++)
            values[MimicEdColumns.FirstVital + vital] = MimicEdVital.All[vital].Clean(values[MimicEdColumns.FirstVital + vital]);
        for (var column = 0; column < values.Length; column++)
            row[column] = (float)values[column];
    }
}
