using Engine.Collectives;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

/// <summary>Tables whose rows lie with several ranks.</summary>
public sealed class RanksTests
{
    private const int RowCount = (3 * RankRows.RowsPerRun) + 777;

    public static TheoryData<int> Sizes => Ranks.Sizes;

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    [InlineData(RankRows.RowsPerRun, 2)]
    [InlineData(RankRows.RowsPerRun + 1, 2)]
    [InlineData(RowCount, 1)]
    [InlineData(RowCount, 3)]
    [InlineData(RowCount, 7)]
    [InlineData(1L << 40, 1000)]
    public void RankRowsOf_AnyTable_IsDividedInWholeRunsAsEvenlyAsTheyCan(long rowCount, int size)
    {
        var parts = Enumerable.Range(0, size).Select(rank => RankRows.Of(rowCount, new Somewhere(rank, size))).ToArray();
        var next = 0L;
        foreach (var part in parts.Where(part => part.RowCount > 0))
        {
            Assert.Equal(next, part.FirstRow);
            next += part.RowCount;
            Assert.True(next == rowCount || part.RowCount % RankRows.RowsPerRun == 0);
        }

        Assert.Equal(rowCount, next);
        Assert.InRange(parts.Max(part => part.RowCount) - parts.Min(part => part.RowCount), 0, 2 * RankRows.RowsPerRun);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void SelectRows_OfAllRanks_AreTheSameEverywhere(int size)
    {
        var samples = Tables.Normal(RowCount, 3, seed: 5);
        long[] rows = [RowCount - 1, 0, 16_384, 16_383, 40_000, 0];
        foreach (var found in Ranks.Each(size, samples, spread => (spread.RowCount, Rows: spread.SelectRows(rows).Copy())))
        {
            Assert.Equal(RowCount, found.RowCount);
            for (var i = 0; i < rows.Length; i++)
                Assert.Equal(samples.Row(rows[i]), found.Rows.Row(i));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void SelectForSums_RunsOfRows_LieWithTheRankThatHasMostOfThem(int size) => RankThreads.Run(size, inner =>
    {
        var samples = Tables.Normal(RowCount, 3, seed: 5);
        var collective = new MeasuredCollective(inner);
        var spread = Ranks.Divide(samples, collective);
        // Rising rows, of which a run straddles ranks; then some that come again.
        long[] rows = [.. Enumerable.Range(0, RowCount - 4000).Select(static row => (long)row + 4000), 7, 50];
        var before = collective.BytesReceived;
        var chosen = spread.SelectForSums(rows);
        var received = collective.BytesReceived - before;
        var owners = Array.ConvertAll(rows, row => spread.Share!.OwnerOf(row / SampleMatrix.RowsPerBlock));
        var moved = 0;
        for (var place = 0; place < rows.Length; place++)
        {
            var owner = chosen.Share!.OwnerOf(place / SampleMatrix.RowsPerBlock);
            if (place % RankRows.RowsPerRun == 0)
            {
                var counts = owners.Skip(place).Take(RankRows.RowsPerRun).CountBy(static one => one).ToDictionary();
                Assert.Equal(counts.Values.Max(), counts[owner]);
            }

            moved += owners[place] != owner && owners[place] != collective.Rank ? 1 : 0;
            if (owner == collective.Rank)
                Assert.Equal(samples.Row(rows[place]), chosen.Row(place));
            else if (place % 1000 == 0)
                Assert.Contains("does not run over ranks", Assert.Throws<InvalidOperationException>(() => chosen.Row(place)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(moved * 3L * sizeof(float), received);
    });

    [Fact]
    public void DivideAmongRanks_TableThatAllOpen_EachReadsItsOwnRowsOnly()
    {
        var samples = Tables.Normal(RowCount, 3, seed: 5);
        RankThreads.Run(3, collective =>
        {
            var (spread, own) = (samples.DivideAmongRanks(collective), RankRows.Of(RowCount, collective));
            foreach (var table in new[] { spread, spread.Copy(), spread.SelectColumns([0, 1, 2]) })
            {
                Assert.Equal(samples.Row(own.FirstRow), table.Row(own.FirstRow));
                Assert.Equal(samples.Row(own.FirstRow + own.RowCount - 1), table.Row(own.FirstRow + own.RowCount - 1));
                var other = (own.FirstRow + own.RowCount) % RowCount;
                var error = Assert.Throws<InvalidOperationException>(() => table.Row(other));
                Assert.Contains($"row {other:N0} lies with rank {(collective.Rank + 1) % 3} and this is rank {collective.Rank}", error.Message, StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public void OfRanks_NoWholeRunBeforeOthers_NamesRankAndWayOut()
    {
        var error = Assert.Throws<ArgumentException>(() => RankThreads.Run(2, collective => SampleMatrix.OfRanks(SampleMatrix.Create(1000, 2), collective)));
        Assert.Contains("rank 0 has 1,000 rows, and rank 1 has rows after them; every rank but the last that has rows needs a multiple of 16,384", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfRanks_ColumnsDiffer_NamesTheRank() =>
        Assert.Contains("features", Assert.Throws<ArgumentException>(() => RankThreads.Run(2, collective => SampleMatrix.OfRanks(SampleMatrix.Create(16_384, 2 + collective.Rank), collective))).Message, StringComparison.Ordinal);

    [Fact]
    public void OfRanks_NoRows_Throws() =>
        Assert.Contains("no rank has a row", Assert.Throws<ArgumentException>(() => RankThreads.Run(2, collective => SampleMatrix.OfRanks(SampleMatrix.Create(0, 2), collective))).Message, StringComparison.Ordinal);

    [Fact]
    public void DivideAmongRanks_OtherTableElsewhere_Throws() =>
        Assert.Contains("that of all ranks", Assert.Throws<ArgumentException>(() => RankThreads.Run(2, collective => SampleMatrix.Create(40_000 + collective.Rank, 2).DivideAmongRanks(collective))).Message, StringComparison.Ordinal);

    [Fact]
    public void EnsureFinite_BadRowOfOneRank_IsNamedByAll()
    {
        var samples = Tables.Normal(RowCount, 3, seed: 5);
        samples.GetWritableRow(20_000)[1] = float.NaN;
        samples.GetWritableRow(45_000)[0] = float.PositiveInfinity;
        var messages = Ranks.Each(3, samples, spread => Assert.Throws<ArgumentException>(() => spread.EnsureFinite("samples")).Message);
        Assert.All(messages, message => Assert.Contains("samples holds NaN at row 20,000, column 1", message, StringComparison.Ordinal));
    }

    [Fact]
    public void Operation_ThatDoesNotRunOverRanks_SaysSo()
    {
        var (samples, labels) = (Tables.Normal(RowCount, 2, seed: 5), Labels.From([.. Enumerable.Range(0, RowCount).Select(row => row % 3 == 0)]));
        foreach (var error in Ranks.Each(2, samples, spread => Assert.Throws<InvalidOperationException>(() => Engine.Fidelity.RandomForest.Fit(spread, labels))))
            Assert.Contains("does not run over ranks", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, Imputation.Median)]
    [InlineData(7, Imputation.Median)]
    [InlineData(3, Imputation.Mean)]
    public void Scaler_MissingValues_HasTheBitsOfOneProcess(int size, Imputation imputation)
    {
        // Columns: continuous, few values with many ties, half missing, whole, without any value, one value, of either sign of zero; more than are counted at a time.
        var samples = Tables.Normal(RowCount, 20, seed: 6);
        for (var row = 0; row < RowCount; row++)
        {
            var values = samples.GetWritableRow(row);
            values[1] = MathF.Round(values[1]);
            values[2] = row % 2 == 0 ? float.NaN : values[2] * 1e20f;
            values[3] = row % 97 == 5 ? float.NaN : values[3];
            values[4] = float.NaN;
            values[5] = row == 33_000 ? 7 : float.NaN;
            values[6] = row % 2 == 0 ? -0.0f : 0;
            values[19] = row % 3 == 1 ? float.NaN : -Math.Abs(values[19]);
        }

        var expected = FeatureScaler.Fit(samples, imputation, TestContext.Current.CancellationToken);
        var scaled = expected.Transform(samples);
        foreach (var found in Ranks.Each(size, samples, spread => (Scaler: FeatureScaler.Fit(spread, imputation, TestContext.Current.CancellationToken), Present: FeatureScaler.PresentColumns(spread, TestContext.Current.CancellationToken))))
        {
            Assert.Equal(expected.Means, found.Scaler.Means);
            Assert.Equal(expected.Deviations, found.Scaler.Deviations);
            Assert.Equal(expected.MissingCounts, found.Scaler.MissingCounts);
            Assert.Equal(Enumerable.Range(0, 20).Select(expected.FillValueOf), Enumerable.Range(0, 20).Select(found.Scaler.FillValueOf));
            Assert.Equal(scaled.Row(33_001), found.Scaler.Transform(samples).Row(33_001));
            Assert.DoesNotContain(4, found.Present);
            Assert.Equal(19, found.Present.Length);
        }
    }

    /// <summary>What lies at equal distances is not like the rest: the bracket of the median misses it on either side.</summary>
    [Fact]
    public void Scaler_SampleThatMisleads_FindsTheMediansAllTheSame()
    {
        var samples = Tables.Normal(RowCount, 6, seed: 7);
        for (var i = 0L; i < 4096; i++)
        {
            var values = samples.GetWritableRow(RowCount * i / 4096);
            (values[0], values[1], values[2]) = (1e9f, -1e9f, 3);
        }

        for (var row = 0; row < RowCount; row++)
        {
            var values = samples.GetWritableRow(row);
            values[3] = row < RowCount / 2 ? -7 : 7;
            values[4] = row % 2 == 0 ? -1e-42f : 3e38f;
            // Whatever bits a NaN has, none is a value.
            values[5] = row % 3 == 0 ? BitConverter.Int32BitsToSingle(row % 2 == 0 ? -1 : int.MaxValue) : MathF.Abs(values[5]);
        }

        samples.GetWritableRow(9).Fill(float.NaN);
        var expected = FeatureScaler.Fit(samples, TestContext.Current.CancellationToken);
        foreach (var found in Ranks.Each(3, samples, spread => FeatureScaler.Fit(spread, TestContext.Current.CancellationToken)))
            Assert.Equal(Enumerable.Range(0, 6).Select(expected.FillValueOf), Enumerable.Range(0, 6).Select(found.FillValueOf));
    }

    /// <summary>A rank that only knows where it is.</summary>
    private sealed class Somewhere(int rank, int size) : ICollective
    {
        public int Rank => rank;

        public int Size => size;

        public void AllGather(ReadOnlySpan<byte> own, Span<byte> all) => throw new NotSupportedException();

        public void Broadcast(Span<byte> bytes, int root) => throw new NotSupportedException();

        public void Barrier() => throw new NotSupportedException();
    }
}
