using Bench.Cohorts;
using Bench.Cohorts.PhysioNet2012;

namespace Engine.Tests.Bench.Cohorts.PhysioNet2012;

public sealed class PhysioNet2012RecordParserTests
{
    private readonly PhysioNet2012RecordParser _parser = new();

    [Fact]
    public void Parse_Rows_KeepsMeasurementsOfEachParameterInTime()
    {
        var record = Parse("00:07,HR,73", "00:07,GCS,15", "48:00,HR,61.5", "00:37,HR,-3", "00:37,HR,77");

        var rate = PhysioNet2012Parameters.IndexOf("HR");
        Assert.Equal<short>([7, 37, 37, 2880], record.MinutesOf(rate));
        Assert.Equal<double>([73, -3, 77, 61.5], record.ValuesOf(rate));
        Assert.Equal<double>([15], record.ValuesOf(PhysioNet2012Parameters.IndexOf("GCS")));
        Assert.Empty(record.ValuesOf(PhysioNet2012Parameters.IndexOf("pH")).ToArray());
        Assert.Equal((1, 54.0, 0.0, double.NaN, 4.0), (record.Id, record.Age, record.Gender, record.Height, record.IcuType));
    }

    [Fact]
    public void Parse_WeightOnAdmission_IsMissingOnlyThere()
    {
        var record = Parse("00:00,Weight,-1", "01:00,Weight,80.5");

        Assert.Equal<double>([80.5], record.ValuesOf(PhysioNet2012Parameters.Weight));
    }

    [Fact]
    public void Parse_ManyRowsThenFew_ForgetsTheFirstRecord()
    {
        Parse([.. Enumerable.Range(0, 2500).Select(minute => $"{minute / 60:00}:{minute % 60:00},HR,{minute}")]);

        Assert.Equal<double>([60], Parse("00:01,HR,60").ValuesOf(PhysioNet2012Parameters.IndexOf("HR")));
    }

    [Fact]
    public void Parse_CarriageReturns_AreIgnored()
    {
        var text = string.Concat(ChallengeFolder.Record(1, "00:07,HR,73").Select(line => line + "\r\n"));

        Assert.Equal<double>([73], _parser.Parse("1.txt", 1, text).ValuesOf(PhysioNet2012Parameters.IndexOf("HR")));
    }

    [Theory]
    [InlineData("00:07,Pulse,73", "Parameter", "Pulse")]
    [InlineData("0:07,HR,73", "Time", "0:07")]
    [InlineData("00:60,HR,73", "Time", "00:60")]
    [InlineData("48:01,HR,73", "Time", "48:01")]
    [InlineData("-1:00,HR,73", "Time", "-1:00")]
    [InlineData("00-07,HR,73", "Time", "00-07")]
    [InlineData("00:07,HR,fast", "Value", "fast")]
    [InlineData("00:07,HR,", "Value", "")]
    [InlineData("00:07,HR,NaN", "Value", "NaN")]
    [InlineData("00:07,HR,1e31", "Value", "1e31")]
    [InlineData("00:07,GCS,2", "Value", "2")]
    [InlineData("00:07,GCS,14.5", "Value", "14.5")]
    [InlineData("00:07,HR", "", "00:07,HR")]
    [InlineData("00:07,HR,73,4", "", "00:07,HR,73,4")]
    [InlineData("00:00,Age,55", "Parameter", "Age")]
    [InlineData("00:07,Gender,1", "Parameter", "Gender")]
    public void Parse_BadRow_NamesLineColumnAndValue(string row, string column, string value)
    {
        var error = Assert.Throws<CohortFormatException>(() => Parse("00:07,GCS,15", row));

        Assert.Equal(("1.txt", 8L, column, value), (error.File, error.Line, error.Column, error.Value));
    }

    [Theory]
    [InlineData("Gender", "2")]
    [InlineData("ICUType", "5")]
    [InlineData("Age", "-2")]
    public void Parse_ImpossibleDescriptor_Throws(string name, string value)
    {
        var lines = ChallengeFolder.Record(1);
        var line = Array.FindIndex(lines, text => text.Contains($",{name},", StringComparison.Ordinal));
        lines[line] = $"00:00,{name},{value}";

        var error = Assert.Throws<CohortFormatException>(() => _parser.Parse("1.txt", 1, string.Join('\n', lines)));

        Assert.Equal((line + 1L, value), (error.Line, error.Value));
    }

    [Fact]
    public void Parse_DescriptorMissing_NamesIt()
    {
        var lines = ChallengeFolder.Record(1).Where(line => !line.Contains("ICUType", StringComparison.Ordinal));

        var error = Assert.Throws<CohortFormatException>(() => _parser.Parse("1.txt", 1, string.Join('\n', lines)));

        Assert.Contains("'ICUType'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OtherRecordThanFileName_Throws()
    {
        Assert.Equal("2", Assert.Throws<CohortFormatException>(() => _parser.Parse("1.txt", 1, string.Join('\n', ChallengeFolder.Record(2)))).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Time;Parameter;Value")]
    public void Parse_OtherHeader_Throws(string header)
    {
        Assert.Equal(1, Assert.Throws<CohortFormatException>(() => _parser.Parse("1.txt", 1, header)).Line);
    }

    private PhysioNet2012Record Parse(params string[] rows) => _parser.Parse("1.txt", 1, string.Join('\n', ChallengeFolder.Record(1, rows)));
}
