using System.Globalization;
using Bench.Cohorts.Channels;

namespace Bench.Cohorts.Mimic3;

/// <summary>Writes cohorts in the layout of the MIMIC-III benchmark, byte for byte in its formats: the opposite of <see cref="Mimic3Reader"/>.</summary>
/// <remarks>Folders below the one that is named are made as needed; that one must be there. A file that is there is replaced.</remarks>
public static class Mimic3Writer
{
    private const string AdmissionsHeader =
        """
        "ROW_ID","SUBJECT_ID","HADM_ID","ADMITTIME","DISCHTIME","DEATHTIME","ADMISSION_TYPE","ADMISSION_LOCATION","DISCHARGE_LOCATION","INSURANCE",
        """
        + """
        "LANGUAGE","RELIGION","MARITAL_STATUS","ETHNICITY","EDREGTIME","EDOUTTIME","DIAGNOSIS","HOSPITAL_EXPIRE_FLAG","HAS_CHARTEVENTS_DATA"
        """;

    private const string PatientsHeader = """
        "ROW_ID","SUBJECT_ID","GENDER","DOB","DOD","DOD_HOSP","DOD_SSN","EXPIRE_FLAG"
        """;

    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

    /// <summary>Returns the name of a stay's file.</summary>
    /// <param name="subject">The patient.</param>
    /// <param name="episode">The number of the stay, from 1.</param>
    /// <returns>Such as "10006_episode1_timeseries.csv".</returns>
    public static string StayName(int subject, int episode) => string.Create(CultureInfo.InvariantCulture, $"{subject}_episode{episode}_timeseries.csv");

    /// <summary>Writes the time series of one stay.</summary>
    /// <param name="folder">The folder that holds the folders of the tasks.</param>
    /// <param name="task">The task.</param>
    /// <param name="split">The split, which decides the folder.</param>
    /// <param name="stay">The name of the file.</param>
    /// <param name="rows">One row a time, ascending.</param>
    /// <exception cref="ArgumentException">The name is no stay's, a row has not seventeen cells, a cell needs quotes, or the times do not ascend.</exception>
    public static void WriteStay(string folder, Mimic3Task task, CohortSplit split, string stay, IEnumerable<TimeSeriesRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RequireStayName(stay);
        using var writer = Create(folder, Mimic3Layout.TaskFolder(task), Mimic3Layout.StayFolder(split), stay);
        writer.WriteLine(string.Join(',', Mimic3Layout.TimeSeriesHeader));
        var previous = double.NegativeInfinity;
        foreach (var row in rows)
        {
            RequireRow(row, previous);
            writer.Write(Format(row.Hours));
            foreach (var cell in row.Cells)
            {
                writer.Write(',');
                writer.Write(cell);
            }

            writer.WriteLine();
            previous = row.Hours;
        }
    }

    /// <summary>Writes the list of a split.</summary>
    /// <param name="folder">The folder that holds the folders of the tasks.</param>
    /// <param name="task">The task, which decides the columns.</param>
    /// <param name="split">The split, which decides the name.</param>
    /// <param name="rows">One row a sample.</param>
    /// <exception cref="ArgumentException">A name is no stay's, a label is neither 0 nor 1, or a period is not one of the task.</exception>
    public static void WriteListFile(string folder, Mimic3Task task, CohortSplit split, IEnumerable<ListRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var writer = Create(folder, Mimic3Layout.TaskFolder(task), Mimic3Layout.ListFile(split));
        writer.WriteLine(string.Join(',', Mimic3Layout.ListHeader(task)));
        foreach (var row in rows)
        {
            RequireListRow(row, task);
            writer.WriteLine(task == Mimic3Task.InHospitalMortality
                ? string.Create(CultureInfo.InvariantCulture, $"{row.Stay},{row.Label}")
                : string.Create(CultureInfo.InvariantCulture, $"{row.Stay},{row.Period}.000000,{row.Label}"));
        }
    }

    /// <summary>Writes ADMISSIONS.csv and PATIENTS.csv; what a row does not say is left blank.</summary>
    /// <param name="folder">The folder of the two tables.</param>
    /// <param name="rows">One row a subject.</param>
    /// <exception cref="ArgumentException">An ethnicity holds a quotation mark.</exception>
    public static void WriteDemographics(string folder, IEnumerable<DemographicRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var admissions = Create(folder, Mimic3Layout.Admissions);
        using var patients = Create(folder, Mimic3Layout.Patients);
        admissions.WriteLine(AdmissionsHeader);
        patients.WriteLine(PatientsHeader);
        var number = 0;
        foreach (var row in rows)
        {
            if (row.Ethnicity.Contains('"', StringComparison.Ordinal))
                throw new ArgumentException($"the ethnicity '{row.Ethnicity}' of subject {row.Subject} holds a quotation mark.", nameof(rows));
            number++;
            var admitted = row.Admitted.ToString(TimeFormat, CultureInfo.InvariantCulture);
            var born = row.Born.ToString(TimeFormat, CultureInfo.InvariantCulture);
            admissions.WriteLine($"""{number},{row.Subject},{number},"{admitted}",,,,,,,,,,"{row.Ethnicity}",,,,,""");
            patients.WriteLine($"""{number},{row.Subject},"{(row.IsFemale ? 'F' : 'M')}","{born}",,,,""");
        }
    }

