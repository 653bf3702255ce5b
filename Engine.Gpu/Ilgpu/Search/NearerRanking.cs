using Engine.Compute;

namespace Engine.Gpu.Ilgpu.Search;

/// <summary>Counts rows that come before the limit of each query, until it has as many as it needs.</summary>
internal sealed unsafe class NearerRanking(NearerRequest request, int* needed) : IRanking
{
    private long _first;

    public void Begin(long firstQuery, int count) => _first = firstQuery;

    public float LimitOf(int query) => needed[_first + query] > 0 ? request.LimitDistances.Span[(int)_first + query] : 0;

    public bool MayFind(int query, long row) => needed[_first + query] > 0 && row != request.Rows.Span[(int)_first + query];

    public void Offer(int query, long row, float distance)
    {
        var place = (int)_first + query;
        var limit = request.LimitDistances.Span[place];
        if (needed[place] > 0 && (distance < limit || (distance == limit && row < request.LimitRows.Span[place])))
            needed[place]--;
    }

    public void End()
    {
    }
}
