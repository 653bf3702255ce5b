namespace Engine.Metrics;

/// <summary>The rows of one bin of a <see cref="CalibrationTable"/>: one point of a reliability diagram.</summary>
/// <param name="Weight">Their weight, above 0; without weights, their number.</param>
/// <param name="LowestScore">Their lowest score.</param>
/// <param name="HighestScore">Their highest score.</param>
/// <param name="MeanScore">Their mean score, what the model promises.</param>
/// <param name="PositiveRate">Their share of class 1, what came true.</param>
public readonly record struct CalibrationBin(double Weight, double LowestScore, double HighestScore, double MeanScore, double PositiveRate)
{
    /// <summary>Gets |mean score - share of class 1|.</summary>
    public double Gap => Math.Abs(MeanScore - PositiveRate);
}
