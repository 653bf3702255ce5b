using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Resampling;

/// <summary>Distant undersampling: keeps all minority rows and the majority rows that lie farthest from them, in L2.</summary>
/// <remarks>
/// <para><b>Computes</b>: the majority rows with the largest mean distance to their k nearest minority rows.</para>
/// <para><b>Ties</b>: of equal means the lower row is kept.</para>
/// <para><b>Determinism</b>: no draws; the same rows for any number of threads, SIMD level and backend.</para>
/// <para><b>Cost</b>: an exact search of the minority rows without a distance matrix; 12 k + 32 bytes a majority row.</para>
/// <para><b>Source</b>: the "Distant" rule of Mani, Zhang 2003, as Afrose et al. 2021 use it.</para>
/// </remarks>
public sealed record Distant : ISampler
{
    /// <summary>Gets k, the number of nearest minority rows that a mean distance is taken to, 1 or more; default 3.</summary>
    public int NeighborCount { get; init; } = 3;

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
        if (NeighborCount < 1)
            Throw.ArgumentOutOfRange(nameof(NeighborCount), NeighborCount, "1 or more");
        if (balance.MinorityCount < NeighborCount)
            Throw.Argument_ClassTooSmall(nameof(labels), balance.MinorityClass, balance.MinorityCount, nameof(NeighborCount), NeighborCount);
        var toKeep = balance.MajorityRowsToKeep(TargetRatio);
        samples.EnsureFinite(nameof(samples));

        var minority = labels.ToMask(balance.MinorityClass);
        var rows = labels.ToMask(balance.MajorityClass).ToRows();
        var means = MajoritySelection.MeansToNearest(samples, minority, rows, NeighborCount, compute);
        return MajoritySelection.Keep(minority, MajoritySelection.Largest(rows, means, toKeep));
    }
}
