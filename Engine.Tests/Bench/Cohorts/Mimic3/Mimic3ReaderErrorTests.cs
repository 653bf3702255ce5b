using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;

namespace Engine.Tests.Bench.Cohorts.Mimic3;

/// <summary>One spoiled place at a time: the error must name it, and no half-read cohort may come back.</summary>
public sealed class Mimic3ReaderErrorTests
{
    private const string MortalityList = "in-hospital-mortality/train_listfile.csv";
    private const string DecompensationList = "decompensation/train_listfile.csv";
    private const string MortalityStay = "in-hospital-mortality/train/12_episode1_timeseries.csv";
    private const string DecompensationStay = "decompensation/train/12_episode1_timeseries.csv";

    [Theory]
    [InlineData(MortalityList, "12_episode1_timeseries.csv,0", "12_episode1_timeseries.csv,2", 3, "y_true", "2")]
    [InlineData(MortalityList, "12_episode1_timeseries.csv,0", "12_episode1_timeseries.csv,", 3, "y_true", "")]
    [InlineData(MortalityList, "13_episode1", "12_episode1", 4, "stay", "12_episode1_timeseries.csv")]
    [InlineData(MortalityList, "13_episode1", "../train/13_episode1", 4, "stay", "../train/13_episode1_timeseries.csv")]
    [InlineData(MortalityList, "13_episode1_timeseries.csv", "episode13.csv", 4, "stay", "episode13.csv")]
    [InlineData(MortalityList, "stay,y_true", "stay,period_length,y_true", 1, "period_length", "")]
    [InlineData(DecompensationList, "11_episode1_timeseries.csv,5.000000", "11_episode1_timeseries.csv,5.500000", 2, "period_length", "5.500000")]
    [InlineData(DecompensationList, "11_episode1_timeseries.csv,5.000000", "11_episode1_timeseries.csv,0.000000", 2, "period_length", "0.000000")]
    [InlineData(DecompensationList, "11_episode1_timeseries.csv,5.000000", "11_episode1_timeseries.csv,1000000.0", 2, "period_length", "1000000.0")]
    [InlineData(DecompensationList, "11_episode1_timeseries.csv,5.000000", "11_episode1_timeseries.csv,five", 2, "period_length", "five")]
    [InlineData(DecompensationList, "11_episode1_timeseries.csv,5.000000", "11_episode1_timeseries.csv,6.000000", 3, "stay", "11_episode1_timeseries.csv")]
    [InlineData(DecompensationList, "11_episode1_timeseries.csv,5.000000,0", "11_episode1_timeseries.csv,5.000000,yes", 2, "y_true", "yes")]
    [InlineData(DecompensationList, "11_episode1_timeseries.csv,5.000000,0", "11_episode1_timeseries.csv,5.000000", 2, "", "")]
    public void Read_BadList_NamesThePlace(string list, string good, string bad, long line, string column, string value) =>
        AssertError(list, good, bad, line, column, value);

    [Theory]
    [InlineData(MortalityStay, "9.25,", "48.5,", 11, "Hours", "48.5")]
    [InlineData(MortalityStay, "0.25,", "-0.25,", 2, "Hours", "-0.25")]
    [InlineData(DecompensationStay, "3.25,", "1.0,", 5, "Hours", "1.0")]
    [InlineData(DecompensationStay, "3.25,", ",", 5, "Hours", "")]
    [InlineData(DecompensationStay, "3.25,", "three,", 5, "Hours", "three")]
    [InlineData(DecompensationStay, ",75.0,", ",seventy,", 5, "Heart Rate", "seventy")]
    [InlineData(DecompensationStay, ",75.0,", ",NaN,", 5, "Heart Rate", "NaN")]
    [InlineData(DecompensationStay, ",75.0,", ",1e31,", 5, "Heart Rate", "1e31")]
    [InlineData(DecompensationStay, ",75.0,", ",75.0", 5, "", "")]
    [InlineData(DecompensationStay, ",14,", ",14.0,", 5, "Glascow coma scale total", "14.0")]
    [InlineData(DecompensationStay, "Heart Rate", "Heart rate", 1, "Heart rate", "")]
    [InlineData(DecompensationStay, ",pH", "", 1, "", "")]
    [InlineData(DecompensationStay, ",pH", ",pH,pO2", 1, "pO2", "")]
    public void Read_BadTimeSeries_NamesThePlace(string stay, string good, string bad, long line, string column, string value) =>
        AssertError(stay, good, bad, line, column, value);

