using Engine.Compute;
using Engine.Numerics;

namespace Engine.Resampling;

/// <summary>Draws of neighbors and factors for base rows that are already chosen.</summary>
/// <remarks>A method has three streams of draws: its family + 1 for bases, + 2 for neighbors, + 3 for factors.</remarks>
internal readonly struct SegmentDraws(ulong seed, ulong family)
{
    private const int DrawsPerTask = 1 << 12;

    /// <summary>Gets the stream of base rows.</summary>
    public RandomStream Bases { get; } = new(seed, family + 1);

    /// <summary>Gets the stream of neighbors.</summary>
    public RandomStream Neighbors { get; } = new(seed, family + 2);

    /// <summary>Gets the stream of factors.</summary>
    public RandomStream Factors { get; } = new(seed, family + 3);

    /// <summary>Draws a neighbor and a uniform factor for each base; draw i depends on nothing but (seed, i) and base i.</summary>
    /// <param name="bases">Places in <paramref name="rows"/>.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="neighbors">k neighbors for each of <paramref name="rows"/>, rows of the table.</param>
    /// <param name="compute">How to use the machine.</param>
    public SyntheticRow[] Draw(int[] bases, long[] rows, long[] neighbors, ComputeOptions compute)
    {
        var factors = Factors;
        return Draw(bases, rows, neighbors, compute, (first, values) => factors.FillUniform(first, values));
    }

    /// <summary>Draws a neighbor for each base, with factors of another distribution.</summary>
    public SyntheticRow[] Draw(int[] bases, long[] rows, long[] neighbors, ComputeOptions compute, Func<ulong, float> factor) =>
        Draw(bases, rows, neighbors, compute, (first, values) =>
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = factor(first + (ulong)i);
        });

    private SyntheticRow[] Draw(int[] bases, long[] rows, long[] neighbors, ComputeOptions compute, FactorDraws draw)
    {
        var choices = Neighbors;
        var neighborCount = neighbors.Length / rows.Length;
        var synthetic = new SyntheticRow[bases.Length];
        ParallelLoop.For(0, (bases.Length + DrawsPerTask - 1) / DrawsPerTask, compute.ToParallelOptions(), task =>
        {
            Span<int> chosen = stackalloc int[DrawsPerTask];
            Span<float> factors = stackalloc float[DrawsPerTask];
            var first = task * DrawsPerTask;
            var made = synthetic.AsSpan(first, Math.Min(DrawsPerTask, bases.Length - first));
            choices.FillBelow((ulong)first, neighborCount, chosen[..made.Length]);
            draw((ulong)first, factors[..made.Length]);
            for (var i = 0; i < made.Length; i++)
            {
                var place = bases[first + i];
                made[i] = new SyntheticRow(rows[place], neighbors[(place * neighborCount) + chosen[i]], factors[i]);
            }
        });
        return synthetic;
    }

    /// <summary>Draws consecutive factors.</summary>
    private delegate void FactorDraws(ulong first, Span<float> values);
}
