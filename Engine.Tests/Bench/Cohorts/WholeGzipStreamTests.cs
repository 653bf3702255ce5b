using System.IO.Compression;
using System.Text;
using Bench.Cohorts;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts;

public sealed class WholeGzipStreamTests
{
    private static readonly byte[] s_data = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 31 % 251))];

    [Fact]
    public void Read_WholeFile_GivesTheData() => Assert.Equal(s_data, Read(Compress(s_data)));

    [Fact]
    public void Read_CutAnywhere_Throws()
    {
        var compressed = Compress(s_data);
        for (var length = 0; length < compressed.Length; length++)
            Assert.Throws<InvalidDataException>(() => Read(compressed[..length]));
    }

    [Fact]
    public void Read_JoinedFiles_ThrowsSayingWhatToDo()
    {
        var error = Assert.Throws<InvalidDataException>(() => Read([.. Compress(s_data), .. Compress(s_data)]));
        Assert.Contains("compress it anew as one", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BitFlipped_Throws()
    {
        var compressed = Compress(s_data);
        compressed[compressed.Length / 2] ^= 1;
        Assert.Throws<InvalidDataException>(() => Read(compressed));
    }

    [Fact]
    public void Read_GrowsBeyondAllMeasure_ThrowsBeforeTheEnd()
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(Compress(new byte[100_000_000])));
        Assert.Contains("grow more than 250-fold", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RepetitiveTable_IsRead()
    {
        var data = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 2_000_000).Select(row => $"{row / 100}_episode1_timeseries.csv,{row % 100}.000000,0\n")));
        Assert.Equal(data.Length, Read(Compress(data)).Length);
    }

    private static byte[] Compress(byte[] data)
    {
        using var compressed = new MemoryStream();
        using (var stream = new GZipStream(compressed, CompressionLevel.Optimal))
            stream.Write(data);
        return compressed.ToArray();
    }

    private static byte[] Read(byte[] compressed)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("data.gz"), compressed);
        using var stream = new WholeGzipStream(File.OpenRead(folder.File("data.gz")));
        using var data = new MemoryStream();
        stream.CopyTo(data);
        return data.ToArray();
    }
}
