using Engine.Numerics;

namespace Engine.Metrics;

/// <summary>The areas that depend on the scores with class 1 alone: rows of class 0 between them count, but where they lie does not.</summary>
/// <param name="Runs">The runs that hold class 1, scores rising.</param>
/// <param name="PositiveCount">All rows of class 1.</param>
/// <param name="NegativeCount">All rows of class 0.</param>
/// <param name="TwicePairsWon">Twice the pairs in which the row of class 1 scores higher, ties half.</param>
internal readonly record struct ClassOneCurve(ReadOnlyMemory<ClassOneRun> Runs, int PositiveCount, int NegativeCount, ulong TwicePairsWon)
{
    /// <inheritdoc cref="RankingCurve.TryComputeAuroc"/>
    public double? Auroc => PositiveCount == 0 || NegativeCount == 0
        ? null
        : Math.Min(1, TwicePairsWon / (2 * (double)PositiveCount * NegativeCount));

    /// <summary>Computes average precision and trapezoid area of class 1, with the bits of <see cref="RankingCurve"/>.</summary>
    public (double? Step, double? Trapezoid) Areas()
    {
        if (PositiveCount == 0)
            return (null, null);
        var steps = new CompensatedSum();
        var trapezoids = new CompensatedSum();
        var runs = Runs.Span;
        for (var i = runs.Length - 1; i >= 0; i--)
        {
            var run = runs[i];
            var precision = Precision(PositiveCount - run.PositivesBelow, NegativeCount - run.NegativesBelow);
            var previous = Precision(PositiveCount - run.PositivesBelow - run.Positives, NegativeCount - run.NegativesBelow - run.Negatives);
            steps.Add(run.Positives * precision);
            trapezoids.Add(run.Positives * (precision + previous));
        }

        return ToAreas(steps, trapezoids, PositiveCount);
    }

    /// <summary>Divides the sums of an area by the number of rows of the class.</summary>
    public static (double? Step, double? Trapezoid) ToAreas(CompensatedSum steps, CompensatedSum trapezoids, double memberCount) =>
        (Math.Min(1, steps.Value / memberCount), Math.Min(1, trapezoids.Value / (2 * memberCount)));

    // The curve begins at precision 1, where nothing is predicted to be of the class yet.
    private static double Precision(int members, int others) => members + others == 0 ? 1 : members / ((double)members + others);
}
