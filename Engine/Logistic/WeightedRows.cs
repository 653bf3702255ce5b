using Engine.Compute;
using Engine.Data;
using Engine.Numerics;
using Engine.Resampling;

namespace Engine.Logistic;

/// <summary>The rows of a fit after resampling: original rows with weights, then rows made by the plan, as one table.</summary>
internal sealed partial class WeightedRows
{
    private const double LargestNullStep = 8;
    private const int LargestNullIterations = 200;

    private readonly SampleMatrix _rows;
    private readonly byte[] _labels;

    /// <summary>Null where every row has weight 1.</summary>
    private readonly double[]? _weights;
    private readonly double[] _offsets;

    public WeightedRows(SampleMatrix samples, Labels labels, LogisticOptions options)
    {
        var plan = options.Plan ?? ResamplingPlan.KeepAll(labels.Count);
        var kept = plan.KeptRows;
        var original = kept is { } rows ? samples.SelectRows(rows) : samples;
        var synthetic = plan.SyntheticRows(samples, options.Backend);
        _rows = synthetic.RowCount == 0 ? original : JoinedRows.Join(original, synthetic);
        _labels = new byte[_rows.RowCount];
        var repeated = kept is null ? plan.RowsNotUsedOnce() : [];
        if (!options.SampleWeights.IsEmpty || repeated.Count > 0)
            _weights = new double[_labels.Length];
        _offsets = options.Offsets.IsEmpty ? [] : new double[_labels.Length];
        if (kept is { } chosen)
            TakeRows(chosen.Span, labels, options);
        else
            TakeAllRows(plan, repeated, labels, options);
        for (var i = 0; i < synthetic.RowCount; i++)
            _labels[original.RowCount + i] = plan.SyntheticLabelOf(i);
        _weights?.AsSpan((int)original.RowCount).Fill(1);
        (NegativeWeight, PositiveWeight) = WeightsOfClasses();
    }

    public int FeatureCount => _rows.FeatureCount;

    public double NegativeWeight { get; }

    public double PositiveWeight { get; }

    public bool HasOffsets => _offsets.Length > 0;

    public long BlockCount => _rows.BlockCount;

    /// <summary>Returns the rows as a backend takes them.</summary>
    public FitRequest ToRequest() => new(_rows, _labels) { Weights = _weights, Offsets = _offsets };

    /// <summary>Computes the log-likelihood of the model without features from the weights of the classes.</summary>
    public static double NullLogLikelihood(double positiveWeight, double negativeWeight, bool hasIntercept)
    {
        var share = hasIntercept ? positiveWeight / (positiveWeight + negativeWeight) : 0.5;
        return (positiveWeight * PortableMath.Log(share)) + (negativeWeight * PortableMath.Log(1 - share));
    }

    /// <summary>Finds the log-likelihood of the model without features: an intercept, if there is one, and the offsets.</summary>
    public double NullLogLikelihood(bool hasIntercept)
    {
        if (!HasOffsets)
            return NullLogLikelihood(PositiveWeight, NegativeWeight, hasIntercept);
        var total = PositiveWeight + NegativeWeight;
        var intercept = 0.0;
        var sums = NullSums(intercept);
        for (var iteration = 0; hasIntercept && iteration < LargestNullIterations; iteration++)
        {
            // Where every probability is 0 or 1 there is no curvature, and Newton's step no bound.
            var step = sums.Curvature > 0 ? Math.Clamp(sums.Gradient / sums.Curvature, -LargestNullStep, LargestNullStep) : Math.CopySign(LargestNullStep, sums.Gradient);
            if (Math.Abs(sums.Gradient * step) <= 1e-20 * total)
                break;
            intercept += step;
            sums = NullSums(intercept);
        }

        return sums.LogLikelihood;
    }

    private (double LogLikelihood, double Gradient, double Curvature) NullSums(double intercept)
    {
        var (logLikelihood, gradient, curvature) = (0.0, 0.0, 0.0);
        for (var i = 0; i < _offsets.Length; i++)
        {
            var eta = _offsets[i] + intercept;
            var weight = WeightOf(i);
            logLikelihood += weight * Bernoulli.LogLikelihood(_labels[i], eta, out var probability);
            gradient += weight * (_labels[i] - probability);
            curvature += weight * probability * (1 - probability);
        }

        return (logLikelihood, gradient, curvature);
    }

    private void TakeRows(ReadOnlySpan<long> rows, Labels labels, LogisticOptions options)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var row = (int)rows[i];
            _labels[i] = labels[row];
            if (!options.SampleWeights.IsEmpty)
                _weights![i] = options.SampleWeights.Span[row];
            if (_offsets.Length > 0)
                _offsets[i] = options.Offsets.Span[row];
        }
    }

    private void TakeAllRows(ResamplingPlan plan, IReadOnlyList<long> repeated, Labels labels, LogisticOptions options)
    {
        labels.Values.CopyTo(_labels);
        options.Offsets.Span.CopyTo(_offsets);
        if (_weights is null)
            return;
        if (options.SampleWeights.IsEmpty)
            _weights.AsSpan(0, labels.Count).Fill(1);
        else
            options.SampleWeights.Span.CopyTo(_weights);
        foreach (var row in repeated)
            _weights[row] *= plan.MultiplicityOf((int)row);
    }

    private double WeightOf(int row) => _weights is null ? 1 : _weights[row];

    private (double Negative, double Positive) WeightsOfClasses()
    {
        if (_weights is null)
        {
            var positiveCount = _labels.AsSpan().Count((byte)1);
            return (_labels.Length - positiveCount, positiveCount);
        }

        var (negative, positive) = (0.0, 0.0);
        for (var i = 0; i < _labels.Length; i++)
        {
            negative += (1 - _labels[i]) * _weights[i];
            positive += _labels[i] * _weights[i];
        }

        return (negative, positive);
    }
}
