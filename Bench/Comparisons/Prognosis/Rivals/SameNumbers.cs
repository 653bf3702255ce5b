using Bench.Comparisons.Prognosis.Work;
using Bench.Comparisons.Resampling.Checks;

namespace Bench.Comparisons.Prognosis.Rivals;

/// <summary>Compares what another library found with what the engine found.</summary>
internal static class SameNumbers
{
    /// <summary>Compares.</summary>
    /// <param name="name">The library.</param>
    /// <param name="work">What the engine found, and how far the other may be off.</param>
    /// <param name="found">What the library found, in the same order.</param>
    public static CheckResult Check(string name, PreparedWork work, double[] found)
    {
        var (what, expected) = ($"numbers beside {name}'s", work.Expected);
        if (found.Length != expected.Length)
            return CheckResult.Of(what, expected.Length, $"it has {found.Length} where there are {expected.Length}");
        int[] wrong = [.. Enumerable.Range(0, found.Length).Where(i => !(Math.Abs(found[i] - expected[i]) <= work.RivalTolerance * Math.Max(1, Math.Abs(expected[i]))))];
        return new CheckResult(
            what, expected.Length, 0, wrong.Length, wrong.Length == 0 ? null : FormattableString.Invariant($"number {wrong[0]} is {expected[wrong[0]]:R}, there {found[wrong[0]]:R}"));
    }
}
