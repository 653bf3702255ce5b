using Engine.Data;
using Engine.Logistic;

namespace Bench.Studies.Equity;

/// <summary>The fits of one repeat, one an arm and outcome, and two of separate models.</summary>
internal sealed class EquityTraining
{
    private readonly FeatureScaler _scaler;
    private readonly int[] _columns;
    private readonly LogisticOptions _options;
    private readonly Action<string, SampleMatrix, IReadOnlyList<Labels>, double[]> _observe;
    private readonly List<LogisticFit> _fits = [];

    /// <summary>Prepares fits whose features are standardized by the real rows of the repeat, for every arm alike.</summary>
    /// <param name="real">The real rows of both groups, features and the column that tells the groups apart.</param>
    /// <param name="options">Penalty and how the machine is used.</param>
    /// <param name="observe">Told the name, rows, classes and weights of every fit.</param>
    public EquityTraining(SampleMatrix real, LogisticOptions options, Action<string, SampleMatrix, IReadOnlyList<Labels>, double[]> observe)
    {
        // A column that no row of the repeat has cannot be imputed.
        _columns = FeatureScaler.PresentColumns(real, options.Compute.CancellationToken);
        _scaler = FeatureScaler.Fit(real.SelectColumns(_columns), options.Compute.CancellationToken);
        (_options, _observe) = (options, observe);
    }

    /// <summary>Gets the place of the fit of an outcome that fits nothing: one class is missing from the rows.</summary>
    public const int Undefined = -1;

    /// <summary>Fits outcomes to rows.</summary>
    /// <param name="name">What is fitted.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="outcomes">The classes of the rows, outcome by outcome.</param>
    /// <param name="weights">One weight a row; empty for 1.</param>
    /// <returns>The place of each outcome's fit in <see cref="PredictLogOdds"/>, or <see cref="Undefined"/>.</returns>
    public int[] Fit(string name, SampleMatrix rows, IReadOnlyList<Labels> outcomes, double[] weights)
    {
        _observe(name, rows, outcomes, weights);
        var scaled = Scale(rows).Copy();
        return [.. outcomes.Select(labels => FitOne(scaled, labels, weights))];
    }

    /// <summary>Computes the log odds of all fits.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="logOdds">Receives n values of the first fit, then of the second.</param>
    /// <returns>How many values there are.</returns>
    public int PredictLogOdds(SampleMatrix rows, Span<double> logOdds)
    {
        LogisticFit.PredictLogOdds(_fits, Scale(rows), logOdds, _options.Compute);
        return _fits.Count * (int)rows.RowCount;
    }

    private SampleMatrix Scale(SampleMatrix rows) => _scaler.Transform(_columns.Length == rows.FeatureCount ? rows : rows.SelectColumns(_columns));

    private int FitOne(SampleMatrix rows, Labels labels, double[] weights)
    {
        if (labels.PositiveCount == 0 || labels.NegativeCount == 0)
            return Undefined;
        _fits.Add(LogisticRegression.Fit(rows, labels, _options with { SampleWeights = weights }));
        return _fits.Count - 1;
    }
}
