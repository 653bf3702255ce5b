using System.CommandLine;
using Bench.Report;
using Bench.Report.Results;
using Bench.Report.Terminal;
using Bench.Studies;
using Bench.Studies.Arms;
using Bench.Studies.MainJob;
using Bench.Studies.Samples;
using Engine.Collectives;
using Engine.Compute;

namespace Bench.Commands;

/// <summary>The command <c>run</c>: a cohort, every resampling method, metrics for every subgroup, a folder of results.</summary>
internal sealed class RunCommand : Command
{
    private readonly StudyOptions _study = new("results");
    private readonly Option<string> _group = new("--group") { Description = "Group that DP serves, such as black, female or 80s; by default the one with the fewest stays of class 1 to fit on among those with 20 or more there, 20 of each class to choose on and 20 of class 1 in the test.", HelpName = "NAME" };
    private readonly Option<string> _reference = new("--reference") { Description = "Group that others are compared with, besides everyone and all others.", HelpName = "NAME" };
    private readonly Option<string[]> _intersections = new("--intersections") { Description = "Groups of the rows that are in several groups, judged as every group is, such as 'black & female'." };
    private readonly Option<int> _leastIntersection = new("--intersection-size") { Description = "Stays, or patients, that an intersection must have among the test rows; smaller ones are left out, and a note says so.", DefaultValueFactory = _ => GroupIntersections.Least, HelpName = "COUNT" };
    private readonly Option<string[]> _methods = new("--methods") { Description = $"Resampling methods, of {string.Join(", ", ResamplingMethod.All)}; by default those of the paper: {string.Join(",", ResamplingMethod.OfPaper)}." };
    private readonly Option<string> _model = new("--model") { Description = $"Model that every method trains: {string.Join(", ", StudyModel.All)}. An LSTM reads the hours of a time series.", DefaultValueFactory = _ => StudyModel.Logistic };

    private readonly Option<string?> _savePredictions = new("--save-predictions") { Description = $"New folder for {SavedPredictions.PredictionsName}, the probability that each method gives every row it is judged on, and {SavedPredictions.MetricsName}.", HelpName = "DIR" };

    public RunCommand()
        : base("run", "Read or simulate a cohort, report bias, resample with every method, fit, select by DP, show metrics per subgroup.")
    {
        _methods.AcceptManyOf([.. ResamplingMethod.All]);
        _model.AcceptOneOf([.. StudyModel.All]);
        _intersections.AcceptNames();
        _leastIntersection.Require(count => count >= 1, "must be 1 or more");
        _study.AddTo(this, _group, _reference, _intersections, _leastIntersection, _methods, _model, _savePredictions);
        SetAction((arguments, cancellation) => Task.Run(() => RankedCommand.Run(ranks => Run(arguments, ranks, cancellation)), CancellationToken.None));
    }

    private int Run(ParseResult arguments, ICollective ranks, CancellationToken cancellation)
    {
        using var saved = ranks.Rank == 0 && arguments.GetValue(_savePredictions) is { } folder ? new SavedPredictions(folder, Messages.Tell) : null;
        return _study.Run(
            arguments,
            ranks,
            IsLong(arguments),
            (compute, progress) =>
            {
                var cohort = _study.ReadCohort(arguments, ranks, StudyModel.ReadsHours(arguments.GetRequiredValue(_model)), IsLong(arguments), progress, cancellation);
                if (arguments.GetValue(_intersections) is { Length: > 0 } intersections)
                    cohort = GroupIntersections.AddTo(cohort, intersections, arguments.GetValue(_leastIntersection));
                return MainJobRunner.Run(cohort, OptionsOf(arguments, compute), progress, cancellation);
            },
            (result, run) =>
            {
                ResultFolder.Write(_study.Folder(arguments), result, run, cancellation);
                saved?.Write(result, cancellation);
            },
            result => ConsoleSummary.Print(result, _study.Folder(arguments), StandardConsole.Output));
    }

    private bool IsLong(ParseResult arguments) => arguments.GetValue(_model) != StudyModel.Logistic;

    private MainJobOptions OptionsOf(ParseResult arguments, ComputeOptions compute)
    {
        var options = new MainJobOptions
        {
            Methods = arguments.GetValue(_methods) is { Length: > 0 } methods ? methods.Distinct().ToArray() : ResamplingMethod.OfPaper,
            Group = arguments.GetValue(_group),
            Reference = arguments.GetValue(_reference),
            Model = arguments.GetRequiredValue(_model),
        };
        return _study.Fill(options, arguments, IsLong(arguments), compute);
    }
}
