namespace Bench.Comparisons.Cases;

/// <summary>How fast the engine worked, and how fast the machine could have at most.</summary>
/// <param name="Roof">One of <see cref="RoofName"/>.</param>
/// <param name="Rate">Units of work a second.</param>
/// <param name="Limit">The same units a second, measured in the same run.</param>
/// <param name="Unit">A billion units a second in words, such as "GB/s".</param>
internal readonly record struct RateUnderRoof(string Roof, double Rate, double Limit, string Unit);
