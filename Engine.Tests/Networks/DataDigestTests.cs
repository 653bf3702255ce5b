using Engine.Compute;
using Engine.Data;
using Engine.Networks;
using Engine.Tests.Support;

namespace Engine.Tests.Networks;

public sealed class DataDigestTests
{
    [Fact]
    public void Add_TablesOfTheSameMemory_DifferByTheirShape()
    {
        // Rows are padded with zeros: a last column of zeros leaves every block as it is.
        double[][] rows = [[1, 2, 3], [4, 5, 6]];
        var (samples, wider) = (Tables.From(rows), Tables.From([.. rows.Select(row => row.Append(0).ToArray())]));
        var scratch = new float[samples.BlockScratchLength];
        Assert.Equal(samples.ReadBlock(0, scratch).Values, wider.ReadBlock(0, new float[scratch.Length]).Values);
        Assert.Equal(DigestOf(samples), DigestOf(Tables.From(rows)));
        Assert.NotEqual(DigestOf(samples), DigestOf(wider));
    }

    [Fact]
    public void Add_OneValueChanged_ChangesTheDigest()
    {
        var samples = Tables.Normal(600, 5, 3);
        var before = DigestOf(samples);
        foreach (var row in new[] { 0, 256, 599 })
        {
            var changed = samples.Copy();
            changed.GetWritableRow(row)[4] = MathF.BitIncrement(changed.Row(row)[4]);
            Assert.NotEqual(before, DigestOf(changed));
        }
    }

    private static string DigestOf(SampleMatrix samples)
    {
        using var digest = new DataDigest();
        digest.Add(samples, ComputeOptions.Default);
        return digest.ToString();
    }
}
