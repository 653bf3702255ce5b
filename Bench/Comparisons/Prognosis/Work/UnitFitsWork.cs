using Bench.Comparisons.Resampling.Checks;
using Bench.Comparisons.Resampling.Rows;
using Engine.Logistic;
using Engine.Prognosis;

namespace Bench.Comparisons.Prognosis.Work;

/// <summary>The 15 fits of the double prioritized study, beside one.</summary>
internal sealed class UnitFitsWork : PreparedWork
{
    /// <summary>What the fits are measured by.</summary>
    public const string OneFit = "one fit";

    private const double DevianceTolerance = 1e-10;

    private readonly LabeledRows _rows;
    private readonly LogisticOptions[] _models;
    private IReadOnlyList<LogisticFit> _fits = [];

    private UnitFitsWork(LabeledRows rows, WorkContext context)
    {
        _rows = rows;
        _models = [.. DoublePrioritized.PaperUnits.Select(units => new LogisticOptions { Plan = DoublePrioritized.Plan(rows.Labels, rows.Group, units), Compute = context.Compute })];
    }

    /// <inheritdoc/>
    public override int FeatureCount => _rows.Samples.FeatureCount;

    /// <inheritdoc/>
    public override long DataBytes => _rows.Bytes;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Action Run)> OtherWays => [(OneFit, () => FitAlone(0))];

    /// <summary>Simulates rows.</summary>
    public static UnitFitsWork Prepare(int rowCount, WorkContext context) => new(new TrainingHours().Make(rowCount, context.Shelf, context.Cancellation), context);

    /// <inheritdoc/>
    public override void Run() => _fits = UnitFits.Fit(_rows.Samples, _rows.Labels, _models);

    /// <inheritdoc/>
    public override IReadOnlyList<CheckResult> Check() =>
        [.. new[] { 0, _models.Length / 2, _models.Length - 1 }.Select(Check)];

    private LogisticFit FitAlone(int model) => LogisticRegression.Fit(_rows.Samples, _rows.Labels, _models[model]);

    /// <summary>Beside a fit that knows nothing of the others. Deviances: of one-hot columns many coefficients are optimal.</summary>
    private CheckResult Check(int model)
    {
        var (alone, together) = (FitAlone(model), _fits[model]);
        var isSame = Math.Abs(alone.Deviance - together.Deviance) <= DevianceTolerance * alone.Deviance && alone.Status == together.Status;
        return CheckResult.Of(
            $"deviance with {DoublePrioritized.PaperUnits[model]} units beside a fit alone",
            _rows.Labels.Count,
            isSame ? null : FormattableString.Invariant($"{together.Deviance:R}, {together.Status}; alone {alone.Deviance:R}, {alone.Status}"));
    }
}
