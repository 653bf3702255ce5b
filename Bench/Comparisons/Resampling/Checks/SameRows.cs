using System.Globalization;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Checks;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling.Checks;

/// <summary>The same rows are kept.</summary>
/// <remarks>
/// <b>Ties</b>: rows that only one of the two keeps may be exchanged where their mean distances to k minority rows, in double precision, are all equal to
/// <see cref="TrueDistance.TieTolerance"/>. Where candidates are chosen first, a row whose distance equals that of a minority row's last candidate may be one or not, and may
/// then move one other row.
/// </remarks>
/// <param name="neighborCount">k.</param>
internal sealed class SameRows(int neighborCount)
{
    /// <summary>Gets how many nearest majority rows of each minority row may be kept; null where all may.</summary>
    public int? CandidateCount { get; init; }

    /// <inheritdoc/>
    public CheckResult Run(LabeledSamples rows, ResamplingPlan plan, long[] found, CancellationToken cancellation)
    {
        const string What = "kept rows beside imbalanced-learn's";
        var engine = plan.KeptRows!.Value.ToArray();
        long[] differing = [.. engine.Except(found).Concat(found.Except(engine)).Order()];
        if (differing.Length == 0)
            return CheckResult.Of(What, engine.Length, null);
        if (differing.FirstOrDefault(row => row < 0 || row >= rows.Rows.RowCount, -1) is not -1 and var outside)
            return CheckResult.Of(What, engine.Length, $"{outside} is no row");
        var moved = CandidateCount is { } count ? 2 * TiedCandidates(rows, differing, count, cancellation) : 0;
        if (moved >= differing.Length)
            return new CheckResult(What, engine.Length, differing.Length, 0, null);
        var means = MeansOf(rows, differing);
        // A tie exchanges rows; it does not change how many there are.
        return engine.Length == found.Length && means.Max() <= means.Min() * (1 + TrueDistance.TieTolerance)
            ? new CheckResult(What, engine.Length, differing.Length, 0, null)
            : new CheckResult(
                What,
                engine.Length,
                moved,
                differing.Length - moved,
                string.Create(CultureInfo.InvariantCulture, $"row {differing[0]} is kept by one; means of such rows are {means.Min():R} to {means.Max():R}"));
    }

    private double[] MeansOf(LabeledSamples rows, long[] chosen)
    {
        var arrays = new CaseArrays(rows.Rows.SelectRows(rows.MinorityRows).Copy(), rows.Rows.SelectRows(chosen).Copy());
        var truth = new TrueDistance(Metric.L2);
        return [.. Enumerable.Range(0, chosen.Length).Select(i => truth.NearestTo(arrays, i, neighborCount).Average())];
    }

    /// <summary>Counts rows that are as far from some minority row as its last candidate.</summary>
    private static int TiedCandidates(LabeledSamples rows, long[] differing, int candidateCount, CancellationToken cancellation)
    {
        var minority = rows.Rows.SelectRows(rows.MinorityRows).Copy();
        using var search = NearestNeighbors.Build(
            rows.Rows, Metric.L2, new() { Rows = rows.Labels.ToMask((byte)(1 - rows.Labels.MinorityClass)), Compute = new() { CancellationToken = cancellation } });
        var candidates = search.Search(minority, candidateCount);
        var truth = new TrueDistance(Metric.L2);
        return differing.Count(row =>
        {
            var values = TrueDistance.RowOf(rows.Rows, row);
            return Enumerable.Range(0, (int)minority.RowCount).Any(i =>
            {
                var last = candidates.DistancesOf(i)[^1];
                return Math.Abs(truth.Between(values, TrueDistance.RowOf(minority, i)) - last) <= TrueDistance.TieTolerance * last;
            });
        });
    }
}
