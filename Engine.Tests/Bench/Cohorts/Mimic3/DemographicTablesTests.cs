using Bench.Cohorts;
using Bench.Cohorts.Mimic3;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Mimic3;

public sealed class DemographicTablesTests
{
    private const string Admissions = """
        "SUBJECT_ID","ADMITTIME","ETHNICITY"
        7,"2150-01-01 00:00:00","HISPANIC/LATINO - PUERTO RICAN"
        7,"2130-01-01 00:00:00","WHITE"
        """;

    private const string Patients = """
        "SUBJECT_ID","GENDER","DOB"
        7,"F","2110-12-31 00:00:00"
        """;

    [Fact]
    public void Read_TwoAdmissions_FirstRowAndDifferenceOfYearsCount() =>
        Assert.Equal([new Patient(IsFemale: true, "HISPANIC/LATINO - PUERTO RICAN", 40)], Read(Admissions, Patients));

    [Fact]
    public void Read_LowerCaseHeaders_AreTheSame()
    {
        static string Lower(string table)
        {
            var headerLength = table.IndexOf('\n', StringComparison.Ordinal);
            return table[..headerLength].ToLowerInvariant() + table[headerLength..];
        }

        Assert.Equal(Read(Admissions, Patients), Read(Lower(Admissions), Lower(Patients)));
    }

    [Fact]
    public void Read_SubjectWithoutAdmission_ThrowsNamingSubjectAndFile()
    {
        var error = Assert.Throws<CohortFormatException>(() => Read(Admissions.Replace("\n7,", "\n8,", StringComparison.Ordinal), Patients));
        Assert.Equal(("7", "SUBJECT_ID"), (error.Value, error.Column));
        Assert.EndsWith("ADMISSIONS.csv", error.File, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SubjectWithoutPatient_ThrowsNamingSubjectAndFile()
    {
        var error = Assert.Throws<CohortFormatException>(() => Read(Admissions, Patients.Replace("\n7,", "\n8,", StringComparison.Ordinal)));
        Assert.Equal("7", error.Value);
        Assert.EndsWith("PATIENTS.csv", error.File, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"F\"", "\"female\"", "GENDER", "female")]
    [InlineData("2110-12-31 00:00:00", "31.12.2110", "DOB", "31.12.2110")]
    [InlineData("\n7,", "\nseven,", "SUBJECT_ID", "seven")]
    public void Read_BadCell_ThrowsNamingIt(string good, string bad, string column, string value)
    {
        var error = Assert.Throws<CohortFormatException>(() => Read(Admissions, Patients.Replace(good, bad, StringComparison.Ordinal)));
        Assert.Equal((2L, column, value), (error.Line, error.Column, error.Value));
    }

    [Fact]
    public void Read_ColumnAbsent_ThrowsNamingIt()
    {
        var error = Assert.Throws<CohortFormatException>(() => Read(Admissions.Replace("ETHNICITY", "RACE", StringComparison.Ordinal), Patients));
        Assert.Equal("ETHNICITY", error.Column);
    }

    [Theory]
    [InlineData(29, "<30")]
    [InlineData(30, "30s")]
    [InlineData(49, "40s")]
    [InlineData(59, "50s")]
    [InlineData(60, "60s")]
    [InlineData(70, "70s")]
    [InlineData(89, "80s")]
    [InlineData(90, "90+")]
    [InlineData(300, "90+")]
    public void Build_AnyAge_IsInOneAgeGroup(int age, string expected)
    {
        var groups = DemographicGroups.Build([new Patient(IsFemale: false, "ASIAN - VIETNAMESE", age)], [0]);
        Assert.Equal(["all", "male", "asian", expected], groups.Names.Where(name => groups[name].Count == 1));
    }

    [Fact]
    public void Names_Order_IsThePublishedTables() =>
        Assert.Equal(
            ["all", "male", "female", "white", "black", "hispanic", "asian", "<30", "30s", "40s", "50s", "60s", "70s", "80s", "90+"],
            DemographicGroups.Names);

    private static Patient[] Read(string admissions, string patients)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("ADMISSIONS.csv"), admissions);
        File.WriteAllText(folder.File("PATIENTS.csv"), patients);
        return DemographicTables.Read(folder.Path, [7]);
    }
}
