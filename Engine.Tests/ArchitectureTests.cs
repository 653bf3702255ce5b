using System.Text.RegularExpressions;
using Engine.Tests.Support;

namespace Engine.Tests;

public sealed partial class ArchitectureTests
{
    /// <summary>The folders of the library from the ground up: a folder knows those on its own floor and below.</summary>
    private static readonly string[][] s_floors =
    [
        ["Diagnostics"],
        ["Data", "Numerics"],
        ["Compute"],
        ["Neighbors", "Features"],
        ["Resampling", "Logistic", "Metrics", "Networks"],
        ["Prognosis", "Synthesis", "Fidelity"],
    ];

    private static readonly string[] s_libraryProjects = ["Engine", "Engine.Gpu"];

    [Fact]
    public void Engine_EveryFolder_KnowsNoneAboveIt()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "Engine"), "*.cs", SearchOption.AllDirectories).ToArray();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var folder = Path.GetRelativePath(Path.Combine(Repository.Root, "Engine"), file).Split(Path.DirectorySeparatorChar)[0];
            Assert.All(
                Uses().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value),
                used => Assert.True(FloorOf(used) <= FloorOf(folder), $"{file} uses Engine.{used}, which lies above Engine.{folder}."));
        }
    }

    [Fact]
    public void Library_EveryParallelLoop_GoesThroughTheOneThatUnwrapsErrors()
    {
        var files = s_libraryProjects.SelectMany(project => Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)).ToArray();
        Assert.NotEmpty(files);
        Assert.Equal(["ParallelLoop.cs"], files.Where(file => ParallelCalls().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName));
    }

    private static int FloorOf(string folder)
    {
        var floor = Array.FindIndex(s_floors, folders => folders.Contains(folder));
        return floor >= 0 ? floor : throw new InvalidOperationException($"folder {folder} has no floor yet; give it one in this test.");
    }

    [GeneratedRegex(@"\bParallel\.(For|Invoke)|\bAsParallel\(")]
    private static partial Regex ParallelCalls();

    [GeneratedRegex(@"^using Engine\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Uses();
}
