using System.IO.Compression;
using System.Text.Json.Nodes;
using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Mimic3;

public sealed class Mimic3ReaderTests
{
    private static readonly string[] s_splitNames = ["train", "val", "test"];
    private static readonly string[] s_ethnicities = ["white", "black", "hispanic", "asian"];

    [Fact]
    public void Read_RealMortality_EveryHourEqualsTheNormalizedGolden()
    {
        var cohort = Read(Mimic3Demo.Folder, Mimic3Task.InHospitalMortality);
        var golden = Mimic3Demo.ReadGoldenHours("ihm_normalized_48x76.csv.gz");
        Assert.Equal(57, cohort.Samples.RowCount);
        Assert.Equal(golden.Select(stay => stay.Split), cohort.Splits.Select(split => s_splitNames[(int)split]));
        for (var row = 0; row < golden.Count; row++)
        {
            Assert.Equal(new PrefixSample(row, 48), cohort.Prefixes![row]);
            for (var hour = 0; hour < 48; hour++)
                Assert.Equal(golden[row].Hours[hour], RowOf(cohort.Episodes!.Hours, cohort.Episodes.RowOf(row, hour)));
            Assert.Equal(golden[row].Hours[47], RowOf(cohort.Samples, row));
        }
    }

    [Fact]
    public void Read_StaysOfOneSubject_AreOfOnePatient()
    {
        using var small = new SmallBenchmark();
        Assert.Equal([0, 1, 2, 3, 4, 5], small.Read(Mimic3Task.InHospitalMortality).Patients);
        small.Replace("in-hospital-mortality/train_listfile.csv", "13_episode1", "11_episode2");
        File.Move(small.File("in-hospital-mortality", "train", "13_episode1_timeseries.csv"), small.File("in-hospital-mortality", "train", "11_episode2_timeseries.csv"));
        var cohort = small.Read(Mimic3Task.InHospitalMortality);
        Assert.Equal([0, 1, 0, 2, 3, 4], cohort.Patients);
        Assert.Equal([0, 1, 2, 3, 4, 5], cohort.Prefixes!.Select(prefix => prefix.Stay));
    }

    [Fact]
    public void Read_RealDecompensation_LastHoursEqualGolden()
    {
        var cohort = Read(Mimic3Demo.Folder, Mimic3Task.Decompensation);
        var rows = RowsBySample(Mimic3Task.Decompensation);
        foreach (var golden in ReadGoldenSamples())
        {
            var row = rows[((string)golden["stay"]!, (int)(double)golden["period_length"]!)];
            Assert.Equal((int)golden["n_bins"]!, cohort.Prefixes![row].Hours);
            Assert.Equal((int)golden["y_true"]!, cohort.Labels[row]);
            Assert.Equal(ToFloats(golden["last_bin_normalized"]), RowOf(cohort.Samples, row));
        }
    }

    [Fact]
    public void Read_RealDecompensation_RawHoursEqualGolden()
    {
        var discretizer = new HourlyDiscretizer();
        foreach (var golden in ReadGoldenSamples())
        {
            var hours = (int)golden["n_bins"]!;
            discretizer.Begin(hours);
            var stay = (string)golden["stay"]!;
            var file = Mimic3Demo.StayFiles(Mimic3Task.Decompensation).Single(file => Path.GetFileName(file) == stay);
            TimeSeriesFile.Read(file, discretizer, HourlyDiscretizer.MaximumHours);
            var matrix = SampleMatrix.Create(hours, BenchmarkChannels.ColumnCount);
            discretizer.Write(matrix, 0);
            Assert.Equal(ToFloats(golden["last_bin_raw"]), RowOf(matrix, hours - 1));
            var sum = Enumerable.Range(0, hours).Sum(hour => RowOf(matrix, hour).Sum(value => (double)value));
            // Rounding to float32 moves each value by at most 2^-24 of itself, and values are not negative.
            Assert.Equal((double)golden["sum_all_raw"]!, sum, (double)golden["sum_all_raw"]! * 6e-8);
        }
    }

    [Theory]
    [InlineData(Mimic3Task.InHospitalMortality, 41, 10, 5, 2, 11, 5)]
    [InlineData(Mimic3Task.Decompensation, 8236, 292, 753, 40, 1874, 124)]
    public void Read_Demo_CountsEqualThoseOfItsSource(Mimic3Task task, params int[] counts)
    {
        var cohort = Read(Mimic3Demo.Folder, task);
        var found = Enum.GetValues<CohortSplit>().Select(cohort.RowsOf).SelectMany(rows => new[] { rows.Length, cohort.Labels.Select(rows).PositiveCount });
        Assert.Equal(counts, found);
        Assert.Equal(BenchmarkChannels.ColumnNames, cohort.FeatureNames);
        Assert.Equal(1000, cohort.RidgePenalty);
    }

