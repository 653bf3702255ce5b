using System.IO.Compression;
using System.Text;
using Bench.Cohorts;
using Bench.Cohorts.Seer;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Seer;

public sealed class SeerReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Records => _folder.File("BREAST.TXT");

    private string Cases => _folder.File("CASES.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_SmallCohort_HasColumnsOfThePublishedCode()
    {
        Write(
            Record(1, age: "050", sex: 1, race: 1, origin: 1, sequence: 0, grade: " "),
            Record(2, age: "999", race: 2, sequence: 1, grade: "X"),
            Record(3, age: "   ", race: 4, sequence: 60, grade: "3", months: 59, cause: 1),
            Record(4, age: "091", race: 3, sequence: 61, grade: "3", months: 3, cause: 1));

        var cohort = Read(SeerSite.Breast);

        // 999 is no row of four: the published code takes it for an age. An empty age stays -1 and has no column of its own.
        Assert.Equal(
            [
                "Age at diagnosis continuous", "Sex 1", "Sex 2", "Grade -1", "Grade 3", "Race recode Y 1", "Race recode Y 2", "Race recode Y 3", "Race recode Y 4",
                "Origin Recode NHIA 0", "Origin Recode NHIA 1", "Sequence number 1", "Sequence number 61",
            ],
            cohort.FeatureNames);
        Assert.Equal([0], cohort.ContinuousColumns);
        Assert.Equal([50, 1, 0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0], cohort.Samples.Row(0));
        Assert.Equal([999, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0], cohort.Samples.Row(1));
        Assert.Equal([-1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1], cohort.Samples.Row(2));
        Assert.Equal([0, 0, 1, 1], cohort.Labels.Values.ToArray());
        Assert.Equal(["all", "male", "female", "white", "black", "hispanic", "asian", "<30", "50s", "90+"], cohort.Groups.Names);
        Assert.Equal([2L], cohort.Groups["<30"].ToRows());
        Assert.Equal([0L], cohort.Groups["hispanic"].ToRows());
        Assert.Equal([2L], cohort.Groups["asian"].ToRows());
        Assert.Equal([1, 2, 3, 4], cohort.Patients);
        Assert.Contains(cohort.Notes, note => note.StartsWith("1 rows of unknown age are in the group <30", StringComparison.Ordinal));
        Assert.False(cohort.IsSimulated);
    }

    [Fact]
    public void Read_SpecialCodesBelowRowCount_BecomeIndicators()
    {
        Write([.. Enumerable.Range(1, 100).Select(patient => Record(patient, nodes: patient == 1 ? "98" : patient == 2 ? "97" : patient == 3 ? "99" : "07"))]);

        var cohort = Read(SeerSite.Lung);

        // 95 and 90 occur in no row; 99 is the last number of a row.
        var names = cohort.FeatureNames.Where(static name => name.StartsWith("EOD", StringComparison.Ordinal)).ToArray();
        const string Field = "EOD 10 - positive lymph nodes examined";
        Assert.Equal([$"{Field} continuous", $"{Field} 97", $"{Field} 98", $"{Field} 99"], names);
        Assert.Equal([0, 0, 1, 0], cohort.Samples.Row(0));
        Assert.Equal([0, 1, 0, 0], cohort.Samples.Row(1));
        Assert.Equal([0, 0, 0, 1], cohort.Samples.Row(2));
        Assert.Equal([7, 0, 0, 0], cohort.Samples.Row(3));
    }

    [Fact]
    public void Read_WithoutClass_LeavesRowsOutAndKeepsTheirValues()
    {
        Write(
            Record(1, months: 59, cause: 0),
            Record(2, months: 9999, grade: "2"),
            Record(3, months: 60, grade: "1"),
            Record(4, months: 0, cause: 1, grade: "4"),
            Record(5, months: 999, cause: 1));

        var cohort = Read(SeerSite.Lung);

        Assert.Equal([3, 4], cohort.Patients);
        Assert.Equal([1, 0], cohort.Labels.Values.ToArray());
        // Grade 2 and the others are constant once their rows are gone.
        Assert.Equal(["Grade 1", "Grade 4"], cohort.FeatureNames);
        Assert.Contains(cohort.Notes, note => note.StartsWith("3 of 5 records have no class", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_Cases_TakesTheListedInFileOrder()
    {
        Write(Record(3, grade: "1"), Record(1, number: 2, grade: "2"), Record(1, grade: "3"), Record(2, grade: "4"));
        WriteCases("00000001,01", "3,1");

        var cohort = Read(SeerSite.Lung, Cases);

        Assert.Equal([3, 1], cohort.Patients);
        Assert.Equal(["Grade 1", "Grade 3"], cohort.FeatureNames);
    }

    [Fact]
    public void Read_ReturnsAndPacked_IsTheSame()
    {
        string[] records = [Record(1, grade: "1"), Record(2, grade: "2")];
        Write(records);
        var expected = Read(SeerSite.Lung);
        File.WriteAllText(Records, string.Join("\r\n", records));
        Assert.Equal(ValuesOf(expected), ValuesOf(Read(SeerSite.Lung)));
        Pack();
        Assert.Equal(ValuesOf(expected), ValuesOf(Read(SeerSite.Lung)));
    }

    [Fact]
    public void Read_RecordOfOtherLength_NamesLineAndLengths()
    {
        Write(Record(1), Record(2)[..361], Record(3));
        AssertFails("BREAST.TXT, line 2: the record has 361 characters; a record of the submission of November 2016 has 362.");
        Write(Record(1), Record(2) + " ");
        AssertFails("line 2: the record has 363 characters");
        Write(Record(1), "", Record(2));
        AssertFails("line 2: the record has 0 characters");
        File.WriteAllText(Records, new string('7', 100_000));
        AssertFails("line 1: the record has 100,000 characters");
    }

    [Fact]
    public void Read_RecordTwice_NamesLineAndPatient()
    {
        Write(Record(1), Record(2), Record(1));
        AssertFails("line 3, column 'Patient ID', value '00000001': this record of this patient occurs twice.");
    }

    [Fact]
    public void Read_PatientWithoutNumber_NamesValue()
    {
        Write(Record(1), "ABC" + Record(2)[3..]);
        AssertFails("line 2, column 'Patient ID', value 'ABC00002': a number was expected.");
    }

    [Fact]
    public void Read_NumberBeyond_NamesLineAndField()
    {
        Write(Record(1), Put(Record(2), 9, "9999999999"));
        AssertFails("line 2, column 'SEER registry', value '9999999999': a number of at most 2147483647 was expected.");
    }

    [Fact]
    public void Read_CasesMissing_NamesFirstAndCounts()
    {
        Write(Record(1), Record(2));
        WriteCases("00000001,01", "00000009,01", "00000002,02");
        AssertFails($"CASES.csv, line 3, column 'Patient ID', value '00000009': {Records} has no record 01 of this patient; 2 of 3 cases are not there.", Cases);
        WriteCases("00000008,01", "00000009,01");
        AssertFails($"none of the 2 cases is in {Records}", Cases);
    }

    [Fact]
    public void Read_CasesThatAreNone_SaysWhatIsExpected()
    {
        Write(Record(1));
        WriteCases();
        AssertFails("CASES.csv: the file has a header and lists no case.", Cases);
        WriteCases("00000001,01", "1,1");
        AssertFails("line 3, column 'Patient ID', value '1': record 01 of this patient is listed twice.", Cases);
        WriteCases("00000001,101");
        AssertFails("column 'Record number', value '101': a number from 0 to 99 was expected.", Cases);
        WriteCases("99999999999,1");
        AssertFails("column 'Patient ID', value '99999999999': a number from 0 to 2147483647 was expected.", Cases);
        File.WriteAllText(Cases, "Patient,Record number\n1,1\n");
        AssertFails("column 'Patient ID': the header lacks this column", Cases);
    }

    [Fact]
    public void Read_NothingToLearn_SaysWhy()
    {
        File.WriteAllText(Records, "");
        AssertFails("BREAST.TXT: the file holds no record.");
        Write(Record(1, months: 9999), Record(2, months: 9999));
        AssertFails("none of the 2 records tells whether the patient survived 60 months.");
        Write(Record(1), Record(2));
        AssertFails("the 2 records with a class are alike in every field that is read");
        File.Delete(Records);
        AssertFails("BREAST.TXT: there is no such file, nor one with .gz added.");
    }

    [Fact]
    public void Read_PackedAndCutShort_SaysSo()
    {
        Write([.. Enumerable.Range(1, 500).Select(patient => Record(patient, grade: $"{patient % 4}"))]);
        Pack();
        var packed = File.ReadAllBytes(Records + ".gz");
        File.WriteAllBytes(Records + ".gz", packed[..^9]);
        AssertFails("BREAST.TXT.gz");
        AssertFails("the compressed file is damaged or cut short");
    }

    [Fact]
    public void Read_Cancelled_Stops()
    {
        Write(Record(1, grade: "1"), Record(2, grade: "2"));
        Assert.ThrowsAny<OperationCanceledException>(() => SeerReader.Read(Records, null, SeerSite.Lung, cancellation: new CancellationToken(canceled: true)));
    }

    private Cohort Read(SeerSite site, string? cases = null) => SeerReader.Read(Records, cases, site, cancellation: TestContext.Current.CancellationToken);

    private void AssertFails(string message, string? cases = null) =>
        Assert.Contains(message, Assert.Throws<CohortFormatException>(() => Read(SeerSite.Breast, cases)).Message, StringComparison.Ordinal);

    private void Write(params string[] records) => File.WriteAllText(Records, string.Concat(records.Select(static record => record + "\n")));

    private void WriteCases(params string[] cases) => File.WriteAllLines(Cases, ["Patient ID,Record number", .. cases]);

    private void Pack()
    {
        using (var packed = new GZipStream(File.Create(Records + ".gz"), CompressionLevel.Fastest))
            packed.Write(File.ReadAllBytes(Records));
        File.Delete(Records);
    }

    private static float[] ValuesOf(Cohort cohort) => [.. Enumerable.Range(0, cohort.Labels.Count).SelectMany(row => cohort.Samples.Row(row))];

    private static string Record(
        int patient, int number = 1, string age = "050", int sex = 2, int race = 1, int origin = 0, int sequence = 0, string grade = "1", string nodes = "00", int months = 100, int cause = 0)
    {
        var record = new StringBuilder(new string(' ', 362));
        foreach (var (start, text) in new[]
        {
            (1, $"{patient:00000000}"), (24, $"{sex}"), (25, age), (35, $"{sequence:00}"), (58, grade), (69, nodes), (176, $"{number:00}"), (234, $"{race}"), (235, $"{origin}"),
            (272, $"{cause}"), (301, $"{months:0000}"),
        })
        {
            record.Remove(start - 1, text.Length).Insert(start - 1, text);
        }

        return record.ToString();
    }

    private static string Put(string record, int start, string text) => record[..(start - 1)] + text + record[(start - 1 + text.Length)..];
}
