using System.Globalization;
using Bench.Cohorts;
using Bench.Cohorts.Equity;
using Bench.Cohorts.Equity.MimicEd;
using Bench.Cohorts.Equity.Simulated;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Equity;

public sealed class MimicEdReaderTests : IDisposable
{
    private static readonly string[] s_outcomes = ["critical", "ed_revisit_3d", "hospitalization"];

    private static int s_stay = 1000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Schema_Columns_AreThoseOfTheStudyInItsOrder()
    {
        var schema = MimicEdColumns.Schema;
        Assert.Equal(64, schema.Features.Count);
        Assert.Equal(Enumerable.Range(0, 64), schema.Features);
        Assert.Equal(s_outcomes, schema.Outcomes.Select(column => schema.Columns[column].Name));
        Assert.Equal(["age", "gender_M", "n_ed_30d", "n_ed_90d", "n_ed_365d", "n_hosp_30d"], schema.Columns.Take(6).Select(column => column.Name));
        Assert.Equal(["triage_pain", "triage_acuity", "chiefcom_chest_pain"], schema.Columns.Skip(17).Take(3).Select(column => column.Name));
        Assert.Equal(["cci_HIV", "eci_Arrhythmia"], schema.Columns.Skip(45).Take(2).Select(column => column.Name));
        Assert.Equal("eci_Depression", schema.Columns[63].Name);
        Assert.Equal(("°C", 26.0, 45.0, true), (schema.Columns[11].Unit, schema.Columns[11].Minimum, schema.Columns[11].Maximum, schema.Columns[11].MayBeMissing));
    }

    [Fact]
    public void Read_MasterFile_CleansAndConverts()
    {
        // Limits of the published processing: beyond the outer ones missing, between them and the inner ones cut.
        var cohort = Read(
            Visit(1, ("triage_temperature", "98.6"), ("triage_heartrate", "351"), ("triage_pain", "13"), ("gender", "M"), ("outcome_critical", "True"), ("chiefcom_cough", "True")),
            Visit(1, ("triage_temperature", "75"), ("triage_heartrate", "391"), ("triage_o2sat", "150"), ("triage_dbp", "376")),
            Visit(2, ("triage_temperature", "37.1"), ("triage_heartrate", ""), ("triage_o2sat", "151"), ("triage_resprate", "330"), ("n_ed_30d", "3")));

        EquityCohorts.AssertSound(Padded(cohort));
        Assert.Equal([37f, 26f, float.NaN], cohort.Column("triage_temperature"));
        Assert.Equal([350f, float.NaN, float.NaN], cohort.Column("triage_heartrate"));
        Assert.Equal([98f, 100f, float.NaN], cohort.Column("triage_o2sat"));
        Assert.Equal([80f, float.NaN, 80f], cohort.Column("triage_dbp"));
        Assert.Equal([float.NaN, 4f, 4f], cohort.Column("triage_pain"));
        Assert.Equal([18f, 18f, 300f], cohort.Column("triage_resprate"));
        Assert.Equal([1f, 0f, 0f], cohort.Column("gender_M"));
        Assert.Equal([1f, 0f, 0f], cohort.Column("critical"));
        Assert.Equal([1f, 0f, 0f], cohort.Column("chiefcom_cough"));
        Assert.Equal([0f, 0f, 3f], cohort.Column("n_ed_30d"));
        Assert.Equal([0, 0, 1], cohort.Patients!);
        Assert.Empty(cohort.Notes);
        Assert.False(cohort.IsSimulated);
    }

