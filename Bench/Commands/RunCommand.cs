using System.CommandLine;
using System.Globalization;
using Bench.Cohorts;
using Bench.Studies.MainJob;

namespace Bench.Commands;

/// <summary>The command <c>run</c>: a cohort, every resampling method, metrics for every subgroup, a folder of results.</summary>
internal sealed class RunCommand : Command
{
    private readonly CohortOptions _cohort = new();
    private readonly Option<string> _group = new("--group") { Description = "Group that DP serves, such as black, female or 80s; by default the one with the fewest class 1 rows among those with at least 10.", HelpName = "NAME" };
    private readonly Option<string[]> _methods = new("--methods") { Description = "Resampling methods.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. ResamplingMethod.All] };
    private readonly Option<int[]> _units = new("--units") { Description = "Numbers of units that DP tries.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. new MainJobOptions().Units] };
    private readonly Option<string> _selectOn = new("--select-on") { Description = "Rows on which DP chooses; the paper chose on test.", DefaultValueFactory = _ => "validation" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of the simulation and of every draw.", DefaultValueFactory = _ => 1 };
    private readonly Option<float> _threshold = new("--threshold") { Description = "Probability from which a row counts as class 1.", DefaultValueFactory = _ => 0.5f };
    private readonly Option<double?> _ridge = new("--ridge") { Description = "Ridge penalty on standardised features, 1 / C of scikit-learn; by default that of the cohort's published model.", HelpName = "PENALTY" };
    private readonly Option<int> _neighbors = new("--neighbors") { Description = "Neighbours of SMOTE.", DefaultValueFactory = _ => 5 };
    private readonly Option<string> _out = new("--out") { Description = "Folder for results.json, tables/ and report.html; an earlier result there is replaced.", DefaultValueFactory = _ => "results", HelpName = "DIR" };

    public RunCommand()
        : base("run", "Read or simulate a cohort, report bias, resample with every method, fit, select by DP, show metrics per subgroup.")
    {
        _methods.AcceptOnlyFromAmong([.. ResamplingMethod.All]);
        _selectOn.AcceptOnlyFromAmong("validation", "test");
        Require(_units, units => units.Length > 0 && units.All(count => count >= 1) && units.Distinct().Count() == units.Length, "must be different whole numbers from 1");
        Require(_threshold, threshold => threshold is > 0 and < 1, "must lie between 0 and 1");
        Require(_ridge, ridge => ridge is null or (>= 0 and <= double.MaxValue), "must be 0 or more");
        Require(_neighbors, neighbors => neighbors >= 1, "must be 1 or more");
        _cohort.AddTo(this);
        foreach (var option in new Option[] { _group, _methods, _units, _selectOn, _seed, _threshold, _ridge, _neighbors, _out })
            Options.Add(option);
        SetAction((arguments, cancellation) => Task.FromResult(Run(arguments, cancellation)));
    }

    private static void Require<T>(Option<T> option, Func<T, bool> holds, string rule) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && result.GetValueOrDefault<T>() is { } value && !holds(value))
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} is {string.Join(' ', result.Tokens)}; it {rule}."));
    });

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var progress = new Studies.SynchronousProgress<CohortProgress>(p => { if (p.Unit == "steps") Console.WriteLine($"{DateTime.Now:HH:mm:ss} {p.Step} {p.Done}/{p.Total}"); });
        var cohort = _cohort.Read(arguments, arguments.GetValue(_seed), progress, cancellation);
        var result = MainJobRunner.Run(cohort, Options_(arguments), progress, cancellation);
        foreach (var m in result.Methods)
        {
            foreach (var g in new[] { "all", result.PrioritizedGroup ?? "all" })
            {
                var t = m.Tables[CohortSplit.Test][g];
                Console.WriteLine($"{m.Method,-13} {g,-9} {m.Seconds,7:f1}s {m.TrainingRowCount,9} {m.FitStatus} auroc {t.Auroc:f4} ap {t.AveragePrecisionC1:f4} ba {t.BalancedAccuracy:f4} rec {t.RecallC1:f4} prec {t.PrecisionC1:f4}");
            }
        }
        foreach (var s in result.Skipped) Console.WriteLine(s);
        if (result.UnitSearch is { } u) Console.WriteLine($"{result.PrioritizedGroup} chosen {u.ChosenUnits} on {result.SelectionRows}: " + string.Join(" ", u.Scores.Select(s => $"{s.Units}:{s.BalancedAccuracy:f3}/{s.TrapezoidPrC1:f3}")));
        Console.WriteLine($"peak {System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        return 0;
    }

    private MainJobOptions Options_(ParseResult arguments) => new()
    {
        Methods = arguments.GetRequiredValue(_methods).Distinct().ToArray(),
        Group = arguments.GetValue(_group),
        Units = arguments.GetRequiredValue(_units),
        SelectOn = arguments.GetValue(_selectOn) == "test" ? CohortSplit.Test : CohortSplit.Validation,
        Seed = arguments.GetValue(_seed),
        Threshold = arguments.GetValue(_threshold),
        RidgePenalty = arguments.GetValue(_ridge),
        NeighborCount = arguments.GetValue(_neighbors),
    };
}