    [Theory]
    [InlineData(Mimic3Task.InHospitalMortality)]
    [InlineData(Mimic3Task.Decompensation)]
    public void Read_DemoDemographics_GroupSizesEqualAPlainCount(Mimic3Task task)
    {
        var groups = Read(Mimic3Demo.Folder, task, Mimic3Demo.Demographics).Groups;
        Assert.Equal(DemographicGroups.Names, groups.Names);
        Assert.Equal(CountGroupsPlainly(task), groups.Names.Select(name => groups[name].Count));
    }

    [Fact]
    public void Read_WithoutDemographics_HasEveryoneOnlyAndSaysHowToGetGroups()
    {
        using var small = new SmallBenchmark();
        var cohort = Read(small.Path, Mimic3Task.Decompensation);
        Assert.Equal(["all"], cohort.Groups.Names);
        Assert.Equal(48, cohort.Groups["all"].Count);
        Assert.Contains("ADMISSIONS.csv", Assert.Single(cohort.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Mimic3Task.InHospitalMortality)]
    [InlineData(Mimic3Task.Decompensation)]
    public void Read_TaskFolderItself_IsTheSame(Mimic3Task task)
    {
        using var small = new SmallBenchmark();
        AssertSame(small.Read(task), Read(small.File(Mimic3Layout.TaskFolder(task)), task, small.Path));
    }

    [Fact]
    public void Read_EveryFileCompressed_IsTheSame()
    {
        using var small = new SmallBenchmark();
        var plain = small.Read(Mimic3Task.Decompensation);
        foreach (var file in Directory.GetFiles(small.Path, "*.csv", SearchOption.AllDirectories))
            SmallBenchmark.Compress(file);
        AssertSame(plain, small.Read(Mimic3Task.Decompensation));
        AssertSame(plain, Read(small.File("decompensation"), Mimic3Task.Decompensation, small.Path));
    }

    [Fact]
    public void Read_ListsBeforeTheSplitOnly_HasNoValidationAndSaysSo()
    {
        using var small = new SmallBenchmark();
        var folder = small.File("decompensation");
        File.Move(Path.Combine(folder, "train_listfile.csv"), Path.Combine(folder, "train", "listfile.csv"));
        File.Move(Path.Combine(folder, "test_listfile.csv"), Path.Combine(folder, "test", "listfile.csv"));
        File.Delete(Path.Combine(folder, "val_listfile.csv"));
        var cohort = small.Read(Mimic3Task.Decompensation);
        Assert.Equal([24, 0, 16], Enum.GetValues<CohortSplit>().Select(split => cohort.RowsOf(split).Length));
        Assert.Contains("no validation rows", Assert.Single(cohort.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PeriodPastTheLastMeasurement_GoesOnWithPreviousValues()
    {
        using var small = new SmallBenchmark();
        var episodes = small.Read(Mimic3Task.Decompensation).Episodes!;
        var heartRate = BenchmarkChannels.Find("Heart Rate");
        Assert.Equal(12, episodes.HoursOf(0));
        var columns = Enumerable.Range(9, 3).Select(hour => RowOf(episodes.Hours, episodes.RowOf(0, hour))).ToArray();
        Assert.Single(columns.Select(row => row[heartRate.FirstColumn]).Distinct());
        Assert.Equal([1, 0, 0], columns.Select(row => row[BenchmarkChannels.ValueColumnCount + heartRate.Index]));
    }

    [Fact]
    public void Read_Progress_EndsWithEveryStay()
    {
        using var small = new SmallBenchmark();
        var progress = new Recorder();
        Mimic3Reader.Read(small.Path, Mimic3Task.InHospitalMortality, progress: progress, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(new CohortProgress("reading stays", 6, 6, "stays"), progress.Reports[^1]);
    }

    [Fact]
    public void Read_Cancelled_Throws()
    {
        using var small = new SmallBenchmark();
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => Mimic3Reader.Read(small.Path, Mimic3Task.Decompensation, cancellation: cancelled));
    }

    [Fact]
    public void Read_CancelledAmongTheStays_Throws()
    {
        var folder = Mimic3Demo.Folder;
        using var source = new CancellationTokenSource();
        var progress = new Recorder(report =>
        {
            if (report.Step == "reading stays")
                source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => Mimic3Reader.Read(folder, Mimic3Task.Decompensation, null, progress, cancellation: source.Token));
    }

    private static Cohort Read(string folder, Mimic3Task task, string? demographics = null) =>
        Mimic3Reader.Read(folder, task, demographics, cancellation: TestContext.Current.CancellationToken);

    private static JsonObject[] ReadGoldenSamples()
    {
        using var stream = new GZipStream(File.OpenRead(Mimic3Demo.Golden("decomp_last_bin_samples.json.gz")), CompressionMode.Decompress);
        var samples = JsonNode.Parse(stream)!.AsArray().Select(node => node!.AsObject()).ToArray();
        Assert.Equal(13, samples.Length);
        return samples;
    }

    private static float[] ToFloats(JsonNode? values) => [.. values.Doubles().Select(value => (float)value)];

    private static Dictionary<(string Stay, int Hours), int> RowsBySample(Mimic3Task task)
    {
        var lines = ReadListLines(task).Select((line, row) => (Cells: line.Split(','), Row: row));
        return lines.ToDictionary(line => (line.Cells[0], int.Parse(line.Cells[1][..^7])), line => line.Row);
    }

    // On purpose another way than the reader's: whole lines, dictionaries of texts, one sample at a time.
    private static int[] CountGroupsPlainly(Mimic3Task task)
    {
        var admissions = ReadTable("ADMISSIONS.csv").GroupBy(row => row["SUBJECT_ID"]).ToDictionary(rows => rows.Key, rows => rows.First());
        var patients = ReadTable("PATIENTS.csv").ToDictionary(row => row["SUBJECT_ID"]);
        var counts = DemographicGroups.Names.ToDictionary(name => name, _ => 0);
        foreach (var line in ReadListLines(task))
        {
            var subject = line[..line.IndexOf('_', StringComparison.Ordinal)];
            var age = int.Parse(admissions[subject]["ADMITTIME"][..4]) - int.Parse(patients[subject]["DOB"][..4]);
            counts["all"]++;
            counts[patients[subject]["GENDER"] == "M" ? "male" : "female"]++;
            counts[age < 30 ? "<30" : age >= 90 ? "90+" : $"{age / 10}0s"]++;
            foreach (var ethnicity in s_ethnicities)
                counts[ethnicity] += admissions[subject]["ETHNICITY"].Contains(ethnicity.ToUpperInvariant(), StringComparison.Ordinal) ? 1 : 0;
        }

        return [.. counts.Values];
    }

    private static IEnumerable<string> ReadListLines(Mimic3Task task)
    {
        var folder = Path.Combine(Mimic3Demo.Folder, Mimic3Layout.TaskFolder(task));
        return s_splitNames.SelectMany(split => File.ReadLines(Path.Combine(folder, $"{split}_listfile.csv")).Skip(1));
    }

    private static List<Dictionary<string, string>> ReadTable(string name)
    {
        using var table = CsvTable.Open(Path.Combine(Mimic3Demo.Demographics, name));
        var rows = new List<Dictionary<string, string>>();
        while (table.Next())
            rows.Add(table.Header.Select((header, column) => (header, column)).ToDictionary(cell => cell.header, cell => table[cell.column]));
        return rows;
    }

    private static void AssertSame(Cohort expected, Cohort actual)
    {
        Assert.Equal(expected.Prefixes, actual.Prefixes);
        Assert.Equal(expected.Labels.Values, actual.Labels.Values);
        Assert.Equal(expected.Splits, actual.Splits);
        Assert.Equal(expected.Groups.Names.Select(name => expected.Groups[name].Count), actual.Groups.Names.Select(name => actual.Groups[name].Count));
        for (long row = 0; row < expected.Episodes!.Hours.RowCount; row++)
            Assert.Equal(RowOf(expected.Episodes.Hours, row), RowOf(actual.Episodes!.Hours, row));
    }

    private static float[] RowOf(SampleMatrix samples, long row)
    {
        var values = new float[samples.FeatureCount];
        samples.CopyRow(row, values);
        return values;
    }

    private sealed class Recorder(Action<CohortProgress>? onReport = null) : IProgress<CohortProgress>
    {
        public List<CohortProgress> Reports { get; } = [];

        public void Report(CohortProgress value)
        {
            Reports.Add(value);
            onReport?.Invoke(value);
        }
    }
}
