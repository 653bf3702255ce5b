using Bench.Comparisons.Measurement;
using Bench.Comparisons.Rivals;

namespace Bench.Comparisons.Cases;

/// <summary>What bars are judged by.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Rivals">Its rivals, measured or not.</param>
/// <param name="ReferenceBytes">The bytes of the reference.</param>
/// <param name="Elements">Pairs of query and row times features: what a search that measures every pair works through.</param>
internal sealed record MeasuredCase(EngineMeasurement Engine, IReadOnlyList<RivalResult> Rivals, long ReferenceBytes, double Elements);
