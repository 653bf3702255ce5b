using Engine.Data;
using Engine.Metrics;

namespace Bench.Studies.Prioritized;

/// <summary>The probabilities that a model gives the rows that judge, calibrated where that is asked for, and the threshold of each group.</summary>
/// <remarks>
/// <b>Computes</b>, where calibrated: isotonic regression on the validation rows; then, of the thresholds 0, .05 ... 1, the three of highest F1 of class 1 there, and of these the one of highest balanced accuracy.
/// <b>Ties</b>: the lower threshold wins, both times. <b>Source</b>: the 2022 version of paper P, from its code.
/// </remarks>
internal sealed class CalibratedScores
{
    /// <summary>The threshold of <see cref="CenteredOf"/>.</summary>
    public const double CenteredThreshold = 0.5;

    private const int Steps = 20;
    private const int Finalists = 3;

    private readonly LabeledSamples _test;
    private readonly double[] _scores;
    private readonly Dictionary<string, Rule> _rules;

    private CalibratedScores(LabeledSamples test, double[] scores, Dictionary<string, Rule> rules) => (_test, _scores, _rules) = (test, scores, rules);

    /// <summary>Gets the threshold of each group.</summary>
    public IReadOnlyDictionary<string, double> Thresholds => _rules.ToDictionary(rule => rule.Key, rule => rule.Value.Threshold);

    /// <summary>Calibrates.</summary>
    /// <param name="calibration">On which validation rows; a group without both classes among its own takes the rule of everyone.</param>
    /// <param name="threshold">The threshold where none is chosen.</param>
    /// <param name="validation">The validation samples; they are not read where nothing is calibrated.</param>
    /// <param name="onValidation">Their probabilities.</param>
    /// <param name="test">The samples that judge.</param>
    /// <param name="onTest">Their probabilities.</param>
    public static CalibratedScores Of(Calibration calibration, double threshold, LabeledSamples validation, double[] onValidation, LabeledSamples test, double[] onTest)
    {
        var everyone = calibration == Calibration.None ? new Rule(null, threshold) : Learn(onValidation, validation.Labels);
        return new CalibratedScores(test, onTest, test.Groups.Names.ToDictionary(name => name, RuleOf));

        Rule RuleOf(string group)
        {
            if (calibration != Calibration.Group)
                return everyone;
            var rows = validation.Groups[group].ToRows();
            var labels = validation.Labels.Select(rows);
            return labels.PositiveCount == 0 || labels.NegativeCount == 0 ? everyone : Learn(Array.ConvertAll(rows, row => onValidation[row]), labels);
        }
    }

    /// <summary>Computes the metrics of every group of some samples.</summary>
    /// <param name="samples">The samples, with the groups of the test samples.</param>
    /// <param name="scores">Their probabilities, as the model gives them.</param>
    /// <returns>A row a group, in their order.</returns>
    public IReadOnlyList<SubgroupRow> Judge(LabeledSamples samples, double[] scores)
    {
        var rows = new Dictionary<string, SubgroupRow>();
        foreach (var (rule, names) in _rules.GroupBy(pair => pair.Value, pair => pair.Key).Select(group => (group.Key, group.ToArray())))
        {
            foreach (var row in SubgroupMetrics.Compute(rule.Apply(scores), samples.Labels, samples.Groups.Only(names), rule.Threshold).Rows)
                rows.Add(row.Group, row);
        }

        return [.. samples.Groups.Names.Select(name => rows[name])];
    }

    /// <summary>Lists scores of the test samples that rank as a group's probabilities do, and reach one half where these reach the group's threshold.</summary>
    /// <param name="group">The group.</param>
    public double[] CenteredOf(string group)
    {
        var rule = _rules[group];
        if (rule is { Fit: null, Threshold: CenteredThreshold })
            return _scores;
        return Array.ConvertAll(rule.Apply(_scores), score => score >= rule.Threshold
            ? CenteredThreshold + (CenteredThreshold * (score - rule.Threshold))
            : Math.Min(Math.BitDecrement(CenteredThreshold), CenteredThreshold - (CenteredThreshold * (rule.Threshold - score))));
    }

    private static Rule Learn(double[] scores, Labels labels)
    {
        var fit = IsotonicFit.Fit(scores, labels);
        var calibrated = new double[scores.Length];
        fit.Predict(scores, calibrated);
        var threshold = Enumerable.Range(0, Steps + 1)
            .Select(step => (double)step / Steps)
            .Select(at => (At: at, Metrics: MetricSet.Compute(calibrated, labels, at)))
            .OrderByDescending(one => one.Metrics.F1C1)
            .Take(Finalists)
            .MaxBy(one => one.Metrics.BalancedAccuracy)
            .At;
        return new Rule(fit, threshold);
    }

    private sealed record Rule(IsotonicFit? Fit, double Threshold)
    {
        public double[] Apply(double[] scores)
        {
            if (Fit is null)
                return scores;
            var calibrated = new double[scores.Length];
            Fit.Predict(scores, calibrated);
            return calibrated;
        }
    }
}
