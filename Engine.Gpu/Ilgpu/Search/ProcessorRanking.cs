using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;
using ILGPU.Runtime;

namespace Engine.Gpu.Ilgpu.Search;

/// <summary>Fetches pairs and ranks them on the processor: what keeps all rows within a distance, counts rows, or keeps many.</summary>
internal sealed class ProcessorRanking : IPairRanking
{
    private readonly IRanking _ranking;
    private readonly SampleMatrix _reference;
    private readonly Func<long, long> _rowAt;
    private readonly Metric _metric;
    private readonly DistanceScale _scale;
    private readonly ParallelOptions _parallel;
    private readonly AcceleratorStream _stream;
    private readonly long[] _pairs;
    private readonly float[] _values;
    private int _queryCount;

    /// <summary>Prepares to rank.</summary>
    /// <param name="device">The device that filters.</param>
    /// <param name="ranking">What keeps the rows.</param>
    /// <param name="index">The index that is searched.</param>
    /// <param name="rowAt">Returns the row of the reference at a place of the index.</param>
    /// <param name="scale">The scale of the search.</param>
    /// <param name="batch">The most queries at a time.</param>
    /// <param name="pairCapacity">The most pairs at a time.</param>
    /// <param name="options">How to use the machine.</param>
    public ProcessorRanking(IlgpuDevice device, IRanking ranking, INeighborIndex index, Func<long, long> rowAt, DistanceScale scale, int batch, int pairCapacity, ComputeOptions options)
    {
        (_ranking, _reference, _rowAt, _metric, _scale, _parallel) = (ranking, index.Reference, rowAt, index.Metric, scale, options.ToParallelOptions());
        _stream = device.Accelerator.CreateStream();
        _pairs = new long[pairCapacity];
        _values = new float[batch * _reference.Stride];
    }

    /// <inheritdoc/>
    public long RankedPairs { get; private set; }

    /// <inheritdoc/>
    public void Begin(long firstQuery, int count, ReadOnlySpan<float> values, DeviceRows queries)
    {
        values.CopyTo(_values);
        _queryCount = count;
        _ranking.Begin(firstQuery, count);
    }

    /// <inheritdoc/>
    public void Start(StepPairs pairs)
    {
        if (pairs.Count == 0)
            return;
        pairs.Pairs.SubView(0, pairs.Count).CopyToCPU(_stream, _pairs.AsSpan(0, pairs.Count));
        _stream.Synchronize();
        var found = _pairs.AsSpan(0, pairs.Count);
        Func<int, long> rowOf = place => _rowAt(pairs.FirstRow + place);
        RankedPairs += (_metric, _scale) switch
        {
            (Metric.L1, _) => PairRanking.Rank<AbsoluteDifference>(found, _values, _queryCount, _reference, rowOf, _ranking, _parallel),
            (_, DistanceScale.Small) => PairRanking.Rank<SmallSquaredDifference>(found, _values, _queryCount, _reference, rowOf, _ranking, _parallel),
            (_, DistanceScale.Large) => PairRanking.Rank<LargeSquaredDifference>(found, _values, _queryCount, _reference, rowOf, _ranking, _parallel),
            _ => PairRanking.Rank<SquaredDifference>(found, _values, _queryCount, _reference, rowOf, _ranking, _parallel),
        };
    }

    /// <inheritdoc/>
    public void Finish()
    {
    }

    /// <inheritdoc/>
    public void CopyLimits(Span<float> limits)
    {
        for (var query = 0; query < limits.Length; query++)
            limits[query] = _ranking.LimitOf(query);
    }

    /// <inheritdoc/>
    public void End() => _ranking.End();

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
