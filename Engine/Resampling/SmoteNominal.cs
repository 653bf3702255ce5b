using Engine.Compute;
using Engine.Data;

namespace Engine.Resampling;

/// <summary>SMOTE for tables with masks and categories: every row made is a legal row of its schema.</summary>
/// <remarks>
/// <para><b>Computes</b>: numbers as <see cref="Smote"/> makes them; all masks and one-hot groups together from the nearer parent, the base row where the factor is
/// below 1/2 and the neighbor elsewhere. So a row made has a combination of categories that some row of its class has.</para>
/// <para>In the search a mask or category that differs adds s² to the squared distance, s the median over numeric columns of the standard deviation among minority
/// rows; 1 where there is no numeric column.</para>
/// <para><b>Determinism</b>: with random bases, synthetic row i depends only on (seed, i) and the neighbors.</para>
/// <para><b>Source</b>: SMOTE-NC of Chawla et al. 2002, section 6.1, whose distance this is. There each category is the most frequent one among the k neighbors,
/// which can combine categories that no row combines, and makes rare ones rarer; here rows move whole. imbalanced-learn's difference is s²/2 per category.</para>
/// </remarks>
public sealed record SmoteNominal : ISampler
{
    private const ulong StreamFamily = 0x534D_4E43_0000_0000;

    /// <summary>Gets the seed of the draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets what the columns hold.</summary>
    public required ColumnSchema Schema { get; init; }

    /// <summary>Gets k, the number of neighbors, 1 or more; default 5.</summary>
    public int NeighborCount { get; init; } = 5;

    /// <summary>Gets minority rows / majority rows after sampling, from the present ratio to 1; default 1.</summary>
    public double TargetRatio { get; init; } = 1;

    /// <summary>Gets how base rows are chosen; default <see cref="BaseSelection.Random"/>, as imbalanced-learn does.</summary>
    public BaseSelection Bases { get; init; } = BaseSelection.Random;

    /// <summary>Gets the group to stay within, as if its rows were the whole table: its rarer class, its counts, its neighbors; all rows when null, the default.</summary>
    public RowMask? Rows { get; init; }

    /// <summary>Plans the rows to make.</summary>
    /// <param name="training">Rows, finite, in agreement with the schema; so not yet scaled; labels, the minority class needs more than k rows.</param>
    /// <param name="compute">How to use the machine; the processor, every core, when null.</param>
    /// <returns>Every row once, and the rows to make, with the schema that keeps them legal.</returns>
    /// <exception cref="ArgumentException">Lengths differ, the group is empty, a class is absent or too small, a value is not finite, or the schema contradicts the table.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public ResamplingPlan Plan(LabeledSamples training, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        compute ??= ComputeOptions.Default;
        var (samples, labels) = training;
        ArgumentNullException.ThrowIfNull(Schema);
        var minority = MinorityRows.Of(samples, labels, Rows, NeighborCount, TargetRatio, compute);
        Schema.EnsureAgrees(samples, nameof(samples));
        var neighbors = minority.NearestMinority(NeighborCount, new() { FeatureWeights = NominalWeights.Of(Schema, minority.Values), Compute = compute });
        var draws = new SegmentDraws(Seed, StreamFamily);
        var bases = BaseDraws.Draw(draws.Bases, minority.Rows.Length, minority.RowsToMake, Bases);
        return ResamplingPlan.ExtendByDrawn(labels.Count, draws.Draw(bases, minority.Rows, neighbors, compute), minority.Balance.MinorityClass, Schema);
    }
}
