using Bench.Comparisons.Resampling.Checks;
using Bench.Comparisons.Resampling.Rows;
using Engine.Data;
using Engine.Logistic;
using Engine.Prognosis;

namespace Bench.Comparisons.Prognosis.Work;

/// <summary>The 15 fits of the double prioritized study, beside one.</summary>
internal sealed class UnitFitsWork : PreparedWork
{
    /// <summary>What the fits are measured by.</summary>
    public const string OneFit = "one fit";

    private const double Tolerance = 1e-8;

    private readonly LabeledSamples _rows;
    private readonly LogisticOptions[] _models;
    private IReadOnlyList<LogisticFit> _fits = [];

    private UnitFitsWork(LabeledSamples rows, double ridgePenalty, WorkContext context)
    {
        _rows = rows;
        _models =
        [
            .. DoublePrioritized.PaperUnits.Select(units => new LogisticOptions
            {
                Plan = DoublePrioritized.Plan(rows.Labels, rows.Group, units),
                RidgePenalty = ridgePenalty,
                Compute = context.Compute,
            }),
        ];
    }

    /// <inheritdoc/>
    public override int FeatureCount => _rows.Rows.FeatureCount;

    /// <inheritdoc/>
    public override long DataBytes => _rows.Bytes;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Action Run)> OtherWays => [(OneFit, () => FitAlone(0))];

    /// <summary>Simulates rows; the penalty is that of <c>run</c> on them.</summary>
    public static UnitFitsWork Prepare(int rowCount, WorkContext context)
    {
        var cohort = context.Shelf.Simulate(rowCount, context.Cancellation);
        return new UnitFitsWork(TrainingHours.Of(cohort), cohort.RidgePenalty, context);
    }

    /// <inheritdoc/>
    public override void Run() => _fits = LogisticRegression.FitMany(_rows.Rows, _rows.Labels, _models);

    /// <inheritdoc/>
    public override IReadOnlyList<CheckResult> Check() =>
        [.. new[] { 0, _models.Length / 2, _models.Length - 1 }.Select(Check)];

    private LogisticFit FitAlone(int model) => LogisticRegression.Fit(_rows.Rows, _rows.Labels, _models[model]);

    /// <summary>Beside a fit that knows nothing of the others.</summary>
    private CheckResult Check(int model)
    {
        var (alone, together) = (FitAlone(model), _fits[model]);
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
