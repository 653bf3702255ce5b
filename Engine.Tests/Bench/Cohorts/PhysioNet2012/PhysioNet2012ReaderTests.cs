using System.IO.Compression;
using Bench.Cohorts;
using Bench.Cohorts.PhysioNet2012;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.PhysioNet2012;

public sealed class PhysioNet2012ReaderTests : IDisposable
{
    private readonly ChallengeFolder _challenge = new();

    [Fact]
    public void Read_RealSets_HasReferenceGroups()
    {
        var cohort = PhysioNet2012Reader.Read(SharedData.Require("data/physionet2012"), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((8000L, 192), (cohort.Samples.RowCount, cohort.Samples.FeatureCount));
        Assert.Equal(554, cohort.Labels.Select(cohort.RowsOf(CohortSplit.Train)).PositiveCount);
        ReferenceGroups.AssertTestRowsMatch("physionet2012_train_a_test_b", cohort);
        Assert.Equal(["all", "male", "female", "<30", "30s", "40s", "50s", "60s", "70s", "80s", "90+"], cohort.Groups.Names);
        Assert.Equal(8, 8000 - cohort.Groups["male"].Count - cohort.Groups["female"].Count);
        Assert.Equal(1000, cohort.RidgePenalty);
        Assert.Equal((8000, 8000), (cohort.Episodes!.StayCount, cohort.Prefixes!.Count));
        Assert.Empty(cohort.Notes);
    }

    [Fact]
    public void Read_ZipAndFolder_GiveTheSame()
    {
        _challenge.AddRecord('a', 7, ChallengeFolder.Record(7, "00:07,HR,73", "01:00,HR,75"));
        _challenge.AddRecord('a', 5, ChallengeFolder.Record(5, "00:07,HR,61"));
        _challenge.WriteOutcomes('a', (7, "1"), (5, "0"));
        var unzipped = Read();

        _challenge.Zip('a');
        var zipped = Read();

        Assert.Equal<byte>([0, 1], unzipped.Labels.Values);
        Assert.Equal<byte>([0, 1], zipped.Labels.Values);
        Assert.Equal((61f, 75f), (Value(unzipped, 0, "HR last"), Value(unzipped, 1, "HR last")));
        Assert.Equal((61f, 75f), (Value(zipped, 0, "HR last"), Value(zipped, 1, "HR last")));
    }

    [Fact]
    public void Read_SetsAbc_TestsOnBUnlessAskedForC()
    {
        _challenge.AddSet('a', 100, 3);
        _challenge.AddSet('b', 200, 4);
        _challenge.AddSet('c', 300, 5);

        Assert.Equal(4, Read().RowsOf(CohortSplit.Test).Length);
        Assert.Equal([3L, 4L, 5L, 6L, 7L], Read('c').RowsOf(CohortSplit.Test));
    }

    [Fact]
    public void Read_SetsAAndC_TestsOnC()
    {
        _challenge.AddSet('a', 100, 3);
        _challenge.AddSet('c', 300, 5);

        Assert.Equal([0L, 1L, 2L], Read().RowsOf(CohortSplit.Train));
        var error = Reject('b');
        Assert.Contains("set-b.zip", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OneSet_LeavesEveryFifthForTheTestAndSaysSo()
    {
        _challenge.AddSet('b', 200, 10);

        var cohort = Read();

        Assert.Equal([4L, 9L], cohort.RowsOf(CohortSplit.Test));
        Assert.Contains("fifth", Assert.Single(cohort.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoSetOrNoTrainingSetOrNoOutcomes_Throws()
    {
        Assert.Contains("set-a.zip", Reject().Message, StringComparison.Ordinal);
        _challenge.AddSet('b', 200, 1);
        _challenge.AddSet('c', 300, 1);
        Assert.Contains("set a", Reject().Message, StringComparison.Ordinal);
        _challenge.AddRecord('a', 100, ChallengeFolder.Record(100));
        Assert.EndsWith("Outcomes-a.txt", Reject().File, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Read('a'));
    }

    [Fact]
    public void Read_SexAndAge_MakeGroups()
    {
        _challenge.AddRecord('a', 1, ChallengeFolder.RecordOf(1, age: "90", gender: "1"));
        _challenge.AddRecord('a', 2, ChallengeFolder.RecordOf(2, age: "29", gender: "0"));
        _challenge.AddRecord('a', 3, ChallengeFolder.RecordOf(3, age: "-1", gender: "-1"));
        _challenge.WriteOutcomes('a', (1, "0"), (2, "0"), (3, "0"));

        var groups = Read().Groups;

        Assert.Equal(["all", "male", "female", "<30", "90+"], groups.Names);
        Assert.Equal([3, 1, 1, 1, 1], groups.Names.Select(name => groups[name].Count));
        Assert.True(groups["male"][0] && groups["90+"][0] && groups["female"][1] && groups["<30"][1]);
    }

    [Fact]
    public void Read_RowsWithoutParameterName_AreSkippedAndCounted()
    {
        _challenge.AddRecord('a', 1, ChallengeFolder.Record(1, "10:45,,1.9", "10:50,HR,70", "11:00,,2"));
        _challenge.WriteOutcomes('a', (1, "0"));

        var cohort = Read();

        Assert.Contains(cohort.Notes, note => note.StartsWith("2 rows", StringComparison.Ordinal));
        Assert.Equal(1, Value(cohort, 0, "HR count"));
    }

    [Fact]
    public void Read_RecordWithoutOutcome_Throws()
    {
        _challenge.AddSet('a', 1, 2);
        _challenge.WriteOutcomes('a', (1, "0"));

        var error = Reject();

        Assert.Equal(("2", "2.txt"), (error.Value, Path.GetFileName(error.File)));
    }

    [Fact]
    public void Read_OutcomeWithoutRecord_Throws()
    {
        _challenge.AddSet('a', 1, 2);
        var file = _challenge.WriteOutcomes('a', (1, "0"), (9, "1"), (2, "0"));

        var error = Reject();

        Assert.Equal((file, 3L, "9"), (error.File, error.Line, error.Value));
    }

    [Theory]
    [InlineData("1,6,1,5,-1,2", "In-hospital_death", "2")]
    [InlineData("1,6,1,5,-1,", "In-hospital_death", "")]
    [InlineData("1.5,6,1,5,-1,0", "RecordID", "1.5")]
    [InlineData("2,6,1,5,-1,0", "RecordID", "2")]
    public void Read_BadOutcome_NamesLineColumnAndValue(string row, string column, string value)
    {
        _challenge.AddSet('a', 1, 2);
        _challenge.Write("Outcomes-a.txt", ChallengeFolder.OutcomeHeader, "2,6,1,5,-1,0", row);

        var error = Reject();

        Assert.Equal((3L, column, value), (error.Line, error.Column, error.Value));
    }

    [Fact]
    public void Read_OutcomesWithOtherHeader_Throws()
    {
        _challenge.AddSet('a', 1, 1);
        _challenge.Write("Outcomes-a.txt", "RecordID,In-hospital_death", "1,0");

        Assert.Equal(1, Reject().Line);
    }

    [Fact]
    public void Read_RecordTwice_Throws()
    {
        _challenge.AddSet('a', 7, 1);
        _challenge.Write("set-a/007.txt", ChallengeFolder.Record(7));

        var error = Reject();

        Assert.Contains("record 7 occurs twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RecordInBothSets_Throws()
    {
        _challenge.AddSet('a', 1, 3);
        _challenge.AddSet('b', 3, 2);

        Assert.Equal("3", Reject().Value);
    }

    [Fact]
    public void Read_FileNotNamedByNumberOrEmptySet_Throws()
    {
        _challenge.AddSet('a', 7, 1);
        var file = _challenge.Write("set-a/notes.txt", "hello");
        Assert.Equal(file, Reject().File);

        foreach (var record in Directory.GetFiles(Path.Combine(_challenge.Root, "set-a")))
            File.Delete(record);
        Assert.Contains("no records", Reject().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(500)]
    public void Read_ZipCutShort_Throws(int missingBytes)
    {
        _challenge.AddSet('a', 1, 20);
        var zip = _challenge.Zip('a');
        using (var stream = File.OpenWrite(zip))
            stream.SetLength(stream.Length - missingBytes);

        var error = Reject();

        Assert.Equal(zip, error.File);
        Assert.Contains("damaged or cut short", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ZipWithHoleInOneRecord_NamesRecord()
    {
        _challenge.AddSet('a', 1, 20);
        var zip = _challenge.Zip('a');
        var bytes = File.ReadAllBytes(zip);
        bytes.AsSpan(60, 40).Fill(0xFF);
        File.WriteAllBytes(zip, bytes);

        var error = Reject();

        Assert.StartsWith(zip + "/set-a/", error.File, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ZipWithOneDigitChanged_NamesRecord()
    {
        _challenge.AddSet('a', 1, 20);
        // Stored, not compressed: only the checksum can tell that a byte is another.
        var zip = _challenge.Zip('a', CompressionLevel.NoCompression);
        var bytes = File.ReadAllBytes(zip);
        bytes[bytes.AsSpan().IndexOf("Age,54"u8) + 4] = (byte)'8';
        File.WriteAllBytes(zip, bytes);

        Assert.Contains("checksum", Reject().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RecordWithByteOrderMarkAndUnknownComaScale_IsRead()
    {
        _challenge.AddSet('a', 1, 1);
        _challenge.AddRecord('a', 1, ["\uFEFF" + ChallengeFolder.Record(1)[0], .. ChallengeFolder.Record(1, "01:00,GCS,-1")[1..]]);
        Assert.Equal(1, Read().Labels.Count);
    }

    [Fact]
    public void Read_RecordFarTooLarge_ThrowsBeforeReadingIt()
    {
        _challenge.AddSet('a', 1, 1);
        using (var stream = File.OpenWrite(Path.Combine(_challenge.Root, "set-a", "1.txt")))
            stream.SetLength(1L << 32);

        Assert.Contains("4,294,967,296 bytes", Reject().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("set-a/999.txt")]
    [InlineData("set-b.zip")]
    [InlineData("Outcomes-b.txt")]
    public void Read_PipeInPlaceOfAFile_IsRefusedWithoutWaiting(string name)
    {
        Skip.Unless(OperatingSystem.IsLinux(), "other systems do not say what a file is");
        _challenge.AddSet('a', 1, 2);
        _challenge.AddSet('b', 11, 2);
        var pipe = Path.Combine(_challenge.Root, name);
        File.Delete(pipe);
        System.Diagnostics.Process.Start("mkfifo", [pipe]).WaitForExit();

        Assert.Contains("a pipe", Reject().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RecordsBehindLinks_AreRead()
    {
        Skip.When(OperatingSystem.IsWindows(), "links need a privilege there");
        _challenge.AddSet('a', 1, 3);
        var folder = Path.Combine(_challenge.Root, "set-a");
        Directory.Move(folder, Path.Combine(_challenge.Root, "elsewhere"));
        Directory.CreateDirectory(folder);
        for (var id = 1; id <= 3; id++)
            File.CreateSymbolicLink(Path.Combine(folder, $"{id}.txt"), Path.Combine("..", "elsewhere", $"{id}.txt"));
        Assert.Equal(3, Read().Labels.Count);

        File.Delete(Path.Combine(_challenge.Root, "elsewhere", "2.txt"));
        Assert.Contains("leads nowhere", Reject().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NumberFollowedByZeroBytes_IsRefused()
    {
        _challenge.AddSet('a', 1, 1);
        _challenge.AddRecord('a', 1, ChallengeFolder.RecordOf(1, "54\0\0", "0"));

        Assert.Contains(@"value '54\0\0'", Reject().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyRecords_ReportsProgress()
    {
        _challenge.AddSet('a', 1, 200);
        var reports = new List<CohortProgress>();

        PhysioNet2012Reader.Read(_challenge.Root, progress: new Reports(reports), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal([new CohortProgress("reading set a", 100, 200, "records"), new CohortProgress("reading set a", 200, 200, "records")], reports);
    }

    [Fact]
    public void Read_Cancelled_Stops()
    {
        _challenge.AddSet('a', 1, 1);

        Assert.Throws<OperationCanceledException>(() => PhysioNet2012Reader.Read(_challenge.Root, cancellation: new CancellationToken(canceled: true)));
    }

    public void Dispose() => _challenge.Dispose();

    private Cohort Read(char? testSet = null) => PhysioNet2012Reader.Read(_challenge.Root, testSet, cancellation: TestContext.Current.CancellationToken);

    private CohortFormatException Reject(char? testSet = null) => Assert.Throws<CohortFormatException>(() => Read(testSet));

    private static float Value(Cohort cohort, int row, string feature)
    {
        var values = new float[cohort.FeatureNames.Count];
        cohort.Samples.CopyRow(row, values);
        return values[cohort.FeatureNames.ToList().IndexOf(feature)];
    }

    private sealed class Reports(List<CohortProgress> list) : IProgress<CohortProgress>
    {
        public void Report(CohortProgress value) => list.Add(value);
    }
}
