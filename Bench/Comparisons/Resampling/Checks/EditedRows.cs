using System.Globalization;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Checks;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling.Checks;

/// <summary>Of some majority rows, those left that have a minority row among their k nearest other rows, as a search in double precision finds them, and no others.</summary>
/// <remarks><b>Ties</b>: where the nearest minority row is as far as neighbor k or k + 1, to <see cref="TrueDistance.TieTolerance"/>, a row may stay or leave.</remarks>
/// <param name="neighborCount">k.</param>
internal sealed class EditedRows(int neighborCount)
{
    private const int MostRows = 200;
    private const int FewestRows = 20;

    /// <summary>Terms of distances that the check may take: some seconds of work.</summary>
    private const double MostTerms = 4e9;

    /// <inheritdoc/>
    public CheckResult Run(LabeledSamples rows, ResamplingPlan plan, CancellationToken cancellation)
    {
        var half = (int)Math.Clamp(MostTerms / ((double)rows.Rows.RowCount * rows.Rows.FeatureCount), FewestRows, MostRows) / 2;
        var chosen = rows.MajorityRows
            .GroupBy(row => plan.MultiplicityOf((int)row))
            .SelectMany(group => EvenlySpread.Of(group.Count(), half).Select(group.ElementAt))
            .ToArray();
        var queries = rows.Rows.SelectRows(chosen).Copy();
        var (others, minority) = (new CaseArrays(rows.Rows, queries, chosen), new CaseArrays(rows.Rows.SelectRows(rows.MinorityRows).Copy(), queries));
        var truth = new TrueDistance(Metric.L2);
        var differences = new string?[chosen.Length];
        Parallel.For(0, chosen.Length, new ParallelOptions { CancellationToken = cancellation }, i => differences[i] = DifferenceOf(
            chosen[i], plan.MultiplicityOf((int)chosen[i]) == 1, truth.NearestTo(minority, i, 1)[0], truth.NearestTo(others, i, neighborCount + 1)));
        return CheckResult.OfEach("rows left because of a near minority row", differences);
    }

    private static string? DifferenceOf(long row, bool stayed, double minority, double[] nearest)
    {
        var isNear = minority < nearest[^1] * (1 - TrueDistance.TieTolerance);
        var isFar = minority > nearest[^2] * (1 + TrueDistance.TieTolerance);
        return (stayed && isNear) || (!stayed && isFar)
            ? string.Create(CultureInfo.InvariantCulture, $"row {row} {(stayed ? "stayed" : "left")}, its nearest minority row at {minority:R}, neighbor {nearest.Length - 1} at {nearest[^2]:R}")
            : null;
    }
}
