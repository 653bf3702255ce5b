using System.Globalization;
using Bench.Comparisons.Checks;
using Engine.Data;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling.Checks;

/// <summary>The line on which a made row must lie.</summary>
internal static class Segment
{
    /// <summary>What three roundings to float32 may make of a value, as a share of the values that it is made of.</summary>
    private const double Rounding = 4 * 5.97e-8;

    /// <summary>Says where a made row leaves row + factor x (neighbor - row); null where it does not.</summary>
    /// <param name="rows">What was resampled.</param>
    /// <param name="drawn">What the row was made of.</param>
    /// <param name="made">Its values.</param>
    public static string? DifferenceOf(LabeledSamples rows, SyntheticRow drawn, ReadOnlySpan<float> made)
    {
        var (row, neighbor) = (TrueDistance.RowOf(rows.Rows, drawn.Row), TrueDistance.RowOf(rows.Rows, drawn.Neighbor));
        for (var column = 0; column < row.Length; column++)
        {
            var wanted = row[column] + (drawn.Factor * ((double)neighbor[column] - row[column]));
            var allowed = Rounding * (1 + Math.Abs(drawn.Factor)) * (Math.Abs((double)row[column]) + Math.Abs((double)neighbor[column]));
            if (!(Math.Abs(made[column] - wanted) <= allowed))
                return string.Create(CultureInfo.InvariantCulture, $"column {column} of a row between {drawn.Row} and {drawn.Neighbor} is {made[column]:R} where {wanted:R} is right");
        }

        return null;
    }
}
