namespace Bench.Cohorts.Framingham;

/// <summary>Reads the Framingham teaching data of NHLBI in either of the two files in circulation.</summary>
public static class FraminghamReader
{
    /// <summary>Reads the table; which of the two files it is, is seen from its header.</summary>
    /// <param name="file">The file of 16 columns known from Kaggle, or the longitudinal file of 39 columns; may end in ".gz".</param>
    /// <param name="label">The outcome; only the longitudinal file has any but the published one.</param>
    /// <param name="progress">Told when the file has been read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>15 features; groups by sex and age; every fifth row is for the test; a note on the label.</returns>
    /// <exception cref="CohortFormatException">The file is missing, is neither of the two, holds a value of the wrong kind, or lacks the outcome.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    public static Cohort Read(
        string file,
        FraminghamLabel label = FraminghamLabel.TenYearChd,
        IProgress<CohortProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        using var table = CsvTable.Open(file);
        var rows = new TableRows(FraminghamPredictors.Names.Count);
        ReadPersons(table, [label], person => rows.Add(person.Predictors, person.Outcomes[0], person.IsMale, person.Age), cancellation);
        progress?.Report(new("reading Framingham", rows.Count, rows.Count, "rows"));

        var groups = rows.GroupBySex();
        rows.AddAgeBandsTo(groups);
        return new Cohort
        {
            Name = $"Framingham teaching data, {MeaningOf(label)}",
            PositiveMeaning = MeaningOf(label),
            FeatureNames = FraminghamPredictors.Names,
            Samples = rows.ToSamples(),
            Labels = rows.ToLabels(),
            Groups = groups,
            Splits = FifthRowSplit.Of(rows.Count),
            RidgePenalty = 1,
            Notes = [NoteOn(label)],
        };
    }

    /// <summary>Reads all persons of a file, which may be either of the two.</summary>
    /// <param name="table">The file.</param>
    /// <param name="labels">The outcomes that each person is given.</param>
    /// <param name="add">Takes a person.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CohortFormatException">The file is neither of the two, holds a value of the wrong kind, lacks an outcome, or has no row to use.</exception>
    internal static void ReadPersons(CsvTable table, IReadOnlyList<FraminghamLabel> labels, Action<FraminghamPerson> add, CancellationToken cancellation)
    {
        var count = 0;
        void Count(FraminghamPerson person)
        {
            add(person);
            count++;
        }

        if (IsLongitudinal(table))
            FraminghamLongitudinalFile.Read(table, labels, Count, cancellation);
        else if (table.Header.Contains(FraminghamTeachingFile.LabelColumn))
            FraminghamTeachingFile.Read(table, labels, Count, cancellation);
        else
            throw new CohortFormatException(table.File, 1, "", string.Join(',', table.Header), "neither Framingham file: expected a column TenYearCHD (teaching file, 16 columns) or RANDID (longitudinal file, 39 columns).");
        if (count == 0)
            throw new CohortFormatException(table.File, 0, "", "", "the file has no row to use: none at all, or in the longitudinal file no first exam of a person free of CHD.");
    }

    /// <summary>Tells whether a file is the one of 39 columns, which has every outcome.</summary>
    internal static bool IsLongitudinal(CsvTable table) => table.Header.Contains(FraminghamLongitudinalFile.PersonColumn);

    private static string MeaningOf(FraminghamLabel label) => label switch
    {
        FraminghamLabel.TenYearChd => "TenYearCHD as published",
        FraminghamLabel.CorrectedTenYearChd => "CHD within ten years",
        _ => "CVD within ten years",
    };

    /// <summary>Says what a reader of results must know of an outcome.</summary>
    internal static string NoteOn(FraminghamLabel label) => label == FraminghamLabel.TenYearChd
        ? "TenYearCHD as published is 1 for everyone whose follow-up for CHD ended within 3,650 days, also by death or loss without CHD "
            + "(265 of 644 positives); for CHD that did happen, read the longitudinal file with label CorrectedTenYearChd."
        : "A person who died or was lost within ten years without the event counts as class 0.";
}
