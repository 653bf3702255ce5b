using System.Diagnostics;
using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;
using Bench.Cohorts.Seer;
using Bench.Cohorts.Simulated;
using Bench.Cohorts.Simulated.Seer;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts;

/// <summary>Whatever is done to the files, simulated rows are never taken for patients.</summary>
public sealed class SimulatedMarkTests : IDisposable
{
    private const string Marker = "SIMULATED.txt";

    private readonly TemporaryFolder _folder = new();

    public SimulatedMarkTests() => DecompensationSimulator.WriteBenchmarkLayout(5, 60, Whole, cancellation: TestContext.Current.CancellationToken);

    private string Whole => Directory.CreateDirectory(_folder.File("sim")).FullName;

    private string Task => Path.Combine(Whole, "decompensation");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WholeFolder_SaysWhatTheMarkSays() => Assert.Contains("seed 5", AssertSimulated(Whole), StringComparison.Ordinal);

    [Fact]
    public void Read_FolderOfTheTask_FindsTheMarkInIt()
    {
        File.Delete(Path.Combine(Whole, Marker));
        Assert.Contains("seed 5", AssertSimulated(Task), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FolderOfTheTask_FindsTheMarkBesideIt()
    {
        File.Delete(Path.Combine(Task, Marker));
        Assert.Contains("seed 5", AssertSimulated(Task), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FolderOfTheTaskCopied_KeepsTheMark()
    {
        Directory.Move(Task, _folder.File("copy"));
        AssertSimulated(_folder.File("copy"));
    }

    [Fact]
    public void Read_LinkToTheTask_FindsTheMarkBesideWhatItLeadsTo()
    {
        File.Delete(Path.Combine(Task, Marker));
        Directory.CreateSymbolicLink(_folder.File("link"), Task);
        AssertSimulated(_folder.File("link"));
    }

    [Fact]
    public void Read_FolderOfLinks_FindsTheMarkWithWhatTheyLeadTo()
    {
        var own = Directory.CreateDirectory(_folder.File("own")).FullName;
        foreach (var entry in new DirectoryInfo(Task).EnumerateFileSystemInfos().Where(entry => entry.Name != Marker))
            File.CreateSymbolicLink(Path.Combine(own, entry.Name), entry.FullName);
        AssertSimulated(own);
    }

    [Fact]
    public void Read_OnlyTheStaysAreLinked_FindsTheMarkAboveThem()
    {
        var own = Directory.CreateDirectory(_folder.File("own")).FullName;
        foreach (var file in Directory.EnumerateFiles(Task).Where(file => Path.GetFileName(file) != Marker))
            File.Copy(file, Path.Combine(own, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(Task))
            Directory.CreateSymbolicLink(Path.Combine(own, Path.GetFileName(folder)), folder);
        AssertSimulated(own);
    }

    [Fact]
    public void Read_LinkedDemographics_FindTheMarkWithWhatTheyLeadTo()
    {
        Directory.Move(Task, _folder.File("copy"));
        File.Delete(_folder.File("copy", Marker));
        var own = Directory.CreateDirectory(_folder.File("own")).FullName;
        foreach (var name in new[] { "ADMISSIONS.csv", "PATIENTS.csv" })
            File.CreateSymbolicLink(Path.Combine(own, name), Path.Combine(Whole, name));
        Assert.True(Mimic3Reader.Read(_folder.File("copy"), Mimic3Task.Decompensation, own, cancellation: TestContext.Current.CancellationToken).IsSimulated);
    }

    [Fact]
    public void Read_LinkedSeerFiles_FindTheMarkWithWhatTheyLeadTo()
    {
        var (files, own) = (Directory.CreateDirectory(_folder.File("seer")).FullName, Directory.CreateDirectory(_folder.File("own")).FullName);
        SeerSimulator.Write(files, SeerSite.Breast, 3, 60, cancellation: TestContext.Current.CancellationToken);
        var link = File.CreateSymbolicLink(Path.Combine(own, "BREAST.TXT"), Path.Combine(files, "BREAST.TXT")).FullName;
        Assert.True(SeerReader.Read(link, null, SeerSite.Breast, cancellation: TestContext.Current.CancellationToken).IsSimulated);
        File.Delete(Path.Combine(files, Marker));
        Assert.False(SeerReader.Read(link, null, SeerSite.Breast, cancellation: TestContext.Current.CancellationToken).IsSimulated);
    }

    [Fact]
    public void Read_DemographicsOnlyAreSimulated_FindsTheirMark()
    {
        File.Delete(Path.Combine(Task, Marker));
        Directory.Move(Task, _folder.File("copy"));
        Assert.True(Mimic3Reader.Read(_folder.File("copy"), Mimic3Task.Decompensation, Whole, cancellation: TestContext.Current.CancellationToken).IsSimulated);
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("broken link")]
    [InlineData("pipe")]
    [InlineData("packed")]
    [InlineData("other case")]
    [InlineData("empty")]
    public void Read_MarkIsNoOrdinaryFile_CountsAllTheSame(string kind)
    {
        File.Delete(Path.Combine(Task, Marker));
        var mark = Path.Combine(Whole, Marker);
        File.Move(mark, _folder.File("text"));
        switch (kind)
        {
            case "folder":
                Directory.CreateDirectory(mark);
                break;
            case "broken link":
                File.CreateSymbolicLink(mark, _folder.File("nowhere"));
                break;
            case "pipe":
                Skip.When(OperatingSystem.IsWindows(), "no named pipes in folders there");
                Process.Start("mkfifo", [mark]).WaitForExit();
                break;
            case "packed":
                File.Move(_folder.File("text"), mark + ".gz");
                break;
            case "other case":
                File.Move(_folder.File("text"), Path.Combine(Whole, "simulated.TXT"));
                break;
            default:
                File.WriteAllText(mark, "");
                break;
        }

        AssertSimulated(Whole);
    }

    [Fact]
    public void Read_NoMark_IsOfPatients()
    {
        File.Delete(Path.Combine(Task, Marker));
        File.Delete(Path.Combine(Whole, Marker));
        Assert.False(Read(Whole).IsSimulated);
    }

    [Fact]
    public void Read_MarkOfControlCharacters_ShowsThem()
    {
        File.WriteAllText(Path.Combine(Whole, Marker), "x \u001b]0;pwned\u0007\u001b[2J" + new string('y', 5000));
        var note = AssertSimulated(Whole);
        Assert.StartsWith(@"x \x1b]0;pwned\x07\x1b[2Jyyy", note, StringComparison.Ordinal);
        Assert.InRange(note.Length, 500, 1100);
    }

    private static Cohort Read(string folder) => Mimic3Reader.Read(folder, Mimic3Task.Decompensation, cancellation: TestContext.Current.CancellationToken);

    private static string AssertSimulated(string folder)
    {
        var cohort = Read(folder);
        Assert.True(cohort.IsSimulated);
        return cohort.Notes[0];
    }
}
