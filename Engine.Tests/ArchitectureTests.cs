using System.Text.RegularExpressions;
using Engine.Tests.Support;

namespace Engine.Tests;

public sealed partial class ArchitectureTests
{
    /// <summary>The folders of the library from the ground up: a folder knows those on its own floor and below.</summary>
    private static readonly string[][] s_floors =
    [
        ["Diagnostics", "Collectives"],
        ["Data", "Numerics"],
        ["Compute"],
        ["Neighbors", "Features"],
        ["Resampling", "Logistic", "Metrics", "Networks"],
        ["Prognosis", "Synthesis", "Fidelity"],
        ["Interop"],
    ];

    private static readonly string[] s_libraryProjects = ["Engine", "Engine.Gpu", "Engine.Mpi"];

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
    public void Bench_FoldersSideBySide_FormNoCircle()
    {
        var edges = Directory.EnumerateFiles(Path.Combine(Repository.Root, "Bench"), "*.cs", SearchOption.AllDirectories).SelectMany(EdgesOf).ToLookup(edge => edge.From, edge => edge.To);
        Assert.True(edges.Contains("Bench.Commands"));
        Assert.True(edges.Contains("Bench.Comparisons.Report"));
        foreach (var folder in edges.Select(known => known.Key))
            Assert.False(Reaches(folder, folder, []), $"{folder} uses a folder beside it that uses {folder}.");

        bool Reaches(string from, string wanted, HashSet<string> seen) => edges[from].Any(to => to == wanted || (seen.Add(to) && Reaches(to, wanted, seen)));
    }

    [Fact]
    public void Library_EveryParallelLoop_GoesThroughTheOneThatUnwrapsErrors()
    {
        var files = s_libraryProjects.SelectMany(project => Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)).ToArray();
        Assert.NotEmpty(files);
        Assert.Equal(["ParallelLoop.cs"], files.Where(file => ParallelCalls().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName));
    }

    /// <summary>Lists which folder uses which other of the same folder, as a file of them says.</summary>
    private static IEnumerable<(string From, string To)> EdgesOf(string file)
    {
        var own = Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Split(Path.DirectorySeparatorChar);
        foreach (var used in BenchUses().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value.Split('.')))
        {
            var shared = own.Zip(used).TakeWhile(pair => pair.First == pair.Second).Count();
            if (shared < own.Length && shared < used.Length)
                yield return (string.Join('.', own[..(shared + 1)]), string.Join('.', used[..(shared + 1)]));
        }
    }

    private static int FloorOf(string folder)
    {
        var floor = Array.FindIndex(s_floors, folders => folders.Contains(folder));
        return floor >= 0 ? floor : throw new InvalidOperationException($"folder {folder} has no floor yet; give it one in this test.");
    }

    [GeneratedRegex(@"\bParallel\.(For|Invoke)|\bAsParallel\(")]
    private static partial Regex ParallelCalls();

    [GeneratedRegex(@"^using (?:static |\w+ = )?(Bench\.[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex BenchUses();

    [GeneratedRegex(@"^using Engine\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Uses();
}
