using System.Runtime.InteropServices;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;

namespace Engine.Interop;

/// <summary>Entry points of the neighbor searches.</summary>
internal static unsafe class NeighborEntries
{
    /// <summary>Prepares a search over rows that the caller keeps as they are until the handle is closed.</summary>
    /// <param name="call">What the call brings.</param>
    /// <param name="reference">n x p.</param>
    /// <param name="metric">A <see cref="Metric"/>.</param>
    /// <param name="handle">Receives the search.</param>
    /// <returns>A <see cref="NativeStatus"/>.</returns>
    [UnmanagedCallersOnly]
    public static int Build(NativeCall* call, NativeMatrix* reference, int metric, long* handle) => NativeCall.Run(call, compute =>
    {
        var rows = reference->Wrap();
        *handle = NativeHandles.Open(new OpenSearch(rows, NearestNeighbors.Build(rows, (Metric)metric, new() { Compute = compute })));
    });

    /// <summary>Finds the nearest rows.</summary>
    /// <param name="call">What the call brings.</param>
    /// <param name="handle">The search.</param>
    /// <param name="queries">m x p; null for the rows that were prepared, of which none finds itself.</param>
    /// <param name="neighborCount">k.</param>
    /// <param name="indices">Receives m x k rows.</param>
    /// <param name="distances">Receives m x k distances.</param>
    /// <returns>A <see cref="NativeStatus"/>.</returns>
    [UnmanagedCallersOnly]
    public static int Search(NativeCall* call, long handle, NativeMatrix* queries, int neighborCount, long* indices, float* distances) => NativeCall.Run(call, compute =>
    {
        var open = NativeHandles.Get<OpenSearch>(handle);
        var rows = queries is null ? open.Rows : queries->Wrap();
        // A k below 1 is told by the search.
        var length = rows.RowCount * Math.Max(neighborCount, 0L);
        open.Neighbors.Search(
            rows, neighborCount, NativeArrays.SpanOf(indices, length), NativeArrays.SpanOf(distances, length), new() { ExcludeSelf = queries is null, Compute = compute });
    });

    /// <summary>Finds all rows within a distance.</summary>
    /// <param name="call">What the call brings.</param>
    /// <param name="handle">The search.</param>
    /// <param name="queries">m x p; null for the rows that were prepared, of which none finds itself.</param>
    /// <param name="radius">The largest distance.</param>
    /// <param name="counts">Receives m numbers of rows.</param>
    /// <param name="found">Receives the rows, for <see cref="ReadWithin"/>.</param>
    /// <returns>A <see cref="NativeStatus"/>.</returns>
    [UnmanagedCallersOnly]
    public static int SearchWithin(NativeCall* call, long handle, NativeMatrix* queries, float radius, long* counts, long* found) => NativeCall.Run(call, compute =>
    {
        var open = NativeHandles.Get<OpenSearch>(handle);
        var table = open.Neighbors.SearchWithin(queries is null ? open.Rows : queries->Wrap(), radius, new() { ExcludeSelf = queries is null, Compute = compute });
        for (var query = 0; query < table.QueryCount; query++)
            counts[query] = table.IndicesOf(query).Length;
        *found = NativeHandles.Open(table);
    });

    /// <summary>Copies what <see cref="SearchWithin"/> found, query after query.</summary>
    /// <param name="call">What the call brings.</param>
    /// <param name="found">The rows.</param>
    /// <param name="indices">Receives as many rows as there are in all.</param>
    /// <param name="distances">Receives as many distances.</param>
    /// <returns>A <see cref="NativeStatus"/>.</returns>
    [UnmanagedCallersOnly]
    public static int ReadWithin(NativeCall* call, long found, long* indices, float* distances) => NativeCall.Run(call, _ =>
    {
        var table = NativeHandles.Get<RadiusTable>(found);
        var first = 0L;
        for (var query = 0; query < table.QueryCount; query++)
        {
            var count = table.IndicesOf(query).Length;
            table.IndicesOf(query).CopyTo(new Span<long>(indices + first, count));
            table.DistancesOf(query).CopyTo(new Span<float>(distances + first, count));
            first += count;
        }
    });

    /// <summary>Finds the closest real row of each group in L1.</summary>
    /// <param name="call">What the call brings.</param>
    /// <param name="synthetic">m x p.</param>
    /// <param name="real">n x p.</param>
    /// <param name="masks">Groups x n bytes, every group with a row.</param>
    /// <param name="groupCount">The number of groups.</param>
    /// <param name="indices">Receives m x groups rows.</param>
    /// <param name="distances">Receives m x groups distances.</param>
    /// <returns>A <see cref="NativeStatus"/>.</returns>
    [UnmanagedCallersOnly]
    public static int ClosestReal(NativeCall* call, NativeMatrix* synthetic, NativeMatrix* real, byte* masks, int groupCount, long* indices, float* distances) =>
        NativeCall.Run(call, compute =>
        {
            var closest = NearestRealSample.Distances(synthetic->Wrap(), real->Wrap(), NativeArrays.GroupsOf(masks, groupCount, real->RowCount), compute);
            closest.Indices.Span.CopyTo(NativeArrays.SpanOf(indices, closest.Indices.Length));
            closest.Distances.Span.CopyTo(NativeArrays.SpanOf(distances, closest.Distances.Length));
        });

    /// <summary>A search and the rows that it reads.</summary>
    private sealed record OpenSearch(SampleMatrix Rows, NearestNeighbors Neighbors) : IDisposable
    {
        public void Dispose() => Neighbors.Dispose();
    }
}
