using Engine.Compute;
using Engine.Data;

namespace Engine.Resampling;

/// <summary>SMOTE: makes minority rows on the lines between a minority row and its nearest minority neighbors.</summary>
/// <remarks>
/// <para><b>Computes</b>: synthetic = row + u x (neighbor - row), u uniform in [0, 1), neighbor uniform among the k nearest other minority rows in L2.</para>
/// <para><b>Determinism</b>: with random bases, synthetic row i depends only on (seed, i) and the neighbors; even bases also depend on how many rows are made.</para>
/// <para><b>Cost</b>: an exact search among a copy of the minority rows; 24 bytes a row to make; rows are interpolated when they are read.</para>
/// <para><b>Source</b>: Chawla et al. 2002; imbalanced-learn draws uniformly over (row, neighbor) pairs, as random bases do here.</para>
/// </remarks>
public sealed record Smote : ISampler
{
    private const ulong StreamFamily = 0x534D_4F54_0000_0000;

    /// <summary>Gets the seed of the draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets k, the number of neighbors, 1 or more; default 5.</summary>
    public int NeighborCount { get; init; } = 5;

    /// <summary>Gets minority rows / majority rows after sampling, from the present ratio to 1; default 1.</summary>
    public double TargetRatio { get; init; } = 1;

    /// <summary>Gets how many rows to make, 0 or more; null, the default, for as many as <see cref="TargetRatio"/> asks for.</summary>
    /// <remarks>A count of the class to make, as imbalanced-learn's sampling_strategy takes one; the class may then outnumber the other.</remarks>
    public int? RowsToMake { get; init; }

    /// <summary>Gets how base rows are chosen; default <see cref="BaseSelection.Random"/>, as imbalanced-learn does.</summary>
    public BaseSelection Bases { get; init; } = BaseSelection.Random;

    /// <summary>Gets the group to stay within, as if its rows were the whole table: its rarer class, its counts, its neighbors; all rows when null, the default.</summary>
    /// <remarks><b>Source</b>: "combined DP" in the code of Afrose et al., which runs the sampler inside the subgroup.</remarks>
    public RowMask? Rows { get; init; }

    /// <summary>Plans the rows to make.</summary>
    /// <param name="training">Rows, finite; labels, the minority class needs more than k rows.</param>
    /// <param name="compute">How to use the machine; the processor, every core, when null.</param>
    /// <returns>Every row once, and the rows to make.</returns>
    /// <exception cref="ArgumentException">Lengths differ, the group is empty, a class is absent or too small, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public ResamplingPlan Plan(LabeledSamples training, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        compute ??= ComputeOptions.Default;
        var (samples, labels) = training;
        var minority = MinorityRows.Of(samples, labels, Rows, NeighborCount, TargetRatio, compute, RowsToMake);
        var neighbors = minority.NearestMinority(NeighborCount, new() { Compute = compute });
        var draws = new SegmentDraws(Seed, StreamFamily);
        var bases = BaseDraws.Draw(draws.Bases, minority.Rows.Length, minority.RowsToMake, Bases);
        return ResamplingPlan.ExtendByDrawn(labels.Count, draws.Draw(bases, minority.Rows, neighbors, compute), minority.Balance.MinorityClass);
    }
}
