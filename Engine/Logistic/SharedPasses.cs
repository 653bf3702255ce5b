using Engine.Compute;
using Engine.Data;

namespace Engine.Logistic;

/// <summary>Models that weigh few rows otherwise than the first of them, and those rows.</summary>
internal sealed class SharedPasses
{
    /// <summary>Of so many rows one may be weighed otherwise: summed by themselves for each model, more would cost what sharing saves.</summary>
    private const int LargestShare = 16;

    private readonly SampleMatrix _samples;
    private readonly Labels _labels;
    private readonly WeightedRows _rows;
    private readonly IReadOnlyList<LogisticOptions> _options;
    private readonly int[] _models;
    private readonly SampleMatrix _ownRows;
    private readonly Labels _ownLabels;
    private readonly long[] _own;

    private SharedPasses(SampleMatrix samples, Labels labels, WeightedRows rows, IReadOnlyList<LogisticOptions> options, int[] models, long[] own)
    {
        (_samples, _labels, _rows, _options, _models, _own) = (samples, labels, rows, options, models, own);
        _ownRows = WeightedRows.CopyOf(samples, own, options[0].Compute);
        _ownLabels = labels.Select(own);
    }

    /// <summary>Finds the models that can share the passes of the first.</summary>
    /// <returns>Null when there are none, or too few rows for it to pay.</returns>
    public static SharedPasses? Find(SampleMatrix samples, Labels labels, WeightedRows rows, IReadOnlyList<LogisticOptions> options)
    {
        if (rows.BlockCount < SampleStart.BlocksForSample || !CanShare(options[0], options[0]))
            return null;
        var models = Enumerable.Range(1, options.Count - 1).Where(model => CanShare(options[0], options[model])).ToArray();
        var own = models.Prepend(0).SelectMany(model => options[model].Plan?.RowsNotUsedOnce() ?? []).Distinct().Order().ToArray();
        return models.Length == 0 || own.Length == 0 || own.Length > samples.RowCount / LargestShare ? null : new SharedPasses(samples, labels, rows, options, models, own);
    }

    /// <summary>Fits the models.</summary>
    /// <param name="firstSums">The sums of the first model at its optimum.</param>
    /// <param name="fits">The fits of all models: holds the first, receives those that came to their optimum.</param>
    public void Run(NormalEquations firstSums, LogisticFit?[] fits)
    {
        using var likelihood = new PenalizedLikelihood(_rows, _options[0] with { RidgePenalty = 0 });
        var weights = _models.Select(WeightsBeyondFirst).ToArray();
        var found = Run(likelihood, fits[0]!.Coefficients.ToArray(), firstSums, weights);
        for (var i = 0; i < _models.Length; i++)
        {
            if (found[i] is { } fit)
                fits[_models[i]] = ToFit(fit, _options[_models[i]], weights[i]);
        }
    }

    private WarmStartedFit?[] Run(PenalizedLikelihood likelihood, double[] point, NormalEquations sums, double[][] weights)
    {
        var own = new List<PenalizedLikelihood>();
        try
        {
            for (var i = 0; i < weights.Length; i++)
                own.Add(new PenalizedLikelihood(new WeightedRows(_ownRows, _ownLabels, weights[i], _rows.Scale), _options[_models[i]]));
            using var fits = new WarmStartedFits(likelihood, point, sums);
            return fits.Run(own, [.. _models.Select(model => _options[model].Tolerance)]);
        }
        finally
        {
            foreach (var rows in own)
                rows.Dispose();
        }
    }

    private static bool CanShare(LogisticOptions first, LogisticOptions other) =>
        other.Offsets.IsEmpty
        && ReferenceEquals(other.Compute.Backend, first.Compute.Backend)
        && other.HasIntercept == first.HasIntercept
        && other.SampleWeights.Equals(first.SampleWeights)
        && other.Plan is null or { KeptRows: null, Synthetic.Length: 0 };

    /// <summary>Returns how much more a model weighs each of the rows that any model weighs otherwise.</summary>
    private double[] WeightsBeyondFirst(int model)
    {
        var weights = new double[_own.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            var row = (int)_own[i];
            var more = (_options[model].Plan?.MultiplicityOf(row) ?? 1) - (_options[0].Plan?.MultiplicityOf(row) ?? 1);
            weights[i] = more * (_options[0].SampleWeights.IsEmpty ? 1 : _options[0].SampleWeights.Span[row]);
        }

        return weights;
    }

    private LogisticFit ToFit(WarmStartedFit fit, LogisticOptions options, double[] weightsBeyondFirst)
    {
        var scale = _rows.Scale;
        var (positive, negative) = (_rows.PositiveWeight / scale, _rows.NegativeWeight / scale);
        for (var i = 0; i < weightsBeyondFirst.Length; i++)
        {
            if (_ownLabels[i] == 1)
                positive += weightsBeyondFirst[i];
            else
                negative += weightsBeyondFirst[i];
        }

        var (samples, labels) = (_samples, _labels);
        return new LogisticFit(FitStatus.Converged, options.HasIntercept, fit.Coefficients, Covariance, scale)
        {
            HasOffsets = !options.Offsets.IsEmpty,
            HasAddedRows = options.Plan is { AddsRows: true },
            LeftOutCoefficients = [],
            SeparatingCoefficients = [],
            TotalWeight = positive + negative,
            LogLikelihood = fit.LogLikelihood / scale,
            NullDeviance = -2 * NullModel.Of(positive, negative, options.HasIntercept).LogLikelihood,
            Iterations = fit.Passes,
        };

        double[] Covariance()
        {
            using var likelihood = new PenalizedLikelihood(new WeightedRows(samples, labels, options), options);
            // Other weights may have been brought to the size of counts by another power of two.
            return [.. likelihood.CovarianceOfDesign(likelihood.Factorize(likelihood.Sum(fit.Coefficients)).Inverse()).Select(value => value * (likelihood.Rows.Scale / scale))];
        }
    }
}
