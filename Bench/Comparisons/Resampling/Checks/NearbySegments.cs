using System.Globalization;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Checks;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling.Checks;

/// <summary>Made rows lie on lines from a minority row towards one of its k nearest other minority rows, or itself, as a search in double precision finds them.</summary>
/// <param name="neighborCount">k.</param>
internal sealed class NearbySegments(int neighborCount)
{
    private const int MostRows = 200;

    /// <inheritdoc/>
    public CheckResult Run(LabeledSamples rows, ResamplingPlan plan, CancellationToken cancellation)
    {
        var places = EvenlySpread.Of(plan.Synthetic.Length, MostRows);
        var drawn = places.Select(place => plan.Synthetic[place]).ToArray();
        var minority = rows.MinorityRows;
        var own = drawn.Select(one => (long)Array.BinarySearch(minority, one.Row)).ToArray();
        var arrays = new CaseArrays(rows.Rows.SelectRows(minority).Copy(), rows.Rows.SelectRows(drawn.Select(one => one.Row).ToArray()).Copy(), own);
        var made = plan.SyntheticRows(rows.Rows);
        var truth = new TrueDistance(Metric.L2);
        var differences = new string?[places.Length];
        Parallel.For(0, places.Length, new ParallelOptions { CancellationToken = cancellation }, i => differences[i] =
            own[i] < 0 || Array.BinarySearch(minority, drawn[i].Neighbor) < 0
                ? $"made row {places[i]} is made of rows {drawn[i].Row} and {drawn[i].Neighbor}, not both of the minority"
                : Farther(rows.Rows, arrays, truth, drawn[i], i) ?? Segment.DifferenceOf(rows, drawn[i], TrueDistance.RowOf(made, places[i])));
        return CheckResult.OfEach("made rows lie between near minority rows", differences);
    }

    private string? Farther(SampleMatrix samples, CaseArrays arrays, TrueDistance truth, SyntheticRow drawn, int query)
    {
        var farthest = truth.NearestTo(arrays, query, neighborCount)[^1];
        var distance = truth.Between(TrueDistance.RowOf(arrays.Queries, query), TrueDistance.RowOf(samples, drawn.Neighbor));
        return distance <= farthest * (1 + TrueDistance.TieTolerance)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"row {drawn.Neighbor} is at {distance:R} from row {drawn.Row}, its neighbor {neighborCount} at {farthest:R}");
    }
}
