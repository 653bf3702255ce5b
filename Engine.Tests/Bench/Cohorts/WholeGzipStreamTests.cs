using System.IO.Compression;
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
        using var stream = new WholeGzipStream(folder.File("data.gz"));
        using var data = new MemoryStream();
        stream.CopyTo(data);
        return data.ToArray();
    }
}
