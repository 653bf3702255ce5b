using System.Globalization;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Checks;
using Engine.Numerics.Distances;

namespace Bench.Comparisons.Neighbors;

/// <summary>Compares the engine's neighbors of some queries with those that a search of all rows in double precision finds.</summary>
/// <remarks>
/// <b>Ties</b>: neighbor j may be any row whose true distance is the true j-th smallest to <see cref="TrueDistance.TieTolerance"/>; so the rows are the k nearest, in order,
/// but for exchanges of rows equally far. A reported distance may differ by <see cref="DistanceTolerance"/>.
/// </remarks>
internal static class EqualityCheck
{
    /// <summary>The relative error allowed to a reported distance.</summary>
    public const double DistanceTolerance = 1e-5;

    private const int MostQueries = 200;
    private const int FewestQueries = 20;

    /// <summary>Terms of distances that the check may take: some seconds of work.</summary>
    private const double MostTerms = 4e9;

    /// <summary>Checks queries spread evenly over all.</summary>
    /// <param name="arrays">Reference and queries.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="found">What the engine found.</param>
    /// <param name="parallel">On how many threads.</param>
    public static CheckResult Run(CaseArrays arrays, Metric metric, FoundNeighbors found, ParallelOptions parallel)
    {
        var queries = ChooseQueries(arrays);
        var checks = new (double Error, string? Difference)[queries.Length];
        var truth = new TrueDistance(metric);
        Parallel.For(0, queries.Length, parallel, i => checks[i] = Check(arrays, truth, found, queries[i]));
        return CheckResult.OfEach("queries beside a search in double precision", [.. checks.Select(check => check.Difference)]) with { LargestError = checks.Max(check => check.Error) };
    }

    private static int[] ChooseQueries(CaseArrays arrays)
    {
        var affordable = MostTerms / ((double)arrays.Reference.RowCount * arrays.Reference.FeatureCount);
        var count = (int)Math.Min(arrays.Queries.RowCount, Math.Clamp(affordable, FewestQueries, MostQueries));
        return [.. Enumerable.Range(0, count).Select(i => (int)(i * arrays.Queries.RowCount / count))];
    }

    private static (double Error, string? Difference) Check(CaseArrays arrays, TrueDistance truth, FoundNeighbors found, int query)
    {
        var nearest = truth.NearestTo(arrays, query, found.NeighborCount);
        var largest = 0.0;
        string? difference = null;
        for (var place = 0; place < nearest.Length; place++)
        {
            largest = Math.Max(largest, RelativeError(found.DistancesOf(query)[place], nearest[place]));
            difference ??= Describe(arrays, truth, found, query, place, nearest[place]) is { } words ? $"query {query}, neighbor {place}: {words}" : null;
        }

        return (largest, difference);
    }

    /// <summary>Says what is wrong with a neighbor; null when nothing is.</summary>
    private static string? Describe(CaseArrays arrays, TrueDistance truth, FoundNeighbors found, int query, int place, double nearest)
    {
        var row = found.IndicesOf(query)[place];
        if (row < 0 || row >= arrays.Reference.RowCount)
            return $"{row} is no row";
        if (row == arrays.OwnRows?[query])
            return "the query itself";
        if (found.IndicesOf(query)[..place].Contains(row))
            return $"row {row} was found before";
        var distance = truth.Between(TrueDistance.RowOf(arrays.Queries, query), TrueDistance.RowOf(arrays.Reference, row));
        if (RelativeError(distance, nearest) > TrueDistance.TieTolerance)
            return string.Create(CultureInfo.InvariantCulture, $"row {row} is at {distance:R}, the true neighbor at {nearest:R}");
        var reported = found.DistancesOf(query)[place];
        return RelativeError(reported, nearest) <= DistanceTolerance
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"row {row} is reported at {reported:R}, it is at {distance:R}");
    }

    /// <summary>Returns the error of a distance; a true distance of 0 allows none.</summary>
    private static double RelativeError(double distance, double truth) =>
        distance == truth ? 0 : truth == 0 || !double.IsFinite(distance) ? double.PositiveInfinity : Math.Abs(distance - truth) / truth;
}
