using Engine.Data;

namespace Bench.Cohorts.PhysioNet2012;

/// <summary>Reads the PhysioNet / Computing in Cardiology Challenge 2012: adults in intensive care, their first 48 hours, death in hospital.</summary>
public static class PhysioNet2012Reader
{
    private const char TrainSet = 'a';

    /// <summary>Reads set a for training and another for the test; a single set is split, every fifth record for the test.</summary>
    /// <param name="folder">Holds set-a.zip or a folder set-a, Outcomes-a.txt, and the same of set b or c.</param>
    /// <param name="testSet">'b' or 'c'; null for b, or c where b is absent.</param>
    /// <param name="progress">Told of every hundred records.</param>
    /// <param name="withAllHours">Whether <see cref="Cohort.NetworkHours"/> are wanted: the 48 hours with all parameters, age, sex, height and unit.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>
    /// One row a stay: 192 features, and in <see cref="Cohort.Episodes"/> its 48 hours in the columns of the MIMIC-III benchmark,
    /// normalized as published there. Groups by sex and age; notes on what was skipped.
    /// </returns>
    /// <exception cref="CohortFormatException">A set or its outcomes are missing, damaged, not in the format, or do not belong together.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="testSet"/> is neither 'b' nor 'c'.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    public static Cohort Read(
        string folder, char? testSet = null, IProgress<CohortProgress>? progress = null, bool withAllHours = false, CancellationToken cancellation = default)
    {
        if (testSet is not (null or 'b' or 'c'))
            throw new ArgumentOutOfRangeException(nameof(testSet), testSet, "the test set is 'b' or 'c'.");
        var letters = ChooseSets(folder, testSet);
        // Opened before the first is read: whatever of the second is missing is told at once.
        using var train = new PhysioNet2012Set(folder, letters[0]);
        using var test = letters.Length == 1 ? null : new PhysioNet2012Set(folder, letters[1]);

        var rows = new TableRows(PhysioNet2012Features.Names.Count);
        var hours = new PhysioNet2012Hours(train.Count + (test?.Count ?? 0));
        var allHours = withAllHours ? new PhysioNet2012AllHours(train.Count + (test?.Count ?? 0)) : null;
        var parser = new PhysioNet2012RecordParser();
        var ids = new HashSet<int>();
        foreach (var (record, label) in train.Read(parser, progress, cancellation).Concat(test?.Read(parser, progress, cancellation) ?? []))
        {
            if (!ids.Add(record.Id))
                throw new CohortFormatException(folder, 0, "RecordID", $"{record.Id}", $"this record is in set {letters[0]} and in set {letters[1]}.");
            rows.Add(PhysioNet2012Features.Of(record), label, double.IsNaN(record.Gender) ? null : record.Gender == 1, record.Age);
            hours.Add(record);
            allHours?.Add(record);
        }

        var splits = test is null ? FifthRowSplit.Of(rows.Count) : SplitAt(train.Count, rows.Count);
        return ToCohort(rows, hours.ToEpisodes(), allHours?.ToEpisodes(), splits, NotesOn(letters, parser));
    }

    private static char[] ChooseSets(string folder, char? testSet)
    {
        char[] present = [.. "abc".Where(set => PhysioNet2012Files.Find(folder, set) is not null)];
        if (testSet is { } wanted && !present.Contains(wanted))
            throw new CohortFormatException(folder, 0, "", "", $"there is neither set-{wanted}.zip nor a folder set-{wanted}, the test set asked for.");
        if (present.Length == 0)
            throw new CohortFormatException(folder, 0, "", "", "there is no set: set-a.zip or a folder set-a was expected, with Outcomes-a.txt beside it.");
        if (present.Length == 1)
            return present;
        if (present[0] != TrainSet)
            throw new CohortFormatException(folder, 0, "", "", "set a, on which models are fitted, is missing: there is neither set-a.zip nor a folder set-a.");
        return [TrainSet, testSet ?? present[1]];
    }

    private static CohortSplit[] SplitAt(int trainCount, int rowCount)
    {
        var splits = new CohortSplit[rowCount];
        splits.AsSpan(trainCount).Fill(CohortSplit.Test);
        return splits;
    }

    private static List<string> NotesOn(char[] letters, PhysioNet2012RecordParser parser)
    {
        var notes = new List<string>();
        if (letters.Length == 1)
            notes.Add($"Only set {letters[0]} is there: every fifth record is for the test.");
        if (parser.NamelessRowCount > 0)
            notes.Add($"{parser.NamelessRowCount:N0} rows without a parameter name were skipped.");
        return notes;
    }

    private static Cohort ToCohort(TableRows rows, EpisodeStore episodes, EpisodeStore? allHours, CohortSplit[] splits, List<string> notes)
    {
        var groups = rows.GroupBySex();
        rows.AddAgeBandsTo(groups);
        return new Cohort
        {
            Name = "PhysioNet 2012, death in hospital",
            PositiveMeaning = "death in hospital",
            FeatureNames = PhysioNet2012Features.Names,
            Samples = rows.ToSamples(),
            Labels = rows.ToLabels(),
            Groups = groups,
            Splits = splits,
            RidgePenalty = Cohort.BenchmarkRidgePenalty,
            Notes = notes,
            Episodes = episodes,
            NetworkHours = allHours is null ? null : new NetworkHours(allHours, PhysioNet2012AllHours.ContinuousColumns),
            Prefixes = [.. Enumerable.Range(0, rows.Count).Select(stay => new PrefixSample(stay, PhysioNet2012Hours.HoursPerStay))],
        };
    }
}
