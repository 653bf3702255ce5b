using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class NpyWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Complete_RowsInParts_WritesWhatNpyFileDoes()
    {
        var samples = Tables.Normal(500, 5, seed: 1);
        NpyFile.Write(_folder.File("whole.npy"), samples);
        var values = Enumerable.Range(0, 500).SelectMany(row => samples.Row(row)).ToArray();
        using (var writer = new NpyWriter(_folder.File("parts.npy"), 500, 5))
        {
            // Parts need not end where rows do.
            foreach (var part in values.Chunk(333))
                writer.Write(part);
            writer.Complete();
        }

        Assert.Equal(File.ReadAllBytes(_folder.File("whole.npy")), File.ReadAllBytes(_folder.File("parts.npy")));
    }

    [Fact]
    public void Dispose_BeforeComplete_LeavesTheOldFile()
    {
        var path = _folder.File("rows.npy");
        File.WriteAllText(path, "old");
        using (var writer = new NpyWriter(path, 2, 3))
        {
            writer.Write([1, 2, 3]);
            Assert.Contains("3 values of 2 rows of 3 were not written", Assert.Throws<InvalidOperationException>(writer.Complete).Message, StringComparison.Ordinal);
        }

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_MoreThanTheRowsHave_IsRefused()
    {
        using var writer = new NpyWriter(_folder.File("rows.npy"), 1, 3);
        Assert.Contains("4 values and 3 are left", Assert.Throws<ArgumentException>(() => writer.Write([1, 2, 3, 4])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NpyWriter(_folder.File("rows.npy"), 1, 0));
    }
}
