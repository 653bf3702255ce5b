using System.CommandLine;
using Bench.Cohorts;
using Bench.Commands;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

public sealed class EquityCohortOptionsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("--mimic-ed FILE")]
    [InlineData("--simulate-ed 200")]
    [InlineData("--simulate-framingham")]
    [InlineData("--table FILE --outcome died,back --group-column race --majority white --positive yes --patient id --ignore mrn,date --categorical site --missing unknown,-9")]
    public void Parse_GoodArguments_HasNoErrors(string arguments) => Assert.Empty(Parse(arguments).Parsed.Errors);

    [Theory]
    [InlineData("--mimic-ed FILE --simulate-ed 1000", "--mimic-ed and --simulate-ed name more than one cohort; give one of them.")]
    [InlineData("--simulate-framingham --support2 FILE", "--support2 and --simulate-framingham name more than one cohort; give one of them.")]
    [InlineData("--table FILE --outcome died", "--table needs --outcome, the columns that are predicted, and --group-column")]
    [InlineData("--framingham FILE --outcome CHD", "--outcome belongs to --table, which is not given.")]
    [InlineData("--majority white", "--majority belongs to --table, which is not given.")]
    [InlineData("--simulate-ed 199", "--simulate-ed is 199; it must be 200 to 50,000,000.")]
    public void Parse_BadArguments_SaysWhatIsWrong(string arguments, string error) => Assert.Contains(error, string.Join('\n', UsageErrors.Describe(Parse(arguments).Parsed)), StringComparison.Ordinal);

    [Fact]
    public void Read_Sources_AreWhatTheyAreCalled()
    {
        Assert.Equal(("MIMIC-IV-ED", 300L), Read("--simulate-ed 300"));
        Assert.Equal(("Framingham, simulated", 3423L), Read("--simulate-framingham"));
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.File("t.csv"), ["x,race,died,back", .. Enumerable.Range(0, 600).Select(row => $"{row % 5},{(row % 2 == 0 ? "b" : "a")},{row % 3 % 2},{row % 7 % 2}")]);
        Assert.Equal(("t.csv", 600L), Read($"--table {folder.File("t.csv")} --outcome died back --group-column race --majority a"));
    }

    private static (string Name, long Rows) Read(string arguments)
    {
        var (options, parsed) = Parse(arguments);
        Assert.Empty(parsed.Errors);
        var cohort = options.Read(parsed, 1, new Progress<CohortProgress>(), TestContext.Current.CancellationToken);
        return (cohort.Name, cohort.Table.RowCount);
    }

    private static (EquityCohortOptions Options, ParseResult Parsed) Parse(string arguments)
    {
        var (options, command) = (new EquityCohortOptions(), new Command("equity"));
        options.AddTo(command);
        return (options, command.Parse(arguments));
    }
}
