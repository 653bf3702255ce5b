using System.Globalization;
using Engine.Data;

namespace Bench.Cohorts.Seer;

/// <summary>Reads a cohort of the SEER cancer registries, as the code of Hegselmann et al. 2018 makes it, on which Afrose et al. 2021 build.</summary>
/// <remarks><b>Cost</b>: 362 bytes a record while it is read, and 8 a value that is not 0 afterwards, about 800 bytes a row.</remarks>
public static class SeerReader
{
    private const int FollowUpMonths = 60;
    private const int UnknownMonths = 999;
    private const int DiedOfCancer = 1;

    private static readonly (string Name, SeerField Field, int Code)[] s_groups =
    [
        ("male", SeerFields.Sex, 1),
        ("female", SeerFields.Sex, 2),
        ("white", SeerFields.Race, 1),
        ("black", SeerFields.Race, 2),
        ("hispanic", SeerFields.Origin, 1),
        ("asian", SeerFields.Race, 4),
    ];

    /// <summary>Reads records and makes of them rows, classes, groups and the published split.</summary>
    /// <param name="file">BREAST.TXT or RESPIR.TXT of the submission of November 2016: records of 362 characters; may end in ".gz".</param>
    /// <param name="casesFile">The case listing of SEER*Stat, "Patient ID,Record number"; all records when null.</param>
    /// <param name="site">The cancer, which says what class 1 is.</param>
    /// <param name="progress">Told of records and fields.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>One row for each record whose five years are known; 80 % train, 10 % validation, 10 % test.</returns>
    /// <exception cref="CohortFormatException">A file is missing or damaged, is not in its format, has a case or record twice, or lacks a case; or no record has a class.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    public static Cohort Read(
        string file, string? casesFile, SeerSite site, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var cases = casesFile is null ? null : SeerCases.Read(casesFile);
        var records = SeerFile.Read(file, cases, progress, cancellation);
        var cohort = Build(records, site, progress, cancellation);
        var mark = SimulatedMark.Find(new[] { file, $"{file}{CsvTable.Compressed}", casesFile }.OfType<string>());
        return mark is null ? cohort : cohort with { IsSimulated = true, Notes = [mark, .. cohort.Notes] };
    }

    /// <summary>Makes a cohort of records.</summary>
    /// <param name="records">The records, at least one.</param>
    /// <param name="site">The cancer.</param>
    /// <param name="progress">Told of the fields encoded.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal static Cohort Build(SeerRecords records, SeerSite site, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        var (rows, survived) = Label(records);
        var table = SeerTable.Encode(records, rows, progress, cancellation);
        var isDeath = site == SeerSite.Breast;
        var ages = AgesOf(records, rows);
        return new Cohort
        {
            Name = isDeath ? "SEER breast cancer, death within five years" : "SEER lung cancer, survival of five years",
            PositiveMeaning = isDeath ? $"death of breast cancer within {FollowUpMonths} months" : $"survival of lung cancer for {FollowUpMonths} months",
            FeatureNames = table.FeatureNames,
            ContinuousColumns = table.ContinuousColumns,
            IsScaledAfterSampling = true,
            Samples = table.Samples,
            Labels = Labels.From(Array.ConvertAll(survived, one => one != isDeath)),
            Groups = GroupsOf(records, rows, ages),
            Splits = SeerSplit.Of(rows.Length),
            Patients = Array.ConvertAll(rows, row => SeerFields.Patient.Parse(records[row])!.Value),
            // C = 1, the default of scikit-learn.
            RidgePenalty = 1,
            Notes = NotesOn(records, rows, ages),
        };
    }

    /// <summary>Finds the records whose five years are known, and who survived them.</summary>
    private static (int[] Rows, bool[] Survived) Label(SeerRecords records)
    {
        var (months, causes) = (records.Parse(SeerFields.SurvivalMonths), records.Parse(SeerFields.CauseOfDeath));
        var (rows, survived) = (new List<int>(), new List<bool>());
        for (var row = 0; row < months.Length; row++)
        {
            // Lost from sight, or dead of something else, before the five years ended.
            if (months[row] >= UnknownMonths || (months[row] < FollowUpMonths && causes[row] != DiedOfCancer))
                continue;
            rows.Add(row);
            survived.Add(months[row] >= FollowUpMonths);
        }

        return rows.Count > 0
            ? ([.. rows], [.. survived])
            : throw records.Error(0, SeerFields.SurvivalMonths, $"none of the {records.Count:N0} records tells whether the patient survived {FollowUpMonths} months.");
    }

    /// <summary>Returns the ages as they stand in their column: 0 where unknown, -1 where empty.</summary>
    private static double[] AgesOf(SeerRecords records, int[] rows) => Array.ConvertAll(rows, row =>
        SeerFields.Age.Parse(records[row]) is { } age && !SeerFields.Age.HasSpecial(age, records.Count) ? age : 0.0);

    private static Subgroups GroupsOf(SeerRecords records, int[] rows, double[] ages)
    {
        var groups = new Subgroups(rows.Length);
        groups.Add(Cohort.Everyone, RowMask.All(rows.Length));
        foreach (var (name, field, code) in s_groups)
            groups.Add(name, RowMask.From(rows.Length, row => field.Parse(records[rows[row]]) == code));
        AgeBands.AddTo(groups, ages);
        return groups;
    }

    private static List<string> NotesOn(SeerRecords records, int[] rows, double[] ages)
    {
        var notes = new List<string>();
        if (records.Count > rows.Length)
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{records.Count - rows.Length:N0} of {records.Count:N0} records have no class: the patient was lost from sight, or died of something else, before {FollowUpMonths} months had passed."));
        }

        var unknown = ages.Count(static age => age <= 0);
        if (unknown > 0)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{unknown:N0} rows of unknown age are in the group <30, as in the published code, which takes the age for 0."));
        return notes;
    }
}
