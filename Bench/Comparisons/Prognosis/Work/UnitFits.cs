using Engine.Data;
using Engine.Logistic;

namespace Bench.Comparisons.Prognosis.Work;

/// <summary>The fits of a DP search, on rows that differ in few multiplicities.</summary>
internal static class UnitFits
{
    /// <summary>What <see cref="Fit"/> does, in words for a table.</summary>
    public const string Way = "in shared passes, by FitMany";

    /// <summary>Fits every model.</summary>
    /// <param name="samples">n x p.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="options">One a model.</param>
    /// <returns>One fit a model, in order.</returns>
    public static IReadOnlyList<LogisticFit> Fit(SampleMatrix samples, Labels labels, IReadOnlyList<LogisticOptions> options) =>
        LogisticRegression.FitMany(samples, labels, options);
}
