using Bench.Cohorts;

namespace Engine.Tests.Bench.Cohorts;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("62.84998", 62.84998)]
    [InlineData("-1e-3", -0.001)]
    [InlineData("+7", 7)]
    public void TryParse_Number_GivesIt(string text, double expected)
    {
        Assert.True(NumberText.TryParse(text, out double value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("39\0")]
    [InlineData("39\0\0\0")]
    [InlineData("\039")]
    [InlineData("3\09")]
    [InlineData("")]
    [InlineData("thirty")]
    public void TryParse_NotANumberAlone_IsRefusedByEveryKind(string text)
    {
        Assert.False(NumberText.TryParse(text, out double _));
        Assert.False(NumberText.TryParse(text, out long _));
        Assert.False(NumberText.TryParseDigits(text, out _));
    }

    [Fact]
    public void Bench_Cohorts_ParseNumbersInOnePlaceOnly()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Support.Repository.Root, "Bench", "Cohorts"), "*.cs", SearchOption.AllDirectories)
            // The others read tables of ours, which are part of the program.
            .Where(file => Path.GetFileName(file) is not ("NumberText.cs" or "HourlyNormalizer.cs" or "SeerFields.cs" or "SeerCodes.cs"));
        Assert.All(files, file => Assert.DoesNotMatch(@"\b(double|float|long|int|short|byte|decimal)\.(Try)?Parse\(", File.ReadAllText(file)));
    }
}
