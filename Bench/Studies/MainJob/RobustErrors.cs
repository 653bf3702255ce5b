using Engine.Data;
using Engine.Logistic;

namespace Bench.Studies.MainJob;

/// <summary>Standard errors of a fit's coefficients that take stays, not rows, for independent.</summary>
/// <remarks>
/// <para><b>Computes</b> the sandwich: with g the sum of (label - probability) x (1, features) over the rows of a stay and H the inverse (penalized) information, the variance of
/// coefficient j is m / (m - 1) times the sum of (row j of H g)² over the m stays.</para>
/// <para><b>Source</b>: Liang, Zeger, Longitudinal data analysis using generalized linear models, Biometrika 73 (1986).</para>
/// </remarks>
internal static class RobustErrors
{
    /// <summary>Computes one standard error a coefficient, intercept first.</summary>
    /// <param name="fit">A converged fit with an intercept.</param>
    /// <param name="samples">The rows that were fitted, each once.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="stays">The stay of each row.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static double[] Of(LogisticFit fit, SampleMatrix samples, Labels labels, int[] stays, CancellationToken cancellation)
    {
        var scores = ScoresOf(fit, samples, labels, stays);
        var errors = new double[fit.Coefficients.Length];
        // The first entry makes a fit that shared its passes compute them all.
        _ = fit.CovarianceOf(0, 0);
        Parallel.For(0, errors.Length, new ParallelOptions { CancellationToken = cancellation }, coefficient =>
        {
            var row = new double[errors.Length];
            for (var other = 0; other < row.Length; other++)
                row[other] = fit.CovarianceOf(coefficient, other);
            var sum = 0.0;
            foreach (var score in scores)
            {
                var influence = 0.0;
                for (var other = 0; other < row.Length; other++)
                    influence += row[other] * score[other];
                sum += influence * influence;
            }

            errors[coefficient] = Math.Sqrt(sum * scores.Length / Math.Max(1, scores.Length - 1));
        });
        return errors;
    }

    private static double[][] ScoresOf(LogisticFit fit, SampleMatrix samples, Labels labels, int[] stays)
    {
        var scores = new SortedDictionary<int, double[]>();
        var probabilities = new float[labels.Count];
        fit.PredictProbability(samples, probabilities);
        var features = new float[samples.FeatureCount];
        for (var row = 0; row < stays.Length; row++)
        {
            if (!scores.TryGetValue(stays[row], out var score))
                scores.Add(stays[row], score = new double[fit.Coefficients.Length]);
            samples.CopyRow(row, features);
            var residual = labels[row] - (double)probabilities[row];
            score[0] += residual;
            for (var feature = 0; feature < features.Length; feature++)
                score[feature + 1] += residual * features[feature];
        }

        return [.. scores.Values];
    }
}
