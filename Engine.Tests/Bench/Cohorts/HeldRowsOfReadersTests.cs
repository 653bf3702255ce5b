using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;
using Bench.Cohorts.Simulated;
using Bench.Cohorts.Table;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts;

/// <summary>Readers that are told which rows are needed: these have the features that they have when all are read, the others none.</summary>
public sealed class HeldRowsOfReadersTests : IDisposable
{
    private const ulong Seed = 3;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Mimic3_SomeRows_ReadsTheirStaysAlone()
    {
        DecompensationSimulator.WriteBenchmarkLayout(Seed, 900, _folder.Path, cancellation: Cancellation);
        var whole = Mimic3Reader.Read(_folder.Path, Mimic3Task.Decompensation, _folder.Path, cancellation: Cancellation);
        var read = new List<CohortProgress>();
        var part = Mimic3Reader.Read(_folder.Path, Mimic3Task.Decompensation, _folder.Path, new ListProgress(read), Some, Cancellation);
        AssertSome(whole, part);
        Assert.Equal(Some(whole).Select(row => whole.Prefixes![(int)row].Stay).Distinct().Count(), read.Last(told => told.Step == "reading stays").Total);
        AssertSome(PrefixCohort.From(whole, cancellation: Cancellation), PrefixCohort.From(part, null, Some, Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void Simulated_SomeRows_AreThoseOfTheWhole(int interval) => AssertSome(
        DecompensationSimulator.SimulateEvery(Seed, 900, interval, null, Cancellation),
        DecompensationSimulator.SimulateEvery(Seed, 900, interval, null, Cancellation, Some));

    [Fact]
    public void Simulated_NoRow_HoldsNone() =>
        Assert.Throws<InvalidOperationException>(() => DecompensationSimulator.SimulateEvery(Seed, 100, 1, null, Cancellation, static _ => []).Samples.Row(0));

    [Fact]
    public void Table_SomeRows_HasTheFeaturesThatAllRowsDecideOn()
    {
        // A category that only a row which is not held has is a feature all the same.
        var table = _folder.Write("own.csv", $"x,ward,died\n{string.Join('\n', Enumerable.Range(0, 1000).Select(static row => $"{row * 7 % 11}.5,{(row == 100 ? "rare" : row % 2 == 0 ? "north" : "south")},{row % 3 / 2}"))}\n");
        var whole = TableReader.Read(table, new("died"), cancellation: Cancellation);
        Assert.Contains("ward=rare", whole.FeatureNames);
        AssertSome(whole, TableReader.Read(table, new("died"), null, Some, Cancellation));
    }

    /// <summary>Rows from the middle of a stay to that of another, and some of the last part.</summary>
    private static long[] Some(Cohort cohort) => [.. Enumerable.Range(0, cohort.Labels.Count).Where(row => row is > 203 and < 417 || row > cohort.Labels.Count - 7).Select(static row => (long)row)];

    private static void AssertSome(Cohort whole, Cohort part)
    {
        Assert.Equal(whole.FeatureNames, part.FeatureNames);
        Assert.Equal(whole.Splits, part.Splits);
        Assert.Equal(whole.Labels.Values, part.Labels.Values);
        Assert.Equal(whole.Samples.RowCount, part.Samples.RowCount);
        foreach (var row in Some(whole))
            Assert.Equal(whole.Samples.Row(row), part.Samples.Row(row));
        Assert.Throws<InvalidOperationException>(() => part.Samples.Row(100));
    }

    private sealed class ListProgress(List<CohortProgress> told) : IProgress<CohortProgress>
    {
        public void Report(CohortProgress value)
        {
            lock (told)
                told.Add(value);
        }
    }
}
