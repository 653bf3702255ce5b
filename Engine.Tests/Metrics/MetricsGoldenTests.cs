using System.Text.Json.Nodes;
using Engine.Metrics;
using Engine.Tests.Support;

namespace Engine.Tests.Metrics;

/// <summary>Every case of Golden/metrics.json, made with scikit-learn 1.2.1 in double.</summary>
public sealed class MetricsGoldenTests
{
    // The golden file's own tolerance.
    private const double Tolerance = 1e-12;

    private static readonly JsonArray s_cases = Golden.Load("metrics.json")["cases"]!.AsArray();

    public static TheoryData<string> Cases => [.. s_cases.Select(node => (string)node!["name"]!)];

    public static TheoryData<string> CasesWithCurves =>
        [.. s_cases.Where(node => node!["precision_recall_curve"] is not null).Select(node => (string)node!["name"]!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void RankingMetrics_GoldenCase_MatchScikitLearn(string name)
    {
        var golden = new GoldenScores(name);
        using var curve = golden.ToCurve();
        Check(golden, "roc_auc", curve.TryComputeAuroc(out var auroc), auroc, golden.HasBothClasses);
        Check(golden, "average_precision", curve.TryComputeAveragePrecision(1, out var step), step, golden.HasPositives);
        Check(golden, "pr_auc_trapezoid", curve.TryComputeTrapezoidPr(1, out var trapezoid), trapezoid, golden.HasPositives);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ConfusionMetrics_GoldenCase_MatchScikitLearn(string name)
    {
        var golden = new GoldenScores(name);
        using var curve = golden.ToCurve();
        var mass = curve.MassAt(.5f);
        Assert.Equal(
            golden.Expected["confusion_tn_fp_fn_tp"].Doubles(),
            new[] { mass.TrueNegatives, mass.FalsePositives, mass.FalseNegatives, mass.TruePositives });
        Check(golden, "precision", mass.Precision);
        Check(golden, "recall", mass.Recall, golden.HasPositives);
        Check(golden, "f1", mass.F1, golden.HasPositives);
        Check(golden, "specificity", mass.ForClass(0).Recall, golden.HasNegatives);
        Check(golden, "accuracy", mass.Accuracy);
        Check(golden, "balanced_accuracy", mass.BalancedAccuracy);
        Check(golden, "mcc", mass.Mcc);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ProbabilityMetrics_GoldenCase_MatchWithinScoreRounding(string name)
    {
        var golden = new GoldenScores(name);
        using var curve = golden.ToCurve();
        Assert.True(curve.TryComputeBrier(out var brier));
        Assert.True(curve.TryComputeLogLoss(out var logLoss));
        Assert.Equal((double)golden.Expected["brier"]!["value"]!, brier, Tolerance + golden.BrierRounding());
        Assert.Equal((double)golden.Expected["log_loss"]!["value"]!, logLoss, Tolerance + golden.LogLossRounding());
    }

    [Theory]
    [MemberData(nameof(CasesWithCurves))]
    public void Curve_GoldenCase_HasScikitLearnsPoints(string name)
    {
        var golden = new GoldenScores(name);
        var points = golden.Case["precision_recall_curve"]!;
        using var curve = golden.ToCurve();
        // The golden arrays end with the point (1, 0), which has no threshold.
        var precision = points["precision"].Doubles()[..^1];
        var recall = points["recall"].Doubles()[..^1];
        Assert.Equal(precision.Length, curve.Scores.Length);
        Assert.Equal(points["thresholds"].Doubles().Select(value => (double)(float)value), curve.Scores.ToArray());
        for (var run = 0; run < precision.Length; run++)
        {
            var mass = curve.MassAt(curve.Scores[run]);
            Assert.Equal(precision[run], mass.Precision!.Value, Tolerance);
            Assert.Equal(recall[run], mass.Recall!.Value, Tolerance);
        }
    }

    private static void Check(GoldenScores golden, string metric, double? actual, bool isDefined = true) =>
        Check(golden, metric, actual.HasValue, actual.GetValueOrDefault(), isDefined);

    // Where a class is absent scikit-learn warns and returns 0, 1 or -0.0; here the metric is undefined, by design.
    private static void Check(GoldenScores golden, string metric, bool hasValue, double actual, bool isDefined)
    {
        Assert.True(isDefined == hasValue, $"{metric} of {golden.Name}: defined is {hasValue}, expected {isDefined}");
        if (isDefined)
            Assert.Equal((double)golden.Expected[metric]!["value"]!, actual, Tolerance);
    }

    private sealed class GoldenScores
    {
        private readonly double[] _exactScores;
        private readonly float[] _scores;
        private readonly byte[] _labels;
        private readonly float[] _weights;

        public GoldenScores(string name)
        {
            Name = name;
            Case = s_cases.Single(node => (string)node!["name"]! == name)!;
            _exactScores = Case["score"].Doubles();
            _scores = [.. _exactScores.Select(score => (float)score)];
            _labels = [.. Case["y"].Ints().Select(label => (byte)label)];
            _weights = Case["weight"] is { } weight ? [.. weight.Doubles().Select(value => (float)value)] : [];
            // Rounding to float must not have made or broken a tie, else the ranking would be another one.
            Assert.Equal(_exactScores.Distinct().Count(), _scores.Distinct().Count());
        }

        public string Name { get; }

        public JsonNode Case { get; }

        public JsonNode Expected => Case["expected"]!;

        public bool HasPositives => _labels.Contains((byte)1);

        public bool HasNegatives => _labels.Contains((byte)0);

        public bool HasBothClasses => HasPositives && HasNegatives;

        public RankingCurve ToCurve() => RankingCurve.From(_scores, _labels, _weights);

        // d (s - y)^2 = 2 |s - y| d + d^2 for a score moved by d; d is what rounding to float really moved.
        public double BrierRounding() => MeanOverRows((score, label, moved) => (2 * Math.Abs(score - label) * moved) + (moved * moved));

        // d log p <= d / min(p, p') for the probability p of the label that came true; clipped scores of exactly 0 and 1 do not move.
        public double LogLossRounding() => MeanOverRows((score, label, moved) =>
            moved == 0 ? 0 : moved / (Math.Min(label == 1 ? score : 1 - score, 1) - moved));

        private double MeanOverRows(Func<double, byte, double, double> bound)
        {
            double sum = 0;
            double total = 0;
            for (var row = 0; row < _scores.Length; row++)
            {
                var weight = _weights.Length == 0 ? 1 : _weights[row];
                total += weight;
                sum += weight * bound(_exactScores[row], _labels[row], Math.Abs(_scores[row] - _exactScores[row]));
            }

            return sum / total;
        }
    }
}
