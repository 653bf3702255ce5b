namespace Bench.Comparisons.Cases;

/// <summary>A bar after the measurement.</summary>
/// <param name="Bar">What was asked, such as "6 times as fast as faiss".</param>
/// <param name="Verdict">Whether it is met.</param>
/// <param name="Measured">What was measured, or why it was not.</param>
internal sealed record BarOutcome(string Bar, Verdict Verdict, string Measured);
