using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Resampling;

/// <summary>NearMiss undersampling: keeps all minority rows and the majority rows that lie close to them, in L2.</summary>
/// <remarks>
/// <para><b>Computes</b>, with N the number of majority rows to keep, those with</para>
/// <para>version 1: the smallest mean distance to their k nearest minority rows;</para>
/// <para>version 2: the smallest mean distance to their k farthest minority rows;</para>
/// <para>version 3: among the nearest majority rows of every minority row, the largest mean distance to their k nearest minority rows.
/// When those are fewer than N, all of them are kept and the target ratio is exceeded: raise <see cref="CandidateNeighborCount"/>.</para>
/// <para><b>Ties</b>: of equal means the lower row is kept; of equally near rows the lower one is the neighbor.</para>
/// <para><b>Determinism</b>: no draws; the same rows for any number of threads, SIMD level and backend. Distances are float32, so means that differ by less than their rounding can be ranked otherwise than in double.</para>
/// <para><b>Cost</b>: exact searches without a distance matrix; 12 k + 32 bytes a majority row. Version 1 indexes the minority rows, version 2 copies them, version 3 also indexes the majority rows, a third of them at a time.</para>
/// <para><b>Source</b>: Mani, Zhang 2003; NearMiss of imbalanced-learn.</para>
/// </remarks>
public sealed record NearMiss : ISampler
{
    /// <summary>Gets which of the three rules chooses, 1 to 3; default 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Gets k, the number of minority rows that a mean distance is taken to, 1 or more; default 3.</summary>
    public int NeighborCount { get; init; } = 3;

    /// <summary>Gets, for version 3, how many nearest majority rows of each minority row may be kept, 1 or more; default 3.</summary>
    public int CandidateNeighborCount { get; init; } = 3;

    /// <summary>Gets minority rows / majority rows after sampling, from the present ratio to 1; default 1.</summary>
    public double TargetRatio { get; init; } = 1;

    /// <summary>Plans which rows stay.</summary>
    /// <param name="training">Rows, finite; labels, the minority class needs k rows or more.</param>
    /// <param name="compute">How to use the machine; the processor, every core, when null.</param>
    /// <returns>The kept rows, in row order.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a class is absent or too small, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public ResamplingPlan Plan(LabeledSamples training, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        compute ??= ComputeOptions.Default;
        var (samples, labels) = training;
        var balance = ClassBalance.Of(samples, labels);
        CheckOptions(balance, nameof(labels));
        var toKeep = balance.MajorityRowsToKeep(TargetRatio);
        samples.EnsureFinite(nameof(samples));

        var (minority, majority) = (labels.ToMask(balance.MinorityClass), labels.ToMask(balance.MajorityClass));
        var rows = Version == 3 ? FindCandidates(samples, minority, majority, compute) : majority.ToRows();
        var means = Version == 2
            ? MajoritySelection.MeansToFarthest(samples, minority, rows, NeighborCount, compute)
            : MajoritySelection.MeansToNearest(samples, minority, rows, NeighborCount, compute);
        var chosen = Version == 3 ? MajoritySelection.Largest(rows, means, toKeep) : MajoritySelection.Smallest(rows, means, toKeep);
        return MajoritySelection.Keep(minority, chosen);
    }

    private void CheckOptions(ClassBalance balance, string name)
    {
        if (Version is < 1 or > 3)
            Throw.ArgumentOutOfRange(nameof(Version), Version, "1, 2 or 3");
        if (NeighborCount < 1)
            Throw.ArgumentOutOfRange(nameof(NeighborCount), NeighborCount, "1 or more");
        if (CandidateNeighborCount < 1)
            Throw.ArgumentOutOfRange(nameof(CandidateNeighborCount), CandidateNeighborCount, "1 or more");
        if (balance.MinorityCount < NeighborCount)
            Throw.Argument_ClassTooSmall(name, balance.MinorityClass, balance.MinorityCount, nameof(NeighborCount), NeighborCount);
        if (Version == 3 && balance.MajorityCount < CandidateNeighborCount)
            Throw.Argument_ClassTooSmall(name, balance.MajorityClass, balance.MajorityCount, nameof(CandidateNeighborCount), CandidateNeighborCount);
    }

    private long[] FindCandidates(SampleMatrix samples, RowMask minority, RowMask majority, ComputeOptions compute)
    {
        var candidates = NearestOthers.Find(samples, majority, minority.ToRows(), CandidateNeighborCount, compute);
        Array.Sort(candidates);
        return [.. candidates.Distinct()];
    }
}
