using System.Diagnostics;
using Bench.Comparisons.Arrays;
using Engine.Compute;
using Engine.Neighbors;
using Engine.Numerics.Distances;

namespace Bench.Comparisons.Measurement;

/// <summary>Times the engine.</summary>
internal static class EngineRun
{
    private const int WarmUpRows = 2_000;
    private const int WarmUpQueries = 500;

    /// <summary>Builds and searches several times.</summary>
    /// <param name="arrays">Reference and queries.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="neighborCount">k.</param>
    /// <param name="options">How often, on how many threads.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Times and memory; the neighbors.</returns>
    public static (EngineMeasurement Measured, FoundNeighbors Found) Measure(
        CaseArrays arrays, Metric metric, int neighborCount, MeasureOptions options, CancellationToken cancellation)
    {
        var compute = new ComputeOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        // A query that is a row of the reference finds itself; one more neighbor makes room for that.
        var searched = neighborCount + (arrays.OwnRows is null ? 0 : 1);
        WarmUp(arrays, metric, searched, options.WarmUpSeconds, compute);

        var load = LoadAverage.Read();
        var found = Allocate(arrays, searched);
        var (repetitions, growth, statistics) = (new List<Timing>(), (long?)0, default(SearchStatistics));
        var all = Stopwatch.StartNew();
        while (repetitions.Count == 0 || (repetitions.Count < options.Repeats && all.Elapsed.TotalSeconds < options.MaxSeconds))
        {
            var begin = ProcessMemory.Begin();
            var (timing, spared) = Search(arrays, metric, found, compute);
            growth = ProcessMemory.GrowthSince(begin) is { } bytes && growth is { } largest ? Math.Max(largest, bytes) : null;
            repetitions.Add(timing);
            statistics = spared;
        }

        var measured = new EngineMeasurement(repetitions, growth, statistics, load, MachineRoofs.Measure(options.Threads));
        return (measured, arrays.OwnRows is { } own ? found.Without(own) : found);
    }

    private static (Timing Timing, SearchStatistics Statistics) Search(CaseArrays arrays, Metric metric, FoundNeighbors found, ComputeOptions compute)
    {
        var clock = Stopwatch.StartNew();
        using var neighbors = NearestNeighbors.Build(arrays.Reference, metric, new NeighborIndexOptions { Compute = compute });
        var build = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var statistics = neighbors.Search(arrays.Queries, found.NeighborCount, found.Indices, found.Distances, new NeighborOptions { Compute = compute });
        return (new Timing(build, clock.Elapsed.TotalSeconds), statistics);
    }

    private static void WarmUp(CaseArrays arrays, Metric metric, int neighborCount, double seconds, ComputeOptions compute)
    {
        var reference = arrays.Reference.SelectRows(FirstRows(arrays.Reference.RowCount, WarmUpRows)).Copy();
        var queries = arrays.Queries.SelectRows(FirstRows(arrays.Queries.RowCount, WarmUpQueries)).Copy();
        var small = new CaseArrays(reference, queries);
        var found = Allocate(small, neighborCount);
        var clock = Stopwatch.StartNew();
        do
            Search(small, metric, found, compute);
        while (clock.Elapsed.TotalSeconds < seconds);
    }

    private static long[] FirstRows(long count, int most) => [.. Enumerable.Range(0, (int)Math.Min(count, most)).Select(row => (long)row)];

    /// <summary>Allocates what a search fills, and touches every page of it, so that it is not taken for memory of the engine.</summary>
    private static FoundNeighbors Allocate(CaseArrays arrays, int neighborCount)
    {
        var length = arrays.Queries.RowCount * neighborCount;
        var found = new FoundNeighbors(neighborCount, new long[length], new float[length]);
        found.Indices.AsSpan().Fill(-1);
        found.Distances.AsSpan().Fill(float.NaN);
        return found;
    }
}
