using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Mimic3;

public sealed class Mimic3WriterTests
{
    private static readonly string?[] s_blankCells = new string?[BenchmarkChannels.Count];

    [Theory]
    [InlineData(Mimic3Task.InHospitalMortality)]
    [InlineData(Mimic3Task.Decompensation)]
    public void WriteStay_RowsOfRealFiles_GiveTheSameBytes(Mimic3Task task)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Mimic3Demo.StayFiles(task))
        {
            var stay = Path.GetFileName(file);
            Mimic3Writer.WriteStay(folder.Path, task, CohortSplit.Test, stay, ReadRows(file));
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(folder.File(Mimic3Layout.TaskFolder(task), "test", stay)));
        }
    }

    [Theory]
    [InlineData(Mimic3Task.InHospitalMortality)]
    [InlineData(Mimic3Task.Decompensation)]
    public void WriteListFile_RowsOfRealLists_GiveTheSameBytes(Mimic3Task task)
    {
        using var folder = new TemporaryFolder();
        foreach (var split in Enum.GetValues<CohortSplit>())
        {
            var samples = new SampleList();
            var file = Path.Combine(Mimic3Layout.TaskFolder(task), Mimic3Layout.ListFile(split));
            ListFile.Append(Path.Combine(Mimic3Demo.Folder, file), task, split, samples, null, CancellationToken.None);
            var labels = samples.Labels.ToArray();
            var rows = samples.Prefixes.Select((prefix, row) => new ListRow(samples.Stays[prefix.Stay].Name, prefix.Hours, labels[row]));
            Mimic3Writer.WriteListFile(folder.Path, task, split, rows);
            Assert.Equal(File.ReadAllBytes(Path.Combine(Mimic3Demo.Folder, file)), File.ReadAllBytes(folder.File(file)));
        }
    }

    [Fact]
    public void Write_ThenRead_GivesWhatWasWritten()
    {
        using var small = new SmallBenchmark();
        var cohort = small.Read(Mimic3Task.Decompensation);
        var heartRate = BenchmarkChannels.Find("Heart Rate");
        var normalizer = HourlyNormalizer.Published(Mimic3Task.Decompensation);
        var row = new float[BenchmarkChannels.ColumnCount];
        Assert.Equal([3 * 8, 8, 2 * 8], Enum.GetValues<CohortSplit>().Select(split => cohort.RowsOf(split).Length));
        var subjects = new[] { 11, 12, 13, 21, 31, 32 };
        for (var sample = 0; sample < cohort.Prefixes!.Count; sample++)
        {
            var subject = subjects[cohort.Prefixes[sample].Stay];
            var hours = 5 + (sample % 8);
            Assert.Equal(hours, cohort.Prefixes[sample].Hours);
            Assert.Equal(subject % 2 == 1 && hours > 9 ? 1 : 0, cohort.Labels[sample]);
            Assert.Equal(subject % 2 == 0, cohort.Groups["female"][sample]);
            Assert.Equal(subject * 2 is >= 20 and < 30, cohort.Groups["<30"][sample]);
            cohort.Samples.CopyRow(sample, row);
            Assert.Equal((float)normalizer.Normalize(heartRate, 60 + subject + Math.Min(hours, 10) - 1), row[heartRate.FirstColumn]);
        }
    }

    [Fact]
    public void WriteDemographics_Headers_EqualReal()
    {
        using var folder = new TemporaryFolder();
        Mimic3Writer.WriteDemographics(folder.Path, []);
        foreach (var name in new[] { "ADMISSIONS.csv", "PATIENTS.csv" })
            Assert.Equal(File.ReadLines(Path.Combine(Mimic3Demo.Demographics, name)).First(), File.ReadLines(folder.File(name)).First());
    }

    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(5.0, "5.0")]
    [InlineData(7.0 / 12, "0.5833333333333334")]
    [InlineData(1e-5, "1e-05")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(123456789.0, "123456789.0")]
    public void Format_Number_EqualsPython(double value, string expected) => Assert.Equal(expected, Mimic3Writer.Format(value));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1e15)]
    public void Format_OutOfRange_Throws(double value) => Assert.Throws<ArgumentOutOfRangeException>(() => Mimic3Writer.Format(value));

    [Fact]
    public void WriteStay_TimesDoNotAscend_Throws() =>
        AssertStayThrows("1_episode1_timeseries.csv", new TimeSeriesRow(2, s_blankCells), new TimeSeriesRow(2, s_blankCells));

    [Fact]
    public void WriteStay_SixteenCells_Throws() => AssertStayThrows("1_episode1_timeseries.csv", new TimeSeriesRow(2, s_blankCells[1..]));

    [Fact]
    public void WriteStay_CellNeedsQuotes_Throws() => AssertStayThrows("1_episode1_timeseries.csv", new TimeSeriesRow(2, [.. s_blankCells[1..], "7,4"]));

    [Fact]
    public void WriteStay_NameOfNoStay_Throws() => AssertStayThrows("../1_episode1_timeseries.csv", new TimeSeriesRow(2, s_blankCells));

    [Theory]
    [InlineData(Mimic3Task.InHospitalMortality, 47, 1)]
    [InlineData(Mimic3Task.Decompensation, 0, 1)]
    [InlineData(Mimic3Task.Decompensation, 5, 2)]
    public void WriteListFile_BadRow_Throws(Mimic3Task task, int period, byte label)
    {
        using var folder = new TemporaryFolder();
        var row = new ListRow("1_episode1_timeseries.csv", period, label);
        Assert.Throws<ArgumentException>(() => Mimic3Writer.WriteListFile(folder.Path, task, CohortSplit.Train, [row]));
    }

    private static void AssertStayThrows(string stay, params TimeSeriesRow[] rows)
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => Mimic3Writer.WriteStay(folder.Path, Mimic3Task.Decompensation, CohortSplit.Train, stay, rows));
    }

    private static IEnumerable<TimeSeriesRow> ReadRows(string file)
    {
        using var table = CsvTable.Open(file);
        while (table.Next())
            yield return new TimeSeriesRow(table.Number(0), [.. Enumerable.Range(1, BenchmarkChannels.Count).Select(column => table[column])]);
    }
}
