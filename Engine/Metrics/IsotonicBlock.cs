namespace Engine.Metrics;

/// <summary>A stretch of scores to which an <see cref="IsotonicFit"/> gives one probability.</summary>
/// <param name="LowestScore">The lowest score that was fitted in it.</param>
/// <param name="HighestScore">The highest.</param>
/// <param name="Weight">The weight of its rows, above 0; without weights, their number.</param>
/// <param name="Probability">Their share of class 1, 0 to 1.</param>
public readonly record struct IsotonicBlock(double LowestScore, double HighestScore, double Weight, double Probability);
