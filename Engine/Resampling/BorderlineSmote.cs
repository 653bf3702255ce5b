using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Neighbors;

namespace Engine.Resampling;

/// <summary>Borderline-SMOTE, kind 1: SMOTE that starts only from minority rows in danger, those whose surroundings are mostly but not wholly of the majority.</summary>
/// <remarks>
/// <para><b>Computes</b>: a minority row is in danger when at least half of its m nearest other rows, but not all, are of the majority; rows are made as
/// <see cref="Smote"/> makes them, from rows in danger towards any of their k nearest minority rows.</para>
/// <para><b>Determinism</b>: with random bases, synthetic row i depends only on (seed, i) and the neighbors.</para>
/// <para><b>Cost</b>: an exact search of the minority among all rows, and one among a copy of the minority rows; 24 bytes a row to make.</para>
/// <para><b>Source</b>: Han, Wang, Mao 2005; imbalanced-learn's kind borderline-1, which returns the table unchanged where no row is in danger: that is an error here.</para>
/// </remarks>
public sealed record BorderlineSmote : ISampler
{
    private const ulong StreamFamily = 0x424F_5244_0000_0000;

    /// <summary>Gets the seed of the draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets k, the number of minority neighbors, 1 or more; default 5.</summary>
    public int NeighborCount { get; init; } = 5;

    /// <summary>Gets m, the number of neighbors of both classes that tell whether a row is in danger, 1 or more; default 10.</summary>
    public int SurroundingCount { get; init; } = 10;

    /// <summary>Gets minority rows / majority rows after sampling, from the present ratio to 1; default 1.</summary>
    public double TargetRatio { get; init; } = 1;

    /// <summary>Gets how base rows are chosen; default <see cref="BaseSelection.Random"/>, as imbalanced-learn does.</summary>
    public BaseSelection Bases { get; init; } = BaseSelection.Random;

    /// <summary>Gets the group to stay within, as if its rows were the whole table: its rarer class, its counts, its neighbors; all rows when null, the default.</summary>
    public RowMask? Rows { get; init; }

    /// <summary>Plans the rows to make.</summary>
    /// <param name="training">Rows, finite; labels, the minority class needs more than k rows.</param>
    /// <param name="compute">How to use the machine; the processor, every core, when null.</param>
    /// <returns>Every row once, and the rows to make.</returns>
    /// <exception cref="ArgumentException">Lengths differ, the group is empty, a class is absent or too small, a value is not finite, or no row is in danger.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public ResamplingPlan Plan(LabeledSamples training, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        compute ??= ComputeOptions.Default;
        var (samples, labels) = training;
        var minority = MinorityRows.Of(samples, labels, Rows, NeighborCount, TargetRatio, compute);
        var label = minority.Balance.MinorityClass;
        var others = minority.Balance.MinorityCount + minority.Balance.MajorityCount - 1;
        if (SurroundingCount < 1 || SurroundingCount > others)
            Throw.ArgumentOutOfRange(nameof(SurroundingCount), SurroundingCount, $"1 to {others:N0}, the other rows");
        if (minority.RowsToMake == 0)
            return ResamplingPlan.Extend(labels.Count, [], label);
        var options = new NeighborIndexOptions { Compute = compute };
        var danger = FindDanger(labels, label, minority.NearestOfBothClasses(SurroundingCount, options));
        if (danger.Length == 0)
            Throw.Argument_Invalid(nameof(samples), $"none of the {minority.Rows.Length:N0} rows of class {label} has at least half but not all of its {SurroundingCount} nearest rows in the other class; no row is in danger, change SurroundingCount or use SMOTE.");

        var draws = new SegmentDraws(Seed, StreamFamily);
        var bases = BaseDraws.Draw(draws.Bases, danger.Length, minority.RowsToMake, Bases);
        for (var i = 0; i < bases.Length; i++)
            bases[i] = danger[bases[i]];
        return ResamplingPlan.ExtendByDrawn(labels.Count, draws.Draw(bases, minority.Rows, minority.NearestMinority(NeighborCount, options), compute), label);
    }

    private int[] FindDanger(Labels labels, byte minorityClass, long[] surroundings)
    {
        var danger = new List<int>();
        for (var i = 0; i < surroundings.Length / SurroundingCount; i++)
        {
            var majority = 0;
            foreach (var row in surroundings.AsSpan(i * SurroundingCount, SurroundingCount))
                majority += labels[(int)row] == minorityClass ? 0 : 1;
            if (2 * majority >= SurroundingCount && majority < SurroundingCount)
                danger.Add(i);
        }

        return [.. danger];
    }
}
