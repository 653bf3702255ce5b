using Engine.Compute;
using Engine.Numerics.Distances;

namespace Engine.Gpu.Ilgpu.Search;

/// <summary>Keeps the k nearest rows of every query, in the caller's memory.</summary>
internal sealed unsafe class NearestRanking(NeighborRequest request, long* indices, float* distances) : IRanking
{
    private readonly int _k = request.NeighborCount;
    private int[] _counts = [];
    private long _first;

    public void Begin(long firstQuery, int count)
    {
        _first = firstQuery;
        _counts = new int[count];
    }

    public float LimitOf(int query) => _counts[query] < _k ? float.PositiveInfinity : distances[((_first + query) * _k) + _k - 1];

    public bool MayFind(int query, long row) =>
        (!request.ExcludeSelf || row != _first + query) && (request.Excluded.IsEmpty || row != request.Excluded.Span[(int)_first + query]);

    public void Offer(int query, long row, float distance)
    {
        var start = (_first + query) * _k;
        NearestList.Offer(new Span<long>(indices + start, _k), new Span<float>(distances + start, _k), ref _counts[query], row, distance);
    }

    public void End()
    {
    }
}
