using Engine.Tests.Support;

namespace Engine.Tests.Documents;

/// <summary>C# of the pages is C# of this project: between marks in a file of Examples, where it is compiled and run.</summary>
public sealed class ExampleTests
{
    private const string Start = "// <example>";
    private const string End = "// </example>";

    public static TheoryData<string> PagesWithCode => [.. Page.All.Where(page => page.Code.Any()).Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(PagesWithCode))]
    public void Code_OfAPage_IsCompiledAndRunHere(string path)
    {
        var examples = Examples().ToArray();
        Assert.All(new Page(path).Code, code =>
        {
            var lines = code.Split('\n');
            var usings = lines.TakeWhile(line => line.StartsWith("using Engine.", StringComparison.Ordinal) || line.StartsWith("using Bench.", StringComparison.Ordinal)).ToArray();
            var body = string.Join('\n', lines.Skip(usings.Length)).Trim();
            var same = examples.Where(example => example.Body == body).ToArray();
            Assert.True(same.Length > 0, $"{path} has code that no file of Engine.Tests/Documents/Examples has between its marks:\n{body}");
            Assert.True(usings.Length == 0 || same.Any(example => example.Usings.SequenceEqual(usings)), $"{path} has other usings than the file of its example has:\n{string.Join('\n', usings)}");
        });
    }

    [Fact]
    public void Examples_OfEveryFile_StandInAPage()
    {
        var pages = Page.All.SelectMany(page => page.Code).ToArray();
        Assert.All(Examples(), example => Assert.True(pages.Any(code => code.EndsWith(example.Body, StringComparison.Ordinal)), $"no page has this example:\n{example.Body}"));
    }

    /// <summary>Reads what stands between marks, without the indentation of the first mark, and what of the project its file uses.</summary>
    private static IEnumerable<(string[] Usings, string Body)> Examples()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "Engine.Tests", "Documents", "Examples"), "*.cs"))
        {
            var lines = File.ReadAllLines(file);
            var usings = lines.TakeWhile(line => line.StartsWith("using ", StringComparison.Ordinal)).Where(line => !line.StartsWith("using Engine.Tests", StringComparison.Ordinal)).ToArray();
            for (var start = Next(Start, 0); start >= 0; start = Next(Start, start + 1))
            {
                var indentation = lines[start].Length - Start.Length;
                var body = lines[(start + 1)..Next(End, start)].Select(line => line[Math.Min(indentation, line.Length)..]);
                yield return (usings, string.Join('\n', body));
            }

            int Next(string mark, int from) => Array.FindIndex(lines, from, line => line.Trim() == mark);
        }
    }
}
