namespace Engine.Tests.Metrics;

/// <summary>The metrics as their definitions read, in double, by counting pairs and by trying every threshold: slow, obvious, never optimised.</summary>
internal static class MetricReference
{
    public static double Auroc(IReadOnlyList<double> scores, IReadOnlyList<byte> labels, IReadOnlyList<double> weights)
    {
        double won = 0;
        double pairs = 0;
        for (var p = 0; p < scores.Count; p++)
        {
            for (var n = 0; n < scores.Count; n++)
            {
                if (labels[p] != 1 || labels[n] != 0)
                    continue;
                var pair = weights[p] * weights[n];
                pairs += pair;
                won += scores[p] > scores[n] ? pair : scores[p] == scores[n] ? pair / 2 : 0;
            }
        }

        return won / pairs;
    }

    /// <summary>Returns average precision and trapezoid area of class 1.</summary>
    public static (double Step, double Trapezoid) PrecisionRecallAreas(IReadOnlyList<double> scores, IReadOnlyList<byte> labels, IReadOnlyList<double> weights)
    {
        double step = 0;
        double trapezoid = 0;
        double previousRecall = 0;
        double previousPrecision = 1;
        var thresholds = Enumerable.Range(0, scores.Count).Where(row => weights[row] > 0).Select(row => scores[row]).Distinct().OrderDescending();
        foreach (var threshold in thresholds)
        {
            var taken = Enumerable.Range(0, scores.Count).Where(row => scores[row] >= threshold).ToArray();
            var truePositives = taken.Sum(row => labels[row] * weights[row]);
            var precision = truePositives / taken.Sum(row => weights[row]);
            var recall = truePositives / Enumerable.Range(0, scores.Count).Sum(row => labels[row] * weights[row]);
            step += (recall - previousRecall) * precision;
            trapezoid += (recall - previousRecall) * (precision + previousPrecision) / 2;
            previousRecall = recall;
            previousPrecision = precision;
        }

        return (step, trapezoid);
    }

    public static double Brier(IReadOnlyList<double> scores, IReadOnlyList<byte> labels, IReadOnlyList<double> weights) =>
        Enumerable.Range(0, scores.Count).Sum(row => weights[row] * Math.Pow(scores[row] - labels[row], 2)) / weights.Sum();
}