    /// <summary>Formats a number as the benchmark's Python does: the shortest text that gives the same double, with a decimal point or an exponent.</summary>
    /// <param name="value">A number below 10^15 in magnitude, where .NET and Python begin to differ.</param>
    /// <returns>Such as "0.5833333333333334", "5.0" or "1e-05".</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is outside its range.</exception>
    public static string Format(double value)
    {
        if (!(Math.Abs(value) < 1e15))
            throw new ArgumentOutOfRangeException(nameof(value), value, "a number in a file must be below 1e15 in magnitude.");
        var text = value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        return text.AsSpan().ContainsAny('.', 'e') ? text : text + ".0";
    }

    private static StreamWriter Create(string folder, params ReadOnlySpan<string> names)
    {
        // A folder that has vanished is not made again: what was in it is lost.
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{folder}' is not there, or no longer.");
        var file = Path.Combine([folder, .. names]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return new StreamWriter(file) { NewLine = "\n" };
    }

    private static void RequireStayName(string stay)
    {
        if (!Mimic3Layout.TryParseSubject(stay, out _))
            throw new ArgumentException($"'{stay}' is no name of a stay; make one with {nameof(StayName)}.", nameof(stay));
    }

    private static void RequireRow(TimeSeriesRow row, double previous)
    {
        if (row.Cells.Count != BenchmarkChannels.Count)
            throw new ArgumentException($"the row at {row.Hours} hours has {row.Cells.Count} cells; {BenchmarkChannels.Count} are needed.", nameof(row));
        if (!(row.Hours > previous))
            throw new ArgumentException($"the row at {row.Hours} hours follows one at {previous}; times must ascend.", nameof(row));
        foreach (var cell in row.Cells)
        {
            if (cell.AsSpan().ContainsAny(",\"\r\n"))
                throw new ArgumentException($"the cell '{cell}' at {row.Hours} hours would need quotes, which these files do not have.", nameof(row));
        }
    }

    private static void RequireListRow(ListRow row, Mimic3Task task)
    {
        RequireStayName(row.Stay);
        if (row.Label > 1)
            throw new ArgumentException($"the label of {row.Stay} is {row.Label}; 0 or 1 is needed.", nameof(row));
        var (shortest, longest) = task == Mimic3Task.InHospitalMortality
            ? (Mimic3Layout.MortalityHours, Mimic3Layout.MortalityHours)
            : (1, HourlyDiscretizer.MaximumHours);
        if (row.Period < shortest || row.Period > longest)
            throw new ArgumentException($"the period of {row.Stay} is {row.Period} hours; {shortest:N0} to {longest:N0} are allowed.", nameof(row));
    }
}

/// <summary>One row of a time series file.</summary>
/// <param name="Hours">Hours since the start of the stay.</param>
/// <param name="Cells">Seventeen texts in channel order; null where nothing was measured. Numbers as <see cref="Mimic3Writer.Format"/> writes them.</param>
public readonly record struct TimeSeriesRow(double Hours, IReadOnlyList<string?> Cells);

/// <summary>One row of a list file.</summary>
/// <param name="Stay">The name of the stay's file, as <see cref="Mimic3Writer.StayName"/> makes it.</param>
/// <param name="Period">The period in whole hours; 48 for in-hospital mortality, whose lists do not write it.</param>
/// <param name="Label">0 or 1.</param>
public readonly record struct ListRow(string Stay, int Period, byte Label);

/// <summary>What ADMISSIONS.csv and PATIENTS.csv say of a subject with one admission.</summary>
/// <param name="Subject">The patient.</param>
/// <param name="IsFemale">True for F, false for M.</param>
/// <param name="Ethnicity">Such as "BLACK/AFRICAN AMERICAN".</param>
/// <param name="Admitted">The time of admission.</param>
/// <param name="Born">The date of birth; 300 years before admission for those above 89, as in MIMIC-III.</param>
public readonly record struct DemographicRow(int Subject, bool IsFemale, string Ethnicity, DateTime Admitted, DateTime Born);
