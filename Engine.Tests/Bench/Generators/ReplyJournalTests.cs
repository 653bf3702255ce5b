using Bench.Generators;
using Engine.Synthesis.Language;
using Engine.Tests.Support;
using Engine.Tests.Synthesis.Language;

namespace Engine.Tests.Bench.Generators;

public sealed class ReplyJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TextRequest _request = new() { System = "s", User = "u \u001b \u00e9", Temperature = 0.9, Seed = 5, Call = 0, LongestReply = 100, Format = new ReplyFormat(TriageTable.Schema, 2) };
    private readonly TextReply _reply = new("{\"a\": [1]}\n\u001b\U0001F600", 12, 34);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_WhatWasKept_IsTheSameInAnotherProcess()
    {
        Assert.Null(new ReplyJournal(_folder.Path).Find("m", _request));
        new ReplyJournal(_folder.Path).Keep("m", _request, _reply);
        Assert.Equal(_reply, new ReplyJournal(_folder.Path).Find("m", _request));
        Assert.Null(new ReplyJournal(_folder.Path).Find("m2", _request));
        Assert.Null(new ReplyJournal(_folder.Path).Find("m", _request with { Call = 1 }));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Keep_Entry_IsReadableByItsUserOnly()
    {
        Skip.When(OperatingSystem.IsWindows(), "Windows has no such modes of files.");
        new ReplyJournal(_folder.Path).Keep("m", _request, _reply);
        var file = Assert.Single(Directory.GetFiles(_folder.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(file));
        var text = File.ReadAllText(file);
        Assert.Contains("\"User\": \"u ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_DamagedEntry_IsNotThereAndCanBeKeptAgain()
    {
        var journal = new ReplyJournal(_folder.Path);
        journal.Keep("m", _request, _reply);
        var file = Assert.Single(Directory.GetFiles(_folder.Path));
        var whole = File.ReadAllText(file);
        foreach (var damaged in (string[])["", "null", "{}", "[1]", whole[..(whole.Length / 2)], whole.Replace("[1]", "[2]", StringComparison.Ordinal), whole.Replace("34", "35", StringComparison.Ordinal), whole + "x"])
        {
            Assert.NotEqual(whole, damaged);
            File.WriteAllText(file, damaged);
            Assert.Null(journal.Find("m", _request));
            journal.Keep("m", _request, _reply);
            Assert.Equal(_reply, journal.Find("m", _request));
        }
    }

    [Fact]
    public void Keep_ByManyAtOnce_LeavesWholeEntries()
    {
        var journal = new ReplyJournal(_folder.Path);
        Parallel.For(0, 64, call => journal.Keep("m", _request with { Call = call % 8 }, _reply));
        Assert.Equal(8, Directory.GetFiles(_folder.Path).Length);
        Assert.All(Enumerable.Range(0, 8), call => Assert.Equal(_reply, journal.Find("m", _request with { Call = call })));
    }
}
