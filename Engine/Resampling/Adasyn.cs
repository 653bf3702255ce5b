using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Neighbors;
using Engine.Numerics;

namespace Engine.Resampling;

/// <summary>ADASYN: SMOTE that makes more rows from a minority row, the more of its neighbors are of the majority.</summary>
/// <remarks>
/// <para><b>Computes</b>: r = majority share of the k nearest other rows of both classes; a row starts round(r / sum r x rows wanted) rows, halves to even, each
/// on the segment to one of its k nearest minority rows. The total may differ from what the ratio asks for, by rounding.</para>
/// <para><b>Determinism</b>: synthetic row i depends only on (seed, i), the counts and the neighbors; rows are in the order of their base rows.</para>
/// <para><b>Cost</b>: an exact search of the minority among all rows, and one among a copy of the minority rows; 24 bytes a row to make.</para>
/// <para><b>Source</b>: He et al. 2008 as imbalanced-learn computes it: sums in numpy's order, so that counts are rounded as there.</para>
/// </remarks>
public sealed record Adasyn : ISampler
{
    private const ulong StreamFamily = 0x4144_4153_0000_0000;

    /// <summary>Gets the seed of the draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets k, the number of neighbors in both searches, 1 or more; default 5.</summary>
    public int NeighborCount { get; init; } = 5;

    /// <summary>Gets minority rows / majority rows after sampling, from the present ratio to 1; default 1.</summary>
    public double TargetRatio { get; init; } = 1;

    /// <summary>Gets how many rows to make, 0 or more; null, the default, for as many as <see cref="TargetRatio"/> asks for.</summary>
    /// <remarks>A count of the class to make, as imbalanced-learn's sampling_strategy takes one; the class may then outnumber the other.</remarks>
    public int? RowsToMake { get; init; }

    /// <summary>Gets the group to stay within, as if its rows were the whole table: its rarer class, its counts, its neighbors; all rows when null, the default.</summary>
    /// <remarks><b>Source</b>: "combined DP" in the code of Afrose et al., which runs the sampler inside the subgroup.</remarks>
    public RowMask? Rows { get; init; }

    /// <summary>Plans the rows to make.</summary>
    /// <param name="training">Rows, finite; labels, the minority class needs more than k rows.</param>
    /// <param name="compute">How to use the machine; the processor, every core, when null.</param>
    /// <returns>Every row once, and the rows to make.</returns>
    /// <exception cref="ArgumentException">Lengths differ, the group is empty, a class is absent or too small, a value is not finite, no minority row has a
    /// majority row among its neighbors, or every count rounds to 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public ResamplingPlan Plan(LabeledSamples training, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        compute ??= ComputeOptions.Default;
        var (samples, labels) = training;
        var minority = MinorityRows.Of(samples, labels, Rows, NeighborCount, TargetRatio, compute, RowsToMake);
        var label = minority.Balance.MinorityClass;
        if (minority.RowsToMake == 0)
            return ResamplingPlan.Extend(labels.Count, [], label);
        var options = new NeighborIndexOptions { Compute = compute };
        var bases = BasesOf(MajorityShares(labels, label, minority.NearestOfBothClasses(NeighborCount, options)), minority.RowsToMake, label);
        var neighbors = minority.NearestMinority(NeighborCount, options);
        return ResamplingPlan.ExtendByDrawn(labels.Count, new SegmentDraws(Seed, StreamFamily).Draw(bases, minority.Rows, neighbors, compute), label);
    }

    private double[] MajorityShares(Labels labels, byte minorityClass, long[] neighbors)
    {
        var shares = new double[neighbors.Length / NeighborCount];
        for (var i = 0; i < shares.Length; i++)
        {
            var majority = 0;
            foreach (var neighbor in neighbors.AsSpan(i * NeighborCount, NeighborCount))
                majority += labels[(int)neighbor] == minorityClass ? 0 : 1;
            shares[i] = (double)majority / NeighborCount;
        }

        return shares;
    }

    /// <summary>Repeats the place of each minority row as often as a row is to be made from it.</summary>
    private int[] BasesOf(double[] shares, int rowsToMake, byte label)
    {
        var sum = PairwiseSum.Of(shares);
        if (sum == 0)
            Throw.Argument_Invalid("samples", $"no row of class {label} has a row of the other class among its {NeighborCount} nearest; ADASYN has nothing to weigh by, raise NeighborCount or use SMOTE.");
        var bases = new List<int>(rowsToMake);
        for (var i = 0; i < shares.Length; i++)
            bases.AddRange(Enumerable.Repeat(i, (int)Math.Round(shares[i] / sum * rowsToMake, MidpointRounding.ToEven)));
        if (bases.Count == 0)
            Throw.Argument_Invalid(nameof(TargetRatio), $"{rowsToMake:N0} rows shared among {shares.Length:N0} rows of class {label} round to 0 for each; raise TargetRatio or use SMOTE.");
        return [.. bases];
    }
}
