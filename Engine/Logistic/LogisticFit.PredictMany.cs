using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Logistic;

/// <content>Predictions of many fits from one pass over the rows.</content>
public sealed partial class LogisticFit
{
    /// <summary>Computes the log odds of class 1 under each of several fits of the same features, reading the rows once.</summary>
    /// <param name="fits">m fits of p features, without offsets.</param>
    /// <param name="samples">n x p rows of the features that were fitted.</param>
    /// <param name="logOdds">Receives m x n values: all rows under the first fit, then all rows under the second.</param>
    /// <param name="options">How to use the machine.</param>
    /// <exception cref="ArgumentException">Columns differ, or the destination is too short.</exception>
    /// <exception cref="InvalidOperationException">A fit was made with offsets.</exception>
    /// <remarks><b>Determinism</b>: the bits of <see cref="PredictLogOdds(SampleMatrix, Span{double}, ComputeOptions?)"/> of each fit.
    /// <b>Cost</b>: rows that do not fit a cache are read once and not m times, and a view's rows are made once.</remarks>
    public static unsafe void PredictLogOdds(IReadOnlyList<LogisticFit> fits, SampleMatrix samples, Span<double> logOdds, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(fits);
        ArgumentNullException.ThrowIfNull(samples);
        // Whole tiles of vectors: those past the last fit are 0.
        var tileCount = (fits.Count + WideDot.VectorsPerTile - 1) / WideDot.VectorsPerTile;
        var coefficients = new double[tileCount * WideDot.VectorsPerTile * samples.Stride];
        var intercepts = new double[fits.Count];
        for (var fit = 0; fit < fits.Count; fit++)
        {
            ArgumentNullException.ThrowIfNull(fits[fit], nameof(fits));
            fits[fit].RequireNoOffsets();
            if (samples.FeatureCount != fits[fit].FeatureCoefficients.Length)
                Throw.Argument_FeatureCountsDiffer(nameof(samples), samples.FeatureCount, $"fit {fit:N0}", fits[fit].FeatureCoefficients.Length);
            fits[fit].FeatureCoefficients.CopyTo(coefficients.AsSpan(fit * samples.Stride));
            intercepts[fit] = fits[fit].Intercept;
        }

        var rowCount = samples.RowCount;
        if (logOdds.Length < fits.Count * rowCount)
            Throw.Argument_DestinationTooShort(nameof(logOdds), logOdds.Length, fits.Count * rowCount);

        using var hold = samples.Hold();
        fixed (double* pinned = logOdds)
        {
            // Blocks write to disjoint parts of the caller's memory, which stays pinned while they run.
            var to = (nint)pinned;
            samples.ForBlocks((options ?? ComputeOptions.Default).ToParallelOptions(), block =>
            {
                for (var i = 0; i < block.RowCount; i += 2)
                {
                    for (var tile = 0; tile < tileCount; tile++)
                        PredictTile(block, i, tile);
                }
            });

            for (var fit = 0L; fit < fits.Count; fit++)
                samples.ExchangeRows(logOdds.Slice((int)(fit * rowCount), (int)rowCount));

            void PredictTile(RowBlock block, int row, int tile)
            {
                Span<double> products = stackalloc double[2 * WideDot.VectorsPerTile];
                var other = Math.Min(row + 1, block.RowCount - 1);
                WideDot.ComputeTile(block.PaddedRow(row), block.PaddedRow(other), coefficients.AsSpan(tile * WideDot.VectorsPerTile * block.Stride), products);
                var second = other == row ? 0 : WideDot.VectorsPerTile;
                var ofTile = intercepts.AsSpan(tile * WideDot.VectorsPerTile);
                var ofFit = (double*)to + (tile * WideDot.VectorsPerTile * rowCount) + block.FirstRow;
                for (var vector = 0; vector < Math.Min(WideDot.VectorsPerTile, ofTile.Length); vector++, ofFit += rowCount)
                {
                    ofFit[row] = ofTile[vector] + products[vector];
                    ofFit[other] = ofTile[vector] + products[second + vector];
                }
            }
        }
    }
}
