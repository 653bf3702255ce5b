using System.Numerics;
using System.Runtime.Intrinsics;
using Engine.Numerics.Lanes;

namespace Engine.Networks;

/// <summary>Walks groups of sequences through an LSTM; what it needs for that is its own, so that each thread has one.</summary>
internal abstract class LstmWalker<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates one for the registers of this machine.</summary>
    public static LstmWalker<T> Create(LstmWeights<T> weights) =>
        Vector512.IsHardwareAccelerated ? new LstmWalk<Lanes512<T>, T>(weights) :
        Vector256.IsHardwareAccelerated ? new LstmWalk<Lanes256<T>, T>(weights) :
        Vector128.IsHardwareAccelerated ? new LstmWalk<Lanes128<T>, T>(weights) :
        new LstmWalk<LanesScalar<T>, T>(weights);

    /// <summary>Adds the gradient of a group.</summary>
    /// <param name="sequences">The group; its hours are held by the caller.</param>
    /// <param name="points">What is asked of them.</param>
    /// <param name="divisor">By what losses are divided in the gradient.</param>
    /// <param name="seed">The seed of dropout.</param>
    /// <param name="step">The step of training.</param>
    /// <param name="gradient">Receives the sums.</param>
    /// <returns>The sum of weight x loss.</returns>
    /// <exception cref="ArgumentException">A value is not finite, or there is no hour to read up to a point.</exception>
    public abstract double AddGradient(ReadOnlySpan<LstmSequence> sequences, ReadOnlySpan<LstmPoint> points, double divisor, ulong seed, long step, LstmGradient<T> gradient);

    /// <summary>Gives each point of a group a probability of class 1.</summary>
    /// <param name="sequences">The group; its hours are held by the caller.</param>
    /// <param name="points">What is asked of them.</param>
    /// <param name="probabilities">Receives them at the targets of the points.</param>
    /// <exception cref="ArgumentException">A value is not finite, or there is no hour to read up to a point.</exception>
    public abstract void Predict(ReadOnlySpan<LstmSequence> sequences, ReadOnlySpan<LstmPoint> points, Span<double> probabilities);

    /// <inheritdoc/>
    public abstract void Dispose();
}
