using Bench.Cohorts;
using Bench.Cohorts.Support2;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Support2;

public sealed class Support2ReaderTests : IDisposable
{
    private static readonly string[] s_numbers =
    [
        "num.co", "edu", "scoma", "avtisst", "meanbp", "wblc", "hrt", "resp", "temp",
        "pafi", "alb", "bili", "crea", "sod", "ph", "glucose", "bun", "urine", "diabetes", "dementia",
    ];

    private static readonly string s_header = string.Join(',', ["sno", "age", "sex", "race", "dzgroup", "ca", "hospdead", .. s_numbers]);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Read_RealTable_HasReferenceFeaturesAndGroups()
    {
        var cohort = Read(SharedData.Require("data/support2/support2.csv"));

        Assert.Equal((9105L, 2360), (cohort.Samples.RowCount, cohort.Labels.PositiveCount));
        Assert.Equal(ReferenceGroups.Load("support2_hospdead")["features"].As<string[]>(), cohort.FeatureNames);
        ReferenceGroups.AssertTestRowsMatch("support2_hospdead", cohort);
        Assert.Equal(
            ["all", "male", "female", "white", "black", "hispanic", "asian", "other", "<30", "30s", "40s", "50s", "60s", "70s", "80s", "90+"],
            cohort.Groups.Names);
    }

    [Theory]
    [InlineData("white", 7191, 0.254)]
    [InlineData("black", 1391, 0.275)]
    [InlineData("hispanic", 290, 0.234)]
    [InlineData("asian", 79, 0.380)]
    [InlineData("other", 112, 0.330)]
    public void Read_RealTable_HasDocumentedRaces(string race, int count, double deathRate)
    {
        var cohort = Read(SharedData.Require("data/support2/support2.csv"));

        Assert.Equal(count, cohort.Groups[race].Count);
        Assert.Equal(deathRate, (double)ReferenceGroups.PositivesIn(cohort, race) / count, 0.0005);
    }

    [Fact]
    public void Read_SpacesAndMissingValues_GivesNumbersIndicatorsAndNaN()
    {
        var file = Write(
            Row(1, age: " 89.99", sex: "male", race: "", disease: "Colon Cancer", cancer: "yes", number: " 1.50"),
            Row(2, age: "29.9", label: "1", number: ""));

        var cohort = Read(file);

        Assert.Equal(89.99f, Value(cohort, 0, "age"));
        Assert.Equal(1.5f, Value(cohort, 0, "urine"));
        Assert.Equal(["sex=male", "dzgroup=Colon Cancer", "ca=yes"], IndicatorsOf(cohort, 0));
        Assert.Equal(float.NaN, Value(cohort, 1, "urine"));
        Assert.Equal(["dzgroup=CHF"], IndicatorsOf(cohort, 1));
        Assert.True(cohort.Groups["80s"][0] && cohort.Groups["<30"][1] && !cohort.Groups["white"][0] && cohort.Groups["white"][1]);
        Assert.Equal(1, cohort.Labels.PositiveCount);
        Assert.Equal(1, cohort.RidgePenalty);
    }

    [Fact]
    public void Read_TenRows_LeavesEveryFifthForTheTest()
    {
        var cohort = Read(Write([.. Enumerable.Range(1, 10).Select(id => Row(id))]));

        Assert.Equal([4L, 9L], cohort.RowsOf(CohortSplit.Test));
        Assert.Equal(8, cohort.RowsOf(CohortSplit.Train).Length);
    }

    [Theory]
    [InlineData("sex", "unknown")]
    [InlineData("race", "martian")]
    [InlineData("dzgroup", "Flu")]
    [InlineData("ca", "maybe")]
    [InlineData("hospdead", "2")]
    [InlineData("hospdead", "")]
    [InlineData("age", "old")]
    [InlineData("urine", "1e999")]
    [InlineData("wblc", "1e39")]
    [InlineData("age", "-5")]
    [InlineData("sno", "one")]
    public void Read_ValueOfWrongKind_NamesLineColumnAndValue(string column, string value)
    {
        var cells = Row(2).Split(',');
        cells[Array.IndexOf(s_header.Split(','), column)] = value;
        var file = Write(Row(1), string.Join(',', cells));

        var error = Reject(file);

        Assert.Equal((file, 3L, column, value), (error.File, error.Line, error.Column, error.Value));
    }

