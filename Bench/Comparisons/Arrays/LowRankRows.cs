using Engine.Data;
using Engine.Numerics;

namespace Bench.Comparisons.Arrays;

/// <summary>A mixture of ten Gaussians whose columns hang together through a few factors: rows on which trees do well.</summary>
/// <remarks>
/// <b>Computes</b> x = center + factors · loadings + 0.3 noise, with max(2, p / 4) factors. All draws are standard normal; loadings are divided by the root of the
/// number of factors.
/// </remarks>
/// <param name="featureCount">The number of columns, p.</param>
internal sealed class LowRankRows(int featureCount) : IArraySource
{
    private const int CenterCount = 10;
    private const double NoiseScale = 0.3;
    private const ulong ModelStream = 20;
    private const ulong ReferenceStream = 21;
    private const ulong QueryStream = 22;

    private readonly int _factorCount = Math.Max(2, featureCount / 4);

    /// <inheritdoc/>
    public string Description => $"mixture of {CenterCount} Gaussians, {_factorCount} factors";

    /// <inheritdoc/>
    public CaseArrays Make(ArraySize size, CohortShelf shelf, CancellationToken cancellation)
    {
        var model = new RandomStream(CohortShelf.Seed, ModelStream);
        var centers = DrawModel(model, 0, CenterCount, 1);
        var loadings = DrawModel(model, CenterCount, _factorCount, 1 / Math.Sqrt(_factorCount));
        return new CaseArrays(
            Draw(size.Rows, ReferenceStream, centers, loadings, cancellation),
            Draw(size.Queries, QueryStream, centers, loadings, cancellation));
    }

    private double[][] DrawModel(RandomStream random, int firstRow, int rowCount, double scale) =>
        [.. Enumerable.Range(firstRow, rowCount).Select(row =>
            Enumerable.Range(0, featureCount).Select(column => scale * random.Normal((ulong)((row * featureCount) + column))).ToArray())];

    private SampleMatrix Draw(int rowCount, ulong stream, double[][] centers, double[][] loadings, CancellationToken cancellation)
    {
        var random = new RandomStream(CohortShelf.Seed, stream);
        var samples = SampleMatrix.Create(rowCount, featureCount);
        Parallel.For(0, rowCount, new ParallelOptions { CancellationToken = cancellation }, row =>
        {
            // The draws of a row: its center, its factors, its noise.
            var draw = (ulong)row * (ulong)(1 + _factorCount + featureCount);
            var center = centers[random.Below(draw++, CenterCount)];
            var factors = new double[_factorCount];
            for (var factor = 0; factor < factors.Length; factor++)
                factors[factor] = random.Normal(draw++);
            var values = samples.GetWritableRow(row);
            for (var column = 0; column < values.Length; column++)
            {
                var value = center[column] + (NoiseScale * random.Normal(draw++));
                for (var factor = 0; factor < factors.Length; factor++)
                    value += factors[factor] * loadings[factor][column];
                values[column] = (float)value;
            }
        });
        return samples;
    }
}
