using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class PendingFileTests
{
    [Fact]
    public void Dispose_NotCommitted_LeavesTheFileThatWasThereAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("values.npy");
        File.WriteAllText(path, "before");
        using (var file = new PendingFile(path))
            file.Stream.Write("half of wh"u8);
        Assert.Equal("before", File.ReadAllText(path));
        Assert.Equal([path], Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
