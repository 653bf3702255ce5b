using System.CommandLine;
using System.Globalization;
using Bench.Cohorts.Simulated;
using Bench.Comparisons.Features;
using Bench.Report;
using Spectre.Console;

namespace Bench.Commands;

/// <summary>The command <c>compare features</c>: the 714 features in one walk over a stay, beside one computation a prefix.</summary>
internal sealed class CompareFeaturesCommand : Command
{
    private readonly Option<long> _rows = new("--rows")
    {
        Description = "Training rows of the simulated cohort; 0 for none.",
        DefaultValueFactory = _ => DecompensationSimulator.PublishedTrainingRows,
    };
    private readonly Option<int> _repeats = new("--repeats")
    {
        Description = "Repetitions, of which the median counts.",
        DefaultValueFactory = _ => 3,
    };

    public CompareFeaturesCommand()
        : base("features", "Time the 714 features: one walk over a stay beside one computation a prefix, and a whole simulated cohort.")
    {
        _rows.Require(rows => rows is >= 0 and <= DecompensationSimulator.MaximumTrainingRows, $"must be 0 to {DecompensationSimulator.MaximumTrainingRows:N0}");
        _repeats.Require(repeats => repeats >= 1, "must be 1 or more");
        Options.Add(_rows);
        Options.Add(_repeats);
        SetAction((arguments, cancellation) => Task.Run(() => UserErrors.Report(() => Run(arguments, cancellation)), CancellationToken.None));
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var timings = ConsoleProgress.Run(progress =>
        {
            var comparison = new FeatureComparison(arguments.GetValue(_repeats), progress, cancellation);
            return comparison.CompareWays().Concat(arguments.GetValue(_rows) is > 0 and var rows ? comparison.TimeCohort(rows) : []).ToArray();
        });
        AnsiConsole.Write(TableOf(timings));
        AnsiConsole.WriteLine($"One walk is {Text(timings[0].Seconds / timings[1].Seconds)} times as fast as one computation a prefix, with the same bits.");
        return 0;
    }

    private static Table TableOf(IEnumerable<FeatureTiming> timings)
    {
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = true };
        foreach (var header in new[] { "Work", "Threads", "Prefixes", "Seconds", "Microseconds a prefix", "Load" })
            table.AddColumn(new TableColumn(new Text(header)));
        foreach (var timing in timings)
        {
            table.AddRow(
                new Text(timing.Work),
                new Text(Text(timing.Threads)),
                new Text(timing.PrefixCount.ToString("N0", CultureInfo.InvariantCulture)),
                new Text(Text(timing.Seconds)),
                new Text(Text(timing.MicrosecondsPerPrefix)),
                new Text(timing.Load is { } load ? Text(load) : "-"));
        }

        return table;
    }

    private static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
