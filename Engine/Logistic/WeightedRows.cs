using Engine.Collectives;
using Engine.Compute;
using Engine.Data;
using Engine.Numerics;
using Engine.Resampling;

namespace Engine.Logistic;

/// <summary>The rows of a fit after resampling: original rows with weights, then rows made by the plan, as one table.</summary>
internal sealed partial class WeightedRows
{
    /// <summary>Up to one row in so many is copied to be summed; of more, all are read, and the others weigh nothing.</summary>
    private const int RowsPerCopiedRow = 16;

    private readonly SampleMatrix _rows;
    private readonly byte[] _labels;

    /// <summary>Null where every row has weight 1.</summary>
    private readonly double[]? _weights;
    private readonly double[] _offsets;

    public WeightedRows(SampleMatrix samples, Labels labels, LogisticOptions options)
    {
        var plan = options.Plan ?? ResamplingPlan.KeepAll(labels.Count);
        var kept = plan.KeptRows;
        var original = kept is { } rows ? samples.SelectForSums(rows.ToArray()) : samples;
        var synthetic = plan.SyntheticRows(samples, options.Compute);
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
        Scale = _weights is null ? 1 : Normalize();
        (NegativeWeight, PositiveWeight) = WeightsOfClasses();
    }

    /// <summary>Takes rows as they are, in the units of others.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="labels">One a row.</param>
    /// <param name="weights">What each is to weigh, of either sign, as the caller counts.</param>
    /// <param name="scale">The factor of the others' weights.</param>
    public WeightedRows(SampleMatrix rows, Labels labels, double[] weights, double scale)
    {
        _rows = rows;
        _labels = labels.Values.ToArray();
        _weights = [.. weights.Select(weight => weight * scale)];
        _offsets = [];
        Scale = scale;
        (NegativeWeight, PositiveWeight) = WeightsOfClasses();
    }

    public int FeatureCount => _rows.FeatureCount;

    public long RowCount => _rows.RowCount;

    /// <summary>Gets the power of two by which the caller's weights were multiplied, so that no step or threshold depends on their unit; 1 where there are none.</summary>
    public double Scale { get; }

    public double NegativeWeight { get; }

    public double PositiveWeight { get; }

    public bool HasOffsets => _offsets.Length > 0;

    /// <summary>Gets what was added to every offset: an intercept of the offsets as they were given is so much larger than one of these rows.</summary>
    public double MovedOffsets { get; private set; }

    public long BlockCount => _rows.BlockCount;

    /// <summary>Returns the rows as a backend takes them.</summary>
    public FitRequest ToRequest() => new(_rows, _labels) { Weights = _weights, Offsets = _offsets };

    /// <summary>Returns some of the rows as a backend takes them, each with label 0 and weight 1 for every time that it is named.</summary>
    public FitRequest ToRequest(MarkedRows marked, ComputeOptions compute)
    {
        if (marked.Count <= RowCount / RowsPerCopiedRow)
        {
            var places = marked.ToAll();
            return new FitRequest(CopyOf(_rows, places, compute), new byte[places.Length]);
        }

        var weights = new double[RowCount];
        foreach (var place in marked.Own)
            weights[place]++;
        return new FitRequest(_rows, new byte[RowCount]) { Weights = weights };
    }

    /// <summary>Marks rows, of which each rank knows those that it reads.</summary>
    /// <param name="ofBlocks">Of each block the rows that are marked, rising; null for none.</param>
    public MarkedRows Mark(List<long>?[] ofBlocks) => new(_rows, [.. ofBlocks.SelectMany(static rows => rows ?? [])]);

    /// <summary>Returns whether something is true of rows that any rank reads.</summary>
    public bool IsTrueOfAny(bool ofOwn) => _rows.IsSpread ? _rows.Share!.Collective.GatherOne(ofOwn).Contains(true) : ofOwn;

    /// <summary>Returns a label.</summary>
    public int LabelOf(long row) => _labels[row];

    /// <summary>Returns a weight, in the units of the sums.</summary>
    public double WeightOf(long row) => _weights is null ? 1 : _weights[row];

    /// <summary>Returns an offset; 0 where there are none.</summary>
    public double OffsetOf(long row) => HasOffsets ? _offsets[row] : 0;

    /// <summary>Returns the smallest, the largest and the mean offset of the rows of positive weight.</summary>
    public (double Smallest, double Largest, double Mean) SummarizeOffsets()
    {
        var (smallest, largest, mean) = (double.PositiveInfinity, double.NegativeInfinity, 0.0);
        for (var row = 0; row < _offsets.Length; row++)
        {
            if (WeightOf(row) == 0)
                continue;
            smallest = Math.Min(smallest, _offsets[row]);
            largest = Math.Max(largest, _offsets[row]);
            // Shares first: the mean of large offsets is a double, their sum need not be.
            mean += WeightOf(row) / (PositiveWeight + NegativeWeight) * _offsets[row];
        }

        return (smallest, largest, Math.Clamp(mean, smallest, largest));
    }

    /// <summary>Adds an intercept to every offset, so that no large numbers cancel in the log odds of a row.</summary>
    public void MoveOffsets(double intercept)
    {
        MovedOffsets += intercept;
        for (var row = 0; row < _offsets.Length; row++)
            _offsets[row] += intercept;
    }

    /// <summary>Sums over the rows of the model without features.</summary>
    public (double LogLikelihood, double Gradient, double Curvature) SumAtOffsets(double intercept, ParallelOptions options)
    {
        var (logLikelihood, gradient, curvature) = (0.0, 0.0, 0.0);
        BlockReduction.Sum(
            _rows.BlockCount,
            options,
            static () => new double[3],
            static partial => Array.Clear(partial),
            (partial, block) =>
            {
                var first = (int)(block * SampleMatrix.RowsPerBlock);
                for (var row = first; row < Math.Min(_offsets.Length, first + SampleMatrix.RowsPerBlock); row++)
                {
                    var weight = WeightOf(row);
                    if (weight == 0)
                        continue;
                    partial[0] += weight * Bernoulli.LogLikelihood(_labels[row], _offsets[row] + intercept, out var residual, out var rowCurvature);
                    partial[1] += weight * residual;
                    partial[2] += weight * rowCurvature;
                }
            },
            partial =>
            {
                logLikelihood += partial[0];
                gradient += partial[1];
                curvature += partial[2];
            });
        return (logLikelihood, gradient, curvature);
    }

    /// <summary>Copies rows for sums over them, which are read again and again, where memory allows.</summary>
    public static SampleMatrix CopyOf(SampleMatrix rows, long[] places, ComputeOptions compute)
    {
        var chosen = rows.SelectForSums(places);
        return chosen.IsSpread ? chosen : compute.CopyWithinLimit(chosen);
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
}
