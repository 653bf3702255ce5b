using Bench.Cohorts;
using Bench.Cohorts.Framingham;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Framingham;

public sealed class FraminghamReaderTests : IDisposable
{
    private const string TeachingHeader =
        "male,age,education,currentSmoker,cigsPerDay,BPMeds,prevalentStroke,prevalentHyp,diabetes,totChol,sysBP,diaBP,BMI,heartRate,glucose,TenYearCHD";

    private const string LongitudinalHeader =
        "RANDID,SEX,TOTCHOL,AGE,SYSBP,DIABP,CURSMOKE,CIGPDAY,BMI,DIABETES,BPMEDS,HEARTRTE,GLUCOSE,educ,PREVCHD,PREVSTRK,PREVHYP,"
        + "PERIOD,ANYCHD,CVD,TIMECHD,TIMECVD";

    private const string TeachingRow = "1,39,4,0,0,0,0,0,0,195,106,70,26.97,80,77,0";
    private const string TeachingFile = "data/framingham-teaching/framingham.csv";
    private const string LongitudinalFile = "data/framingham-teaching/frmgham_longitudinal.csv";

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(TeachingFile)]
    [InlineData(LongitudinalFile)]
    public void Read_RealFile_HasReferenceFeaturesAndGroups(string file)
    {
        var cohort = Read(SharedData.Require(file));

        Assert.Equal((4240L, 644), (cohort.Samples.RowCount, cohort.Labels.PositiveCount));
        Assert.Equal(ReferenceGroups.Load("framingham_TenYearCHD")["features"].As<string[]>(), cohort.FeatureNames);
        ReferenceGroups.AssertTestRowsMatch("framingham_TenYearCHD", cohort);
        Assert.Equal(["all", "male", "female", "30s", "40s", "50s", "60s", "70s"], cohort.Groups.Names);
        Assert.Equal((1820, 2420), (cohort.Groups["male"].Count, cohort.Groups["female"].Count));
        Assert.Contains("CorrectedTenYearChd", Assert.Single(cohort.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BothRealFiles_AgreeCellForCell()
    {
        var teaching = Read(SharedData.Require(TeachingFile));
        var longitudinal = Read(SharedData.Require(LongitudinalFile));

        Assert.Equal(teaching.Samples.RowCount, longitudinal.Samples.RowCount);
        var (expected, actual) = (new float[15], new float[15]);
        for (long row = 0; row < teaching.Samples.RowCount; row++)
        {
            teaching.Samples.CopyRow(row, expected);
            longitudinal.Samples.CopyRow(row, actual);
            Assert.Equal(expected, actual);
        }

        Assert.Equal(teaching.Labels.Values, longitudinal.Labels.Values);
    }

    [Theory]
    [InlineData(FraminghamLabel.TenYearChd, 644)]
    [InlineData(FraminghamLabel.CorrectedTenYearChd, 379)]
    [InlineData(FraminghamLabel.TenYearCvd, 394)]
    public void Read_RealLongitudinalFile_HasDocumentedPositives(FraminghamLabel label, int positiveCount)
    {
        var cohort = Read(SharedData.Require(LongitudinalFile), label);

        Assert.Equal(positiveCount, cohort.Labels.PositiveCount);
    }

    [Theory]
    [InlineData("education", 105)]
    [InlineData("cigsPerDay", 29)]
    [InlineData("BPMeds", 53)]
    [InlineData("totChol", 50)]
    [InlineData("BMI", 19)]
    [InlineData("heartRate", 1)]
    [InlineData("glucose", 388)]
    [InlineData("sysBP", 0)]
    public void Read_RealTeachingFile_HasDocumentedMissingValues(string feature, int missingCount)
    {
        var cohort = Read(SharedData.Require(TeachingFile));

        var column = cohort.FeatureNames.ToList().IndexOf(feature);
        Assert.Equal(missingCount, Enumerable.Range(0, 4240).Count(row => float.IsNaN(RowOf(cohort, row)[column])));
    }

    [Fact]
    public void Read_EmptyOrNotAvailable_IsMissing()
    {
        var cohort = Read(Teaching(TeachingRow.Replace("26.97", "NA"), TeachingRow.Replace("26.97", "")));

        Assert.Equal((float.NaN, float.NaN), (RowOf(cohort, 0)[12], RowOf(cohort, 1)[12]));
    }

    [Fact]
    public void Read_LongitudinalExams_KeepsFirstOfPersonsFreeOfChd()
    {
        var cohort = Read(
            Longitudinal(Exam(1), Exam(1, period: "2"), Exam(2, hadChd: "1"), Exam(3, sex: "2")));

        Assert.Equal(2, cohort.Labels.Count);
        Assert.Equal([1, 39, 4, 0, 0, 0, 0, 0, 0, 195, 106, 70, 26.97f, 80, 77], RowOf(cohort, 0));
        Assert.Equal(0, RowOf(cohort, 1)[0]);
    }

    [Theory]
    [InlineData("1", 3650, 1, 1)]
    [InlineData("1", 3651, 0, 1)]
    [InlineData("1", 3652, 0, 1)]
    [InlineData("1", 3653, 0, 0)]
    [InlineData("0", 3650, 1, 0)]
    public void Read_LongitudinalTimes_PublishedLabelIgnoresEvent(string happened, int days, byte published, byte corrected)
    {
        var file = Longitudinal(Exam(1, happened: happened, days: days));

        Assert.Equal(published, Read(file).Labels[0]);
        Assert.Equal(corrected, Read(file, FraminghamLabel.CorrectedTenYearChd).Labels[0]);
        Assert.Equal(corrected, Read(file, FraminghamLabel.TenYearCvd).Labels[0]);
    }

    [Theory]
    [InlineData(FraminghamLabel.CorrectedTenYearChd)]
    [InlineData(FraminghamLabel.TenYearCvd)]
    public void Read_TeachingFileWithoutLabelAskedFor_PointsToLongitudinalFile(FraminghamLabel label)
    {
        var error = Reject(Teaching(TeachingRow), label);

        Assert.Contains("longitudinal", error.Message, StringComparison.Ordinal);
        Assert.Contains(label.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SameExamTwice_Throws()
    {
        var error = Reject(Longitudinal(Exam(1), Exam(1, period: "2"), Exam(1, period: "2")));

        Assert.Equal((4L, "RANDID", "1"), (error.Line, error.Column, error.Value));
    }

    [Theory]
    [InlineData("male", "2")]
    [InlineData("male", "")]
    [InlineData("age", "NA")]
    [InlineData("BMI", "n/a")]
    [InlineData("TenYearCHD", "yes")]
    public void Read_TeachingValueOfWrongKind_NamesLineColumnAndValue(string column, string value)
    {
        var cells = TeachingRow.Split(',');
        cells[Array.IndexOf(TeachingHeader.Split(','), column)] = value;
        var file = Teaching(TeachingRow, string.Join(',', cells));

        var error = Reject(file);

        Assert.Equal((file, 3L, column, value), (error.File, error.Line, error.Column, error.Value));
    }

    [Theory]
    [InlineData("SEX", "0")]
    [InlineData("PERIOD", "4")]
    [InlineData("PREVCHD", "NA")]
    [InlineData("TIMECHD", "")]
    [InlineData("RANDID", "x")]
    public void Read_LongitudinalValueOfWrongKind_NamesLineColumnAndValue(string column, string value)
    {
        var cells = Exam(2).Split(',');
        cells[Array.IndexOf(LongitudinalHeader.Split(','), column)] = value;

        var error = Reject(Longitudinal(Exam(1), string.Join(',', cells)));

        Assert.Equal((3L, column, value), (error.Line, error.Column, error.Value));
    }

    [Fact]
    public void Read_OtherHeader_SaysWhatWasExpected()
    {
        var file = _folder.Write("other.csv", "a,b", "1,2");

        var error = Reject(file);

        Assert.Contains("RANDID", error.Message, StringComparison.Ordinal);
        Assert.Equal((1L, "a,b"), (error.Line, error.Value));
    }

    [Fact]
    public void Read_ColumnMissing_ThrowsByName()
    {
        var file = _folder.Write("framingham.csv", TeachingHeader.Replace("BMI,", ""), TeachingRow);

        Assert.Equal("BMI", Reject(file).Column);
    }

    [Fact]
    public void Read_NoPersonLeft_Throws()
    {
        Assert.Contains("free of CHD", Reject(Longitudinal(Exam(1, hadChd: "1"))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Cohort Read(string file, FraminghamLabel label = FraminghamLabel.TenYearChd) =>
        FraminghamReader.Read(file, label, cancellation: TestContext.Current.CancellationToken);

    private static CohortFormatException Reject(string file, FraminghamLabel label = FraminghamLabel.TenYearChd) =>
        Assert.Throws<CohortFormatException>(() => Read(file, label));

    private static string Exam(int person, string sex = "1", string period = "1", string hadChd = "0", string happened = "0", int days = 8766) =>
        $"{person},{sex},195,39,106,70,0,0,26.97,0,0,80,77,4,{hadChd},0,0,{period},{happened},{happened},{days},{days}";

    private static float[] RowOf(Cohort cohort, int row)
    {
        var values = new float[cohort.FeatureNames.Count];
        cohort.Samples.CopyRow(row, values);
        return values;
    }

    private string Teaching(params string[] rows) => _folder.Write("framingham.csv", rows.Prepend(TeachingHeader));

    private string Longitudinal(params string[] rows) => _folder.Write("frmgham2.csv", rows.Prepend(LongitudinalHeader));
}
