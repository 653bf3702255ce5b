using Engine.Data;
using Engine.Numerics;

namespace Bench.Comparisons.Arrays;

/// <summary>Independent uniform numbers in [0, 1): rows without any structure, on which no bound can spare work.</summary>
/// <param name="featureCount">The number of columns.</param>
internal sealed class UniformRows(int featureCount) : IArraySource
{
    private const ulong ReferenceStream = 11;
    private const ulong QueryStream = 12;

    /// <inheritdoc/>
    public string Description => "uniform random";

    /// <inheritdoc/>
    public CaseArrays Make(ArraySize size, CohortShelf shelf, CancellationToken cancellation) =>
        new(Draw(size.Rows, ReferenceStream, cancellation), Draw(size.Queries, QueryStream, cancellation));

    private SampleMatrix Draw(int rowCount, ulong stream, CancellationToken cancellation)
    {
        var random = new RandomStream(CohortShelf.Seed, stream);
        var samples = SampleMatrix.Create(rowCount, featureCount);
        Parallel.For(0, rowCount, new ParallelOptions { CancellationToken = cancellation }, row =>
        {
            var values = samples.GetWritableRow(row);
            for (var column = 0; column < values.Length; column++)
                values[column] = random.UniformFloat(((ulong)row * (ulong)featureCount) + (ulong)column);
        });
        return samples;
    }
}