    [Fact]
    public void Read_PersonTwice_Throws()
    {
        var error = Reject(Write(Row(7), Row(8), Row(7)));

        Assert.Equal((4L, "sno", "7"), (error.Line, error.Column, error.Value));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("")]
    public void Read_OtherCopies_NumberPersonsOtherwiseOrNotAndSayNA(string idColumn)
    {
        var file = _folder.Write("support2.csv", s_header.Replace("sno", idColumn), Row(1, race: "NA", number: "NA"), Row(2));

        var cohort = Read(file);

        Assert.Equal(float.NaN, Value(cohort, 0, "urine"));
        Assert.Equal(1, cohort.Groups["white"].Count);
    }

    [Fact]
    public void Read_ColumnTwice_ThrowsByName() =>
        Assert.Equal("age", Reject(_folder.Write("support2.csv", s_header + ",age", Row(1) + ",5")).Column);

    [Fact]
    public void Read_QuotationMarkNotClosed_NamesTheLineItStandsOn()
    {
        var error = Reject(Write(Row(1), Row(2, disease: "\"CHF"), Row(3), Row(4)));

        Assert.Equal(3, error.Line);
        Assert.True(error.Message.Length < 400);
    }

    [Fact]
    public void Read_CompressedUnderAPlainName_IsRead()
    {
        var plain = Write(Row(1), Row(2));
        var file = _folder.File("renamed.csv");
        using (var stream = new System.IO.Compression.GZipStream(File.Create(file), System.IO.Compression.CompressionLevel.Fastest))
            stream.Write(File.ReadAllBytes(plain));

        Assert.Equal(2, Read(file).Labels.Count);
    }

    [Fact]
    public void Read_ColumnMissing_ThrowsByName()
    {
        var file = _folder.Write("support2.csv", s_header.Replace(",race", ""), Row(1));

        Assert.Equal("race", Reject(file).Column);
    }

    [Fact]
    public void Read_RowCutShort_NamesLine()
    {
        Assert.Equal(3, Reject(Write(Row(1), "2,50")).Line);
    }

    [Fact]
    public void Read_NoRowsOrNoFile_Throws()
    {
        Assert.Contains("no rows", Reject(Write()).Message, StringComparison.Ordinal);
        Reject(_folder.File("absent.csv"));
    }

    [Fact]
    public void Read_Cancelled_Stops()
    {
        Assert.Throws<OperationCanceledException>(() => Support2Reader.Read(Write(Row(1)), cancellation: new CancellationToken(canceled: true)));
    }

    public void Dispose() => _folder.Dispose();

    private static Cohort Read(string file) => Support2Reader.Read(file, cancellation: TestContext.Current.CancellationToken);

    private static CohortFormatException Reject(string file) => Assert.Throws<CohortFormatException>(() => Read(file));

    private static string Row(
        int id, string age = "50", string sex = "female", string race = "white",
        string disease = "CHF", string cancer = "no", string label = "0", string number = "1") =>
        string.Join(',', [$"{id}", age, sex, race, disease, cancer, label, .. s_numbers.Select(_ => number)]);

    private static IEnumerable<string> IndicatorsOf(Cohort cohort, int row) =>
        cohort.FeatureNames.Where(name => name.Contains('=') && Value(cohort, row, name) == 1);

    private static float Value(Cohort cohort, int row, string feature)
    {
        var values = new float[cohort.FeatureNames.Count];
        cohort.Samples.CopyRow(row, values);
        return values[cohort.FeatureNames.ToList().IndexOf(feature)];
    }

    private string Write(params string[] rows) => _folder.Write("support2.csv", rows.Prepend(s_header));
}
