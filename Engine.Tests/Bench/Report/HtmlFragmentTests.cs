using Bench.Report.Html;

namespace Engine.Tests.Bench.Report;

public sealed class HtmlFragmentTests
{
    [Fact]
    public void Of_ControlCharacters_AreShown() => Assert.Equal(@"<p>\x1b[31m\0 &lt;b&gt;</p>", HtmlFragment.Of($"<p>{"\u001b[31m\0 <b>"}</p>").Markup);
}
