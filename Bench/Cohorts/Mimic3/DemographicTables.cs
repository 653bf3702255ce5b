using System.Globalization;

namespace Bench.Cohorts.Mimic3;

/// <summary>Reads sex, ethnicity and age of subjects from ADMISSIONS.csv and PATIENTS.csv, joined as the double prioritized study joins them.</summary>
/// <remarks>The first admission of a subject in the order of the file counts, not the one that the stay belongs to, and age is a difference of years:
/// a closer join would give other group sizes than the published ones.</remarks>
internal static class DemographicTables
{
    private static readonly string[] s_dateFormats = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"];

    /// <summary>Reads what is known of the given subjects.</summary>
    /// <param name="folder">The folder of the two tables, plain or compressed; their headers may be in upper or in lower case.</param>
    /// <param name="subjects">The subjects; an index of the result is an index of this list.</param>
    /// <returns>One patient a subject.</returns>
    /// <exception cref="CohortFormatException">A table is missing or bad, or lacks a subject.</exception>
    public static Patient[] Read(string folder, IReadOnlyList<int> subjects)
    {
        var wanted = subjects.ToHashSet();
        var admissionsFile = Path.Combine(folder, Mimic3Layout.Admissions);
        var patientsFile = Path.Combine(folder, Mimic3Layout.Patients);
        var admissions = ReadFirstRows(admissionsFile, wanted, "ETHNICITY", static (table, column) => table.Text(column), "ADMITTIME");
        var births = ReadFirstRows(patientsFile, wanted, "GENDER", static (table, column) => ReadIsFemale(table, column), "DOB");

        var patients = new Patient[subjects.Count];
        for (var i = 0; i < patients.Length; i++)
        {
            var (ethnicity, admitted) = Require(admissions, subjects[i], admissionsFile);
            var (isFemale, born) = Require(births, subjects[i], patientsFile);
            patients[i] = new Patient(isFemale, ethnicity, admitted - born);
        }

        return patients;
    }

    private static Dictionary<int, (T Value, int Year)> ReadFirstRows<T>(
        string file, HashSet<int> wanted, string valueName, Func<CsvTable, int, T> readValue, string dateName)
    {
        using var table = CsvTable.Open(file);
        var subjectColumn = table.RequireColumn("SUBJECT_ID", StringComparison.OrdinalIgnoreCase);
        var valueColumn = table.RequireColumn(valueName, StringComparison.OrdinalIgnoreCase);
        var dateColumn = table.RequireColumn(dateName, StringComparison.OrdinalIgnoreCase);
        var rows = new Dictionary<int, (T, int)>();
        while (table.Next())
        {
            var subject = ReadSubject(table, subjectColumn);
            if (wanted.Contains(subject) && !rows.ContainsKey(subject))
                rows.Add(subject, (readValue(table, valueColumn), ReadYear(table, dateColumn)));
        }

        return rows;
    }

    private static (T Value, int Year) Require<T>(Dictionary<int, (T Value, int Year)> rows, int subject, string file) => rows.TryGetValue(subject, out var row)
        ? row
        : throw new CohortFormatException(file, 0, "SUBJECT_ID", $"{subject}", "no row has this subject, of whom a list file names a stay.");

    private static int ReadSubject(CsvTable table, int column) =>
        NumberText.TryParseDigits(table[column], out var subject)
            ? subject
            : throw table.Error(column, "a whole number was expected.");

    private static bool ReadIsFemale(CsvTable table, int column) => table[column] switch
    {
        "F" => true,
        "M" => false,
        _ => throw table.Error(column, "F or M was expected."),
    };

    private static int ReadYear(CsvTable table, int column) =>
        DateTime.TryParseExact(table[column], s_dateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.Year
            : throw table.Error(column, "a date such as 2164-10-23 21:09:00 was expected.");
}

/// <summary>What the demographic groups need to know of a patient.</summary>
/// <param name="IsFemale">True for F, false for M.</param>
/// <param name="Ethnicity">The text of ADMISSIONS, such as "BLACK/CAPE VERDEAN".</param>
/// <param name="Age">Years: year of admission less year of birth; MIMIC-III shifts the birth of those above 89 so that they come out near 300.</param>
public readonly record struct Patient(bool IsFemale, string Ethnicity, int Age);
