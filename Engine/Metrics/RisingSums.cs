using System.Runtime.CompilerServices;
using Engine.Numerics;

namespace Engine.Metrics;

/// <summary>The sums of a <see cref="MetricWalk"/> that grow from the lowest score up; a struct, so that a loop can keep them in registers.</summary>
internal struct RisingSums
{
    /// <summary>Rows of each class so far.</summary>
    public int Positives, Negatives;

    /// <summary>Rows of each class so far whose score is below the threshold.</summary>
    public int FalseNegatives, TrueNegatives;

    /// <summary>Twice the pairs that a row of class 1 has won, so that ties are whole numbers; below 2^62.</summary>
    public ulong TwicePairsWon;

    /// <summary>Sums of the areas under the precision-recall curve of class 0, as <see cref="RankingCurve"/> adds them up.</summary>
    public CompensatedSum StepsC0, TrapezoidsC0;

    /// <summary>Sum of squared differences of score and label.</summary>
    public CompensatedSum Squares;

    private double _precisionC0;

    /// <summary>Gets the sums of no rows: the curve of class 0 begins at precision 1.</summary>
    public static RisingSums Empty => new() { _precisionC0 = 1 };

    /// <summary>Adds the rows of one score.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double score, int positives, int negatives, double threshold)
    {
        TwicePairsWon += (ulong)(uint)positives * ((2UL * (uint)Negatives) + (uint)negatives);
        Positives += positives;
        Negatives += negatives;
        if (score < threshold)
            (FalseNegatives, TrueNegatives) = (Positives, Negatives);

        var precision = Negatives / ((double)Positives + Negatives);
        StepsC0.Add(negatives * precision);
        TrapezoidsC0.Add(negatives * (precision + _precisionC0));
        _precisionC0 = precision;

        Squares.Add((positives * (1 - score) * (1 - score)) + (negatives * score * score));
    }
}
