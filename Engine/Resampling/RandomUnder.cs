using Engine.Compute;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Resampling;

/// <summary>Random undersampling: keeps all minority rows and a random choice of majority rows, without replacement.</summary>
/// <remarks>
/// <para><b>Determinism</b>: a majority row is kept when its key, a function of (seed, draw, its place among majority rows), is among the smallest.</para>
/// <para><b>Source</b>: RUS of Afrose et al. 2021, who fit three draws and average the three probabilities.</para>
/// </remarks>
public sealed record RandomUnder : ISampler
{
    /// <summary>The number of draws whose probabilities the paper averages.</summary>
    public const int PaperDrawCount = 3;

    private const ulong Stream = 0x5255_5300_0000_0000;

    /// <summary>Gets the seed of the draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets which of several draws with one seed this is, 0 or more; default 0.</summary>
    public int Draw { get; init; }

    /// <summary>Gets minority rows / majority rows after sampling, from the present ratio to 1; default 1.</summary>
    public double TargetRatio { get; init; } = 1;

    /// <summary>Plans which rows stay.</summary>
    /// <param name="labels">n labels, both classes present.</param>
    /// <returns>The kept rows, in row order.</returns>
    /// <exception cref="ArgumentException">A class is absent.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is below the present one, or above 1.</exception>
    public ResamplingPlan Plan(Labels labels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Draw);
        var balance = ClassBalance.Of(labels);
        var toKeep = balance.MajorityRowsToKeep(TargetRatio);
        var majority = labels.ToMask((byte)(1 - balance.MinorityClass)).ToRows();
        var kept = labels.ToMask(balance.MinorityClass).ToRows().ToList();
        foreach (var position in BaseDraws.SmallestKeys(new RandomStream(Seed, Stream + (ulong)Draw), majority.Length, toKeep))
            kept.Add(majority[position]);
        kept.Sort();
        return ResamplingPlan.Keep(labels.Count, [.. kept]);
    }

    /// <inheritdoc/>
    public ResamplingPlan Plan(LabeledSamples training, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        return Plan(training.Labels);
    }
}
