using System.Runtime.InteropServices;
using Engine.Compute;
using Engine.Numerics.Distances;

namespace Engine.Gpu.Ilgpu.Search;

/// <summary>Keeps all rows within a distance of every query, and hands them over when a batch is done.</summary>
internal sealed class RadiusRanking(Metric metric, RadiusRequest request, FoundWithin found) : IRanking
{
    private readonly float _limit = request.CanonicalLimit(metric);
    private List<(float Distance, long Row)>[] _rows = [];
    private long _first;

    public void Begin(long firstQuery, int count)
    {
        _first = firstQuery;
        _rows = new List<(float Distance, long Row)>[count];
        for (var query = 0; query < count; query++)
            _rows[query] = [];
    }

    public float LimitOf(int query) => _limit;

    public bool MayFind(int query, long row) => !request.ExcludeSelf || row != _first + query;

    public void Offer(int query, long row, float distance)
    {
        if (request.ToUnit(metric, distance) <= request.Radius)
            _rows[query].Add((distance, row));
    }

    public void End()
    {
        for (var query = 0; query < _rows.Length; query++)
        {
            CollectionsMarshal.AsSpan(_rows[query]).Sort();
            found(
                _first + query,
                [.. _rows[query].Select(pair => pair.Row)],
                [.. _rows[query].Select(pair => request.ToUnit(metric, pair.Distance))]);
        }
    }
}
