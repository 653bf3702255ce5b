using System.Text.RegularExpressions;
using Engine.Tests.Support;

namespace Engine.Tests.Documents;

/// <summary>A Markdown page of this repository.</summary>
/// <param name="Path">Its path from the root of the repository, with slashes.</param>
internal sealed partial record Page(string Path)
{
    private string Text { get; } = File.ReadAllText(System.IO.Path.Combine(Repository.Root, Path)).ReplaceLineEndings("\n");

    /// <summary>All pages that git knows or a clone of it would: those in no folder of build outputs.</summary>
    public static IEnumerable<Page> All { get; } =
    [
        new("README.md"),
        .. ((string[])["Bench", "data-fixtures", "docs"])
            .SelectMany(folder => Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories))
            .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .Select(path => new Page(path)),
    ];

    /// <summary>The blocks of C#.</summary>
    public IEnumerable<string> Code => CodeBlock().Matches(Text).Select(match => match.Groups["code"].Value);

    /// <summary>Links to places of this repository: a path, with or without an anchor, or an anchor of this page.</summary>
    public IEnumerable<string> Links => Link().Matches(Prose).Select(match => match.Groups["target"].Value);

    /// <summary>The names by which headings are linked to, as GitHub and docfx make them.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(Prose).Select(match => Unlinked().Replace(match.Groups["text"].Value.ToLowerInvariant().Replace(' ', '-'), ""));

    private string Prose => AnyBlock().Replace(Text, "");

    public override string ToString() => Path;

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex AnyBlock();

    [GeneratedRegex(@"\]\((?!https?:)(?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w-]")]
    private static partial Regex Unlinked();
}
