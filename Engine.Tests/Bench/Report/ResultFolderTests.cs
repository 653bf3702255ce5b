using Bench.Report;
using Bench.Report.Prioritized.Results;
using Bench.Report.Results;
using Engine.Tests.Bench.Report.Prioritized;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Report;

public sealed class ResultFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_NewFolder_HoldsEverythingAndLeavesNothingBeside()
    {
        Write();
        Assert.Equal(["report.html", "results.json", "tables"], Names(Target));
        Assert.Equal(
            [
                "auroc-comparisons.csv", "bias.csv", "calibration-bins.csv", "calibration-intervals.csv", "calibration.csv", "coefficients.csv", "differences.csv", "disparity.csv",
                "epochs.csv", "fairness.csv", "group-fairness.csv", "intervals.csv", "methods.csv", "metrics.csv", "skipped.csv", "units.csv",
            ],
            Names(Path.Combine(Target, "tables")));
        Assert.Equal(["out"], Names(_folder.Path));
    }

    [Fact]
    public void Write_Tables_AreThoseThatAResultMayHold()
    {
        Write();
        Assert.Equal(TableFiles.Names.Order(StringComparer.Ordinal), Names(Path.Combine(Target, "tables")));
    }

    [Fact]
    public void Write_EarlierResult_IsReplacedAsAWhole()
    {
        Write();
        File.WriteAllText(Path.Combine(Target, "tables", "units.csv"), "of the earlier result");
        Write();
        Assert.DoesNotContain("earlier", File.ReadAllText(Path.Combine(Target, "tables", "units.csv")), StringComparison.Ordinal);
        Assert.Equal(["out"], Names(_folder.Path));
    }

    [Fact]
    public void Write_StudyIntoAMainJobsFolder_ReplacesItAndIsReplaced()
    {
        Write();
        ResultFolder.CheckWritable(Target, Tell);
        ResultFolder.Write(Target, SampleStudy.Result, SampleStudy.Start, CancellationToken.None);
        Assert.Equal(PrioritizedTables.Names.Order(StringComparer.Ordinal), Names(Path.Combine(Target, "tables")));
        Assert.Contains("\"engine-prioritized\"", File.ReadAllText(Path.Combine(Target, "results.json")), StringComparison.Ordinal);
        Write();
        Assert.Equal(TableFiles.Names.Order(StringComparer.Ordinal), Names(Path.Combine(Target, "tables")));
        Assert.Equal(["out"], Names(_folder.Path));
    }

    [Fact]
    public void Write_StudyCanceled_LeavesEverythingAsItWas()
    {
        Write();
        Assert.ThrowsAny<OperationCanceledException>(() => ResultFolder.Write(Target, SampleStudy.Result, SampleStudy.Start, new CancellationToken(canceled: true)));
        Assert.Contains("\"engine-main-job\"", File.ReadAllText(Path.Combine(Target, "results.json")), StringComparison.Ordinal);
        Assert.Equal(["out"], Names(_folder.Path));
    }

    [Fact]
    public void CheckWritable_ForeignFileBesideAStudy_IsRefused()
    {
        ResultFolder.Write(Target, SampleStudy.Result, SampleStudy.Start, CancellationToken.None);
        _folder.Write("out/tables/notes.csv", "mine");
        AssertRefused(Target, "'tables/notes.csv'");
    }

    [Fact]
    public void Write_EmptyFolder_IsFilled()
    {
        Directory.CreateDirectory(Target);
        Write();
        Assert.Equal(["out"], Names(_folder.Path));
        Assert.True(File.Exists(Path.Combine(Target, "results.json")));
    }

    [Fact]
    public void Write_TrailingSeparator_IsTheSameFolder()
    {
        ResultFolder.Write(Target + Path.DirectorySeparatorChar, SampleResult.Result, SampleResult.Start, CancellationToken.None);
        Assert.Equal(["out"], Names(_folder.Path));
    }

    [Fact]
    public void Write_Canceled_LeavesEverythingAsItWas()
    {
        Write();
        var before = File.ReadAllText(Path.Combine(Target, "results.json"));
        Assert.ThrowsAny<OperationCanceledException>(() => ResultFolder.Write(Target, SampleResult.Result, SampleResult.Start, new CancellationToken(canceled: true)));
        Assert.Equal(before, File.ReadAllText(Path.Combine(Target, "results.json")));
        Assert.Equal(["out"], Names(_folder.Path));
    }

    [Fact]
    public void Write_Fails_LeavesNothing()
    {
        var broken = SampleResult.Result with { Model = null!, BaselineCoefficients = [] };
        Assert.ThrowsAny<Exception>(() => ResultFolder.Write(Target, broken, SampleResult.Start, CancellationToken.None));
        Assert.Empty(Names(_folder.Path));
    }

    [Fact]
    public void Write_ThroughLink_ReplacesWhatItLeadsTo()
    {
        Write();
        var link = _folder.File("link");
        Directory.CreateSymbolicLink(link, Target);
        ResultFolder.Write(link, SampleResult.Result, SampleResult.Start, CancellationToken.None);
        Assert.Equal(["link", "out"], Names(_folder.Path));
        Assert.NotNull(new DirectoryInfo(link).LinkTarget);
    }

    [Fact]
    public void CheckWritable_NewFolder_LeavesNothing()
    {
        ResultFolder.CheckWritable(Target, Tell);
        Assert.Empty(Names(_folder.Path));
    }

    [Fact]
    public void CheckWritable_OtherContent_IsRefused()
    {
        _folder.Write("out/thesis.tex", "years of work");
        AssertRefused(Target, "holds no earlier result");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"schema\": 3}")]
    [InlineData("{\"schema\": \"other\"}")]
    public void CheckWritable_ResultsOfAnotherProgram_AreRefused(string content)
    {
        _folder.Write("out/results.json", content);
        AssertRefused(Target, "holds no earlier result");
    }

    [Fact]
    public void CheckWritable_ForeignFileBesideResult_IsRefused()
    {
        Write();
        _folder.Write("out/notes.txt", "mine");
        AssertRefused(Target, "'notes.txt'");
    }

    [Theory]
    [InlineData("tables/my-notes.csv", "tables/my-notes.csv")]
    [InlineData("tables/mine/bias.csv", "tables/mine")]
    [InlineData("tables/bias.csv/mine.txt", "tables/bias.csv")]
    [InlineData("report.html/mine.txt", "report.html")]
    [InlineData(".hidden", ".hidden")]
    public void CheckWritable_ForeignEntryAnywhereBelow_IsRefusedByName(string file, string foreign)
    {
        Write();
        var path = _folder.File(["out", .. file.Split('/')]);
        if (File.Exists(Path.GetDirectoryName(path)))
            File.Delete(Path.GetDirectoryName(path)!);
        _folder.Write($"out/{file}", "mine");
        AssertRefused(Target, $"it holds '{foreign}'");
    }

    [Fact]
    public void CheckWritable_PipeInPlaceOfTheNumbers_IsRefusedWithoutWaiting()
    {
        Skip.Unless(OperatingSystem.IsLinux(), "other systems do not say what a file is");
        Directory.CreateDirectory(Target);
        System.Diagnostics.Process.Start("mkfifo", [_folder.File("out", "results.json")]).WaitForExit();
        AssertRefused(Target, "holds no earlier result");
    }

    [Fact]
    public void CheckWritable_LinkInPlaceOfATable_IsRefused()
    {
        Write();
        var table = _folder.File("out", "tables", "bias.csv");
        File.Delete(table);
        File.CreateSymbolicLink(table, _folder.Write("precious.csv", "mine"));
        AssertRefused(Target, "'tables/bias.csv'");
    }

    [Fact]
    public void Write_FolderFilledMeanwhile_KeepsTheResultAndSaysWhere()
    {
        _folder.Write("out/thesis.tex", "years of work");
        var error = Assert.Throws<IOException>(Write);
        var kept = Assert.Single(Directory.EnumerateDirectories(_folder.Path, "out.partial-*"));
        Assert.Contains(kept, error.Message, StringComparison.Ordinal);
        Assert.Equal(["report.html", "results.json", "tables"], Names(kept));
        Assert.Equal(["thesis.tex"], Names(Target));
    }

    [Fact]
    public void CheckWritable_File_IsRefused()
    {
        _folder.Write("out", "a file");
        AssertRefused(Target, "it is a file");
    }

    [Fact]
    public void CheckWritable_ParentsMissing_LeavesNoneOfThem()
    {
        var folder = Directory.CreateDirectory(_folder.File("there")).FullName;
        ResultFolder.CheckWritable(Path.Combine(folder, "missing", "missing too", "out"), Tell);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void Write_ParentsMissing_AreMade()
    {
        ResultFolder.Write(_folder.File("missing", "missing too", "out"), SampleResult.Result, SampleResult.Start, CancellationToken.None);
        Assert.Equal(["report.html", "results.json", "tables"], Names(_folder.File("missing", "missing too", "out")));
    }

    [Fact]
    public void CheckWritable_ParentReadOnly_IsRefused()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Skip.Because("permissions do not bind this user.");
            return;
        }

        var parent = _folder.File("closed");
        Directory.CreateDirectory(parent, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        AssertRefused(Path.Combine(parent, "out"), "cannot be written to");
    }

    private static void AssertRefused(string folder, string reason)
    {
        var error = Assert.Throws<ResultFolderException>(() => ResultFolder.CheckWritable(folder, Tell));
        Assert.Contains(folder, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static void Tell(string message) => Assert.Fail(message);

    private static string[] Names(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    private void Write() => ResultFolder.Write(Target, SampleResult.Result, SampleResult.Start, CancellationToken.None);
}
