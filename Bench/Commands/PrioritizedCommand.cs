using System.CommandLine;
using Bench.Report;
using Bench.Report.Terminal;
using Bench.Studies;
using Bench.Studies.Arms;
using Bench.Studies.Prioritized;
using Engine.Collectives;
using Engine.Compute;

namespace Bench.Commands;

/// <summary>The command <c>prioritized</c>: the study of double prioritized sampling on one cohort.</summary>
internal sealed class PrioritizedCommand : Command
{
    private const string Everything = "all";
    private const string OfPaper = "paper";
    private const string Group = "group";
    private const string Everyone = "everyone";

    private readonly StudyOptions _study = new("results-prioritized");
    private readonly Option<string[]> _serve = new("--serve") { Description = $"Groups that DP serves, one after the other, or {Everything}; by default the paper's six (black, hispanic, asian, <30, 30s, 90+), or where a cohort has none of them, its groups with less than a tenth of the training rows." };
    private readonly Option<string[]> _methods = new("--methods") { Description = $"Resampling methods, of {string.Join(", ", ResamplingMethod.All)}; or {OfPaper}, or {Everything}. By default those of the paper and {ResamplingMethod.GroupAlone}." };
    private readonly Option<int?> _repeats = new("--repeats") { Description = $"Times that everything is trained, each with draws of its own; by default {PrioritizedOptions.RepeatsOfTimeSeries} for time series and {PrioritizedOptions.RepeatsOfTables} for tables.", HelpName = "COUNT" };
    private readonly Option<string> _calibrate = new("--calibrate") { Description = "Validation rows on which probabilities are calibrated and the threshold is chosen, as in the paper's version of 2022: none, everyone, or each group's own.", DefaultValueFactory = _ => "none" };
    private readonly Option<string> _chooseEpoch = new("--choose-epoch") { Description = $"Whose validation metrics choose the epoch of a network that serves a group: {Everyone}, or that {Group} alone, as the paper's version of 2022 does for cancer records.", DefaultValueFactory = _ => Everyone };
    private readonly Option<string> _model = new("--model") { Description = $"Model that every method trains: {string.Join(", ", StudyModel.All)}; by default that of the paper, lstm for time series and mlp for tables." };

    public PrioritizedCommand()
        : base("prioritized", "The study of double prioritized sampling: every method, DP for every under-represented group, repeats, the paper's figures and claims.")
    {
        _methods.AcceptManyOf([OfPaper, Everything, .. ResamplingMethod.All]);
        _serve.AcceptNames();
        _repeats.Require(count => count is null or >= 1, "must be 1 or more");
        _calibrate.AcceptOneOf("none", Everyone, Group);
        _chooseEpoch.AcceptOneOf(Everyone, Group);
        _model.AcceptOneOf([.. StudyModel.All]);
        _study.AddTo(this, _serve, _methods, _repeats, _calibrate, _chooseEpoch, _model);
        SetAction((arguments, cancellation) => Task.Run(() => RankedCommand.Run(ranks => Run(arguments, ranks, cancellation)), CancellationToken.None));
    }

    private int Run(ParseResult arguments, ICollective ranks, CancellationToken cancellation) => _study.Run(
        arguments,
        ranks,
        isWorthKeeping: true,
        (compute, progress) =>
        {
            var cohort = _study.ReadCohort(arguments, ranks, arguments.GetValue(_model) is not { } model || StudyModel.ReadsHours(model), holdsOut: true, progress, cancellation);
            var options = OptionsOf(arguments, compute);
            if (arguments.GetValue(_serve) is [Everything])
                options = options with { Groups = ServedGroups.All(cohort) };
            return PrioritizedRunner.Run(cohort, options, progress, cancellation);
        },
        (result, run) => ResultFolder.Write(_study.Folder(arguments), result, run, cancellation),
        result => ConsoleSummary.Print(result, _study.Folder(arguments), StandardConsole.Output));

    private PrioritizedOptions OptionsOf(ParseResult arguments, ComputeOptions compute)
    {
        var options = new PrioritizedOptions
        {
            Methods = arguments.GetValue(_methods) is { Length: > 0 } methods ? [.. methods.SelectMany(MethodsOf).Distinct()] : ResamplingMethod.OfStudy,
            Groups = arguments.GetValue(_serve) is { Length: > 0 } groups ? groups : null,
            Repeats = arguments.GetValue(_repeats),
            Calibration = Enum.Parse<Calibration>(arguments.GetRequiredValue(_calibrate), ignoreCase: true),
            GroupChoosesEpoch = arguments.GetValue(_chooseEpoch) == Group,
            Model = arguments.GetValue(_model),
        };
        return _study.Fill(options, arguments, isWorthKeeping: true, compute);
    }

    private static IEnumerable<string> MethodsOf(string name) => name switch
    {
        OfPaper => ResamplingMethod.OfPaper,
        Everything => ResamplingMethod.All,
        _ => [name],
    };
}
