using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;
using Engine.Data;
using Engine.Logistic;
using Engine.Prognosis;

namespace Bench.Comparisons.Prognosis;

/// <summary>The 15 fits of the double prioritized study, beside one.</summary>
internal sealed class UnitFitsWork : PreparedWork
{
    /// <summary>What the fits are measured by.</summary>
    public const string OneFit = "one fit";

    private const double Tolerance = 1e-8;
    private const int SmallestCohort = 60_000;

    private readonly LabeledSamples _rows;
    private readonly LogisticOptions[] _models;
    private IReadOnlyList<LogisticFit> _fits = [];

    /// <summary>Simulates rows; the penalty is that of <c>run</c> on them.</summary>
    public UnitFitsWork(int rowCount, WorkContext context)
    {
        var cohort = context.Shelf.Simulate(rowCount, context.Cancellation);
        _rows = TrainingHours.Of(cohort);
        _models =
        [
            .. DoublePrioritized.PaperUnits.Select(units => new LogisticOptions
            {
                Plan = DoublePrioritized.Plan(_rows.Labels, _rows.Group, units),
                RidgePenalty = cohort.RidgePenalty,
            }),
        ];
    }

    /// <inheritdoc/>
    public override long RowCount => _rows.Rows.RowCount;

    /// <inheritdoc/>
    public override int FeatureCount => _rows.Rows.FeatureCount;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Action<WorkContext> Run)> OtherWays => [(OneFit, context => FitAlone(0, context))];

    /// <inheritdoc/>
    public override PreparedWork MakeSmall(WorkContext context) => new UnitFitsWork((int)Math.Min(RowCount, SmallestCohort), context);

    /// <inheritdoc/>
    public override void Run(WorkContext context, PhaseClock clock) => _fits = LogisticRegression.FitMany(_rows.Rows, _rows.Labels, [.. _models.Select(model => model with { Compute = context.Compute })]);

    /// <inheritdoc/>
    public override IEnumerable<CheckResult> Check(WorkContext context) =>
        new[] { 0, _models.Length / 2, _models.Length - 1 }.Select(model => Check(model, context));

    private LogisticFit FitAlone(int model, WorkContext context) => LogisticRegression.Fit(_rows.Rows, _rows.Labels, _models[model] with { Compute = context.Compute });

    /// <summary>Beside a fit that knows nothing of the others.</summary>
    private CheckResult Check(int model, WorkContext context)
    {
        var (alone, together) = (FitAlone(model, context), _fits[model]);
        return CheckResult.Of(
            $"coefficients with {DoublePrioritized.PaperUnits[model]} units beside a fit alone", _rows.Labels.Count, DifferenceOf(together, alone));
    }

    private static string? DifferenceOf(LogisticFit fit, LogisticFit alone)
    {
        if (fit.Status != FitStatus.Converged || alone.Status != FitStatus.Converged)
            return $"it ended as {fit.Status}, alone as {alone.Status}";
        for (var i = 0; i < fit.Coefficients.Length; i++)
        {
            if (Math.Abs(fit.Coefficients[i] - alone.Coefficients[i]) > Tolerance * Math.Max(1, Math.Abs(alone.Coefficients[i])))
                return FormattableString.Invariant($"coefficient {i} is {fit.Coefficients[i]:R}, alone {alone.Coefficients[i]:R}");
        }

        return null;
    }
}
