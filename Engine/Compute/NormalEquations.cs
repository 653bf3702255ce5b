using Engine.Numerics;

namespace Engine.Compute;

/// <summary>What one pass over the rows yields for a Newton step of a logistic regression: sums over rows, in double precision.</summary>
/// <remarks>Columns are the features in order, then the intercept when there is one. The Hessian holds its lower triangle.</remarks>
public sealed class NormalEquations : ISums<NormalEquations>
{
    /// <summary>Creates empty sums.</summary>
    /// <param name="coefficientCount">p, the number of features plus one for an intercept.</param>
    /// <param name="hasHessian">Whether the Hessian is summed; without it a pass costs p multiply-adds a row instead of p^2 / 2.</param>
    public NormalEquations(int coefficientCount, bool hasHessian = true)
    {
        CoefficientCount = coefficientCount;
        Stride = (coefficientCount + 15) / 16 * 16;
        Hessian = hasHessian ? new double[coefficientCount * Stride] : [];
        Gradient = new double[Stride];
    }

    /// <summary>Gets p.</summary>
    public int CoefficientCount { get; }

    /// <summary>Gets the distance between two rows of <see cref="Hessian"/>: p rounded up to a multiple of 16.</summary>
    public int Stride { get; }

    /// <summary>Gets whether the Hessian is summed.</summary>
    public bool HasHessian => Hessian.Length > 0;

    /// <summary>Gets sum w m (1 - m) x x', p x <see cref="Stride"/>; entry (i, j) with j at most i is valid. Empty without a Hessian.</summary>
    public double[] Hessian { get; }

    /// <summary>Gets sum w (y - m) x; the first p entries are valid.</summary>
    public double[] Gradient { get; }

    /// <summary>Gets or sets sum w (y eta - log(1 + exp(eta))).</summary>
    public double LogLikelihood { get; set; }

    /// <summary>Gets or sets the largest |eta| of a row with positive weight: it grows without end when classes are separated.</summary>
    public double LargestLinearPredictor { get; set; }

    /// <inheritdoc/>
    /// <remarks>The lower triangle, the gradient and two numbers.</remarks>
    int ISums<NormalEquations>.SentLength => (HasHessian ? CoefficientCount * (CoefficientCount + 1) / 2 : 0) + CoefficientCount + 2;

    /// <summary>Sets every sum to zero.</summary>
    public void Clear()
    {
        Array.Clear(Hessian);
        Array.Clear(Gradient);
        LogLikelihood = 0;
        LargestLinearPredictor = 0;
    }

    /// <summary>Adds the sums of later rows.</summary>
    /// <param name="later">Sums over the same columns.</param>
    public void Add(NormalEquations later)
    {
        ArgumentNullException.ThrowIfNull(later);
        for (var i = 0; i < Hessian.Length; i++)
            Hessian[i] += later.Hessian[i];
        for (var i = 0; i < Gradient.Length; i++)
            Gradient[i] += later.Gradient[i];
        LogLikelihood += later.LogLikelihood;
        LargestLinearPredictor = Math.Max(LargestLinearPredictor, later.LargestLinearPredictor);
    }

    /// <inheritdoc/>
    void ISums<NormalEquations>.Write(Span<double> sent)
    {
        for (var i = 0; HasHessian && i < CoefficientCount; i++)
        {
            Hessian.AsSpan(i * Stride, i + 1).CopyTo(sent);
            sent = sent[(i + 1)..];
        }

        Gradient.AsSpan(0, CoefficientCount).CopyTo(sent);
        (sent[^2], sent[^1]) = (LogLikelihood, LargestLinearPredictor);
    }

    /// <inheritdoc/>
    void ISums<NormalEquations>.Read(ReadOnlySpan<double> sent)
    {
        for (var i = 0; HasHessian && i < CoefficientCount; i++)
        {
            sent[..(i + 1)].CopyTo(Hessian.AsSpan(i * Stride));
            sent = sent[(i + 1)..];
        }

        sent[..CoefficientCount].CopyTo(Gradient);
        (LogLikelihood, LargestLinearPredictor) = (sent[^2], sent[^1]);
    }
}
