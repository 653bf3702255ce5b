using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Meds;
using Bench.Cohorts.Parquet;
using Bench.Cohorts.Simulated;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Simulated;

public sealed class SimulatedMedsTests : IDisposable
{
    private const int Seed = 3;
    private const int Rows = 3_000;

    private readonly TemporaryFolder _folder = new();

    public SimulatedMedsTests() => DecompensationSimulator.WriteMeds(Seed, Rows, _folder.Path, cancellation: Cancellation);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WriteMeds_ReadBack_AreTheSamplesOfTheSimulation()
    {
        var (expected, read) = (DecompensationSimulator.Simulate(Seed, Rows, cancellation: Cancellation), Read(withMap: true));
        Assert.True(read.IsSimulated);
        Assert.Contains("hold no patient's record", read.Notes[0], StringComparison.Ordinal);
        Assert.Equal(expected.Labels.Values, read.Labels.Values);
        Assert.Equal(expected.Splits, read.Splits);
        Assert.Equal(expected.Prefixes!.Select(prefix => prefix.Hours), read.Prefixes!.Select(prefix => prefix.Hours));
        Assert.Equal(expected.Groups["female"].ToRows(), read.Groups["F"].ToRows());
        Assert.Equal(expected.Groups["60s"].ToRows(), read.Groups["60s"].ToRows());
        for (var row = 0; row < expected.Labels.Count; row++)
        {
            var (simulated, found) = (expected.Samples.Row(row), read.Samples.Row(row));
            for (var column = 0; column < BenchmarkChannels.ColumnCount; column++)
                Assert.Equal(simulated[column], found[column], 1e-4);
        }
    }

    [Fact]
    public void WriteMeds_Shards_AreSortedAndSplitAndNameCodesThatTheMetadataKnow()
    {
        var codes = TextsOf("metadata/codes.parquet", "code").ToHashSet();
        Assert.Equal(["held_out", "train", "tuning"], TextsOf("metadata/subject_splits.parquet", "split").Distinct().Order());
        var subjects = new List<string>();
        foreach (var shard in MedsFolder.FilesOf(Path.Combine(_folder.Path, "data")))
        {
            using var input = ParquetInput.Open(shard);
            Assert.Equal(["subject_id", "time", "code", "numeric_value"], input.Names);
            var last = (Subject: "", Time: long.MinValue);
            while (input.Next())
            {
                var (subject, time, code) = (input.Text(0), input.Whole(1, "a time") ?? long.MinValue, input.Text(2));
                if (subject != last.Subject)
                    subjects.Add(subject);
                else
                    Assert.True(time >= last.Time);
                last = (subject, time);
                Assert.True(!code.StartsWith("CHART//", StringComparison.Ordinal) || codes.Contains(code));
            }
        }

        Assert.Distinct(subjects);
        Assert.Equal(TextsOf("metadata/subject_splits.parquet", "subject_id").Order(StringComparer.Ordinal), subjects.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WriteMeds_NoMap_IsReadByItsMostFrequentCodes()
    {
        var read = Read(withMap: false);
        // All twelve channels of numbers.
        Assert.Equal(24, read.FeatureNames.Count);
        Assert.Contains("CHART//Heart Rate", read.FeatureNames);
        Assert.Contains(read.Notes, note => note.StartsWith("There is no map of codes", StringComparison.Ordinal));
    }

    private Cohort Read(bool withMap) => MedsReader.Read(
        _folder.Path,
        new MedsDescription(Path.Combine(_folder.Path, SimulatedMeds.LabelsFile), withMap ? Path.Combine(_folder.Path, SimulatedMeds.CodeMapFile) : null)
        {
            Start = SimulatedMeds.Start,
            GroupCodes = [SimulatedMeds.GroupCodes],
        },
        cancellation: Cancellation);

    private List<string> TextsOf(string file, string column)
    {
        using var input = ParquetInput.Open(Path.Combine(_folder.Path, file));
        var (place, texts) = (input.Find(column), new List<string>());
        while (input.Next())
            texts.Add(input.Text(place));
        return texts;
    }
}
