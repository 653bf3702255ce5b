using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Logistic;

/// <content>Standard errors that take clusters of rows for independent.</content>
public sealed partial class LogisticFit
{
    /// <summary>Computes standard errors that hold where the rows of a cluster, such as the hours of a stay, go together.</summary>
    /// <param name="samples">n x p rows that were fitted, each once and with weight 1.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="clusters">The cluster of each row, as any number; every row by itself when empty.</param>
    /// <param name="options">How to use the machine; every core when null.</param>
    /// <returns>One error a coefficient, intercept first where there is one.</returns>
    /// <remarks>
    /// <para><b>Computes</b> the sandwich: with g the sum of (label - probability) x (1, features) over the rows of a cluster and H the inverse (penalized) information, the variance of
    /// coefficient j is m / (m - 1) times the sum of (row j of H g)² over the m clusters.</para>
    /// <para><b>Source</b>: Liang, Zeger, Longitudinal data analysis using generalized linear models, Biometrika 73 (1986).</para>
    /// </remarks>
    /// <exception cref="ArgumentException">Lengths differ, or there are other features than were fitted.</exception>
    /// <exception cref="InvalidOperationException">The fit was made with offsets; another overload takes them.</exception>
    public double[] ClusteredErrors(SampleMatrix samples, Labels labels, ReadOnlySpan<int> clusters, ComputeOptions? options = null)
    {
        RequireNoOffsets();
        return ErrorsOf(samples, labels, clusters, [], options);
    }

    /// <summary>Computes standard errors that hold where the rows of a cluster go together, of a fit that was made with offsets.</summary>
    /// <param name="samples">n x p rows that were fitted, each once and with weight 1.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="clusters">The cluster of each row, as any number; every row by itself when empty.</param>
    /// <param name="offsets">The n offsets of the fit.</param>
    /// <param name="options">How to use the machine; every core when null.</param>
    /// <returns>As in the other overload.</returns>
    /// <exception cref="ArgumentException">Lengths differ, an offset is not finite, or there are other features than were fitted.</exception>
    public double[] ClusteredErrors(SampleMatrix samples, Labels labels, ReadOnlySpan<int> clusters, ReadOnlySpan<double> offsets, ComputeOptions? options = null)
    {
        CheckOffsets(samples, offsets);
        return ErrorsOf(samples, labels, clusters, offsets, options);
    }

    private double[] ErrorsOf(SampleMatrix samples, Labels labels, ReadOnlySpan<int> clusters, ReadOnlySpan<double> offsets, ComputeOptions? options)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(labels);
        options ??= ComputeOptions.Default;
        if (labels.Count != samples.RowCount)
            Throw.Argument_LengthsDiffer(nameof(labels), labels.Count, nameof(samples), samples.RowCount);
        if (!clusters.IsEmpty && clusters.Length != labels.Count)
            Throw.Argument_LengthsDiffer(nameof(clusters), clusters.Length, nameof(labels), labels.Count);
        var scores = ScoresOf(samples, labels, clusters, offsets, options);
        var errors = new double[Coefficients.Length];
        // The first entry makes a fit that shared its passes compute them all.
        _ = CovarianceOf(0, 0);
        ParallelLoop.For(0, errors.Length, options.ToParallelOptions(), coefficient =>
        {
            var row = new double[errors.Length];
            for (var other = 0; other < row.Length; other++)
                row[other] = CovarianceOf(coefficient, other);
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

    private double[][] ScoresOf(SampleMatrix samples, Labels labels, ReadOnlySpan<int> clusters, ReadOnlySpan<double> offsets, ComputeOptions options)
    {
        using var hold = samples.Hold();
        var scores = new SortedDictionary<int, double[]>();
        var logOdds = new double[labels.Count];
        Predict<LogOdds, double>(samples, logOdds, nameof(logOdds), offsets, options);
        var features = new float[samples.FeatureCount];
        for (var row = 0; row < labels.Count; row++)
        {
            var cluster = clusters.IsEmpty ? row : clusters[row];
            if (!scores.TryGetValue(cluster, out var score))
                scores.Add(cluster, score = new double[Coefficients.Length]);
            samples.CopyRow(row, features);
            // What is left of a probability near 1 is no difference from it.
            _ = Bernoulli.Odds(labels[row], logOdds[row], out var residual, out _, out _);
            if (HasIntercept)
                score[0] += residual;
            for (var feature = 0; feature < features.Length; feature++)
                score[feature + InterceptCount] += residual * features[feature];
        }

        return [.. scores.Values];
    }
}
