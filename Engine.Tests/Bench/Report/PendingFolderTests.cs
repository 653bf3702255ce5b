using Bench.Report;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Report;

public sealed class PendingFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _told = [];

    private string Target => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_TwoOfOneProcess_WorkSideBySide()
    {
        using var one = new PendingFolder(Target);
        File.WriteAllText(Path.Combine(one.Path, "one"), "1");
        using (var other = new PendingFolder(Target))
        {
            Assert.NotEqual(one.Path, other.Path);
            PendingFolder.Prepare(Target, _told.Add);
        }

        Assert.True(File.Exists(Path.Combine(one.Path, "one")));
        Assert.Empty(_told);
        one.PutInPlace();
        Assert.True(File.Exists(Path.Combine(Target, "one")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void PutInPlace_TargetThere_ReplacesItAsAWhole(bool isEmpty)
    {
        Directory.CreateDirectory(Target);
        if (!isEmpty)
            _folder.Write("out/old", "old");
        using (var pending = new PendingFolder(Target))
        {
            File.WriteAllText(Path.Combine(pending.Path, "new"), "new");
            pending.PutInPlace();
        }

        Assert.Equal(["new"], Names(Target));
        Assert.Equal(["out"], Names(_folder.Path));
    }

    [Fact]
    public void PutInPlace_Refused_KeepsTheFolderAndSaysWhere()
    {
        string path;
        using (var pending = new PendingFolder(Target))
        {
            path = pending.Path;
            File.WriteAllText(Path.Combine(path, "new"), "new");
            var error = Assert.Throws<IOException>(() => pending.PutInPlace(() => throw new IOException("It is taken.")));
            Assert.Equal($"It is taken. What should have been there is whole in '{path}'.", error.Message);
        }

        Assert.Equal(["new"], Names(path));
        PendingFolder.Prepare(Target, _told.Add);
        Assert.Equal(["new"], Names(path));
        Assert.StartsWith($"'{path}' is from a run that did not end", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public void PutInPlace_FolderVanished_Throws()
    {
        _folder.Write("out/old", "old");
        using var pending = new PendingFolder(Target);
        Directory.Delete(pending.Path);
        Assert.Throws<DirectoryNotFoundException>(() => pending.PutInPlace());
        Assert.Equal(["old"], Names(Target));
    }

    [Fact]
    public void Prepare_KilledRunOfThisSystem_IsRemovedAndNamed()
    {
        Leave("out.partial-1234", RunningSystem.Id);
        PendingFolder.Prepare(Target, _told.Add);
        Assert.Equal($"Removed '{_folder.File("out.partial-1234")}', which a run that was killed had left.", Assert.Single(_told));
        Assert.Empty(Names(_folder.Path));
    }

    [Fact]
    public void Prepare_RunOfAnotherSystem_IsNamedOnly()
    {
        Leave("out.partial-1234", "another machine"u8.ToArray());
        PendingFolder.Prepare(Target, _told.Add);
        Assert.Contains("out.partial-1234", Assert.Single(_told), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("out.partial-1234", "half")));
    }

    [Fact]
    public void Prepare_FolderOfAnotherUser_IsNamedOnly()
    {
        Skip.Unless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root gives files to others");
        Leave("out.partial-1234", RunningSystem.Id);
        System.Diagnostics.Process.Start("chown", ["-R", "65534", _folder.File("out.partial-1234")]).WaitForExit();
        PendingFolder.Prepare(Target, _told.Add);
        Assert.Contains("remove it if no run does", Assert.Single(_told), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("out.partial-1234", "half")));
    }

    [Fact]
    public void Prepare_NoLock_IsNamedOnly()
    {
        _folder.Write("out.partial-1234/half", "half");
        PendingFolder.Prepare(Target, _told.Add);
        Assert.Contains("out.partial-1234", Assert.Single(_told), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("out.partial-1234", "half")));
    }

    [Fact]
    public void Prepare_OtherTarget_IsLeftAlone()
    {
        Leave("output.partial-1234", RunningSystem.Id);
        PendingFolder.Prepare(Target, _told.Add);
        Assert.Empty(_told);
        Assert.Equal(["output.partial-1234", "output.partial-1234.lock"], Names(_folder.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Prepare_KilledBetweenTheTwoSteps_BringsTheEarlierBackAndKeepsTheNew(bool hasLock)
    {
        _folder.Write("out.earlier-1234/old", "old");
        _folder.Write("out.partial-1234/new", "new");
        if (hasLock)
            File.WriteAllBytes(_folder.File("out.partial-1234.lock"), RunningSystem.Id);
        PendingFolder.Prepare(Target, _told.Add);
        Assert.Equal(["old"], Names(Target));
        Assert.Equal(["new"], Names(_folder.File("out.partial-1234")));
        Assert.Equal(2, _told.Count);
        Assert.Contains("is back from", _told[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_KilledAfterTheTwoSteps_RemovesTheEarlier()
    {
        _folder.Write("out/new", "new");
        _folder.Write("out.earlier-1234/old", "old");
        File.WriteAllBytes(_folder.File("out.partial-1234.lock"), RunningSystem.Id);
        PendingFolder.Prepare(Target, _told.Add);
        Assert.Equal(["out"], Names(_folder.Path));
        Assert.Equal(["new"], Names(Target));
    }

    [Fact]
    public void TryExchange_TwoFolders_ExchangesThem()
    {
        Skip.Unless(OperatingSystem.IsLinux(), "only Linux has the call");
        _folder.Write("one/1", "1");
        _folder.Write("two/2", "2");
        Assert.True(FolderExchange.TryExchange(_folder.File("one"), _folder.File("two")));
        Assert.Equal(["2"], Names(_folder.File("one")));
        Assert.False(FolderExchange.TryExchange(_folder.File("one"), _folder.File("missing")));
        Assert.Equal(["2"], Names(_folder.File("one")));
    }

    private static string[] Names(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    private void Leave(string name, byte[] system)
    {
        _folder.Write($"{name}/half", "half");
        File.WriteAllBytes(_folder.File($"{name}.lock"), system);
    }
}
