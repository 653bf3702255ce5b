using Engine.Tests.Support;

namespace Engine.Tests.Documents;

public sealed class PageTests
{
    public static TheoryData<string> Pages => [.. Page.All.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_OfAPage_LeadToFilesAndHeadingsThatExist(string path)
    {
        var page = new Page(path);
        Assert.All(page.Links, link =>
        {
            var parts = link.Split('#', 2);
            var target = parts[0].Length == 0 ? path : Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, parts[0]));
            Assert.True(Path.Exists(Path.Combine(Repository.Root, target)), $"{path} links to {link}, which is not there.");
            Assert.True(parts.Length == 1 || new Page(target).Anchors.Contains(parts[1]), $"{path} links to {link}, but {target} has no such heading.");
        });
    }

    [Fact]
    public void Pages_OfTheRepository_HaveLinks() => Assert.All(["README.md", "docs/kernels.md"], path => Assert.NotEmpty(new Page(path).Links));

    /// <summary>Nobody finds a page that no other links to.</summary>
    [Fact]
    public void Documents_EveryPage_IsLinkedFromTheReadmeInTwoClicks()
    {
        var first = Targets(new Page("README.md"));
        var second = first.Where(path => path.EndsWith(".md", StringComparison.Ordinal)).SelectMany(path => Targets(new Page(path)));
        string[] reached = [.. first, .. second];
        Assert.All(Page.All.Where(page => page.Path.StartsWith("docs/", StringComparison.Ordinal)), page =>
            Assert.True(reached.Any(target => page.Path == target || page.Path.StartsWith($"{target}/", StringComparison.Ordinal)), $"{page} is more than two clicks from README.md."));

        static string[] Targets(Page page) =>
        [
            .. page.Links.Select(link => link.Split('#')[0]).Where(path => path.Length > 0).Distinct()
                .Select(path => Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, Path.GetDirectoryName(page.Path)!, path)).Replace('\\', '/')),
        ];
    }
}
