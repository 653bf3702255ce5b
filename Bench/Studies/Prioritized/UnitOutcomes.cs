using Engine.Prognosis;

namespace Bench.Studies.Prioritized;

/// <summary>Recall and precision of a number of units, on the rows that choose.</summary>
internal static class UnitOutcomes
{
    /// <summary>Returns the recall of class 1; null where outcomes were not kept, or there is no such row.</summary>
    public static double? RecallOf(UnitScore score) => score.Confusion is { PositiveCount: > 0 } counts ? (double)counts.TruePositives / counts.PositiveCount : null;

    /// <summary>Returns the precision of class 1; null where outcomes were not kept, or it is never predicted.</summary>
    public static double? PrecisionOf(UnitScore score) =>
        score.Confusion is { } counts && counts.TruePositives + counts.FalsePositives is > 0 and var predicted ? (double)counts.TruePositives / predicted : null;
}
