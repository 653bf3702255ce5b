using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;

namespace Bench.Comparisons.Prognosis.Measurement;

/// <summary>What the engine took for a case.</summary>
/// <param name="Repetitions">The seconds of every repetition.</param>
/// <param name="PeakGrowthBytes">How far the process grew meanwhile, results included; null where this is not known.</param>
/// <param name="LoadBefore">The load average before the first repetition.</param>
/// <param name="Rates">How fast it was, beside what the machine did right after the last repetition.</param>
internal sealed record PrognosisMeasurement(IReadOnlyList<double> Repetitions, long? PeakGrowthBytes, double? LoadBefore, IReadOnlyList<RateUnderRoof> Rates)
{
    /// <summary>Gets the seconds of the median repetition.</summary>
    public double Median => RepetitionMedian.Of(Repetitions, static seconds => seconds);
}