    [Fact]
    public void Read_StayInTwoSplits_NamesTheOtherList()
    {
        using var small = new SmallBenchmark();
        small.Replace("decompensation/val_listfile.csv", "21_episode1", "12_episode1");
        Assert.Contains("train_listfile.csv", small.ReadBad(Mimic3Task.Decompensation).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MortalityList)]
    [InlineData("in-hospital-mortality/val_listfile.csv")]
    [InlineData("in-hospital-mortality/test_listfile.csv")]
    [InlineData(MortalityStay)]
    [InlineData("ADMISSIONS.csv")]
    [InlineData("PATIENTS.csv")]
    public void Read_FileMissing_NamesIt(string file)
    {
        using var small = new SmallBenchmark();
        File.Delete(small.File(file));
        Assert.Equal(Path.GetFileName(file), Path.GetFileName(small.ReadBad(Mimic3Task.InHospitalMortality).File));
    }

    [Theory]
    [InlineData(MortalityList)]
    [InlineData(MortalityStay)]
    [InlineData("PATIENTS.csv")]
    public void Read_FileEmpty_NamesIt(string file)
    {
        using var small = new SmallBenchmark();
        File.WriteAllText(small.File(file), "");
        Assert.Equal(small.File(file), small.ReadBad(Mimic3Task.InHospitalMortality).File);
    }

    [Theory]
    [InlineData(MortalityList)]
    [InlineData(MortalityStay)]
    public void Read_HeaderOnly_NamesTheFile(string file)
    {
        using var small = new SmallBenchmark();
        File.WriteAllText(small.File(file), File.ReadLines(small.File(file)).First() + "\n");
        Assert.Equal(small.File(file), small.ReadBad(Mimic3Task.InHospitalMortality).File);
    }

    [Theory]
    [InlineData(MortalityList)]
    [InlineData(MortalityStay)]
    public void Read_CompressedFileCutAnywhere_NamesIt(string file)
    {
        using var small = new SmallBenchmark();
        SmallBenchmark.Compress(small.File(file));
        var compressed = small.File(file + ".gz");
        var bytes = File.ReadAllBytes(compressed);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(compressed, bytes[..length]);
            Assert.Equal(compressed, small.ReadBad(Mimic3Task.InHospitalMortality).File);
        }
    }

    [Fact]
    public void Read_SubjectNotInTables_NamesSubjectAndFile()
    {
        using var small = new SmallBenchmark();
        small.Replace("PATIENTS.csv", ",31,", ",99,");
        var error = small.ReadBad(Mimic3Task.InHospitalMortality);
        Assert.Equal(("31", small.File("PATIENTS.csv")), (error.Value, error.File));
    }

    [Fact]
    public void Read_FolderOfSomethingElse_SaysWhatWasSought()
    {
        using var small = new SmallBenchmark();
        var error = Assert.Throws<CohortFormatException>(() =>
            Mimic3Reader.Read(small.File("decompensation", "train"), Mimic3Task.Decompensation, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("train_listfile.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralBadStays_ReportsTheFirstInListOrder()
    {
        using var small = new SmallBenchmark();
        foreach (var subject in new[] { 32, 13, 12, 21 })
            small.Replace($"decompensation/{(subject == 32 ? "test" : "train")}/{subject}_episode1_timeseries.csv", "0.25,", "zero,");
        for (var repeat = 0; repeat < 50; repeat++)
            Assert.Equal("12_episode1_timeseries.csv", Path.GetFileName(small.ReadBad(Mimic3Task.Decompensation).File));
    }

    private static void AssertError(string file, string good, string bad, long line, string column, string value)
    {
        using var small = new SmallBenchmark();
        small.Replace(file, good, bad);
        var task = file.StartsWith("decompensation", StringComparison.Ordinal) ? Mimic3Task.Decompensation : Mimic3Task.InHospitalMortality;
        var error = small.ReadBad(task);
        Assert.Equal((small.File(file), line, column, value), (error.File, error.Line, error.Column, error.Value));
    }
}