    [Fact]
    public void Read_DegreesCelsius_StayAsTheyAre()
    {
        var cohort = Read(Visit(1, ("triage_temperature", "37.25")), Visit(2, ("triage_temperature", "98.6")), Visit(3, ("triage_temperature", "36.5")), Visit(4, ("triage_temperature", "")));
        Assert.Equal([37.25f, float.NaN, 36.5f, float.NaN], cohort.Column("triage_temperature"));
        Assert.Contains("degrees Celsius", Assert.Single(cohort.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ChildrenAndVisitsWithoutAcuity_AreLeftOutAndCounted()
    {
        var cohort = Read(Visit(1, ("age", "17")), Visit(2), Visit(3, ("triage_acuity", "")), Visit(4, ("triage_acuity", "6")));
        Assert.Equal(1, cohort.Table.RowCount);
        Assert.Contains("3 rows are left out, as in the published code: 1 of patients below 18, 2 without an acuity.", cohort.Notes);
    }

    [Theory]
    [InlineData("ethnicity")]
    [InlineData("race")]
    [InlineData("granular_race")]
    public void Read_Races_AreThoseOfThePublishedMap(string column)
    {
        var races = new[]
        {
            ("WHITE - BRAZILIAN", "White"), ("PORTUGUESE", "White"), ("BLACK/CAPE VERDEAN", "Black"), ("BLACK/CARIBBEAN ISLAND", "Black"), ("SOUTH AMERICAN", "Hispanic"), ("HISPANIC/LATINO - COLUMBIAN", "Hispanic"),
            ("HISPANIC/LATINO", "Hispanic"), ("asian - korean ", "Asian"), ("UNKNOWN", "Other"), ("", "Other"), ("WHITE", "White"),
        };
        var cohort = Read(HeaderWith("ethnicity", column), [.. races.Select((race, row) => Visit(row, ("ethnicity", race.Item1)))]);
        Assert.Equal(races.Select(race => race.Item2), Enumerable.Range(0, races.Length).Select(row => cohort.Groups.Names.Single(name => cohort.Groups[name][row])));
        Assert.Equal(["White", "Black", "Hispanic", "Asian", "Other"], cohort.Groups.Names);
        Assert.Equal(("White", "Asian Black Hispanic"), (cohort.Majority, string.Join(' ', cohort.Minorities)));
    }

    [Fact]
    public void Read_CoarseRace_ComesBeforeTheFinerOne()
    {
        var header = HeaderWith("ethnicity", "coarse_race").Select(name => name == "insurance" ? "granular_race" : name).ToArray();
        var cohort = Read(header, [Visit(1, ("ethnicity", "ASIAN"), ("insurance", "WHITE")), Visit(2)]);
        Assert.Equal(1, cohort.Groups["Asian"].Count);
    }

    [Fact]
    public void Read_FolderOfTrainAndTest_ReadsBothInAnyOrderOfColumnsWithScores()
    {
        string[] header = ["triage_MAP", .. MimicEdMasterFile.Header.Reverse(), "score_NEWS"];
        WriteFile("train.csv", header, "90", [.. Visit(7, ("triage_temperature", "36.8")).Reverse()], "2");
        WriteFile("test.csv", header, "90", [.. Visit(9, ("triage_temperature", "37.5")).Reverse()], "2");
        var cohort = MimicEdReader.Read(_folder.Path, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([36.8f, 37.5f], cohort.Column("triage_temperature"));
        Assert.Equal([0, 1], cohort.Patients!);

        void WriteFile(string name, string[] names, string first, string[] cells, string last) =>
            File.WriteAllLines(_folder.File(name), [string.Join(',', names), string.Join(',', [first, .. cells, last])]);
    }

    [Theory]
    [InlineData("age", "x", "line 2, column 'age', value 'x': a number was expected")]
    [InlineData("age", "18.5", "line 2, column 'age', value '18.5': a whole number was expected.")]
    [InlineData("gender", "W", "line 2, column 'gender', value 'W': one of 'F', 'M' was expected.")]
    [InlineData("n_ed_90d", "-1", "line 2, column 'n_ed_90d', value '-1': a number of 0 or more was expected.")]
    [InlineData("n_ed_90d", "", "line 2, column 'n_ed_90d': a value is missing where none may be.")]
    [InlineData("cci_MI", "2", "line 2, column 'cci_MI', value '2': 0 or 1 was expected.")]
    [InlineData("outcome_critical", "", "line 2, column 'outcome_critical': a value is missing where none may be.")]
    [InlineData("outcome_critical", "maybe", "line 2, column 'outcome_critical', value 'maybe': a number was expected")]
    [InlineData("triage_acuity", "2.5", "line 2, column 'triage_acuity', value '2.5': a whole number from 1 to 5 was expected.")]
    [InlineData("triage_sbp", "high", "line 2, column 'triage_sbp', value 'high': a number was expected")]
    [InlineData("subject_id", "P1", "line 2, column 'subject_id', value 'P1': a whole number was expected.")]
    public void Read_CellThatIsNotWhatItsColumnHolds_NamesIt(string column, string value, string error) => AssertError(error, MimicEdMasterFile.Header, Visit(1, (column, value)));

    [Fact]
    public void Read_VisitTwice_NamesTheSecond() =>
        AssertError("line 3, column 'stay_id', value '5': this visit occurs twice.", MimicEdMasterFile.Header, Visit(1, ("stay_id", "5")), Visit(2, ("stay_id", "5")));

    [Fact]
    public void Read_NoAdultLeft_SaysSo() => AssertError("no row is of an adult", MimicEdMasterFile.Header, Visit(1, ("age", "3")));

    [Theory]
    [InlineData("eci_Drugs")]
    [InlineData("outcome_ed_revisit_3d")]
    [InlineData("gender")]
    [InlineData("ethnicity")]
    [InlineData("subject_id")]
    public void Read_HeaderWithoutAColumn_NamesIt(string column) => AssertError($"column '{column}': the header lacks this column", HeaderWith(column, "something"), Visit(1));

    [Fact]
    public void Read_NoSuchFile_SaysSo() => Assert.Contains(
        "there is no such file",
        Assert.Throws<CohortFormatException>(() => MimicEdReader.Read(_folder.File("absent.csv"), cancellation: TestContext.Current.CancellationToken)).Message,
        StringComparison.Ordinal);

    private static string[] HeaderWith(string old, string name) => [.. MimicEdMasterFile.Header.Select(column => column == old ? name : column)];

    /// <summary>Returns the cells of an ordinary visit, some of them as a test wants them.</summary>
    private static string[] Visit(int patient, params (string Column, string Value)[] changes) =>
    [
        .. MimicEdMasterFile.Header.Select(column => changes.FirstOrDefault(change => change.Column == column) is { Column: not null } change ? change.Value : column switch
        {
            "subject_id" => patient.ToString(CultureInfo.InvariantCulture),
            "stay_id" => Interlocked.Increment(ref s_stay).ToString(CultureInfo.InvariantCulture),
            "gender" => "F",
            "ethnicity" => "WHITE",
            "age" => "52",
            "triage_temperature" => "98.0",
            "triage_heartrate" or "triage_dbp" => "80.0",
            "triage_resprate" => "18.0",
            "triage_o2sat" => "98.0",
            "triage_sbp" => "120.0",
            "triage_pain" => "4.0",
            "triage_acuity" => "3.0",
            _ when column.StartsWith("outcome", StringComparison.Ordinal) || column.StartsWith("chiefcom_", StringComparison.Ordinal) => "False",
            _ when column.StartsWith("n_", StringComparison.Ordinal) || column.StartsWith("cci_", StringComparison.Ordinal) || column.StartsWith("eci_", StringComparison.Ordinal) => "0",
            _ => "",
        }),
    ];

    // A cohort of one group has no minority; what is sound of the others is asserted.
    private static EquityCohort Padded(EquityCohort cohort)
    {
        var groups = new Subgroups((int)cohort.Table.RowCount);
        groups.Add("White", RowMask.From(groups.RowCount, row => row < 2));
        groups.Add("Black", RowMask.From(groups.RowCount, row => row == 2));
        return cohort with { Groups = groups, Minorities = ["Black"] };
    }

    private EquityCohort Read(params string[][] visits) => Read(MimicEdMasterFile.Header, visits);

    private EquityCohort Read(IReadOnlyList<string> header, params string[][] visits)
    {
        File.WriteAllLines(_folder.File("master_dataset.csv"), [string.Join(',', header), .. visits.Select(visit => string.Join(',', visit))]);
        return MimicEdReader.Read(_folder.File("master_dataset.csv"), cancellation: TestContext.Current.CancellationToken);
    }

    private void AssertError(string error, IReadOnlyList<string> header, params string[][] visits) =>
        Assert.Contains(error, Assert.Throws<CohortFormatException>(() => Read(header, visits)).Message, StringComparison.Ordinal);
}
