using Engine.Compute;
using Engine.Compute.Irls;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>The passes over the rows of <see cref="LogisticFit.RobustErrors"/>.</summary>
internal sealed class Sandwich
{
    private readonly SampleMatrix _samples;
    private readonly RobustOptions _robust;
    private readonly ComputeOptions _compute;
    private readonly bool _hasIntercept;
    private readonly double[] _inverse;
    private readonly int _size;
    private readonly int _estimatedCount;
    private readonly double _scale;
    private readonly int[] _rows;

    /// <summary>Times the scale, by which the inverse information is divided: so that both are doubles whatever the unit of the weights. It cancels in the sandwich.</summary>
    private readonly double[] _weights;

    /// <summary>Label - probability.</summary>
    private readonly double[] _residuals;

    /// <summary>Predicts the rows.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="inverse">Its inverse information, for weights times the scale.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="samples">n x p.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="robust">Which rows go together.</param>
    /// <param name="fitted">What was fitted.</param>
    public Sandwich(LogisticFit fit, double[] inverse, double scale, SampleMatrix samples, Labels labels, RobustOptions robust, LogisticOptions fitted)
    {
        (_samples, _robust, _compute, _inverse, _scale) = (samples, robust, fitted.Compute, inverse, scale);
        (_hasIntercept, _size) = (fit.HasIntercept, fit.Coefficients.Length);
        _estimatedCount = _size - fit.LeftOutCoefficients.Count;
        _weights = WeightsOf(labels.Count, fitted, scale);
        _rows = [.. Enumerable.Range(0, labels.Count).Where(row => _weights[row] > 0)];
        _residuals = ResidualsOf(fit, samples, labels, fitted);
    }

    /// <summary>Gets n.</summary>
    private double Counted => _robust.HasCountsAsWeights ? _weights.Sum() / _scale : _rows.Length;

    /// <summary>Computes the covariance.</summary>
    /// <returns>One row and one column a coefficient; and the number of clusters, by two ways the smaller.</returns>
    public (double[] Covariance, int ClusterCount) Covariance()
    {
        var (first, second) = (_robust.Clusters, _robust.CrossedClusters);
        if (first.IsEmpty)
            return (Times(ProductsOfRows(), Counted, "samples"), _rows.Length);
        var clusters = RowsByCluster.Of(_rows, row => first.Span[row]);
        var covariance = Times(clusters, nameof(_robust.Clusters));
        if (second.IsEmpty)
            return (covariance, clusters.Count);
        var crossed = RowsByCluster.Of(_rows, row => second.Span[row]);
        DoubleVector.AddScaled(covariance, 1, Times(crossed, nameof(_robust.CrossedClusters)));
        DoubleVector.AddScaled(covariance, -1, Times(RowsByCluster.Of(_rows, row => (first.Span[row], second.Span[row])), nameof(_robust.Clusters)));
        return (covariance, Math.Min(clusters.Count, crossed.Count));
    }

    private static double[] WeightsOf(int rowCount, LogisticOptions fitted, double scale)
    {
        var weights = new double[rowCount];
        for (var row = 0; row < rowCount; row++)
            weights[row] = scale * (fitted.SampleWeights.IsEmpty ? 1 : fitted.SampleWeights.Span[row]) * (fitted.Plan?.MultiplicityOf(row) ?? 1);
        return weights;
    }

    private static double[] ResidualsOf(LogisticFit fit, SampleMatrix samples, Labels labels, LogisticOptions fitted)
    {
        var values = new double[labels.Count];
        if (fitted.Offsets.IsEmpty)
            fit.PredictLogOdds(samples, values, fitted.Compute);
        else
            fit.PredictLogOdds(samples, values, fitted.Offsets.Span, fitted.Compute);
        ParallelLoop.For(0L, samples.BlockCount, fitted.Compute.ToParallelOptions(), block =>
        {
            var first = (int)(block * SampleMatrix.RowsPerBlock);
            for (var row = first; row < Math.Min(values.Length, first + SampleMatrix.RowsPerBlock); row++)
            {
                // What is left of a probability near 1 is no difference from it.
                _ = Bernoulli.Odds(labels[row], values[row], out values[row], out _, out _);
            }
        });
        return values;
    }

    private double[] Times(RowsByCluster clusters, string name)
    {
        if (clusters.Count < 2)
            Throw.Argument_Invalid(name, $"the rows are of {clusters.Count:N0} cluster, and variances need at least 2; give the clusters of more patients, or none.");
        return Times(ProductsOf(clusters), clusters.Count, name);
    }

