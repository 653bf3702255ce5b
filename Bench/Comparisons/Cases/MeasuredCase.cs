namespace Bench.Comparisons.Cases;

/// <summary>What bars are judged by: numbers of one case, whatever was measured in it.</summary>
/// <param name="Seconds">What the engine took.</param>
/// <param name="PeakGrowthBytes">How far the process grew meanwhile; null where this is not known.</param>
/// <param name="DataBytes">The bytes of the data that it worked on.</param>
/// <param name="Rivals">Its rivals, measured or not.</param>
/// <param name="Rates">How fast it was, beside what the machine allows.</param>
internal sealed record MeasuredCase(double Seconds, long? PeakGrowthBytes, long DataBytes, IReadOnlyList<RivalSeconds> Rivals, IReadOnlyList<RateUnderRoof> Rates);
