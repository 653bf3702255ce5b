using Bench.Cohorts.Channels;
using Engine.Data;

namespace Bench.Cohorts.Mimic3;

/// <summary>Reads the data of the public MIMIC-III benchmark (YerevaNN/mimic3-benchmarks) as they lie on a credentialed user's disk.</summary>
public static class Mimic3Reader
{
    private static readonly CohortSplit[] s_splits = [CohortSplit.Train, CohortSplit.Validation, CohortSplit.Test];

    /// <summary>Reads a task whole: samples, labels, splits and, where the tables are at hand, demographic groups.</summary>
    /// <param name="folder">The folder that holds in-hospital-mortality/ and decompensation/, or the folder of the task itself.</param>
    /// <param name="task">The task.</param>
    /// <param name="demographicsFolder">The folder of ADMISSIONS.csv and PATIENTS.csv of MIMIC-III; null to read no groups.</param>
    /// <param name="progress">Told of rows and stays read so far, on the threads that read.</param>
    /// <param name="rowsToHold">Chooses, once everything but features is known of the cohort, the rows whose features are read, ascending; all of them when null.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>
    /// One row a sample, in the order of the train, validation and test lists: the 76 columns of its last hour, normalized as published.
    /// <see cref="Cohort.Episodes"/> holds every hour before it, and is null where not all rows are held.
    /// </returns>
    /// <exception cref="CohortFormatException">A file is missing or not in the format; nothing of the cohort is returned.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public static Cohort Read(
        string folder,
        Mimic3Task task,
        string? demographicsFolder = null,
        IProgress<CohortProgress>? progress = null,
        Func<Cohort, long[]>? rowsToHold = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        cancellation.ThrowIfCancellationRequested();
        var notes = new List<string>();
        var taskFolder = FindTaskFolder(folder, task);
        var samples = ReadLists(taskFolder, task, notes, progress, cancellation);
        // Before the stays: a missing table is found in seconds, the stays take minutes.
        var groups = ReadGroups(samples, demographicsFolder, notes);
        var mark = SimulatedMark.Find(Mimic3Layout.MarkedPlaces(folder, taskFolder, demographicsFolder));
        if (mark is not null)
            notes.Insert(0, mark);
        var cohort = new Cohort
        {
            Name = $"MIMIC-III benchmark, {Mimic3Layout.TaskFolder(task)}",
            PositiveMeaning = Mimic3Layout.PositiveMeaning(task),
            FeatureNames = BenchmarkChannels.ColumnNames,
            Samples = Cohort.NoFeatures(samples.Prefixes.Count, BenchmarkChannels.ColumnCount),
            Labels = Labels.From(samples.Labels),
            Groups = groups,
            Splits = samples.Splits,
            RidgePenalty = Cohort.BenchmarkRidgePenalty,
            IsSimulated = mark is not null,
            Notes = notes,
            Prefixes = samples.Prefixes,
            Patients = samples.PatientOfSample(),
            Measurements = new TimeSeriesStays(taskFolder, task, samples.Stays),
        };
        if (rowsToHold is null)
        {
            var episodes = StayReader.Read(taskFolder, task, samples.Stays, progress, cancellation);
            return cohort with { Samples = episodes.LastHours(samples.PrefixSpan), Episodes = episodes };
        }

        var rows = rowsToHold(cohort);
        var held = HeldStays.Of(samples.Prefixes, rows);
        var hours = StayReader.Read(taskFolder, task, [.. held.Stays.Select(stay => samples.Stays[stay])], progress, cancellation);
        return cohort with { Samples = SampleMatrix.OfHeldRows(hours.LastHours(held.Prefixes), rows, samples.Prefixes.Count) };
    }

    private static string FindTaskFolder(string folder, Mimic3Task task)
    {
        var below = Path.Combine(folder, Mimic3Layout.TaskFolder(task));
        if (Directory.Exists(below))
            return below;
        var isTaskFolder = s_splits.Any(split => CsvTable.Exists(Path.Combine(folder, Mimic3Layout.ListFile(split))))
            || CsvTable.Exists(Path.Combine(folder, Mimic3Layout.UnsplitListFile(CohortSplit.Train)));
        return isTaskFolder
            ? folder
            : throw new CohortFormatException(
                folder,
                0,
                "",
                "",
                $"there is no folder {Mimic3Layout.TaskFolder(task)} here, nor is it one itself: it holds neither train_listfile.csv nor train/listfile.csv.");
    }

    private static SampleList ReadLists(
        string taskFolder, Mimic3Task task, List<string> notes, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        var samples = new SampleList();
        var lists = s_splits.Select(split => (Split: split, File: Path.Combine(taskFolder, Mimic3Layout.ListFile(split)))).ToArray();
        // One list of three would be half a cohort; only where none was made are the lists from before the split meant.
        if (!lists.Any(list => CsvTable.Exists(list.File)))
        {
            CohortSplit[] unsplit = [CohortSplit.Train, CohortSplit.Test];
            lists = [.. unsplit.Select(split => (split, Path.Combine(taskFolder, Mimic3Layout.UnsplitListFile(split))))];
            notes.Add("There are no validation rows: train_listfile.csv, val_listfile.csv and test_listfile.csv are absent, "
                + "so train/listfile.csv and test/listfile.csv were read. The benchmark's mimic3models.split_train_val makes the three.");
        }

        foreach (var (split, file) in lists)
            ListFile.Append(file, task, split, samples, progress, cancellation);
        samples.Freeze();
        return samples;
    }

    private static Subgroups ReadGroups(SampleList samples, string? demographicsFolder, List<string> notes)
    {
        if (demographicsFolder is null)
        {
            notes.Add("There are no demographic groups: pass the folder that holds ADMISSIONS.csv and PATIENTS.csv of MIMIC-III to get them.");
            var everyone = new Subgroups(samples.Prefixes.Count);
            everyone.Add(Cohort.Everyone, RowMask.All(samples.Prefixes.Count));
            return everyone;
        }

        var patients = DemographicTables.Read(demographicsFolder, [.. samples.Stays.Select(stay => stay.Subject)]);
        return DemographicGroups.Build(patients, [.. samples.Prefixes.Select(prefix => prefix.Stay)]);
    }
}