    /// <summary>Returns the sandwich around products.</summary>
    private double[] Times(double[] products, double clusterCount, string name)
    {
        if (!products.All(double.IsFinite))
            _samples.EnsureFinite("samples");
        var factor = _robust.Factor == SmallSampleFactor.None ? 1 : clusterCount / (clusterCount - 1);
        if (_robust.Factor == SmallSampleFactor.ClustersAndCoefficients)
        {
            if (Counted <= _estimatedCount)
                Throw.Argument_Invalid(name, $"{Counted:N0} rows are no more than the {_estimatedCount:N0} coefficients; the factor (n - 1) / (n - k) needs more. Take {nameof(SmallSampleFactor)}.{nameof(SmallSampleFactor.Clusters)}.");
            factor *= (Counted - 1) / (Counted - _estimatedCount);
        }

        var (half, covariance) = (new double[_size * _size], new double[_size * _size]);
        for (var i = 0; i < _size; i++)
        {
            for (var j = 0; j < _size; j++)
                half[(i * _size) + j] = DoubleVector.Dot(Row(_inverse, i), Row(products, j));
        }

        for (var i = 0; i < _size; i++)
        {
            for (var j = 0; j <= i; j++)
                covariance[(i * _size) + j] = covariance[(j * _size) + i] = factor * DoubleVector.Dot(Row(half, i), Row(_inverse, j));
            // A sum of squares, below 0 by rounding only.
            covariance[(i * _size) + i] = Math.Max(0, covariance[(i * _size) + i]);
        }

        return covariance;
    }

    /// <summary>Sums the products of every row's scores: the Hessian of a model that knows nothing, whose curvatures are 1/4, with other weights.</summary>
    private double[] ProductsOfRows()
    {
        var weights = new double[_weights.Length];
        foreach (var row in _rows)
            weights[row] = 4 * (_robust.HasCountsAsWeights ? _scale : _weights[row]) * _weights[row] * _residuals[row] * _residuals[row];
        var sums = new NormalEquations(_size);
        new SimdFitRows(new FitRequest(_samples, new byte[weights.Length]) { Weights = weights }, _compute).Accumulate(new double[_size], sums);
        var products = new double[_size * _size];
        for (var i = 0; i < _size; i++)
        {
            for (var j = 0; j <= i; j++)
                products[(PlaceOf(i) * _size) + PlaceOf(j)] = products[(PlaceOf(j) * _size) + PlaceOf(i)] = sums.Hessian[(i * sums.Stride) + j];
        }

        return products;

        // The sums have the intercept last.
        int PlaceOf(int column) => !_hasIntercept ? column : (column + 1) % _size;
    }

    /// <summary>Sums the products of the clusters' scores.</summary>
    private double[] ProductsOf(RowsByCluster clusters)
    {
        const int PerBlock = ClusterScores.ClustersPerBlock;
        var ofRanks = _samples.IsSpread ? new ClusterScores(_samples, clusters, _size, (rows, score) => AddScores(rows, new float[_samples.FeatureCount], score), _compute.ToParallelOptions()) : null;
        var sums = new VectorSum(_size * _size);
        BlockReduction.Sum(
            ofRanks?.Share,
            (clusters.Count + PerBlock - 1) / PerBlock,
            _compute.ToParallelOptions(),
            () => (Products: new VectorSum(_size * _size), Score: new double[_size], Features: new float[_samples.FeatureCount]),
            static partial => partial.Products,
            (partial, block) =>
            {
                var first = (int)block * PerBlock;
                for (var cluster = first; cluster < Math.Min(clusters.Count, first + PerBlock); cluster++)
                {
                    var score = ofRanks?.Of(cluster) ?? partial.Score;
                    if (ofRanks is null)
                    {
                        Array.Clear(score);
                        AddScores(clusters.Rows.AsSpan(clusters.Starts[cluster]..clusters.Starts[cluster + 1]), partial.Features, score);
                    }

                    for (var i = 0; i < _size; i++)
                        DoubleVector.AddScaled(partial.Products.Values.AsSpan(i * _size, i + 1), score[i], score.AsSpan(0, i + 1));
                }
            },
            sums);
        var products = sums.Values;
        for (var i = 0; i < _size; i++)
        {
            for (var j = 0; j < i; j++)
                products[(j * _size) + i] = products[(i * _size) + j];
        }

        return products;
    }

    private void AddScores(ReadOnlySpan<int> rows, float[] features, double[] score)
    {
        foreach (var row in rows)
        {
            _samples.CopyRow(row, features);
            var residual = _weights[row] * _residuals[row];
            var slopes = score.AsSpan(_size - features.Length);
            if (_hasIntercept)
                score[0] += residual;
            for (var feature = 0; feature < features.Length; feature++)
                slopes[feature] += residual * features[feature];
        }
    }

    private ReadOnlySpan<double> Row(double[] matrix, int row) => matrix.AsSpan(row * _size, _size);
}
