using System.Globalization;
using Bench.Cohorts.Seer;

namespace Bench.Cohorts.Simulated.Seer;

/// <summary>Simulates a cohort of the SEER cancer registries: records in their format, which are then read like any other.</summary>
/// <remarks>
/// <para>No patient's record went into it. Sizes, the shares of class 1, of sexes, races and ages are those that Afrose et al. 2021 tell, as far as they do; codes, what they show and how a cancer ends are invented.</para>
/// <para><b>Determinism</b>: a function of seed, site and size; the same bits on every machine and for every number of threads. The records of a small cohort are the first of a larger one with the same seed.</para>
/// </remarks>
public static class SeerSimulator
{
    /// <summary>The training rows of the study on breast cancer.</summary>
    public const int PublishedBreastRows = 199_000;

    /// <summary>The training rows of the study on lung cancer.</summary>
    public const int PublishedLungRows = 164_443;

    /// <summary>The largest number of training rows.</summary>
    public const int MaximumTrainingRows = 50_000_000;

    /// <summary>The name of the case listing.</summary>
    public const string CasesFile = "CASES.csv";

    private const int RecordsPerPart = 4096;
    private const byte LineEnd = (byte)'\n';

    /// <summary>Returns the name of the file of records.</summary>
    /// <param name="site">The cancer.</param>
    public static string FileOf(SeerSite site) => site == SeerSite.Breast ? "BREAST.TXT" : "RESPIR.TXT";

    /// <summary>Simulates a cohort with exactly so many training rows, and an eighth as many for validation and test each.</summary>
    /// <param name="seed">Any number; another seed gives other records.</param>
    /// <param name="site">The cancer.</param>
    /// <param name="trainingRows">1 to <see cref="MaximumTrainingRows"/>.</param>
    /// <param name="progress">Told of records and fields.</param>
    /// <param name="cancellation">Stops the simulation.</param>
    /// <returns>What <see cref="SeerReader"/> makes of the records.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trainingRows"/> is outside its range.</exception>
    public static Cohort Simulate(ulong seed, SeerSite site, int trainingRows, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default)
    {
        var model = new SeerRecordModel(seed, site);
        var count = CountRecords(model, trainingRows);
        var records = new SeerRecords(FileOf(site));
        for (var record = 0; record < count; record++)
            records.Add(record + 1);
        void Draw(int first, int end)
        {
            for (var record = first; record < end; record++)
                model.Write(record, records.Place(record));
        }

        ForEachPart(count, "simulating SEER", Draw, progress, cancellation);
        var cohort = SeerReader.Build(records, site, progress, cancellation);
        return cohort with { IsSimulated = true, Notes = [NoteOn(seed), .. cohort.Notes] };
    }

    /// <summary>Writes the records of <see cref="Simulate"/> as files, with their case listing and a file that says that they are simulated.</summary>
    /// <param name="folder">Gets BREAST.TXT or RESPIR.TXT and CASES.csv; <see cref="SeerReader"/> reads back the same bits.</param>
    /// <param name="site">As for <see cref="Simulate"/>.</param>
    /// <param name="seed">As for <see cref="Simulate"/>.</param>
    /// <param name="trainingRows">As for <see cref="Simulate"/>.</param>
    /// <param name="progress">Told of the records written so far.</param>
    /// <param name="cancellation">Stops the writing; the files written so far stay.</param>
    /// <returns>The number of records.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trainingRows"/> is outside its range.</exception>
    public static int Write(string folder, SeerSite site, ulong seed, int trainingRows, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var model = new SeerRecordModel(seed, site);
        var count = CountRecords(model, trainingRows);
        // Files outlive the command that made them: nobody may take them for patients.
        File.WriteAllText(Path.Combine(folder, SimulatedMark.Name), NoteOn(seed) + "\n");
        using (var cases = new StreamWriter(Path.Combine(folder, CasesFile)))
        {
            cases.Write($"{SeerFields.Patient.Name},{SeerFields.Record.Name}\n");
            for (var record = 0; record < count; record++)
            {
                var (patient, number) = model.Identify(record);
                cases.Write(string.Create(CultureInfo.InvariantCulture, $"{patient:00000000},{number:00}\n"));
            }
        }

        const int LineLength = SeerFields.RecordLength + 1;
        using var file = File.OpenHandle(Path.Combine(folder, FileOf(site)), FileMode.CreateNew, FileAccess.Write);
        void WritePart(int first, int end)
        {
            var lines = new byte[(end - first) * LineLength];
            for (var record = first; record < end; record++)
            {
                var line = lines.AsSpan((record - first) * LineLength, LineLength);
                model.Write(record, line[..SeerFields.RecordLength]);
                line[^1] = LineEnd;
            }

            RandomAccess.Write(file, lines, (long)first * LineLength);
        }

        ForEachPart(count, "writing SEER", WritePart, progress, cancellation);
        return count;
    }

    /// <summary>Says that data are simulated, from which seed, and what of them is known.</summary>
    internal static string NoteOn(ulong seed) =>
        $"These data are simulated, from seed {seed}, in the format of the SEER cancer registries, and hold no patient's record: sizes, class shares and the shares of sexes, races and ages follow "
        + "the double prioritized study where it tells them; every code, and what it says of a prognosis, is invented.";

    /// <summary>Finds how many records have exactly as many with a class as the training rows and their validation and test rows are.</summary>
    private static int CountRecords(SeerRecordModel model, int trainingRows)
    {
        if (trainingRows is < 1 or > MaximumTrainingRows)
            throw new ArgumentOutOfRangeException(nameof(trainingRows), trainingRows, $"the number of training rows must be 1 to {MaximumTrainingRows:N0}.");
        // Once as records, once as rows.
        MemoryNeed.Require(2.0 * SeerFields.RecordLength * trainingRows, $"{trainingRows:N0} training rows");
        var (count, rows) = (0, SeerSplit.RowCountFor(trainingRows));
        for (; rows > 0; count++)
            rows -= model.HasClass(count) ? 1 : 0;
        return count;
    }

    private static void ForEachPart(int count, string step, Action<int, int> body, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        var (done, gate) = (0, new Lock());
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, (count + RecordsPerPart - 1) / RecordsPerPart, options, part =>
        {
            var (first, end) = (part * RecordsPerPart, Math.Min((part + 1) * RecordsPerPart, count));
            body(first, end);
            // Within the lock, so that progress never runs backwards.
            lock (gate)
                progress?.Report(new CohortProgress(step, done += end - first, count, "records"));
        });
    }
}
