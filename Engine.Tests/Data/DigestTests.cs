using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class DigestTests : IDisposable
{
    private const int RowCount = (2 * RankRows.RowsPerRun) + 300;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<int> Sizes => Ranks.Sizes;

    [Fact]
    public void Digest_SameRowsElsewhere_IsTheSame()
    {
        var samples = Tables.Normal(RowCount, 3, seed: 1);
        NpyFile.Write(_folder.File("rows.npy"), samples);
        using var mapped = SampleMatrix.Map(_folder.File("rows.npy"));
        var backwards = samples.SelectRows(Enumerable.Range(0, RowCount).Select(static row => (long)(RowCount - 1 - row)).ToArray());
        var again = backwards.SelectRows(Enumerable.Range(0, RowCount).Select(static row => (long)(RowCount - 1 - row)).ToArray());
        Assert.Equal(samples.Digest(), mapped.Digest());
        Assert.Equal(samples.Digest(), again.Digest());
        Assert.NotEqual(samples.Digest(), backwards.Digest());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Digest_RowsOfRanks_IsThatOfOneProcess(int size)
    {
        var samples = Tables.Normal(RowCount, 3, seed: 1);
        foreach (var digest in Ranks.Each(size, samples, static spread => spread.Digest()))
            Assert.Equal(samples.Digest(), digest);
    }

    [Fact]
    public void Digest_AnyValueOrTheShapeChanged_IsAnother()
    {
        var samples = Tables.Normal(RowCount, 3, seed: 1);
        var digests = new List<byte[]> { samples.Digest() };
        foreach (var row in new[] { 0, RankRows.RowsPerRun, RowCount - 1 })
        {
            ref var value = ref samples.GetWritableRow(row)[2];
            value = MathF.BitIncrement(value);
            digests.Add(samples.Digest());
        }

        digests.Add(SampleMatrix.Create(1, 16).Digest());
        digests.Add(SampleMatrix.Create(1, 15).Digest());
        Assert.Equal(digests.Count, digests.Select(Convert.ToHexString).Distinct().Count());
    }
}
