namespace Engine.Metrics;

/// <summary>How the divergences of the two classes become the dual-class divergence.</summary>
/// <remarks>
/// <b>Source</b>: paper P describes the dual-class divergence in words ("for both classes C1 and C0") and its Equation 1 is lost. The sum is a reconstruction.
/// The paper reports ratios only, in which sum and mean cannot be told apart; a Euclidean norm fits its numbers too, a product does not.
/// All three are 0 at the same points: with true positives and true negatives, precision equals recall in one class exactly when it does in the other.
/// </remarks>
public enum DivergenceCombination
{
    /// <summary>Divergence of C1 plus divergence of C0; the default.</summary>
    Sum,

    /// <summary>Half the sum.</summary>
    Mean,

    /// <summary>Root of the sum of squares.</summary>
    Euclidean,
}
