using Engine.Logistic;
using Engine.Tests.Support;

namespace Engine.Tests.Documents;

public sealed class ReadmeTests
{
    private static string Readme => File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void LibraryExample_StandsInTheReadmeWordForWord()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "Engine.Tests", "Documents", "LibraryExample.cs")).ReplaceLineEndings("\n");
        var start = source.IndexOf("// <example>\n", StringComparison.Ordinal) + "// <example>\n".Length;
        var end = source.IndexOf("        // </example>", StringComparison.Ordinal);
        var lines = source[start..end].Split('\n').Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line);
        var usings = source.Split('\n').TakeWhile(line => line.Length > 0);
        Assert.Contains($"```csharp\n{string.Join('\n', usings)}\n\n{string.Join('\n', lines).Trim()}\n```", Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void LibraryExample_Runs()
    {
        const int RowCount = 600;
        var features = Tables.Normal(RowCount, 8, 71);
        var values = Enumerable.Range(0, RowCount).SelectMany(row => features.Row(row)).ToArray();
        var noise = Tables.Normal(RowCount, 1, 72);
        var outcomes = Enumerable.Range(0, RowCount).Select(row => values[row * 8] + noise.Row(row)[0] > 1.5f ? 1 : 0).ToArray();
        var ethnicity = Enumerable.Range(0, RowCount).Select(row => row % 5 == 0 ? "Black" : "White").ToArray();

        var (neighbors, fit, search, table, closest) = LibraryExample.Run(values, RowCount, 8, outcomes, ethnicity);

        Assert.Equal(RowCount * 5, neighbors.Indices.Length);
        Assert.Equal(FitStatus.Converged, fit.Status);
        Assert.Equal(15, search.Scores.Count);
        Assert.Equal(["Black", "White"], table.Rows.Select(row => row.Group));
        Assert.Equal(["Black", "White"], closest.Groups);
    }

    [Theory]
    [InlineData("dotnet run -c Release --project Bench")]
    [InlineData("dotnet test -c Release")]
    public void QuickStart_Commands_StandInTheReadme(string command) => Assert.Contains($"\n{command}\n", Readme, StringComparison.Ordinal);
}
