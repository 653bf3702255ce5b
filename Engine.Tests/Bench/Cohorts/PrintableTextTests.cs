using Bench.Cohorts;

namespace Engine.Tests.Bench.Cohorts;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("plain, (text) 50 %", "plain, (text) 50 %")]
    [InlineData("\u001b]0;title\u0007\u001b[2J", @"\x1b]0;title\x07\x1b[2J")]
    [InlineData("39\0", @"39\0")]
    [InlineData("a\r\nb\tc", @"a\r\nb\tc")]
    [InlineData("\u009b31m\u007f", @"\x9b31m\x7f")]
    [InlineData("\u202eback\u2028line\ufeff", @"\u202eback\u2028line\ufeff")]
    [InlineData("Ä, 漢 and \ud83d\ude00", "Ä, 漢 and \ud83d\ude00")]
    public void Of_AnyText_ShowsWhatCannotBeSeen(string text, string expected) => Assert.Equal(expected, PrintableText.Of(text, 100));

    [Theory]
    [InlineData(10, "abcdefghij")]
    [InlineData(4, "abcd...")]
    public void Of_LongText_IsCut(int longest, string expected) => Assert.Equal(expected, PrintableText.Of("abcdefghij", longest));

    [Fact]
    public void Of_HalfACharacter_ShowsItsCode() => Assert.Equal(@"\ud83d", PrintableText.Of("\ud83d", 100));

    [Fact]
    public void Of_ControlCharactersOnly_StaysWithinItsLength() => Assert.Equal(53, PrintableText.Of(new string('\u001b', 10_000_000), 50).Length);
}
