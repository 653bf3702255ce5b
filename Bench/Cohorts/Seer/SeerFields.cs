using System.Globalization;

namespace Bench.Cohorts.Seer;

/// <summary>The fields of a record that are read.</summary>
internal static class SeerFields
{
    /// <summary>The characters of a record.</summary>
    public const int RecordLength = 362;

    private static readonly IReadOnlyList<SeerField> s_all = Load();

    /// <summary>Gets the fields that become columns, in the order of their columns: numbers first.</summary>
    public static IReadOnlyList<SeerField> Inputs { get; } =
        [.. s_all.Where(field => field.Role == SeerRole.Continuous), .. s_all.Where(field => field.Role == SeerRole.Categorical)];

    /// <summary>Gets the number of the patient, the same in each of a patient's records.</summary>
    public static SeerField Patient { get; } = Get("Patient ID");

    /// <summary>Gets the number of the record among those of its patient.</summary>
    public static SeerField Record { get; } = Get("Record number");

    /// <summary>Gets the months from diagnosis to death or to the last that was heard.</summary>
    public static SeerField SurvivalMonths { get; } = Get("Survival months");

    /// <summary>Gets whether the patient died of this cancer, which is 1.</summary>
    public static SeerField CauseOfDeath { get; } = Get("SEER cause of death classification");

    /// <summary>Gets the age in years.</summary>
    public static SeerField Age { get; } = Get("Age at diagnosis");

    /// <summary>Gets the sex: 1 male, 2 female.</summary>
    public static SeerField Sex { get; } = Get("Sex");

    /// <summary>Gets the race: 1 white, 2 black, 3 American Indian or Alaska native, 4 Asian or Pacific islander.</summary>
    public static SeerField Race { get; } = Get("Race recode Y");

    /// <summary>Gets the origin: 1 Hispanic.</summary>
    public static SeerField Origin { get; } = Get("Origin Recode NHIA");

    /// <summary>Gets the sequence of the cancer among those of the patient, whose code of one only cancer counts as its first.</summary>
    public static SeerField Sequence { get; } = Get("Sequence number");

    /// <summary>Finds a field.</summary>
    /// <param name="name">Its name.</param>
    public static SeerField Get(string name) => s_all.Single(field => field.Name == name);

    private static List<SeerField> Load()
    {
        using var reader = new StreamReader(typeof(SeerFields).Assembly.GetManifestResourceStream("seer-fields.csv")!);
        // The first line names the source.
        reader.ReadLine();
        using var table = new CsvHelper.CsvReader(reader, CultureInfo.InvariantCulture);
        table.Read();
        table.ReadHeader();
        var fields = new List<SeerField>();
        while (table.Read())
        {
            fields.Add(new SeerField(
                table.GetField<int>("start") - 1,
                table.GetField<int>("width"),
                table.GetField("name")!,
                Enum.Parse<SeerRole>(table.GetField("role")!, ignoreCase: true),
                [.. table.GetField("special codes")!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(code => int.Parse(code, CultureInfo.InvariantCulture))]));
        }

        return fields;
    }
}
