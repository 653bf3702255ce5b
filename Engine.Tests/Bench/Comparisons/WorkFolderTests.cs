using Bench.Comparisons;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons;

public sealed class WorkFolderTests
{
    [Fact]
    public void Create_NoParent_IsANewFolderOfThisUserAlone()
    {
        using var work = new WorkFolder(parent: null);
        using var other = new WorkFolder(parent: null);
        Assert.NotEqual(work.Path, other.Path);
        Assert.Empty(Directory.EnumerateFileSystemEntries(work.Path));
        Assert.DoesNotMatch($"-{Environment.ProcessId}$", work.Path);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(work.Path));
    }

    [Fact]
    public void Dispose_Parent_LeavesNothing()
    {
        using var folder = new TemporaryFolder();
        using (var work = new WorkFolder(folder.File("work")))
            File.WriteAllText(Path.Combine(work.Path, "array.npy"), "");
        // It made the folder above it, too.
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
