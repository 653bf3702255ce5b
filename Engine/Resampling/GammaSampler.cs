using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Resampling;

/// <summary>Gamma oversampling: makes minority rows on the lines through a minority row and its neighbors, most of them close to the row itself.</summary>
/// <remarks>
/// <para><b>Computes</b>: synthetic = row + (g - (shape - 1) x scale) x (neighbor - row), g gamma distributed; the shift puts the mode of g at the row, so that
/// some rows lie on the far side of it and a few beyond the neighbor. Rows are drawn with replacement.</para>
/// <para>Two variants. As in the code of Afrose et al., the default: one of the 4 nearest rows, of which the first is the row itself; one row made in four is then a
/// copy. Denisov's: <see cref="IncludesSelf"/> false, with shape and scale of the caller's. In his code the rows made join the table that is returned, but every pair
/// is drawn before the first of them is made; so base and neighbor are always original rows, and a plan says the same.</para>
/// <para><b>Determinism</b>: synthetic row i depends only on (seed, i) and the neighbors; gamma draws have the same bits on every machine.</para>
/// <para><b>Cost</b>: an exact search among a copy of the minority rows; 24 bytes a row to make.</para>
/// <para><b>Source</b>: Kamalov, Denisov 2020; the codes of Afrose et al. and of Denisov (research_oversampling).</para>
/// </remarks>
public sealed record GammaSampler : ISampler
{
    private const ulong StreamFamily = 0x4741_4D4D_0000_0000;

    /// <summary>Gets the seed of the draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets how many rows a base row may move towards, 1 or more, or 2 or more when it is one of them; default 4.</summary>
    public int NeighborCount { get; init; } = 4;

    /// <summary>Gets whether a row is the first of its own neighbors; default true, as in the code of Afrose et al.</summary>
    public bool IncludesSelf { get; init; } = true;

    /// <summary>Gets the shape of the gamma distribution, above 0 and finite; default 2. Below 1 the shift is negative and moves every row towards the neighbor.</summary>
    public double Shape { get; init; } = 2;

    /// <summary>Gets the scale of the gamma distribution, above 0 and finite, 1 being the distance to the neighbor; default 1/8.</summary>
    public double Scale { get; init; } = 0.125;

    /// <summary>Gets minority rows / majority rows after sampling, from the present ratio to 1; default 1.</summary>
    public double TargetRatio { get; init; } = 1;

    /// <summary>Gets how many rows to make, 0 or more; null, the default, for as many as <see cref="TargetRatio"/> asks for.</summary>
    /// <remarks>A count of the class to make, as imbalanced-learn's sampling_strategy takes one; the class may then outnumber the other.</remarks>
    public int? RowsToMake { get; init; }

    /// <summary>Gets the group to stay within, as if its rows were the whole table: its rarer class, its counts, its neighbors; all rows when null, the default.</summary>
    /// <remarks><b>Source</b>: "combined DP" in the code of Afrose et al., which runs the sampler inside the subgroup.</remarks>
    public RowMask? Rows { get; init; }

    /// <summary>Plans the rows to make.</summary>
    /// <param name="training">Rows, finite; labels, the minority class needs more rows than a row has neighbors.</param>
    /// <param name="compute">How to use the machine; the processor, every core, when null.</param>
    /// <returns>Every row once, and the rows to make.</returns>
    /// <exception cref="ArgumentException">Lengths differ, the group is empty, a class is absent or too small, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public ResamplingPlan Plan(LabeledSamples training, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        compute ??= ComputeOptions.Default;
        var (samples, labels) = training;
        CheckPositive(nameof(Shape), Shape);
        CheckPositive(nameof(Scale), Scale);
        if (IncludesSelf && NeighborCount < 2)
            Throw.ArgumentOutOfRange(nameof(NeighborCount), NeighborCount, "2 or more where the row itself is the first neighbor");
        var othersCount = NeighborCount - (IncludesSelf ? 1 : 0);
        var minority = MinorityRows.Of(samples, labels, Rows, othersCount, TargetRatio, compute, RowsToMake);
        var neighbors = minority.NearestMinority(othersCount, new() { Compute = compute });
        if (IncludesSelf)
            neighbors = PutSelfFirst(minority.Rows, neighbors);

        var draws = new SegmentDraws(Seed, StreamFamily);
        var bases = BaseDraws.Draw(draws.Bases, minority.Rows.Length, minority.RowsToMake, BaseSelection.Random);
        var (gammas, shape, scale) = (draws.Factors, Shape, Scale);
        var shift = (shape - 1) * scale;
        var synthetic = draws.Draw(bases, minority.Rows, neighbors, compute, i => (float)((GammaDraw.Standard(gammas, i, shape) * scale) - shift));
        return ResamplingPlan.Extend(labels.Count, synthetic, minority.Balance.MinorityClass);
    }

    private static void CheckPositive(string name, double value)
    {
        if (!(value > 0 && double.IsFinite(value)))
            Throw.ArgumentOutOfRange(name, value, "above 0, finite");
    }

    private static long[] PutSelfFirst(long[] rows, long[] others)
    {
        var otherCount = others.Length / rows.Length;
        var neighbors = new long[rows.Length + others.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            neighbors[i * (otherCount + 1)] = rows[i];
            others.AsSpan(i * otherCount, otherCount).CopyTo(neighbors.AsSpan((i * (otherCount + 1)) + 1));
        }

        return neighbors;
    }
}
