using Bench.Studies.Journal;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Studies.Journal;

public sealed class WorkJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void GetOrRun_FinishedWork_IsNotDoneAgain()
    {
        using (var journal = new WorkJournal(_folder.File("work")))
            Assert.Equal("one", File.ReadAllText(journal.GetOrRun("model", "key", path => File.WriteAllText(path, "one"))));
        using var again = new WorkJournal(_folder.File("work"));
        Assert.Equal("one", File.ReadAllText(again.GetOrRun("model", "key", _ => Assert.Fail("this work is finished"))));
        Assert.Equal("two", File.ReadAllText(again.GetOrRun("model", "another key", path => File.WriteAllText(path, "two"))));
        Assert.Equal("three", File.ReadAllText(again.GetOrRun("arm", "key", path => File.WriteAllText(path, "three"))));
        Assert.Equal(1, again.FoundCount);
    }

    [Fact]
    public void GetOrRun_WorkThatFailsOrIsKilled_IsDoneAgain()
    {
        using (var journal = new WorkJournal(_folder.File("work")))
        {
            Assert.Throws<OperationCanceledException>(() => journal.GetOrRun("model", "key", path =>
            {
                // What a killed process leaves: half a file, and nobody who tidies up.
                File.WriteAllText(path, "hal");
                throw new OperationCanceledException();
            }));
        }

        using var again = new WorkJournal(_folder.File("work"));
        Assert.Equal("whole", File.ReadAllText(again.GetOrRun("model", "key", path => File.WriteAllText(path, "whole"))));
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.File("work")), file => file.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    public void Constructor_JournalInUse_IsRefusedByName()
    {
        using var journal = new WorkJournal(_folder.File("work"));
        var error = Assert.Throws<IOException>(() => new WorkJournal(_folder.File("work")));
        Assert.Contains("is in use by another run", error.Message, StringComparison.Ordinal);
        Assert.Contains("--journal", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("thesis.tex")]
    [InlineData("notes.partial")]
    [InlineData("model-1.partial")]
    [InlineData("mine/model")]
    public void Constructor_SomethingElseInTheFolder_IsRefusedByNameAndUnchanged(string name)
    {
        var file = _folder.Write($"work/{name}", "years of work");
        var error = Assert.Throws<IOException>(() => new WorkJournal(_folder.File("work")));
        Assert.Contains($"holds '{name.Split('/')[0]}', which is of no journal", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(file));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder.File("work")));
    }

    [Fact]
    public void Remove_Journal_TakesItsFilesAndLeavesWhatWasAddedMeanwhile()
    {
        using (var journal = new WorkJournal(_folder.File("work")))
        {
            var path = journal.GetOrRun("model", "key", path => File.WriteAllText(path, "one"));
            File.WriteAllText(path + ".0", "kept beside it");
        }

        var added = _folder.Write("work/notes.txt", "mine");
        WorkJournal.Remove(_folder.File("work"));
        Assert.Equal([added], Directory.EnumerateFileSystemEntries(_folder.File("work")));
        File.Delete(added);
        new WorkJournal(_folder.File("work")).Dispose();
        WorkJournal.Remove(_folder.File("work"));
        Assert.False(Directory.Exists(_folder.File("work")));
    }

    public void Dispose() => _folder.Dispose();
}
