using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;
using Engine.Data;
using Engine.Logistic;

namespace Bench.Comparisons.Prognosis;

/// <summary>One fit of padded rows in own memory, beside that of the same rows on the paths that users take.</summary>
internal sealed class FitPathsWork : PreparedWork
{
    private readonly RowPaths _paths;
    private readonly Labels _labels;
    private LogisticFit? _fit;

    /// <summary>Generates rows.</summary>
    public FitPathsWork(int rowCount, int featureCount, WorkContext context)
    {
        (var source, _labels) = GeneratedRows.Make(rowCount, featureCount, context);
        _paths = new RowPaths(source, context.Folder);
    }

    /// <inheritdoc/>
    public override long RowCount => _paths.Own.RowCount;

    /// <inheritdoc/>
    public override int FeatureCount => _paths.Own.FeatureCount;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Action<WorkContext> Run)> OtherWays =>
        [.. _paths.All.Select(path => (path.Name, (Action<WorkContext>)(context => Fit(path.Rows, context))))];

    /// <inheritdoc/>
    public override PreparedWork MakeSmall(WorkContext context) => new FitPathsWork((int)Math.Min(RowCount, FitWork.SampledRows), FeatureCount, context);

    /// <inheritdoc/>
    public override void Run(WorkContext context, PhaseClock clock) => _fit = Fit(_paths.Own, context);

    /// <inheritdoc/>
    public override IEnumerable<CheckResult> Check(WorkContext context) => _paths.All.Select(path =>
    {
        var found = Fit(path.Rows, context);
        var isSame = found.Coefficients.SequenceEqual(_fit!.Coefficients) && found.Deviance.Equals(_fit.Deviance);
        return CheckResult.Of($"bits of {path.Name}", RowCount, isSame ? null : "the fit is another");
    });

    /// <inheritdoc/>
    public override void Dispose()
    {
        _paths.Dispose();
        base.Dispose();
    }

    private LogisticFit Fit(SampleMatrix rows, WorkContext context) => LogisticRegression.Fit(rows, _labels, new() { Compute = context.Compute });
}
