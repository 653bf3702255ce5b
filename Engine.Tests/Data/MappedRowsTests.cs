using System.Runtime.InteropServices;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class MappedRowsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(600, 76)]
    [InlineData(600, 32)]
    public void Map_AnyWidth_GivesTheBlocksOfTheMatrixWritten(int rowCount, int featureCount)
    {
        var path = _folder.File("samples.npy");
        var values = Enumerable.Range(0, rowCount * featureCount).Select(i => (float)i).ToArray();
        var written = SampleMatrix.Wrap(values, rowCount, featureCount);
        NpyFile.Write(path, written);

        using var mapped = SampleMatrix.Map(path);
        AssertSameBlocks(written, mapped);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("  ")]
    [InlineData("   ")]
    public void Map_ValuesAtAnyOffset_AreRead(string padding)
    {
        var values = Enumerable.Range(0, 300 * 16).Select(i => (float)i).ToArray();
        var path = _folder.File("unaligned.npy");
        File.WriteAllBytes(path, NpyBytes.Make("{'descr': '<f4', 'fortran_order': False, 'shape': (300, 16)}" + padding, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));
        using var mapped = SampleMatrix.Map(path);
        AssertSameBlocks(SampleMatrix.Wrap(values, 300, 16), mapped);
    }

    [Fact]
    public void Map_NoRows_HasNoBlocks()
    {
        var path = _folder.File("empty.npy");
        NpyFile.Write<float>(path, [], 0, 3);
        using var mapped = SampleMatrix.Map(path);
        Assert.Equal((0, 3, 0), (mapped.RowCount, mapped.FeatureCount, mapped.BlockCount));
    }

    [Theory]
    [InlineData(96)]
    [InlineData(100)]
    public void Map_FiveGigabytes_ReadsTheLastRow(int featureCount)
    {
        var path = _folder.File("sparse.npy");
        Skip.Unless(new DriveInfo(_folder.Path).AvailableFreeSpace > 6L << 30, "less than 6 GB free for a sparse file");
        const long RowCount = 13_000_000;
        var header = NpyHeader.Format(NpyElement.Float32, RowCount, featureCount);
        var lastRow = Enumerable.Range(1, featureCount).Select(i => (float)i).ToArray();
        using (var stream = File.Create(path))
        {
            // Never written in between: the file system stores a hole.
            stream.Write(header);
            stream.Position = header.Length + ((RowCount - 1) * featureCount * sizeof(float));
            stream.Write(MemoryMarshal.AsBytes(lastRow.AsSpan()));
        }

        using var mapped = SampleMatrix.Map(path);
        Assert.Equal((RowCount, featureCount), (mapped.RowCount, mapped.FeatureCount));
        var block = mapped.ReadBlock(mapped.BlockCount - 1, new float[mapped.BlockScratchLength]);
        Assert.Equal(lastRow, block.Row(block.RowCount - 1));
        Assert.True(block.Row(0).IndexOfAnyExcept(0f) < 0);
        var row = new float[featureCount];
        mapped.CopyRow(RowCount - 1, row);
        Assert.Equal(lastRow, row);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(5)]
    public void ReadBlock_AfterDispose_ThrowsNamingTheFile(int featureCount)
    {
        var path = _folder.File("gone.npy");
        NpyFile.Write(path, new float[featureCount], 1, featureCount);
        var mapped = SampleMatrix.Map(path);
        mapped.Dispose();
        mapped.Dispose();
        var error = Assert.Throws<ObjectDisposedException>(() => mapped.ReadBlock(0, new float[mapped.BlockScratchLength]).RowCount);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => mapped.CopyRow(0, new float[featureCount]));
    }

    [Fact]
    public void Map_Float64_SaysHowToLoadIt()
    {
        var path = _folder.File("double.npy");
        NpyFile.Write(path, [1.0, 2], 1, 2);
        Assert.Contains("ReadSamples", Assert.Throws<InvalidDataException>(() => SampleMatrix.Map(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_Truncated_Throws()
    {
        var path = _folder.File("short.npy");
        NpyFile.Write(path, new float[100], 10, 10);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^4]);
        Assert.Contains("truncated", Assert.Throws<InvalidDataException>(() => SampleMatrix.Map(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(20)]
    public void AnyRead_FileCutShortWhileMapped_SaysSo(int featureCount)
    {
        Skip.When(OperatingSystem.IsWindows(), "Windows does not shorten a file that is mapped");
        var path = _folder.File("cut.npy");
        // Many pages: touching one beyond the end of the file would end the process.
        NpyFile.Write(path, Tables.Normal(5_000, featureCount, seed: 1));
        using var mapped = SampleMatrix.Map(path);
        using var search = NearestNeighbors.Build(mapped, Metric.L2);
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            stream.SetLength(stream.Length - 1);

        foreach (var read in new Action[]
        {
            () => mapped.Row(0),
            () => mapped.Copy(),
            () => _ = mapped.ReadBlock(3, new float[mapped.BlockScratchLength]).RowCount,
            () => mapped.SelectRows(new long[] { 1 }).Copy(),
            () => mapped.EnsureFinite("rows"),
            () => search.SearchSelf(2),
            () => search.Search(Tables.Normal(3, featureCount, seed: 2), 1),
            () => FeatureScaler.Fit(mapped, Imputation.Mean, TestContext.Current.CancellationToken),
        })
        {
            var error = Assert.Throws<InvalidDataException>(read);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Contains("cut short", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Write_OverTheFileThatIsMapped_KeepsTheValues()
    {
        Skip.When(OperatingSystem.IsWindows(), "Windows does not replace a file that is mapped");
        var path = _folder.File("samples.npy");
        var values = Enumerable.Range(0, 700 * 20).Select(i => (float)i).ToArray();
        NpyFile.Write(path, values, 700, 20);
        using var mapped = SampleMatrix.Map(path);
        NpyFile.Write(path, mapped);
        Assert.Equal(values, NpyFile.Read<float>(path).Values);
        AssertSameBlocks(SampleMatrix.Wrap(values, 700, 20), mapped);
    }

    private static void AssertSameBlocks(SampleMatrix expected, SampleMatrix actual)
    {
        Assert.Equal((expected.RowCount, expected.FeatureCount), (actual.RowCount, actual.FeatureCount));
        var expectedScratch = new float[expected.BlockScratchLength];
        var actualScratch = new float[actual.BlockScratchLength];
        Array.Fill(actualScratch, float.NaN);
        for (long index = 0; index < expected.BlockCount; index++)
            Assert.Equal(expected.ReadBlock(index, expectedScratch).Values, actual.ReadBlock(index, actualScratch).Values);
    }
}
