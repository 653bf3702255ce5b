using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Neighbors;
using Engine.Numerics;
using Engine.Numerics.Distances;

namespace Engine.Resampling;

/// <summary>SMOTE: makes minority rows on the lines between a minority row and its nearest minority neighbors.</summary>
/// <remarks>
/// <para><b>Computes</b>: synthetic = row + u x (neighbor - row), u uniform in [0, 1), neighbor uniform among the k nearest other minority rows in L2.</para>
/// <para><b>Determinism</b>: with random bases, synthetic row i depends only on (seed, i) and the neighbors; even bases also depend on how many rows are made.</para>
/// <para><b>Cost</b>: an exact search among a copy of the minority rows; 24 bytes a row to make; rows are interpolated when they are read.</para>
/// <para><b>Source</b>: Chawla et al. 2002; imbalanced-learn draws uniformly over (row, neighbor) pairs, as random bases do here.</para>
/// </remarks>
public sealed record Smote
{
    private const ulong BaseStream = 0x534D_4F54_0000_0001;
    private const ulong NeighborStream = 0x534D_4F54_0000_0002;
    private const ulong FactorStream = 0x534D_4F54_0000_0003;

    /// <summary>Gets the seed of the draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets k, the number of neighbors, 1 or more; default 5.</summary>
    public int NeighborCount { get; init; } = 5;

    /// <summary>Gets minority rows / majority rows after sampling, from the present ratio to 1; default 1.</summary>
    public double TargetRatio { get; init; } = 1;

    /// <summary>Gets how base rows are chosen; default <see cref="BaseSelection.Random"/>, as imbalanced-learn does.</summary>
    public BaseSelection Bases { get; init; } = BaseSelection.Random;

    /// <summary>Gets what searches and interpolates; the processor when null.</summary>
    public IComputeBackend? Backend { get; init; }

    /// <summary>Gets how the search may use the machine.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;

    /// <summary>Plans the rows to make.</summary>
    /// <param name="samples">n x p, finite.</param>
    /// <param name="labels">n labels; the minority class needs more than k rows.</param>
    /// <returns>Every row once, and the rows to make.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a class is absent or too small, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public ResamplingPlan Plan(SampleMatrix samples, Labels labels)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != samples.RowCount)
            Throw.Argument_LengthsDiffer(nameof(labels), labels.Count, nameof(samples), samples.RowCount);
        var balance = ClassBalance.Of(labels);
        if (NeighborCount < 1)
            Throw.ArgumentOutOfRange(nameof(NeighborCount), NeighborCount, "1 or more");
        if (balance.MinorityCount <= NeighborCount)
            Throw.Argument_ClassTooSmall(nameof(labels), balance.MinorityClass, balance.MinorityCount, NeighborCount);

        samples.EnsureFinite(nameof(samples));
        var toMake = balance.RowsToAdd(TargetRatio);
        var minority = labels.ToMask(balance.MinorityClass).ToRows();
        using var search = NearestNeighbors.Build(samples.SelectRows(minority).Copy(), Metric.SquaredL2, new() { Backend = Backend, Compute = Compute });
        var neighbors = search.SearchSelf(NeighborCount, Compute).Indices.Span;
        var bases = BaseDraws.Draw(new RandomStream(Seed, BaseStream), minority.Length, toMake, Bases);
        var choices = new RandomStream(Seed, NeighborStream);
        var factors = new RandomStream(Seed, FactorStream);
        var synthetic = new SyntheticRow[toMake];
        for (var i = 0; i < toMake; i++)
        {
            var neighbor = neighbors[(bases[i] * NeighborCount) + (int)choices.Below((ulong)i, (ulong)NeighborCount)];
            synthetic[i] = new SyntheticRow(minority[bases[i]], minority[neighbor], factors.UniformFloat((ulong)i));
        }

        return ResamplingPlan.Extend(labels.Count, synthetic, balance.MinorityClass);
    }
}
