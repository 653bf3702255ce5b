using System.IO.Compression;
using System.Text;
using Bench.Cohorts;
using Bench.Cohorts.Table;

namespace Engine.Tests.Bench.Cohorts.Table;

public sealed class TableReaderTests : IDisposable
{
    private static readonly string[] s_rows = ["1.5,b,0", "-2,a,1", "3e1,b,0", "4,a,1", "5,c,0"];

    private readonly OwnTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Read_NumbersAndText_AreFeaturesAndOneHotLevelsOfTheTrainingRows()
    {
        var cohort = _table.Read(OwnTable.Died, ["x,site,died", .. s_rows]);
        Assert.Equal(["x", "site=a", "site=b"], cohort.FeatureNames);
        Assert.Equal([1.5f, -2, 30, 4, 5], OwnTable.Column(cohort, "x"));
        Assert.Equal([0f, 1, 0, 1, 0], OwnTable.Column(cohort, "site=a"));
        Assert.Equal([1f, 0, 1, 0, 0], OwnTable.Column(cohort, "site=b"));
        Assert.Equal([4L], cohort.RowsOf(CohortSplit.Test));
        Assert.Equal("own.csv, died", cohort.Name);
        Assert.Equal("died = 1", cohort.PositiveMeaning);
        Assert.Equal([0, 1, 0, 1, 0], Enumerable.Range(0, 5).Select(row => (int)cohort.Labels[row]));
        Assert.Null(cohort.Patients);
        Assert.Contains("1 row has a value of site that no training row has: all of its features are 0 there.", cohort.Notes);
        Assert.Contains(cohort.Notes, note => note.StartsWith("Every fifth row is for the test", StringComparison.Ordinal));
        Assert.Contains(cohort.Notes, note => note.StartsWith("There are no groups but everyone", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Read_OtherSeparatorMarkOfUtf8AndCarriageReturns_GivesTheSame(char separator)
    {
        var expected = _table.Read(OwnTable.Died, ["x,site,died", .. s_rows]);
        var text = string.Join("\r\n", ["\"x\",site,died", .. s_rows]).Replace(',', separator) + "\r\n";
        File.WriteAllText(_table.File, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        AssertSame(expected, TableReader.Read(_table.File, OwnTable.Died, cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Read_Compressed_GivesTheSame()
    {
        var expected = _table.Read(OwnTable.Died, ["x,site,died", .. s_rows]);
        using (var packed = new GZipStream(File.Create(_table.File + ".gz"), CompressionLevel.Fastest))
            packed.Write(File.ReadAllBytes(_table.File));
        File.Delete(_table.File);
        AssertSame(expected, TableReader.Read(_table.File, OwnTable.Died, cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Read_MissingValues_AreNaNAndFlagged()
    {
        var cohort = _table.Read(
            OwnTable.Died with { MissingWords = ["?"] },
            "x,y,site,died", "1,1,a,0", "NA,2,NaN,1", "3,3,b,0", ",4,?,1", "null,.,.,1", "n/a,6,b,0", "5,7,a,1");
        Assert.Equal(["x", "x is missing", "y", "site=a", "site=b", "site is missing"], cohort.FeatureNames);
        Assert.Equal([1, float.NaN, 3, float.NaN, float.NaN, float.NaN, 5], OwnTable.Column(cohort, "x"));
        Assert.Equal([0f, 1, 0, 1, 1, 1, 0], OwnTable.Column(cohort, "x is missing"));
        // The fifth row is of the test: what is missing there alone needs no flag.
        Assert.Equal(float.NaN, OwnTable.Column(cohort, "y")[4]);
        Assert.Equal([0f, 1, 0, 1, 1, 0, 0], OwnTable.Column(cohort, "site is missing"));
        Assert.Contains(cohort.Notes, note => note.StartsWith("2 columns have missing values in the training rows", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ColumnsOfOneValue_AreLeftOutWithANote()
    {
        var cohort = _table.Read(
            OwnTable.Died, "x,same,none,flag,word,died,", "1,7,,1,w,0,", "2,7,,,w,1,", "3,7,,1,w,0,", "4,7,,1,w,1,", "5,8,9,1,v,1,");
        Assert.Equal(["x", "flag is missing"], cohort.FeatureNames);
        Assert.Contains("Left out, as they have one value or none in the training rows: same, none, flag, word.", cohort.Notes);
        Assert.Contains("Left out, as it has no name: 1 column.", cohort.Notes);
    }

    [Fact]
    public void Read_QuotedSeparatorsAndLines_AreText()
    {
        var cohort = _table.Read(OwnTable.Died, "x,\"site, ward\",died", "1,\"a, \"\"b\"\"\nc\",0", "2,d,1", "3,d,0");
        Assert.Equal(["x", "site, ward=a, \"b\"\\nc", "site, ward=d"], cohort.FeatureNames);
        Assert.Equal(["x"], _table.Read(OwnTable.Died with { Ignored = ["site, ward"] }, "x,\"site, ward\",died", "1,a,0", "2,d,1", "3,d,0").FeatureNames);
    }

    [Fact]
    public void Read_Categorical_TakesNumbersForCodes()
    {
        var cohort = _table.Read(OwnTable.Died with { Categorical = ["site"] }, "site,died", "10,0", "9,1", "10,0", "9,1", "11,0");
        Assert.Equal(["site=10", "site=9"], cohort.FeatureNames);
        Assert.Equal([1f, 0, 1, 0, 0], OwnTable.Column(cohort, "site=10"));
    }

    [Theory]
    [InlineData("0", "1", null, "1")]
    [InlineData("1.0", "0.0", null, "1.0")]
    [InlineData("False", "True", null, "True")]
    [InlineData("YES", "no", null, "YES")]
    [InlineData("alive", "dead", "dead", "dead")]
    [InlineData("alive", "Dead", "dead", "Dead")]
    [InlineData("1", "2", "1", "1")]
    public void Read_Label_TakesTruthValuesOrTheNamedOne(string first, string second, string? positive, string expected)
    {
        var cohort = _table.Read(OwnTable.Died with { Positive = positive }, "x,died", $"1,{first}", $"2,{second}", $"3,{first}", "", $"4,{first}", $"5,{first}");
        Assert.Equal($"died = {expected}", cohort.PositiveMeaning);
        Assert.Equal(first == expected ? [1, 0, 1, 1, 1] : [0, 1, 0, 0, 0], Enumerable.Range(0, 5).Select(row => (int)cohort.Labels[row]));
    }

    [Fact]
    public void Read_Split_IsTakenInItsWords()
    {
        string[] words = ["train", "Training", "VAL", "valid", "dev", "validation", "test", "testing"];
        var cohort = _table.Read(OwnTable.Died with { Split = "part" }, ["x,part,died", .. words.Select((word, row) => $"{row},{word},{row % 2}")]);
        Assert.Equal([0L, 1], cohort.RowsOf(CohortSplit.Train));
        Assert.Equal([2L, 3, 4, 5], cohort.RowsOf(CohortSplit.Validation));
        Assert.Equal([6L, 7], cohort.RowsOf(CohortSplit.Test));
        Assert.Equal(["x"], cohort.FeatureNames);
    }

    [Fact]
    public void Read_Patients_KeepTheirRowsTogether()
    {
        // Seven patients, whose rows are mixed.
        var cohort = _table.Read(OwnTable.Died with { Patient = "mrn" }, ["x,mrn,died", .. Enumerable.Range(0, 28).Select(row => $"{row},P{row * 3 % 7},{row % 2}")]);
        Assert.Equal(Enumerable.Range(0, 28).Select(row => row % 7), cohort.Patients);
        Assert.Equal([4L, 11, 18, 25], cohort.RowsOf(CohortSplit.Test));
        Assert.Equal(["x"], cohort.FeatureNames);
        Assert.Contains(cohort.Notes, note => note.StartsWith("Every fifth patient", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ManyDifferentNumbers_StayNumbersFromTheFirstRowOn()
    {
        var cohort = _table.Read(OwnTable.Died, ["x,died", .. Enumerable.Range(0, 6000).Select(row => $"{(row % 3 == 0 ? "NA" : $"{row}.5")},{row % 2}")]);
        Assert.Equal(Enumerable.Range(0, 6000).Select(row => row % 3 == 0 ? float.NaN : row + .5f), OwnTable.Column(cohort, "x"));
        Assert.Equal(1200, cohort.RowsOf(CohortSplit.Test).Length);
    }

    [Theory]
    [InlineData(20, 1000, true)]
    [InlineData(19, 1000, false)]
    [InlineData(20, 19, false)]
    public void Read_NumberOfItsOwnInEveryRow_IsNotedAsAnIdentifier(int rows, int modulus, bool isNoted)
    {
        var cohort = _table.Read(OwnTable.Died, ["x,sno,died", .. Enumerable.Range(0, rows).Select(row => $"{row}.5,{row * 7 % modulus},{row % 2}")]);
        Assert.Equal(["x", "sno"], cohort.FeatureNames);
        Assert.Equal(isNoted, cohort.Notes.Any(note => note.StartsWith("A different whole number in every row: sno. ", StringComparison.Ordinal)));
    }

    private static void AssertSame(Cohort expected, Cohort actual)
    {
        Assert.Equal(expected.FeatureNames, actual.FeatureNames);
        Assert.Equal(expected.Notes, actual.Notes);
        foreach (var name in expected.FeatureNames)
            Assert.Equal(OwnTable.Column(expected, name), OwnTable.Column(actual, name));
    }
}
