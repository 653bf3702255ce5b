using Engine.Compute;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Resampling;

/// <summary>Replicated oversampling: repeats minority rows until the classes have the target ratio.</summary>
/// <remarks>
/// <para><b>Determinism</b>: repetition i depends only on (seed, i) with random bases; with even ones, which rows get one more depends only on the seed.</para>
/// <para><b>Source</b>: ROS of Afrose et al. 2021; RandomOverSampler of imbalanced-learn with <see cref="BaseSelection.Random"/>.</para>
/// </remarks>
public sealed record RandomOver : ISampler
{
    private const ulong Stream = 0x524F_5300_0000_0000;

    /// <summary>Gets the seed of the draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets minority rows / majority rows after sampling, from the present ratio to 1; default 1.</summary>
    public double TargetRatio { get; init; } = 1;

    /// <summary>Gets how rows are chosen; default <see cref="BaseSelection.Even"/>, the replication of the paper.</summary>
    public BaseSelection Bases { get; init; } = BaseSelection.Even;

    /// <summary>Plans the repetitions.</summary>
    /// <param name="labels">n labels, both classes present.</param>
    /// <returns>Every row at least once, minority rows more often.</returns>
    /// <exception cref="ArgumentException">A class is absent.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is below the present one, or above 1.</exception>
    public ResamplingPlan Plan(Labels labels)
    {
        var balance = ClassBalance.Of(labels);
        var toAdd = balance.RowsToAdd(TargetRatio);
        var minority = labels.ToMask(balance.MinorityClass).ToRows();
        var multiplicities = new int[labels.Count];
        Array.Fill(multiplicities, 1);
        foreach (var position in BaseDraws.Draw(new RandomStream(Seed, Stream), minority.Length, toAdd, Bases))
            multiplicities[minority[position]]++;
        return ResamplingPlan.Repeat(multiplicities);
    }

    /// <inheritdoc/>
    public ResamplingPlan Plan(LabeledSamples training, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        return Plan(training.Labels);
    }
}
